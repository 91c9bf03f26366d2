"""What the case page of an application shows beside the form."""

import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices import workflow
from apprentices.enums import CORRECTED, REMINDED, SEVERITY, DecisionResult, EligibilityLevel, EndorsementKind
from apprentices.models import CompletionRequest, Conflict, Decision, Endorsement, Interview, Review
from apprentices.selectors.eligibility import Finding
from apprentices.selectors.eligibility_facts import is_decided
from apprentices.selectors.eligibility_words import lines
from apprentices.selectors.ranking import review_scores
from mobility.common.workflow import possible

MOVE_WORDS = {
    "submit": gettext_lazy("Application sent in"),
    "start_review": gettext_lazy("Review started"),
    "return_for_completion": gettext_lazy("Returned for completion"),
    "complete": gettext_lazy("Completed"),
    "complete_in_review": gettext_lazy("Completed"),
    "offer": gettext_lazy("Offer published"),
    "put_on_waiting_list": gettext_lazy("Waiting list published"),
    "offer_on_appeal": gettext_lazy("Offer published after an appeal"),
    "wait_on_appeal": gettext_lazy("Waiting list published after an appeal"),
    "reject": gettext_lazy("Rejection published"),
    "accept": gettext_lazy("Offer accepted"),
    "decline": gettext_lazy("Offer declined"),
    "lapse": gettext_lazy("Offer lapsed: nobody answered in time"),
    "withdraw": gettext_lazy("Application withdrawn"),
    "defer": gettext_lazy("Deferred to a later round"),
}
RESULT_MOVES = {
    DecisionResult.OFFER: workflow.OFFER,
    DecisionResult.WAITING_LIST: workflow.PUT_ON_WAITING_LIST,
    DecisionResult.REJECTION: workflow.REJECT,
}


def with_interviews_and_conflicts(applications):
    """``has_interviews``, ``has_conflicts``: most cases have neither, and save a query for each."""
    return applications.annotate(
        has_interviews=Exists(Interview.objects.filter(application=OuterRef("pk"))),
        has_conflicts=Exists(Conflict.objects.filter(application=OuterRef("pk"))),
    )


def sheets_of(application) -> list[Review]:
    """The reviewers' sheets, given or not, in the order of assignment."""
    return list(application.reviews.select_related("reviewer"))


def reviews_of(application, sheets) -> list[tuple[str, Decimal | None]]:
    """(reviewer, score or None) of one application."""
    return review_scores([application.pk], sheets=sheets)[application.pk]


def decisions_of(application) -> tuple[Decision | None, Decision | None]:
    """The pending decision, and the newest published one."""
    every = list(Decision.objects.filter(application=application).select_related("decided_by", "criterion", "lapse"))
    pending = next((each for each in every if each.published_at is None), None)
    return pending, next((each for each in every if each.published_at), None)


def possible_results(application) -> list[tuple[str, str]]:
    """(code, words) of the decisions that may be made in the application's present state."""
    moves = possible(application, RESULT_MOVES.values())
    return [(result.value, result.label) for result, move in RESULT_MOVES.items() if move in moves]


def eligibility_of(application) -> dict | None:
    """The kept outcome of the rules with a sentence for each finding, what needs a look first; None before sending."""
    found = getattr(application, "eligibility", None)
    if found is None:
        return None
    findings = [Finding.from_json(stored) for stored in found.findings]
    findings.sort(key=lambda finding: -SEVERITY.index(EligibilityLevel(finding.level)))
    return {"check": found, "lines": lines(findings, to_office=True), "is_frozen": is_decided(application)}


def moves_of(application) -> list:
    """The rows of its status log, oldest first."""
    return list(application.status_changes.select_related("by"))


def completions_of(application, moves) -> list[CompletionRequest]:
    """What the applicant was asked to complete, newest first. No query for a case that was never returned."""
    if not any(move.name == workflow.RETURN_FOR_COMPLETION.name for move in moves):
        return []
    return list(application.completion_requests.select_related("asked_by", "closed_by").order_by("-asked_at", "-pk"))


def can_be_excepted(application) -> bool:
    """Whether a coordinator may let it go on although a rule is broken."""
    found = getattr(application, "eligibility", None)
    return found is not None and found.is_blocked and not is_decided(application)


def log_of(application, moves, sheets) -> list[dict]:
    """Moves, every answer of those who were asked, and given reviews, newest first: dicts of what, who, at, note."""
    log = [
        {
            "what": MOVE_WORDS.get(change.name, change.name),
            "who": str(change.by) if change.by else "",
            "at": change.at,
            "note": change.note,
        }
        for change in moves
    ]
    log += _asked_log(application)
    log += [
        {"what": answered(reply), "who": reply.name, "at": reply.given_at, "note": ""}
        for endorsement in application.endorsements.all()
        for reply in endorsement.replies.all()
    ]
    log += [
        {"what": _("Marks given"), "who": str(review.reviewer), "at": review.given_at, "note": ""}
        for review in sheets
        if review.given_at
    ]
    check = getattr(application, "eligibility", None)
    if check and check.excepted_at:
        what = _("Exception from the rules of eligibility")
        log.append(
            {"what": what, "who": str(check.excepted_by), "at": check.excepted_at, "note": check.exception_reason}
        )
    return sorted(log, key=lambda entry: entry["at"], reverse=True)


CHASED = {
    REMINDED: gettext_lazy("Reminder to %(name)s"),
    CORRECTED: gettext_lazy("Address corrected, asked again: %(name)s"),
}


def _asked_log(application):
    """Who was reminded, and whose address was corrected, from the history of those who were asked.

    Most cases have nothing of it, and cost no query: then everybody was asked when the application was sent.
    """
    soon = application.submitted_at + datetime.timedelta(minutes=1)
    if not any(row.reminded_at or row.asked_at > soon for row in application.endorsements.all()):
        return []
    history = Endorsement.history.filter(application_id=application.pk, history_change_reason__in=CHASED)
    return [
        {
            "what": CHASED[row.history_change_reason] % {"name": row.name},
            "who": str(row.history_user) if row.history_user else "",
            "at": row.history_date,
            "note": "",
        }
        for row in history.select_related("history_user")
    ]


def answered(reply):
    """``Employer: consents``."""
    who = capfirst(EndorsementKind(reply.endorsement.kind).label)
    return _("%(who)s: %(answer)s") % {"who": who, "answer": reply.answer_words}
