"""People who sign in, and what they are in which office."""

from functools import cached_property

import rules
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from mobility.accounts.enums import STAFF_ROLES, Role, WrittenForm
from mobility.common import clock


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)  # None: unusable, the person signs in by mailed code
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address.

    ``written_form`` decides the language of letters and mails, ``language`` that of the pages.
    """

    email = models.EmailField(_("e-mail"), unique=True)
    given_name = models.CharField(_("given name"), max_length=100, blank=True)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(_("language of the pages"), max_length=2, choices=WrittenForm, default=WrittenForm.NB)
    written_form = models.CharField(_("language of letters"), max_length=2, choices=WrittenForm, default=WrittenForm.NB)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=clock.now)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_per_address")]

    def __str__(self):
        return self.get_full_name() or self.email

    def get_full_name(self):
        return f"{self.given_name} {self.family_name}".strip()

    def get_short_name(self):
        return self.given_name or self.email.split("@", 1)[0]

    @cached_property
    def current_memberships(self) -> list["Membership"]:
        """The memberships in force today, in every office; one query for each request."""
        if not self.is_active:
            return []
        return list(Membership.objects.in_force().filter(user=self).select_related("office").order_by("office__name"))

    @cached_property
    def offices_to_choose(self):
        """The offices in which this person has a role now."""
        return list({membership.office_id: membership.office for membership in self.current_memberships}.values())

    @cached_property
    def working_office(self):
        """The office this person works in now: the one chosen in this session, else the first."""
        chosen = getattr(self, "chosen_office_id", None)
        offices = self.offices_to_choose
        return next((office for office in offices if office.pk == chosen), offices[0] if offices else None)

    @cached_property
    def roles(self) -> frozenset[str]:
        """The role codes held now in the working office."""
        if self.working_office is None:
            return frozenset()
        return frozenset(m.role for m in self.current_memberships if m.office_id == self.working_office.pk)

    def office_as(self, *roles: str):
        """The id of the working office if this person holds one of ``roles`` there, else None.

        Every ``visible_to`` is built on it: ``filter(office=None)`` finds nothing.
        """
        return self.working_office.pk if self.working_office and self.roles & set(roles) else None

    def has_perm(self, perm, obj=None):
        """Rights are ``rules`` predicates on roles and nothing else: Django's tables of rights are never read."""
        return self.is_active and (self.is_superuser or rules.has_perm(perm, self, obj))

    def has_module_perms(self, app_label):
        return self.has_perm(app_label)

    @property
    def is_staff(self):
        """Whether the web admin lets this person in at all; rights on each object come on top."""
        return bool(self.roles & STAFF_ROLES)


class MembershipQuerySet(models.QuerySet):
    def in_force(self):
        today = clock.today()
        return self.filter(starts_on__lte=today).filter(models.Q(ends_on=None) | models.Q(ends_on__gte=today))

    def visible_to(self, user):
        return self.filter(office=user.office_as(Role.COORDINATOR, Role.HEAD))


class Membership(models.Model):
    """A person has a role in an office from one date to another (both counted; no end: until further notice)."""

    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.PROTECT, related_name="memberships")
    office = models.ForeignKey(
        "accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    starts_on = models.DateField(_("from"), default=clock.today)
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["role", "user__family_name", "user__given_name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on") - 1),
                name="membership_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.UniqueConstraint(
                fields=["user", "office", "role"],
                condition=models.Q(ends_on=None),
                name="one_open_membership_per_role",
                violation_error_message=_("This person has this role already."),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"
