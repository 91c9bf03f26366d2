"""Mails about an offer that waits for its answer."""

from apprentices.notifications.mail import FOLDER, context_of, queue, status_page, tell_applicant, to_applicant
from apprentices.selectors.status import answer_deadline
from mobility.common import outbox


def offer_reminder(decision):
    """The last day to answer comes near."""
    return queue(decision.application, "offer_reminder", to=to_applicant(decision.application), **_offer(decision))


def offer_reminder_preview(decision) -> tuple[str, str]:
    """Subject and text of the reminder that would go out now."""
    application = decision.application
    return outbox.written(
        f"{FOLDER}/offer_reminder",
        to=to_applicant(application),
        office=application.office,
        context=context_of(application, **_offer(decision)),
    )


def offer_lapsed(application, lapse):
    """The last day has passed without an answer; the place goes to somebody else. The letter is attached."""
    tell_applicant(application, "offer_lapsed", attachments=[lapse.letter], last_day=lapse.last_day)


def _offer(decision):
    return {
        "last_day": answer_deadline(decision.application, decision),
        "status_url": status_page(decision.application),
    }
