"""Until when a draft may be sent: closing, the office's grace, or what a coordinator allowed. The server's clock decides."""

import datetime
from dataclasses import dataclass

from apprentices.enums import ApplicationStatus, RoundStatus
from apprentices.models import Application
from apprentices.selectors.drafts import missing_for_submission
from mobility.accounts.enums import Role
from mobility.common import clock


def deadline_of(application) -> datetime.datetime:
    """The instant from which this draft cannot be sent any more.

    The grace is for those who had begun before closing. An admission of the coordinator never shortens anything.
    """
    closes_at = application.round.closes_at
    deadline = closes_at
    if application.created_at < closes_at:
        deadline += datetime.timedelta(minutes=application.round.grace_minutes)
    admission = getattr(application, "late_admission", None)
    return max(deadline, admission.until) if admission else deadline


def may_send(application) -> bool:
    """Whether this draft may be worked on and sent now."""
    found = application.round
    return found.status == RoundStatus.OPEN and found.opens_at <= clock.now() < deadline_of(application)


@dataclass(frozen=True)
class Deadline:
    """What a page says of the deadline: the instant, the days left in the office's zone, and whether it is past closing."""

    at: datetime.datetime
    days_left: int
    is_extra: bool

    @property
    def is_over(self) -> bool:
        return self.at <= clock.now()


def shown_deadline(round, application=None) -> Deadline:  # noqa: A002 - the domain's word
    """Closing time as long as it lies ahead; after it the applicant's own, later one."""
    now = clock.now()
    at = round.closes_at
    is_extra = at <= now and application is not None
    if is_extra:
        at = deadline_of(application)
    days_left = (at.astimezone(round.office.tz).date() - clock.today(round.office.tz)).days
    return Deadline(at=at, days_left=days_left, is_extra=is_extra)


def late_drafts(user, round=None):  # noqa: A002
    """Drafts that missed the deadline of a round, as a coordinator of the round's office may know of them."""
    found = Application.objects.held_by_applicant().filter(
        office=user.office_as(Role.COORDINATOR),
        status=ApplicationStatus.DRAFT,
        replaced_by=None,
        round__closes_at__lte=clock.now(),
        round__status=RoundStatus.OPEN,
    )
    if round is not None:
        found = found.filter(round=round)
    related = found.select_related("round", "office", "late_admission__admitted_by")
    return related.prefetch_related("round__trades").order_by("family_name", "given_name", "pk")


def late_lines(drafts) -> list[tuple[Application, int]]:
    """(draft, how much is missing) of each: no answer of the form is shown before it is sent."""
    return [(draft, len(missing_for_submission(draft))) for draft in drafts]
