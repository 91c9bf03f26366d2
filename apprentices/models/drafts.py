"""What hangs on a draft: further languages, reminders that went out, and the permission to send after closing."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from apprentices.enums import LanguageLevel
from apprentices.models.applications import Application


class LanguageSkill(models.Model):
    """A language besides English and the own level in it. English stands on the application itself."""

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.CASCADE, related_name="language_skills"
    )  # CASCADE: an answer of the form
    language = models.CharField(_("language"), max_length=3, help_text=_("Code of ISO 639."))
    level = models.CharField(_("level"), max_length=2, choices=LanguageLevel)

    class Meta:
        verbose_name = _("language")
        verbose_name_plural = _("languages")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "language"],
                name="one_level_per_language",
                violation_error_message=_("You have written this language twice."),
            )
        ]

    def __str__(self):
        return f"{self.language} {self.level}"


class LateAdmission(models.Model):
    """A coordinator lets one draft be sent after the round has closed. A new word replaces the older; history keeps it."""

    application = models.OneToOneField(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="late_admission"
    )
    until = models.DateTimeField(_("may send until"))
    reason = models.CharField(_("reason"), max_length=500)
    admitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("let in by"), on_delete=models.PROTECT, related_name="+"
    )
    admitted_at = models.DateTimeField(_("let in at"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("late admission")
        verbose_name_plural = _("late admissions")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("admitted_at")),
                name="late_admission_lies_ahead",
                violation_error_message=_("The new deadline has passed already."),
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="late_admission_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.application_id}: {self.until:%Y-%m-%d %H:%M}"


class DraftReminder(models.Model):
    """One reminder of an unsent draft, so many days before the round closes. The row is the proof: it goes out once."""

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.CASCADE, related_name="reminders"
    )  # CASCADE: nothing without its draft
    days = models.PositiveSmallIntegerField(_("days before closing"))
    sent_at = models.DateTimeField(_("sent at"))

    class Meta:
        verbose_name = _("reminder of a draft")
        verbose_name_plural = _("reminders of drafts")
        constraints = [models.UniqueConstraint(fields=["application", "days"], name="one_reminder_per_day_count")]

    def __str__(self):
        return f"{self.application_id}: {self.days}"
