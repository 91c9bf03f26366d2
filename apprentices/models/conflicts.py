"""What keeps a reviewer from judging: a conflict declared for one application, and ties that always stand."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from apprentices.enums import TieKind
from apprentices.models.applications import Application
from apprentices.models.trades import validate_organisation_number
from mobility.accounts.enums import OFFICE_STAFF, Role
from mobility.common import clock


class Conflict(models.Model):
    """A person says: I cannot judge this application. It stands for good; the sheet goes to somebody else."""

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="conflicts"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reviewer"), on_delete=models.PROTECT, related_name="conflicts"
    )
    reason = models.CharField(_("reason"), max_length=300)
    declared_at = models.DateTimeField(_("declared at"), default=clock.now)

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["-declared_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "person"], name="one_conflict_per_person"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="conflict_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.application} · {self.person}"

    @property
    def office_id(self):
        return self.application.office_id


class TieQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(ended_at=None)

    def owned_by(self, user):
        """A reviewer's own ties in the working office."""
        return self.filter(person=user.pk, office=user.office_as(*OFFICE_STAFF, Role.REVIEWER))


class Tie(models.Model):
    """A company or a person that somebody is too close to, in every round, until it is taken back."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reviewer"), on_delete=models.PROTECT, related_name="ties"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=TieKind)
    name = models.CharField(_("name"), max_length=160)
    organisation_number = models.CharField(
        _("organisation number"), max_length=16, blank=True, validators=[validate_organisation_number]
    )
    email = models.EmailField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("mobile"), blank=True)
    note = models.CharField(_("how you are tied"), max_length=200, blank=True)
    declared_at = models.DateTimeField(_("declared at"), default=clock.now)
    ended_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = TieQuerySet.as_manager()

    class Meta:
        verbose_name = _("tie of a reviewer")
        verbose_name_plural = _("ties of reviewers")
        ordering = ["kind", "name", "pk"]
        indexes = [models.Index(fields=["office", "person"], name="tie_person")]

    def __str__(self):
        return self.name
