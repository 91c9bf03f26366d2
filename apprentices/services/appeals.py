"""Appeals: received, late ones admitted or refused, sent on, answered. The old decision and the ranking stay as they are."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices import documents, workflow
from apprentices.enums import AppealStatus, DecisionSource
from apprentices.models import Appeal, Application, Round
from apprentices.notifications import appeals as notifications
from apprentices.selectors.appeals import appeal_of, can_appeal, last_day
from apprentices.selectors.status import published_decision
from apprentices.services.decisions import MOVES_ON_APPEAL, require_places, save_pending
from apprentices.services.letters import store_letter
from mobility.common import clock, files
from mobility.common.errors import AlreadyTaken, Refused
from mobility.common.workflow import lock, move, require

OUTCOMES = {
    AppealStatus.UPHELD: workflow.UPHOLD_APPEAL,
    AppealStatus.PARTLY: workflow.UPHOLD_IN_PART,
    AppealStatus.REJECTED: workflow.REJECT_APPEAL,
}


@transaction.atomic
def receive_appeal(*, application: Application, by, text: str) -> Appeal:
    """Take the appeal against the newest decision, with the last day as it stands now. Mails a receipt.

    ``by``: the applicant. The same text a second time is the same appeal. Raises Refused (nothing to appeal against, no
    words) or AlreadyTaken (there is an appeal with other words).
    """
    application = lock(application)
    text = text.strip()
    if not text:
        raise Refused(_("Write what you want changed, and why."))
    decision, found = published_decision(application), appeal_of(application)
    if found is not None and decision is not None and found.decision_id == decision.pk:
        if found.text == text:
            return found
        raise AlreadyTaken(_("You have appealed already. Write to the office if you want to add something."))
    if not can_appeal(application, decision, found):
        raise Refused(_("There is no decision to appeal against now."))
    decision.application = application
    moment, due_on = clock.now(), last_day(decision)
    is_late = moment.astimezone(application.office.tz).date() > due_on
    appeal = Appeal.objects.create(decision=decision, text=text, received_at=moment, due_on=due_on, is_late=is_late)
    appeal.status_changes.create(name="receive_appeal", to_status=appeal.status, by=by, at=moment)
    application.news_at = moment
    application.save(update_fields=["news_at"])
    notifications.appeal_received(appeal)
    return appeal


@transaction.atomic
def admit_late_appeal(*, appeal: Appeal, by, words: str) -> Appeal:
    """Read a late appeal all the same, for a reason that stands beside it. Mails the applicant."""
    appeal, _round = _held(appeal)
    require(appeal, workflow.ADMIT_LATE_APPEAL)
    words = _words(words)
    _require_late(appeal)
    move(appeal, workflow.ADMIT_LATE_APPEAL, by=by, note=words, late_words=words)
    notifications.appeal_moved(appeal)
    return appeal


@files.only_if_kept()
@transaction.atomic
def refuse_late_appeal(*, appeal: Appeal, by, words: str) -> Appeal:
    """Refuse a late appeal with the reason. Letter and mail to the applicant."""
    appeal, _round = _held(appeal)
    require(appeal, workflow.REFUSE_LATE_APPEAL)
    words = _words(words)
    _require_late(appeal)
    return _answer(appeal, workflow.REFUSE_LATE_APPEAL, by=by, words=words)


@transaction.atomic
def send_on_appeal(*, appeal: Appeal, by, words: str) -> Appeal:
    """The office changes nothing: the appeal goes to the body that decides. ``words``: the office's view. Mails it."""
    appeal, _round = _held(appeal)
    require(appeal, workflow.SEND_ON_APPEAL)
    words = _words(words)
    _require_admitted(appeal)
    if not appeal.application.office.appeal_body:
        raise Refused(_("The office has named nobody who decides appeals: answer it yourself."))
    move(appeal, workflow.SEND_ON_APPEAL, by=by, note=words, sent_on_at=clock.now())
    notifications.appeal_moved(appeal, words=words)
    return appeal


@files.only_if_kept()
@transaction.atomic
def decide_appeal(*, appeal: Appeal, outcome: str, by, words: str, result: str = "") -> Appeal:
    """Answer the appeal, the office's own answer or that of the appeal body. Letter and mail to the applicant.

    Upheld, also in part: ``result`` becomes a new pending decision, published as every other. The score, rank and criteria
    of the first decision stand in it; the first itself is not touched. Raises TransitionNotAllowed (answered already, the
    application has moved on) or Refused (no reasons, late, the body's to reject, no place left).
    """
    appeal, round = _held(appeal)  # noqa: A001
    transition = OUTCOMES[AppealStatus(outcome)]
    require(appeal, transition)
    words = _words(words)
    _require_admitted(appeal)
    body = appeal.application.office.appeal_body
    if outcome == AppealStatus.REJECTED and body and appeal.status != AppealStatus.SENT_ON:
        raise Refused(_("%(body)s decides about what you do not change: send the appeal on.") % {"body": body})
    if outcome != AppealStatus.REJECTED:
        _decide_anew(appeal, round, result, by=by, words=words)
    return _answer(appeal, transition, by=by, words=words)


def _decide_anew(appeal, round, result, *, by, words):  # noqa: A002
    old = appeal.decision
    if result not in MOVES_ON_APPEAL:
        raise Refused(_("Choose what the new decision gives: a place, or the waiting list."))
    require(old.application, MOVES_ON_APPEAL[result])
    save_pending(
        old.application,
        result=result,
        by=by,
        standing=old,
        criterion=old.criterion,
        reasons=words,
        source=DecisionSource.APPEAL,
        criteria_version=old.criteria_version,
    )
    require_places(round)


def _answer(appeal, transition, *, by, words):
    appeal.words = words
    letter = _letter(appeal, transition.target, by)
    move(appeal, transition, by=by, note=words, words=words, letter=letter, answered_at=clock.now(), answered_by=by)
    notifications.appeal_answered(appeal)
    return appeal


def _held(appeal) -> tuple[Appeal, Round]:
    """The appeal, with its round and application locked before it."""
    found = Appeal.objects.select_related("decision__application__round").get(pk=appeal.pk)
    round = lock(found.decision.application.round)  # noqa: A001
    application = lock(found.decision.application)
    appeal = lock(found)
    appeal.decision.application = application
    return appeal, round


def _words(words):
    words = words.strip()
    if not words:
        raise Refused(_("Write to the applicant why."))
    return words


def _require_late(appeal):
    if not appeal.is_late:
        raise Refused(_("This appeal came in time."))


def _require_admitted(appeal):
    if appeal.is_late and appeal.status == AppealStatus.RECEIVED:
        raise Refused(_("This appeal came late: admit it or refuse it first."))


def letter_of(appeal: Appeal, *, outcome: str, by) -> documents.Letter:
    """The letter as it goes out today, with ``appeal.words`` as its reasons. Nothing is saved."""
    return documents.appeal_letter(appeal, outcome=outcome, by=by, on=clock.today(appeal.application.office.tz))


def _letter(appeal, outcome, by):
    letter, name = letter_of(appeal, outcome=outcome, by=by), documents.appeal_letter_name(appeal)
    return store_letter(letter=letter, office=appeal.application.office, kind="appeal-letter", name=name, by=by)
