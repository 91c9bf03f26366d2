"""The state of an application as the office names it."""

from django import template
from django.utils.translation import pgettext_lazy

from apprentices.enums import ApplicationStatus as S
from apprentices.enums import DecisionResult, EndorsementAnswer, RoundStatus
from apprentices.selectors.eligibility_words import MARKS
from mobility.common.templatetags.utferd import pill

register = template.Library()

# state -> (kind, icon) of the pill
PILLS = {
    S.DRAFT: ("quiet", "file"),
    S.SUBMITTED: ("news", "send"),
    S.IN_REVIEW: ("brand", "eye"),
    S.RETURNED: ("wait", "undo"),
    S.OFFERED: ("you", "mail"),
    S.WAITING_LIST: ("wait", "clock"),
    S.REJECTED: ("stop", "x-circle"),
    S.ACCEPTED: ("ok", "check-circle"),
    S.DECLINED: ("quiet", "x"),
    S.LAPSED: ("quiet", "clock"),
    S.WITHDRAWN: ("quiet", "undo"),
    S.DEFERRED: ("wait", "calendar"),
}
ROUND_PILLS = {
    RoundStatus.PREPARED: ("quiet", "clock"),
    RoundStatus.OPEN: ("ok", "check-circle"),
    RoundStatus.PUBLISHED: ("brand", "mail"),
}
ANSWER_PILLS = {
    EndorsementAnswer.WAITING: ("wait", "clock", pgettext_lazy("employer", "waiting")),
    EndorsementAnswer.YES: ("ok", "check", pgettext_lazy("employer", "yes")),
    EndorsementAnswer.CONDITIONAL: ("news", "check", pgettext_lazy("employer", "with conditions")),
    EndorsementAnswer.NO: ("stop", "x", pgettext_lazy("employer", "no")),
}
RESULT_PILLS = {
    DecisionResult.OFFER: ("ok", "check"),
    DecisionResult.WAITING_LIST: ("wait", "clock"),
    DecisionResult.REJECTION: ("stop", "x"),
}


@register.simple_tag
def application_pill(application):
    # not get_status_display(): it hashes every choice again, for every row of a list
    return pill(*PILLS[application.status], S(application.status).label)


@register.simple_tag
def eligibility_pill(check):
    """The worst finding in one word; an exception says so."""
    if check.excepted_at:
        return pill("news", "shield", pgettext_lazy("eligibility", "exception made"))
    return pill(*MARKS[check.level], check.get_level_display())


@register.simple_tag
def round_pill(round):  # noqa: A002 - the domain's word
    return pill(*ROUND_PILLS[round.status], round.get_status_display())


@register.simple_tag
def answer_pill(endorsement):
    """The employer's answer in one word: it stands under a heading that says whose."""
    return pill(*ANSWER_PILLS[endorsement.answer])


@register.simple_tag
def result_pill(decision):
    return pill(*RESULT_PILLS[decision.result], decision.get_result_display())
