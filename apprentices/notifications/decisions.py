"""Mails with decisions and their letters."""

from django.conf import settings

from apprentices.notifications.mail import FOLDER
from mobility.common import outbox


def decision_published(decision):
    """The decision with its letter, in the applicant's own written form. The text says the state the case is in.

    Returns the row of the outbox: the decision is delivered when it is sent.
    """
    application = decision.application
    return outbox.queue(
        f"{FOLDER}/decision",
        to=outbox.To(
            address=application.email,
            language=application.written_form,
            name=application.full_name,
            user=application.apprentice.user,
        ),
        office=application.office,
        context={
            "application": application,
            "decision": decision,
            "status_url": settings.SITE_URL + application.get_absolute_url(),
        },
        about={"application": application.pk, "decision": decision.pk},
        attachments=[decision.letter],
    )
