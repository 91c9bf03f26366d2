"""Mails to those who are asked about an application, by signed link, and what the applicant hears of it."""

from django.conf import settings

from apprentices.notifications.mail import FOLDER, context_of, queue, tell_applicant
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common import outbox


def endorsement_asked(endorsement):
    """The request to the employer, the training office or a guardian, by signed link."""
    _mail_link(endorsement, f"endorsement_{endorsement.kind}")


def endorsement_reminder(endorsement):
    """The same request once more, with a fresh link; says since when it waits and where the application stands."""
    _mail_link(endorsement, "endorsement_reminder")


def endorsement_reminder_preview(endorsement) -> tuple[str, str]:
    """Subject and text of the reminder that would go out now; where the link stands, it says so."""
    url = settings.SITE_URL + "/endorse/…/"
    context = context_of(endorsement.application, endorsement=endorsement, url=url)
    return outbox.written(
        f"{FOLDER}/endorsement_reminder",
        to=asked_party(endorsement),
        office=endorsement.application.office,
        context=context,
    )


def endorsement_answered(endorsement):
    """Tell the applicant that somebody answered, yes or no where it is a consent; opinions stay with the office."""
    tell_applicant(endorsement.application, "endorsement_answered", endorsement=endorsement)


def _mail_link(endorsement, name):
    application = endorsement.application
    fresh = links.create(
        purpose=LinkPurpose.ENDORSE,
        object_id=endorsement.pk,
        office=application.office,
        address=endorsement.email,
        language=endorsement.written_form,
        name=endorsement.name,
    )
    queue(application, name, to=asked_party(endorsement), secrets=fresh.secrets, url=fresh.url, endorsement=endorsement)


def asked_party(endorsement):
    return outbox.To(address=endorsement.email, language=endorsement.written_form, name=endorsement.name)
