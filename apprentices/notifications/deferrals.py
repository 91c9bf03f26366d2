"""Mails about waiting for a later round."""

from apprentices.notifications.mail import queue, status_page, to_applicant


def deferral_confirmed(deferral):
    """The application waits for a later round; the letter is attached."""
    application = deferral.application
    queue(
        application,
        "deferral_confirmed",
        to=to_applicant(application),
        attachments=[deferral.letter],
        words=deferral.words,
        status_url=status_page(application),
    )


def deferral_refused(deferral):
    application = deferral.application
    queue(
        application,
        "deferral_refused",
        to=to_applicant(application),
        words=deferral.words,
        status_url=status_page(application),
    )


def carried_over(deferral):
    """There is an application in the later round now, with a reference of its own."""
    application = deferral.carried_to
    queue(
        application,
        "carried_over",
        to=to_applicant(application),
        old=deferral.application,
        status_url=status_page(application),
    )
