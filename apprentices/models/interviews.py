"""Interviews: times that the office opens, their bookable places, and who is invited to one."""

import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apprentices.enums import InterviewStatus
from apprentices.models.applications import Application
from apprentices.models.rounds import Round
from mobility.accounts.enums import OFFICE_STAFF, Role
from mobility.common import clock
from mobility.common.models import HasStatus, StatusChange


class InterviewTimeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(round__office=user.office_as(*OFFICE_STAFF))


class InterviewTime(models.Model):
    """A stretch of one day on which somebody interviews. Its places are :class:`InterviewPlace` rows."""

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="interview_times")
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=20, validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    where = models.CharField(_("place"), max_length=200, blank=True)
    video_url = models.URLField(_("address of the video meeting"), max_length=300, blank=True)
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("interviewer"),
        on_delete=models.PROTECT,
        related_name="interview_times",
    )
    opened_at = models.DateTimeField(_("opened at"), default=clock.now)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("opened by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = InterviewTimeQuerySet.as_manager()

    class Meta:
        verbose_name = _("interview time")
        verbose_name_plural = _("interview times")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["interviewer", "starts_at"],
                name="one_interview_time_per_interviewer",
                violation_error_message=_("This person has a time at this clock already."),
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=480), name="interview_lasts_5_to_480_minutes"
            ),
            models.CheckConstraint(
                condition=~models.Q(where="") | ~models.Q(video_url=""),
                name="interview_is_somewhere",
                violation_error_message=_("Say where you meet, or give the address of the video meeting."),
            ),
        ]

    def __str__(self):
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.interviewer}"

    @property
    def office_id(self):
        return self.round.office_id

    @property
    def ends_at(self) -> datetime.datetime:
        return self.starts_at + datetime.timedelta(minutes=self.minutes)


class InterviewPlace(models.Model):
    """One bookable place at an interview time: a row, so that the database refuses a second booking."""

    time = models.ForeignKey(InterviewTime, on_delete=models.CASCADE, related_name="places")
    # CASCADE: a place is a part of its time; a booked one is protected by its booking
    number = models.PositiveSmallIntegerField(_("place"))

    class Meta:
        verbose_name = _("interview place")
        verbose_name_plural = _("interview places")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["time", "number"], name="one_interview_place_per_number")]

    def __str__(self):
        return f"{self.time} #{self.number}"


class InterviewQuerySet(models.QuerySet):
    def waiting(self):
        """Invited, and the applicant has picked no time."""
        return self.filter(status=InterviewStatus.INVITED)

    def visible_to(self, user):
        """The office: all of its; an interviewer who reviews: the own ones."""
        return self.filter(
            models.Q(application__office=user.office_as(*OFFICE_STAFF))
            | models.Q(place__time__interviewer=user.pk, application__office=user.office_as(Role.REVIEWER))
        )


class Interview(HasStatus):
    """The invitation of one applicant, the place that was picked, and what the interviewer noted."""

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="interviews"
    )
    status = models.CharField(
        _("state"), max_length=12, choices=InterviewStatus, default=InterviewStatus.INVITED, editable=False
    )
    place = models.OneToOneField(
        InterviewPlace,
        verbose_name=_("interview place"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="interview",
    )
    pick_by = models.DateField(_("last day to choose a time"))
    invited_at = models.DateTimeField(_("invited at"), default=clock.now)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), on_delete=models.PROTECT, related_name="+"
    )
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    calendar_sequence = models.PositiveSmallIntegerField(_("number of the calendar entry"), default=0, editable=False)
    outcome = models.TextField(_("what came out of it"), max_length=2000, blank=True)
    outcome_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("noted by"), on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = InterviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(status__in=[InterviewStatus.INVITED, InterviewStatus.BOOKED, InterviewStatus.HELD]),
                name="one_interview_per_application",
                violation_error_message=_("This applicant is invited already."),
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=[InterviewStatus.INVITED, InterviewStatus.CALLED_OFF], place=None)
                | models.Q(
                    status__in=[InterviewStatus.BOOKED, InterviewStatus.HELD, InterviewStatus.MISSED],
                    place__isnull=False,
                ),
                name="interview_place_fits_its_state",
            ),
        ]
        indexes = [models.Index(fields=["status", "pick_by"], name="interview_waiting")]  # the sweeper's question

    def __str__(self):
        return f"{self.application} · {self.get_status_display()}"

    def get_absolute_url(self):
        return reverse("apprentices:my_interview", args=[self.application_id])

    @property
    def office_id(self):
        return self.application.office_id


class InterviewStatusChange(StatusChange):
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="status_changes")
    # CASCADE: its own log

    class Meta(StatusChange.Meta):
        verbose_name = _("move of an interview")
        verbose_name_plural = _("moves of interviews")
