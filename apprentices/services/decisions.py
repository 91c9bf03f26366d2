"""Pending decisions: nobody outside the office sees them before they are published."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apprentices import workflow
from apprentices.enums import ApplicationStatus, DecisionResult, DecisionSource
from apprentices.models import Application, Decision, Round
from apprentices.selectors import ranking
from mobility.common import clock
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.workflow import Transition, lock, require, require_nothing_missing

MOVES: dict[str, Transition] = {
    DecisionResult.OFFER: workflow.OFFER,
    DecisionResult.WAITING_LIST: workflow.PUT_ON_WAITING_LIST,
    DecisionResult.REJECTION: workflow.REJECT,
}
MOVES_ON_APPEAL: dict[str, Transition] = {
    DecisionResult.OFFER: workflow.OFFER_ON_APPEAL,
    DecisionResult.WAITING_LIST: workflow.WAIT_ON_APPEAL,
}
"""What a decision after an upheld appeal does; it never makes somebody worse off."""
UNAPPROVED = {
    "sent_at": None,
    "sent_by": None,
    "approved_at": None,
    "approved_by": None,
    "sent_back_words": "",
    "sent_back_by": None,
}


@transaction.atomic
def decide(
    *,
    round: Round,  # noqa: A002
    applications: Iterable[Application],
    result,
    by,
    criterion=None,
    reasons="",
) -> list[Decision]:
    """Make, or replace, the pending decision of each application. Nobody outside the office sees it yet.

    Score and rank of this moment are kept with it. Raises TransitionNotAllowed (an application stands elsewhere),
    NotReady (a rejection without criterion or reasons) or Refused (more offers than places, a foreign criterion).
    """
    round = lock(round)  # noqa: A001 - one coordinator after the other
    require(round, workflow.PUBLISH_ROUND)
    reasons = reasons.strip()
    require_nothing_missing(missing_for_decision(result, criterion=criterion, reasons=reasons))
    if criterion is not None and criterion.round_id != round.pk:
        raise Refused(_("This criterion belongs to another round."))
    chosen = [lock(application) for application in sorted(applications, key=lambda each: each.pk)]
    for application in chosen:
        _require_move(application, round, MOVES[result])
        _require_no_appeal(application)
    standing = {line.application_id: line for line in ranking.standings(round)}
    facts = {"result": result, "criterion": criterion, "reasons": reasons, "by": by}
    decisions = [save_pending(application, standing=standing[application.pk], **facts) for application in chosen]
    require_places(round)
    return decisions


def move_of(decision: Decision) -> Transition:
    """The move that publishing this decision makes."""
    return (MOVES_ON_APPEAL if decision.source == DecisionSource.APPEAL else MOVES)[decision.result]


def save_pending(application, *, result, by, standing, criterion=None, reasons="", **more) -> Decision:
    """Write the one pending decision of a locked application anew: any approval of an earlier one is gone."""
    every = list(application.decisions.order_by("version"))
    decision = next((each for each in every if each.published_at is None), None)
    if decision is None:
        decision = Decision(application=application, version=every[-1].version + 1 if every else 1)
    is_next = result == DecisionResult.OFFER and application.status == ApplicationStatus.WAITING_LIST
    facts = {
        "result": result,
        "criterion": criterion,
        "reasons": reasons,
        "source": DecisionSource.WAITING_LIST if is_next else DecisionSource.RANKING,
        "freed_by": None,
        "goes_alone": False,
        "score": standing.score,
        "rank": standing.rank,
        "spread": standing.spread,
        "criteria_version": application.round.criteria_version,
        "decided_at": clock.now(),
        "decided_by": by,
        **UNAPPROVED,
        **more,
    }
    for name, value in facts.items():
        setattr(decision, name, value)
    decision.save()
    return decision


@transaction.atomic
def take_back_decisions(*, round: Round, applications: Iterable[Application], by) -> int:  # noqa: A002
    """Remove the pending decisions of these applications and say how many there were. ``by``: who did it."""
    lock(round)
    pending = Decision.objects.pending().filter(application__round=round, application__in=list(applications))
    count = pending.count()
    if not count:
        raise Refused(_("None of these has a pending decision."))
    for decision in pending.filter(source=DecisionSource.APPEAL).select_related("application"):
        _require_no_appeal(decision.application)
    pending.delete()
    return count


def missing_for_decision(result, *, criterion, reasons) -> list[str]:
    """What a decision still needs. Form and service share it."""
    missing = []
    if result == DecisionResult.REJECTION and criterion is None:
        missing.append(_("A rejection needs the criterion that decided."))
    if result == DecisionResult.REJECTION and not reasons:
        missing.append(_("A rejection needs reasons."))
    return missing


def _require_move(application, round, transition):  # noqa: A002
    if application.round_id != round.pk:
        raise Refused(_("%(applicant)s applied in another round.") % {"applicant": application.full_name})
    try:
        require(application, transition)
    except TransitionNotAllowed as error:
        raise TransitionNotAllowed(f"{application.full_name}: {error}") from error


def _require_no_appeal(application):
    """The decision that an upheld appeal has brought is published as it is: it is not decided over, nor taken back."""
    if application.decisions.pending().filter(source=DecisionSource.APPEAL).exists():
        raise Refused(
            _("%(applicant)s: the new decision after the appeal is to be published as it is.")
            % {"applicant": application.full_name}
        )


def require_places(round):  # noqa: A002
    over = -ranking.seats(round).left
    if over > 0:
        raise Refused(
            ngettext(
                "That is %(over)s offer too many (places: %(places)s).",
                "That is %(over)s offers too many (places: %(places)s).",
                over,
            )
            % {"places": round.places, "over": over}
        )
