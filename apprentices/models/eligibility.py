"""What the rules said about one application, and a coordinator's exception from them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from apprentices.enums import EligibilityLevel
from apprentices.models.applications import Application
from mobility.accounts.enums import OFFICE_STAFF
from mobility.common import clock


class EligibilityCheckQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(application__office=user.office_as(*OFFICE_STAFF))


class EligibilityCheck(models.Model):
    """The newest outcome for one application; earlier ones are in its history. A decision freezes it.

    ``findings`` are codes with their values, never sentences: each reader gets them in the own language.
    """

    application = models.OneToOneField(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="eligibility"
    )
    rules_version = models.CharField(_("version of the rules"), max_length=20)
    computed_at = models.DateTimeField(_("computed at"), default=clock.now)
    findings = models.JSONField(_("findings"), default=list)
    level = models.CharField(_("eligibility"), max_length=10, choices=EligibilityLevel)
    excepted_at = models.DateTimeField(_("exception made at"), null=True, blank=True)
    excepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("exception made by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    exception_reason = models.TextField(_("reason for the exception"), max_length=1000, blank=True)
    history = HistoricalRecords()

    objects = EligibilityCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("eligibility check")
        verbose_name_plural = _("eligibility checks")
        indexes = [models.Index(fields=["level"], name="eligibility_level")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(excepted_at=None, excepted_by=None, exception_reason="")
                | (models.Q(excepted_at__isnull=False, excepted_by__isnull=False) & ~models.Q(exception_reason="")),
                name="exception_says_who_and_why",
            )
        ]

    def __str__(self):
        return f"{self.application}: {self.get_level_display()}"

    @property
    def office_id(self):
        return self.application.office_id

    @property
    def is_blocked(self) -> bool:
        """Whether a rule is broken that nobody has made an exception from."""
        return self.level == EligibilityLevel.BLOCK and self.excepted_at is None
