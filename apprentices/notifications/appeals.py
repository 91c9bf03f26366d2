"""Mails about appeals, in the applicant's written form."""

from django.utils import timezone

from apprentices.notifications.mail import tell_applicant


def appeal_received(appeal):
    """A receipt with the moment and the last day."""
    _to_applicant(appeal, "appeal_received")


def appeal_moved(appeal, *, words=""):
    """A late one is admitted, or it goes to the body that decides."""
    _to_applicant(appeal, "appeal_moved", words=words or appeal.late_words)


def appeal_answered(appeal):
    """The outcome, with its letter."""
    _to_applicant(appeal, "appeal_answered", attachments=[appeal.letter])


def _to_applicant(appeal, name, *, attachments=(), **context):
    application = appeal.application
    with timezone.override(application.office.tz):
        tell_applicant(application, name, attachments=attachments, appeal=appeal, **context)
