"""Decisions: pending ones that only the office sees, and their publication all at once."""

from collections.abc import Iterable
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apprentices import documents, workflow
from apprentices.enums import ApplicationStatus, DecisionResult
from apprentices.models import Application, Decision, Round
from apprentices.notifications import decisions as notifications
from apprentices.selectors import ranking
from mobility.common import clock, files
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.workflow import Transition, lock, move, require, require_nothing_missing

MOVES: dict[str, Transition] = {
    DecisionResult.OFFER: workflow.OFFER,
    DecisionResult.WAITING_LIST: workflow.PUT_ON_WAITING_LIST,
    DecisionResult.REJECTION: workflow.REJECT,
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
    standing = {line.application_id: line for line in ranking.standings(round)}
    now = clock.now()
    decisions = []
    for application in chosen:
        line = standing[application.pk]
        decision, _made = Decision.objects.pending().update_or_create(
            application=application,
            defaults={
                "result": result,
                "criterion": criterion,
                "reasons": reasons,
                "score": line.score,
                "rank": line.rank,
                "decided_at": now,
                "decided_by": by,
            },
        )
        decisions.append(decision)
    _require_places(round)
    return decisions


@transaction.atomic
def take_back_decisions(*, round: Round, applications: Iterable[Application], by) -> int:  # noqa: A002
    """Remove the pending decisions of these applications and say how many there were. ``by``: who did it."""
    lock(round)
    pending = Decision.objects.pending().filter(application__round=round, application__in=list(applications))
    count = pending.count()
    if not count:
        raise Refused(_("None of these has a pending decision."))
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


def pending_decisions(round: Round) -> list[Decision]:  # noqa: A002
    """What would be published now: pending decisions of applications that were not withdrawn meanwhile, by rank."""
    return list(
        Decision.objects.pending()
        .filter(application__round=round)
        .exclude(application__status=ApplicationStatus.WITHDRAWN)
        .select_related(
            "application__office",
            "application__round",
            "application__trade",
            "application__apprentice__user",
            "criterion__round",
        )
        .order_by("rank", "application__reference")
    )


def missing_for_publication(round: Round, decisions) -> list[str]:  # noqa: A002
    """What still keeps the pending decisions from being published. Page and guard share it."""
    if not any(decision.result == DecisionResult.OFFER for decision in decisions):
        return []
    if round.answer_by is None:
        return [_("The round does not say by when offers are answered.")]
    if round.answer_by < clock.today():
        return [_("The date by which offers are answered has passed.")]
    return []


def publish_decisions(*, round: Round, by) -> list[Decision]:  # noqa: A002
    """Publish every pending decision of the round together: moves, letters and mails in one transaction, or nothing.

    Each applicant gets the letter as PDF in the own written form. The PDFs are laid out before the transaction begins,
    so that nobody else waits for them; a letter whose words have changed meanwhile is laid out again inside of it.
    Raises Refused (nothing to publish: somebody else was faster), NotReady (no date for the answers) or
    TransitionNotAllowed.
    """
    moment = clock.now()
    drafts = _lay_out(round, by, moment)
    with _files_only_if_kept() as kept, transaction.atomic():
        return _publish(round, by, moment, drafts, kept)


def _lay_out(round, by, moment):  # noqa: A002
    """The letters as they would be sent now, with their PDFs, by the decision's key."""
    decisions = pending_decisions(round)
    if missing_for_publication(round, decisions):
        return {}
    drafts = {}
    for decision in decisions:
        letter = _letter(decision, round, by, moment)
        drafts[decision.pk] = letter, documents.decision_letter_pdf(letter, office=decision.application.office)
    return drafts


def _publish(round, by, moment, drafts, kept):  # noqa: A002
    round = lock(round)  # noqa: A001
    require(round, workflow.PUBLISH_ROUND)
    decisions = pending_decisions(round)
    if not decisions:
        raise Refused(_("There is nothing to publish."))
    require_nothing_missing(missing_for_publication(round, decisions))
    _require_places(round)
    for decision in decisions:
        application = lock(decision.application)
        letter = _letter(decision, round, by, moment)
        move(application, MOVES[decision.result], by=by, note=decision.reasons)
        decision.application.status = application.status
        decision.letter = _store(decision, letter, drafts, by)
        kept.append(decision.letter)
        decision.published_at = moment
        decision.published_by = by
        decision.save(update_fields=["answer_by", "letter", "published_at", "published_by"])
        notifications.decision_published(decision)
    Decision.objects.pending().filter(application__round=round).delete()  # of those who withdrew: never sent
    move(round, workflow.PUBLISH_ROUND, by=by)
    return decisions


def _letter(decision, round, by, moment):  # noqa: A002
    if decision.result == DecisionResult.OFFER:
        decision.answer_by = round.answer_by
    return documents.decision_letter(decision, by=by, on=moment.astimezone(decision.application.office.tz).date())


def _store(decision, letter, drafts, by):
    office = decision.application.office
    draft, content = drafts.get(decision.pk, (None, b""))
    if draft != letter:
        content = documents.decision_letter_pdf(letter, office=office)
    return files.store(
        office=office,
        kind="decision-letter",
        name=documents.letter_name(decision),
        content=content,
        content_type="application/pdf",
        by=by,
        language=letter.language,
        template_version=documents.LETTER_VERSION,
    )


def _require_move(application, round, transition):  # noqa: A002
    if application.round_id != round.pk:
        raise Refused(_("%(applicant)s applied in another round.") % {"applicant": application.full_name})
    try:
        require(application, transition)
    except TransitionNotAllowed as error:
        raise TransitionNotAllowed(f"{application.full_name}: {error}") from error


def _require_places(round):  # noqa: A002
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


@contextmanager
def _files_only_if_kept():
    """Files are written outside of the transaction: if it is rolled back, they go, too."""
    kept: list = []
    try:
        yield kept
    except BaseException:
        for stored in kept:
            stored.content.delete(save=False)
        raise
