"""Pending decisions as the office sees them before publication: who gets what, approved or not, by when."""

import datetime

from apprentices.enums import ApplicationStatus, DecisionResult, DecisionSource, PlanState
from apprentices.models import Decision, PlannedPublication, Round
from apprentices.selectors.selection_settings import settings_of
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership, User

LEFT = (ApplicationStatus.WITHDRAWN, ApplicationStatus.DEFERRED)
"""Who has left the round: what is pending for them never goes out."""


def pending_decisions(round: Round, *, only=None) -> list[Decision]:  # noqa: A002
    """What would be published now: pending decisions of applications that have not left meanwhile, by rank.

    ``only``: the key of the one decision that goes out by itself.
    """
    found = (
        Decision.objects.pending()
        .filter(application__round=round)
        .exclude(application__status__in=LEFT)
        .select_related(
            "application__office__selection_settings",
            "application__round",
            "application__trade",
            "application__apprentice__user",
            "criterion__round",
            "approved_by",
            "freed_by",
        )
        .order_by("rank", "application__reference")
    )
    return list(found if only is None else found.filter(pk=only, goes_alone=True))


def has_own_days(decision) -> bool:
    """Whether the days to answer are counted from the letter, and not to the date of the round."""
    return decision.source != DecisionSource.RANKING


def answer_date(decision, *, on: datetime.date) -> datetime.date | None:
    """The last day to answer an offer that goes out ``on`` this day."""
    if has_own_days(decision):
        return on + datetime.timedelta(days=settings_of(decision.application.office).answer_days)
    return decision.application.round.answer_by


def needs_approval(decision, round: Round) -> bool:  # noqa: A002
    """Whether the head has not approved it as it stands: an offer with another date to answer is another offer."""
    if decision.approved_at is None:
        return True
    return (
        decision.result == DecisionResult.OFFER and not has_own_days(decision) and decision.answer_by != round.answer_by
    )


def heads_of(office) -> list[User]:
    """The heads of section of the office today."""
    heads = Membership.objects.in_force().filter(office=office, role=Role.HEAD, user__is_active=True)
    return [membership.user for membership in heads.select_related("user")]


def leads_office(user, office) -> bool:
    """Whether this person is coordinator or head there today: a job of the clock asks before it acts in their name."""
    roles = (Role.COORDINATOR, Role.HEAD)
    return Membership.objects.in_force().filter(office=office, user=user, user__is_active=True, role__in=roles).exists()


def open_plan(round: Round) -> PlannedPublication | None:  # noqa: A002
    """The instant at which the round's pending decisions go out, if one is set."""
    return PlannedPublication.objects.waiting().filter(round=round).select_related("planned_by").first()


def failed_plan(round: Round) -> PlannedPublication | None:  # noqa: A002
    """The newest plan of the round, if it did not happen: somebody has to look."""
    newest = PlannedPublication.objects.filter(round=round).first()
    return newest if newest is not None and newest.state == PlanState.FAILED else None
