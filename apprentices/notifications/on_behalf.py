"""Mails about an application that somebody else wrote for the apprentice."""

from django.conf import settings

from apprentices.notifications.mail import draft_owner, queue
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common import outbox


def entry_asked(entry):
    """Ask the apprentice to look at what was written, by signed link."""
    application = entry.application
    fresh = links.create(
        purpose=LinkPurpose.APPROVE_ENTRY,
        object_id=entry.pk,
        office=entry.office,
        address=application.email,
        language=application.written_form,
        name=application.given_name,
    )
    who = str(entry.training_office or entry.office)
    queue(
        application, "entry_asked", to=draft_owner(application), secrets=fresh.secrets, url=fresh.url,
        entered_by=entry.entered_by, who=who,
    )  # fmt: skip


def entry_answered(entry):
    """Tell who entered the application what the apprentice made of it."""
    person = entry.entered_by
    to = outbox.To(address=person.email, language=person.written_form, name=person.get_short_name(), user=person)
    queue(entry.application, "entry_answered", to=to, entry=entry, url=settings.SITE_URL + entry.get_absolute_url())
