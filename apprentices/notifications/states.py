"""Which mail may go out in which state of its application: one table, asked when a mail is queued and when it is sent."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from apprentices.enums import ApplicationStatus as S
from apprentices.enums import DecisionResult
from apprentices.models import Application, Decision
from apprentices.notifications.mail import FOLDER

SENT_IN = frozenset(set(S) - {S.DRAFT})
ASKING = frozenset({S.SUBMITTED, S.IN_REVIEW, S.RETURNED, S.WAITING_LIST, S.OFFERED, S.ACCEPTED})
JUDGED = frozenset({S.IN_REVIEW, S.RETURNED})
ALWAYS = frozenset(S)

STATES: dict[str, frozenset[str]] = {
    "draft_code": frozenset({S.DRAFT}),
    "draft_reminder": frozenset({S.DRAFT}),
    "late_admission": frozenset({S.DRAFT}),
    "entry_asked": frozenset({S.DRAFT}),
    "entry_answered": ALWAYS,
    "received": SENT_IN,
    "endorsement_employer": ASKING,
    "endorsement_guardian": ASKING,
    "endorsement_training_office": ASKING,
    "endorsement_reminder": ASKING,
    "endorsement_answered": SENT_IN,
    "completion_asked": frozenset({S.RETURNED}),
    "completion_reminder": frozenset({S.RETURNED}),
    "completion_closed": SENT_IN,
    "completion_answered": SENT_IN,
    "details_reminder": frozenset({S.ACCEPTED}),
    "interview_invited": JUDGED,
    "interview_reminder": JUDGED,
    "interview_booked": JUDGED,
    "interview_called_off": SENT_IN,
    "interview_given_back": SENT_IN,
    "interview_told": SENT_IN,
    "offer_reminder": frozenset({S.OFFERED}),
    "offer_accepted": frozenset({S.ACCEPTED}),
    "offer_declined": frozenset({S.DECLINED}),
    "offer_lapsed": frozenset({S.LAPSED}),
    "withdrawn": frozenset({S.WITHDRAWN}),
    "deferral_confirmed": frozenset({S.DEFERRED}),
    "deferral_refused": frozenset({S.IN_REVIEW, S.OFFERED, S.WAITING_LIST, S.ACCEPTED}),
    "carried_over": SENT_IN,
    "appeal_received": SENT_IN,
    "appeal_moved": SENT_IN,
    "appeal_answered": SENT_IN,
    "accepted_withdrawn": frozenset({S.WITHDRAWN}),
}
"""Name of the template -> the states in which its text is true. What is not about one application has no line."""

AFTER = {
    DecisionResult.OFFER: S.OFFERED,
    DecisionResult.WAITING_LIST: S.WAITING_LIST,
    DecisionResult.REJECTION: S.REJECTED,
}
"""The mail with a decision is true as long as the application stands where that decision has put it."""


def why_not(mail) -> str:
    """Why this mail would say a state that its application is not in, in the office's language; else empty."""
    name = mail.template.removeprefix(f"{FOLDER}/")
    status = Application.objects.filter(pk=mail.context_ids.get("application")).values_list("status", flat=True).first()
    if name == "decision":
        result = Decision.objects.filter(pk=mail.context_ids.get("decision")).values_list("result", flat=True).first()
        allowed = frozenset({AFTER[result]}) if result else ALWAYS
    else:
        allowed = STATES.get(name, ALWAYS)
    if status is None or status in allowed:
        return ""
    with override(mail.office.default_language if mail.office else None):
        return _("The application has moved on: %(state)s. This mail would not be true any more.") % {
            "state": S(status).label
        }
