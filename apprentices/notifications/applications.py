"""The receipt of an application."""

from apprentices.notifications.mail import queue, status_page, to_applicant


def application_received(application):
    """The receipt: reference, what happens next, where to see it."""
    queue(application, "received", to=to_applicant(application), status_url=status_page(application))
