"""The receipt of an application."""

from apprentices.notifications.mail import tell_applicant


def application_received(application):
    """The receipt: reference, what happens next, where to see it."""
    tell_applicant(application, "received")
