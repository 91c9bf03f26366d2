"""Mails about applications that are not sent yet."""

from apprentices.notifications.mail import draft_owner, queue
from apprentices.selectors.drafts import other_drafts
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose

OTHERS_NAMED = 3  # other drafts of one address that the mail with a code names


def draft_code(application):
    """A fresh code and link that open the draft and confirm its address.

    Other drafts of this address in this round are named with a link of their own: only here, where nobody but the
    reader of the address learns of them.
    """
    fresh = _draft_link(application, with_code=True)
    others = [(draft, _draft_link(draft)) for draft in other_drafts(application)[:OTHERS_NAMED]]
    queue(
        application,
        "draft_code",
        to=draft_owner(application),
        secrets=[*fresh.secrets, *(link.url for _draft, link in others)],
        url=fresh.url,
        code=fresh.code,
        others=[(draft.saved_at, link.url) for draft, link in others],
    )


def draft_reminder(application, *, days):
    """An unsent draft, and the deadline comes near: the days left, and a fresh link."""
    fresh = _draft_link(application)
    queue(application, "draft_reminder", to=draft_owner(application), secrets=fresh.secrets, url=fresh.url, days=days)


def late_admission(admission):
    """A coordinator lets the applicant in after closing: until when, and a fresh link."""
    application = admission.application
    fresh = _draft_link(application)
    queue(
        application,
        "late_admission",
        to=draft_owner(application),
        secrets=fresh.secrets,
        url=fresh.url,
        until=admission.until,
    )


def _draft_link(application, *, with_code=False):
    return links.create(
        purpose=LinkPurpose.OPEN_DRAFT,
        object_id=application.pk,
        office=application.office,
        address=application.email,
        language=application.written_form,
        name=application.given_name,
        with_code=with_code,
    )
