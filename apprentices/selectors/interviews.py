"""Interviews: what is free, who is invited, until when a time may be moved."""

import datetime

from django.db.models import Count, Q

from apprentices.enums import ApplicationStatus, InterviewStatus
from apprentices.models import Application, Interview, InterviewTime
from apprentices.selectors.conflicts import Ties
from mobility.common import clock

ASKED_IN = (ApplicationStatus.SUBMITTED, ApplicationStatus.IN_REVIEW, ApplicationStatus.RETURNED)
"""While the case is being judged, an interview is of use."""

ACTIVE = (InterviewStatus.INVITED, InterviewStatus.BOOKED, InterviewStatus.HELD)
REMIND_BEFORE = datetime.timedelta(days=2)  # counted from the last day to choose
LEAST_NOTICE = datetime.timedelta(hours=1)  # nobody books a time that begins sooner


def interview_of(application) -> Interview | None:
    """The newest interview of an application, called-off ones aside."""
    found = application.interviews.exclude(status=InterviewStatus.CALLED_OFF)
    return found.select_related("place__time__interviewer").first()


def interviews_of_case(application) -> list[Interview]:
    """Every interview of one application, the newest first, called-off ones with it."""
    return list(application.interviews.select_related("place__time__interviewer", "outcome_by"))


def free_times(application) -> list[InterviewTime]:
    """Times of the round with a free place, that do not begin at once, of interviewers who may judge this applicant."""
    times = list(
        InterviewTime.objects.filter(round=application.round_id, starts_at__gt=clock.now() + LEAST_NOTICE)
        .annotate(free=Count("places", filter=Q(places__interview=None)))
        .filter(free__gt=0)
        .select_related("interviewer")
        .order_by("starts_at", "pk")
    )
    ties = Ties({time.interviewer for time in times}, [application])
    return [time for time in times if ties.blocking(time.interviewer, application) is None]


def change_until(interview) -> datetime.datetime | None:
    """The moment until which the applicant moves or cancels the picked time alone."""
    if interview.place is None:
        return None
    return interview.place.time.starts_at - datetime.timedelta(hours=interview.application.round.interview_notice_hours)


def can_change(interview) -> bool:
    until = change_until(interview)
    return interview.status == InterviewStatus.BOOKED and until is not None and clock.now() < until


def times_of(round) -> list[InterviewTime]:  # noqa: A002 - the domain's word
    """Every time of the round with its places, how many are ``taken`` and ``free``, and by whom."""
    return list(
        InterviewTime.objects.filter(round=round)
        .annotate(taken=Count("places__interview"), free=Count("places", filter=Q(places__interview=None)))
        .select_related("interviewer")
        .prefetch_related("places__interview__application")
        .order_by("starts_at", "pk")
    )


def interviews_of(round) -> list[Interview]:  # noqa: A002
    """Everybody who is invited, those who have not chosen first, then by the clock."""
    found = Interview.objects.filter(application__round=round).select_related(
        "application", "place__time__interviewer", "outcome_by"
    )
    order = [InterviewStatus.INVITED, InterviewStatus.BOOKED, InterviewStatus.MISSED, InterviewStatus.HELD,
             InterviewStatus.CALLED_OFF]  # fmt: skip
    last = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    return sorted(
        found,
        key=lambda each: (
            order.index(InterviewStatus(each.status)),
            each.place.time.starts_at if each.place else last,
            each.pk,
        ),
    )


def may_be_invited(round):  # noqa: A002
    """Applications of the round that are being judged and have no interview."""
    taken = Interview.objects.filter(status__in=ACTIVE).values("application")
    return Application.objects.filter(round=round, status__in=ASKED_IN).exclude(pk__in=taken)


def own_interviews(user):
    """The interviews that this person holds, in the working office."""
    office = user.working_office.pk if user.working_office else None
    return (
        Interview.objects.filter(
            place__time__interviewer=user.pk,
            application__office=office,
            status__in=[InterviewStatus.BOOKED, InterviewStatus.HELD, InterviewStatus.MISSED],
        )
        .select_related("application__round", "place__time")
        .order_by("place__time__starts_at", "pk")
    )


def due_for_reminder(limit=200) -> list[int]:
    """Ids of invitations whose last day is near, without a time and without a reminder: what the sweeper wakes."""
    today = clock.today()
    due = Interview.objects.waiting().filter(
        application__status__in=ASKED_IN, reminded_at=None, pick_by__lte=today + REMIND_BEFORE, pick_by__gte=today,
        invited_at__lt=clock.now() - datetime.timedelta(days=1),
    )  # fmt: skip
    return list(due.order_by("pick_by", "pk").values_list("pk", flat=True)[:limit])
