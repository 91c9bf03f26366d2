"""What every mail about an application shares: the folder of the texts, who gets it, and the row of the outbox."""

from django.conf import settings
from django.urls import reverse

from mobility.common import outbox

FOLDER = "apprentices/email"


def queue(application, name, *, to, secrets=(), attachments=(), **context):
    return outbox.queue(
        f"{FOLDER}/{name}",
        to=to,
        office=application.office,
        context=context_of(application, **context),
        about={"application": application.pk},
        secrets=secrets,
        attachments=attachments,
    )


def tell_applicant(application, name, *, attachments=(), **context):
    """Queue a mail to the applicant that leads to the status page."""
    context = {"status_url": status_page(application), **context}
    return queue(application, name, to=to_applicant(application), attachments=attachments, **context)


def context_of(application, **more):
    return {"application": application, "round": application.round, **more}


def draft_owner(application):
    return outbox.To(address=application.email, language=application.written_form, name=application.given_name)


def to_applicant(application):
    return outbox.To(
        address=application.apprentice.email,
        language=application.apprentice.written_form,
        name=application.given_name,
        user=application.apprentice.user,
    )


def status_page(application):
    return settings.SITE_URL + reverse("apprentices:status", args=[application.pk])
