"""Whose turn it is in an application, and since when."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from apprentices.enums import ApplicationStatus
from apprentices.models import Review
from apprentices.selectors.endorsements import waiting_of
from mobility.common import clock

WITH_APPLICANT = {ApplicationStatus.DRAFT, ApplicationStatus.RETURNED, ApplicationStatus.OFFERED}
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
    """What ``turn_of`` needs in a list: ``has_open_reviews`` (a sheet is not filled in yet), and who was asked."""
    return applications.prefetch_related("endorsements").annotate(
        has_open_reviews=Exists(Review.objects.filter(application=OuterRef("pk"), given_at=None))
    )


def turn_of(application) -> Turn:
    """Whose turn it is. In a list: ``with_turns`` first."""
    if application.status in WITH_APPLICANT:
        return Turn("apprentice", application.status_since)
    if application.status in AT_REST:
        return Turn("nobody")
    waiting = waiting_of(application)
    if waiting:
        return Turn(waiting[0].kind, waiting[0].asked_at, waiting[0].name)
    if application.status == ApplicationStatus.IN_REVIEW and _has_open_reviews(application):
        return Turn("reviewer", application.status_since)
    return Turn("office", application.status_since)


def _has_open_reviews(application):
    known = getattr(application, "has_open_reviews", None)
    return application.reviews.filter(given_at=None).exists() if known is None else known
