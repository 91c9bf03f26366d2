"""What happens during the stay: tutor visits and the apprentice's weekly log."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from mobility.accounts.enums import OFFICE_STAFF, Role
from mobility.common import clock
from mobility.common.models import HasStatus, StatusChange
from partners.models import ContactAccess
from placements.enums import VisitStatus
from placements.models.placements import Placement


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(
            models.Q(placement__office=user.office_as(*OFFICE_STAFF))
            | models.Q(instructor__user=user.pk, placement__office=user.office_as(Role.INSTRUCTOR))
            | models.Q(placement__apprentice__user=user.pk)
            | models.Q(slot__visit_day__partner__in=ContactAccess.objects.in_force_for(user).values("partner"))
        )

    def booked(self):
        return self.filter(status=VisitStatus.BOOKED)


class Visit(HasStatus):
    """An instructor's visit to one apprentice on one place of a partner's visit day."""

    placement = models.ForeignKey(
        Placement, verbose_name=_("placement"), on_delete=models.PROTECT, related_name="visits"
    )
    instructor = models.ForeignKey(
        "apprentices.Instructor", verbose_name=_("instructor (tutor)"), on_delete=models.PROTECT, related_name="visits"
    )
    slot = models.ForeignKey(
        "partners.VisitSlot", verbose_name=_("visit place"), on_delete=models.PROTECT, related_name="visits"
    )
    status = models.CharField(
        _("state"), max_length=20, choices=VisitStatus, default=VisitStatus.BOOKED, editable=False
    )
    calendar_uid = models.CharField("UID", max_length=80, unique=True)
    booked_at = models.DateTimeField(_("booked at"), default=clock.now)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = _("tutor visit")
        verbose_name_plural = _("tutor visits")
        ordering = ["slot__visit_day__on"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot"],
                condition=models.Q(status=VisitStatus.BOOKED),
                name="one_visit_per_place",
                violation_error_message=_("This place has just been taken."),
            )
        ]

    def __str__(self):
        return f"{self.instructor}: {self.placement}"

    @property
    def office_id(self):
        return self.placement.office_id


class VisitStatusChange(StatusChange):
    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="status_changes")  # CASCADE: its own log

    class Meta(StatusChange.Meta):
        verbose_name = _("move of a visit")
        verbose_name_plural = _("moves of visits")


class WeeklyLogQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office and the apprentice. Not the partner: an apprentice may write about the partner."""
        return self.filter(
            models.Q(placement__office=user.office_as(*OFFICE_STAFF)) | models.Q(placement__apprentice__user=user.pk)
        )

    def waiting_for_a_call(self):
        return self.filter(wants_call=True, called_at=None)


class WeeklyLog(models.Model):
    """One week of the stay in the apprentice's words. ``week_starts_on`` is a Monday."""

    placement = models.ForeignKey(
        Placement, verbose_name=_("placement"), on_delete=models.PROTECT, related_name="weekly_logs"
    )
    week_starts_on = models.DateField(_("week from"))
    days_present = models.PositiveSmallIntegerField(_("days at work or course"), validators=[MaxValueValidator(7)])
    mood = models.PositiveSmallIntegerField(_("how it goes"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.TextField(_("what you did and learnt"), max_length=3000)
    wants_call = models.BooleanField(_("please call me"), default=False)
    written_at = models.DateTimeField(_("written at"), default=clock.now)
    called_at = models.DateTimeField(_("called back at"), null=True, blank=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("called back by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )

    objects = WeeklyLogQuerySet.as_manager()

    class Meta:
        verbose_name = _("weekly log")
        verbose_name_plural = _("weekly logs")
        ordering = ["-week_starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "week_starts_on"],
                name="one_log_per_week",
                violation_error_message=_("You have written about this week already."),
            ),
            models.CheckConstraint(condition=models.Q(mood__gte=1, mood__lte=5), name="mood_from_1_to_5"),
        ]

    def __str__(self):
        return f"{self.placement}, {self.week_starts_on:%d.%m.%Y}"

    @property
    def office_id(self):
        return self.placement.office_id
