"""Whose turn it is in an application, and since when."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery

from apprentices.enums import ApplicationStatus, InterviewStatus
from apprentices.models import Appeal, Interview, Review
from apprentices.selectors.endorsements import waiting_of
from mobility.common import clock

WITH_APPLICANT = {ApplicationStatus.DRAFT, ApplicationStatus.RETURNED, ApplicationStatus.OFFERED}
AT_APPEAL = {ApplicationStatus.WAITING_LIST, ApplicationStatus.REJECTED}  # at rest, unless an appeal waits
AT_REST = {
    ApplicationStatus.WAITING_LIST,
    ApplicationStatus.REJECTED,
    ApplicationStatus.ACCEPTED,  # from here on the placement says whose turn it is
    ApplicationStatus.DECLINED,
    ApplicationStatus.LAPSED,
    ApplicationStatus.WITHDRAWN,
    ApplicationStatus.DEFERRED,
}


@dataclass(frozen=True)
class Turn:
    """``who``: apprentice, employer, guardian, training_office, reviewer, office or nobody (codes of the ``turn`` tag)."""

    who: str
    since: datetime.datetime | None = None
    name: str = ""  # of the person who was asked by a link

    @property
    def days(self) -> int | None:
        return (clock.now() - self.since).days if self.since else None


def with_turns(applications):
    """What ``turn_of`` needs in a list: ``has_open_reviews`` (a sheet is not filled in yet), who was asked, and
    ``interview_asked_at`` (a time for an interview is to be chosen)."""
    return with_interviews(applications.prefetch_related("endorsements")).annotate(
        has_open_reviews=Exists(Review.objects.filter(application=OuterRef("pk"), given_at=None))
    )


def with_interviews(applications):
    """The interview as turns and tasks ask for it: when it was asked for and by when a time is chosen, or when it is.
    And ``appealed_at``: since when an appeal waits for the office."""
    mine = Interview.objects.filter(application=OuterRef("pk"))
    waiting, booked = mine.waiting(), mine.filter(status=InterviewStatus.BOOKED)
    appeals = Appeal.objects.open().filter(decision__application=OuterRef("pk")).order_by()
    return applications.annotate(
        appealed_at=Subquery(appeals.values("received_at")[:1]),
        interview_asked_at=Subquery(waiting.values("invited_at")[:1]),
        interview_pick_by=Subquery(waiting.values("pick_by")[:1]),
        interview_at=Subquery(booked.values("place__time__starts_at")[:1]),
    )


def turn_of(application) -> Turn:
    """Whose turn it is. In a list: ``with_turns`` first."""
    if application.status in WITH_APPLICANT:
        return Turn("apprentice", application.status_since)
    if application.status in AT_REST:
        appealed_at = _appealed_at(application)
        return Turn("office", appealed_at) if appealed_at else Turn("nobody")
    asked_at = _interview_asked_at(application)
    if asked_at is not None:
        return Turn("apprentice", asked_at)
    waiting = waiting_of(application)
    if waiting:
        return Turn(waiting[0].kind, waiting[0].asked_at, waiting[0].name)
    if application.status == ApplicationStatus.IN_REVIEW and _has_open_reviews(application):
        return Turn("reviewer", application.status_since)
    return Turn("office", application.status_since)


def _has_open_reviews(application):
    known = getattr(application, "has_open_reviews", None)
    return application.reviews.filter(given_at=None).exists() if known is None else known


def _interview_asked_at(application):
    """When the applicant was asked to choose a time for an interview, while that waits."""
    if hasattr(application, "interview_asked_at"):
        return application.interview_asked_at
    return application.interviews.waiting().values_list("invited_at", flat=True).first()


def _appealed_at(application):
    if application.status not in AT_APPEAL:
        return None
    if hasattr(application, "appealed_at"):
        return application.appealed_at
    found = Appeal.objects.open().filter(decision__application=application)
    return found.values_list("received_at", flat=True).first()
