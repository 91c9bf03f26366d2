"""Mails about people's roles in an office, and codes for links."""

from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common import outbox


def mail_invitation(membership, *, by=None):
    """Mail the link that opens the invitation, in the person's written form. Returns the new link."""
    user = membership.user
    made = links.create(
        purpose=LinkPurpose.INVITATION,
        object_id=membership.pk,
        office=membership.office,
        address=user.email,
        language=user.written_form,
        name=user.get_full_name(),
    )
    outbox.queue(
        "accounts/email/invitation",
        to=outbox.To(address=user.email, language=user.written_form, name=user.get_full_name(), user=user),
        office=membership.office,
        context={"url": made.url, "membership": membership, "by": by, "days": links.VALID_FOR[made.link.purpose].days},
        about={"membership": membership.pk, "link": made.link.pk},
        secrets=made.secrets,
    )
    return made


def mail_link_code(link, code):
    """Mail the code that opens a link in another browser, to where the link itself was sent."""
    return outbox.queue(
        "accounts/email/link_code",
        to=outbox.To(address=link.address, language=link.language, name=link.name),
        office=link.office,
        context={"code": code, "link": link},
        about={"link": link.pk},
        secrets=[code],
    )
