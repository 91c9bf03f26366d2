"""Deferral: an application waits for a later round, and has priority there."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apprentices.enums import DeferralState
from apprentices.models.applications import Application
from apprentices.models.rounds import Round
from mobility.accounts.enums import OFFICE_STAFF
from mobility.common import clock
from mobility.common.models import StoredFile


class DeferralQuerySet(models.QuerySet):
    def asked(self):
        return self.filter(state=DeferralState.ASKED)

    def visible_to(self, user):
        return self.filter(application__office=user.office_as(*OFFICE_STAFF))


class Deferral(models.Model):
    """The applicant's wish, or the office's, to wait for a later round; a coordinator confirms it.

    ``carried_to`` is the new application in the later round, with a reference of its own. It has priority there among
    equals. The old case stays as it was.
    """

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="deferrals"
    )
    state = models.CharField(_("state"), max_length=10, choices=DeferralState, default=DeferralState.ASKED)
    reason = models.TextField(_("reason"))
    asked_at = models.DateTimeField(_("asked at"), default=clock.now)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    words = models.TextField(_("the office's words"), blank=True)
    letter = models.ForeignKey(
        StoredFile, verbose_name=_("letter"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_round = models.ForeignKey(
        Round, verbose_name=_("later round"), on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    carried_to = models.OneToOneField(
        Application,
        verbose_name=_("application in the later round"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deferred_from",
    )
    carried_at = models.DateTimeField(_("carried over at"), null=True, blank=True)

    objects = DeferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("deferral")
        verbose_name_plural = _("deferrals")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(state__in=["asked", "confirmed"]),
                name="one_deferral",
                violation_error_message=_("This application is deferred, or somebody has asked for it already."),
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked") | models.Q(settled_at__isnull=False, settled_by__isnull=False),
                name="settled_deferral_names_who",
            ),
            models.CheckConstraint(
                condition=models.Q(carried_to=None) | models.Q(state="confirmed", carried_at__isnull=False),
                name="carried_deferral_is_confirmed",
            ),
        ]

    def __str__(self):
        return str(self.application)

    @property
    def office_id(self):
        return self.application.office_id
