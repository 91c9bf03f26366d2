"""Host partners abroad, the companies they know, and the places they offer."""

from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mobility.accounts.enums import OFFICE_STAFF, Role, WrittenForm
from mobility.common.search import COLUMN, search_text


class PartnerQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Office staff see the office's partners; a partner's own people see their partner."""
        return self.filter(
            models.Q(office=user.office_as(*OFFICE_STAFF))
            | models.Q(pk__in=ContactAccess.objects.in_force_for(user).values("partner"))
        )


class Partner(models.Model):
    """An organisation abroad that finds workplaces and beds; it may host apprentices itself."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=160)
    country = models.CharField(_("country"), max_length=2)
    city = models.CharField(_("city"), max_length=80)
    oid = models.CharField(_("organisation ID (OID)"), max_length=9, blank=True)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(_("language of letters"), max_length=2, choices=WrittenForm, default=WrittenForm.EN)
    is_active = models.BooleanField(_("in use"), default=True)
    search_text = search_text("name", "city", "oid", "email", "phone")
    history = HistoricalRecords(excluded_fields=[COLUMN])

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("host partner")
        verbose_name_plural = _("host partners")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["office", "name"],
                name="one_partner_of_a_name",
                violation_error_message=_("There is a partner of this name already."),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("admin:partners_partner_change", args=[self.pk])


class Contact(models.Model):
    """A person at a partner. Signing in to the portal is a membership with :class:`ContactAccess` above it."""

    partner = models.ForeignKey(Partner, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    is_primary = models.BooleanField(_("first contact"), default=False)
    search_text = search_text("name", "email", "phone")

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        ordering = ["-is_primary", "name"]

    def __str__(self):
        return self.name

    @property
    def office_id(self):
        return self.partner.office_id


class ContactAccessQuerySet(models.QuerySet):
    def in_force_for(self, user):
        """The accesses of this person's partner memberships in the working office, today."""
        office = user.office_as(Role.PARTNER)
        mine = [m.pk for m in user.current_memberships if m.role == Role.PARTNER and m.office_id == office]
        return self.filter(membership__in=mine)


class ContactAccess(models.Model):
    """Limits a partner membership to one partner."""

    membership = models.OneToOneField(
        "accounts.Membership", verbose_name=_("membership"), on_delete=models.CASCADE, related_name="contact_access"
    )  # CASCADE: it says what the membership reaches, and nothing without it
    partner = models.ForeignKey(Partner, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="accesses")

    objects = ContactAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner access")
        verbose_name_plural = _("partner accesses")

    def __str__(self):
        return f"{self.membership} · {self.partner}"


class HostCompany(models.Model):
    """A company abroad where an apprentice works; its contact signs the learning agreement."""

    partner = models.ForeignKey(
        Partner, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="host_companies"
    )
    name = models.CharField(_("name"), max_length=160)
    city = models.CharField(_("city"), max_length=80)
    contact_name = models.CharField(_("contact person"), max_length=160)
    contact_email = models.EmailField(_("e-mail"))
    contact_phone = models.CharField(_("phone"), max_length=30, blank=True)
    language = models.CharField(_("language of letters"), max_length=2, choices=WrittenForm, default=WrittenForm.EN)
    search_text = search_text("name", "city", "contact_name", "contact_email", "contact_phone")

    class Meta:
        verbose_name = _("host company")
        verbose_name_plural = _("host companies")
        ordering = ["name"]

    def __str__(self):
        return f"{self.name}, {self.city}"

    @property
    def office_id(self):
        return self.partner.office_id


class OpeningQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(partner__in=Partner.objects.visible_to(user))


class Opening(models.Model):
    """Places that a partner offers: at one host company, or with the partner itself, from one date to another."""

    partner = models.ForeignKey(Partner, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="openings")
    host_company = models.ForeignKey(
        HostCompany,
        verbose_name=_("host company"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="openings",
        help_text=_("Empty where the partner hosts itself."),
    )
    trades = models.ManyToManyField("apprentices.Trade", verbose_name=_("trades"), blank=True, related_name="+")
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    places = models.PositiveSmallIntegerField(_("places"), default=1, validators=[MinValueValidator(1)])
    minimum_age = models.PositiveSmallIntegerField(_("minimum age"), null=True, blank=True)
    lodging = models.CharField(_("lodging"), max_length=200, blank=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")),
                name="opening_ends_after_start",
                violation_error_message=_("The opening ends before it starts."),
            )
        ]

    def __str__(self):
        return f"{self.host_company or self.partner} ({self.starts_on:%d.%m.%Y} – {self.ends_on:%d.%m.%Y})"

    @property
    def office_id(self):
        return self.partner.office_id
