"""Publication: every pending decision of a round goes out at one instant, with its letter and its mail."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apprentices import documents
from apprentices.enums import DecisionResult, PlanState
from apprentices.models import Decision, PlannedPublication, Round
from apprentices.notifications import decisions as notifications
from apprentices.selectors.decisions import answer_date, has_own_days, needs_approval, pending_decisions
from apprentices.selectors.selection_settings import settings_of
from apprentices.services.decisions import missing_for_decision, move_of, require_places
from apprentices.services.letters import store_letter
from apprentices.workflow import PUBLISH_ROUND
from mobility.common import clock, files
from mobility.common.errors import Refused
from mobility.common.workflow import lock, move, require, require_nothing_missing


def missing_for_publication(round: Round, decisions, *, on=None) -> list[str]:  # noqa: A002
    """What still keeps the pending decisions from being published today, or ``on`` a later day. Page and guard share it."""
    missing = []
    by_rounds_date = [each for each in decisions if each.result == DecisionResult.OFFER and not has_own_days(each)]
    if by_rounds_date and round.answer_by is None:
        missing.append(_("The round does not say by when offers are answered."))
    elif by_rounds_date and round.answer_by and round.answer_by < (on or clock.today(round.office.tz)):
        missing.append(_("The date by which offers are answered has passed."))
    for decision in decisions:
        lacks = missing_for_decision(decision.result, criterion=decision.criterion_id, reasons=decision.reasons)
        missing += [f"{decision.application.full_name}: {sentence}" for sentence in lacks]
    waiting = sum(needs_approval(decision, round) for decision in decisions)
    if waiting and settings_of(round.office).head_approves:
        missing.append(
            ngettext(
                "%(number)s decision waits for the approval of the head of section.",
                "%(number)s decisions wait for the approval of the head of section.",
                waiting,
            )
            % {"number": waiting}
        )
    return missing


def publish_decisions(*, round: Round, by, only=None, plan=None, seen_at=None) -> list[Decision]:  # noqa: A002
    """Publish every pending decision of the round together: moves, letters and mails in one transaction, or nothing.

    Each applicant gets the letter as PDF in the own written form. The PDFs are laid out before the transaction begins,
    so that nobody else waits for them; a letter whose words have changed meanwhile is laid out again inside of it.
    ``only``: the one decision that goes out by itself. ``plan``: the planned publication that is carried out; by hand,
    an open one ends. ``seen_at``: when the letters were shown; a decision made since stops it. Raises Refused (nothing to
    publish: somebody else was faster), NotReady (no date for the answers, no approval) or TransitionNotAllowed.
    """
    moment = clock.now()
    drafts = _lay_out(round, by, moment, only)
    with files.only_if_kept(), transaction.atomic():
        return _publish(round, by, moment, drafts, only=only, plan=plan, seen_at=seen_at)


def _lay_out(round, by, moment, only):  # noqa: A002
    """The letters as they would be sent now, with their PDFs, by the decision's key."""
    decisions = pending_decisions(round, only=only)
    if missing_for_publication(round, decisions):
        return {}
    drafts = {}
    for decision in decisions:
        letter = letter_of(decision, by=by, moment=moment)
        drafts[decision.pk] = letter, documents.letter_pdf(letter, office=decision.application.office)
    return drafts


def _publish(round, by, moment, drafts, *, only, plan, seen_at):  # noqa: A002
    round = lock(round)  # noqa: A001
    require(round, PUBLISH_ROUND)
    _end_plan(round, by, moment, plan, is_partial=only is not None)
    decisions = pending_decisions(round, only=only)
    if not decisions:
        raise Refused(_("There is nothing to publish."))
    require_seen(decisions, seen_at)
    require_nothing_missing(missing_for_publication(round, decisions))
    require_places(round)
    for decision in decisions:
        application = lock(decision.application)
        letter = letter_of(decision, by=by, moment=moment)
        move(application, move_of(decision), by=by, note=decision.reasons)
        decision.application.status = application.status
        decision.letter = _store(decision, letter, drafts, by)
        decision.published_at = moment
        decision.published_by = by
        decision.decided_by = decision.decided_by or by  # a proposal of the clock: who publishes it decides
        decision.mail = notifications.decision_published(decision)
        decision.save()
    if only is None:
        Decision.objects.pending().filter(application__round=round).delete()  # of those who left: never sent
    move(round, PUBLISH_ROUND, by=by)
    return decisions


def require_seen(decisions, seen_at) -> None:
    """Refuse to send a letter that was written after the page with the letters was opened."""
    if seen_at is not None and any(decision.decided_at > seen_at for decision in decisions):
        raise Refused(_("Some decisions were made or changed since you opened this page. Look at their letters first."))


def letter_of(decision, *, by, moment) -> documents.Letter:
    """The letter as it would go out at ``moment``; sets the decision's day to answer, which the letter says."""
    office = decision.application.office
    on = moment.astimezone(office.tz).date()
    if decision.result == DecisionResult.OFFER:
        decision.answer_by = answer_date(decision, on=on)
    return documents.decision_letter(decision, by=by, on=on)


def _store(decision, letter, drafts, by):
    office = decision.application.office
    draft, content = drafts.get(decision.pk, (None, b""))
    if draft != letter:
        content = b""  # its words have changed meanwhile: laid out again
    return store_letter(
        letter=letter,
        office=office,
        kind="decision-letter",
        name=documents.letter_name(decision),
        by=by,
        content=content,
    )


def _end_plan(round, by, moment, plan, *, is_partial):  # noqa: A002
    """Claim the plan that is carried out; a publication by hand ends the one that waits."""
    if is_partial:
        return
    waiting = lock_plan(round)
    if plan is not None and (waiting is None or waiting.pk != plan.pk):
        raise Refused(_("This publication was moved, cancelled, or has happened."))
    if waiting is not None:
        end_plan(waiting, PlanState.DONE if plan is not None else PlanState.CANCELLED, by=by, at=moment)


def lock_plan(round) -> PlannedPublication | None:  # noqa: A002
    """The open plan of a round, held until the transaction ends."""
    return PlannedPublication.objects.waiting().filter(round=round).select_for_update(of=("self",)).first()


def end_plan(plan, state, *, at, by=None, problem="") -> None:
    """Close an open plan: done, cancelled or failed."""
    plan.state, plan.ended_at, plan.ended_by, plan.problem = state, at, by, problem
    plan.save(update_fields=["state", "ended_at", "ended_by", "problem"])
