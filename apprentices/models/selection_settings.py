"""How an office wants its selection run: one row above the office, with a history of every change."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from mobility.accounts.enums import OFFICE_STAFF


class SelectionSettingsQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(office=user.office_as(*OFFICE_STAFF))


class SelectionSettings(models.Model):
    """Without a row the defaults count: people decide everything, and no letter goes by itself."""

    office = models.OneToOneField(
        "accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="selection_settings"
    )
    head_approves = models.BooleanField(
        _("the head of section approves decisions before they are published"), default=False
    )
    first_reminder_days = models.PositiveSmallIntegerField(
        _("first reminder of an offer (days before the last day)"),
        default=3,
        validators=[MaxValueValidator(30)],
        help_text=_("0: no first reminder."),
    )
    second_reminder_days = models.PositiveSmallIntegerField(
        _("second reminder of an offer (days before the last day)"),
        default=1,
        validators=[MaxValueValidator(30)],
        help_text=_("0: no second reminder."),
    )
    answer_days = models.PositiveSmallIntegerField(
        _("days to answer for somebody who moves up from the waiting list"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    letters_go_alone = models.BooleanField(
        _("the letter to the next of the waiting list goes out by itself"),
        default=False,
        help_text=_("Off: the next is proposed, and you publish. On: you stand as the one who decides."),
    )
    switched_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("switched on by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    switched_on_at = models.DateTimeField(_("switched on at"), null=True, blank=True)
    history = HistoricalRecords()

    objects = SelectionSettingsQuerySet.as_manager()

    class Meta:
        verbose_name = _("settings of the selection")
        verbose_name_plural = _("settings of the selection")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(letters_go_alone=False)
                | models.Q(switched_on_by__isnull=False, switched_on_at__isnull=False),
                name="letters_alone_names_who",
            ),
            models.CheckConstraint(
                condition=~models.Q(letters_go_alone=True, head_approves=True),
                name="approval_or_letters_alone",
                violation_error_message=_("Where the head approves decisions, no letter goes out by itself."),
            ),
            models.CheckConstraint(
                condition=models.Q(first_reminder_days=0)
                | models.Q(second_reminder_days__lt=models.F("first_reminder_days")),
                name="second_reminder_is_later",
                violation_error_message=_("The second reminder comes after the first: nearer to the last day."),
            ),
        ]

    def __str__(self):
        return str(self.office)
