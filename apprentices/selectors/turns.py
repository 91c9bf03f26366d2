"""Whose turn it is in an application, and since when."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from apprentices.enums import ApplicationStatus, EndorsementAnswer
from apprentices.models import Review
from mobility.common import clock

WITH_APPLICANT = {ApplicationStatus.DRAFT, ApplicationStatus.RETURNED, ApplicationStatus.OFFERED}
AT_REST = {
    ApplicationStatus.WAITING_LIST,
    ApplicationStatus.REJECTED,
    ApplicationStatus.ACCEPTED,  # from here on the placement says whose turn it is
    ApplicationStatus.DECLINED,
    ApplicationStatus.WITHDRAWN,
}


@dataclass(frozen=True)
class Turn:
    """``who``: apprentice, employer, reviewer, office or nobody (codes of the ``turn`` tag); ``days`` since then."""

    who: str
    since: datetime.datetime | None = None

    @property
    def days(self) -> int | None:
        return (clock.now() - self.since).days if self.since else None


def with_open_reviews(applications):
    """Annotate ``has_open_reviews``: a reviewer has not given the marks yet. Needed by ``turn_of`` in lists."""
    return applications.annotate(
        has_open_reviews=Exists(Review.objects.filter(application=OuterRef("pk"), given_at=None))
    )


def turn_of(application) -> Turn:
    """Whose turn it is. In a list: ``select_related("endorsement")`` and ``with_open_reviews`` first."""
    if application.status in WITH_APPLICANT:
        return Turn("apprentice", application.status_since)
    if application.status in AT_REST:
        return Turn("nobody")
    endorsement = getattr(application, "endorsement", None)
    if endorsement is not None and endorsement.answer == EndorsementAnswer.WAITING:
        return Turn("employer", endorsement.asked_at)
    if application.status == ApplicationStatus.IN_REVIEW and _has_open_reviews(application):
        return Turn("reviewer", application.status_since)
    return Turn("office", application.status_since)


def _has_open_reviews(application):
    known = getattr(application, "has_open_reviews", None)
    return application.reviews.filter(given_at=None).exists() if known is None else known
