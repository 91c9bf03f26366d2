"""Signed links: made, opened, spent, renewed.

A link carries a random token; the row keeps its hash, the purpose, the one object and the expiry. **A GET never acts**:
mail scanners open links, so the page behind one shows, and a POST with the same token acts.
"""

import datetime
import hashlib
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from mobility.accounts.enums import LinkPurpose
from mobility.accounts.models import AccessLink
from mobility.common import clock, outbox
from mobility.common.errors import LinkSpent, Refused

VALID_FOR = {
    LinkPurpose.OPEN_DRAFT: datetime.timedelta(days=30),
    LinkPurpose.ENDORSE: datetime.timedelta(days=30),
    LinkPurpose.SIGN_AGREEMENT: datetime.timedelta(days=30),
    LinkPurpose.EVALUATE: datetime.timedelta(days=60),
    LinkPurpose.INVITATION: datetime.timedelta(days=14),
    LinkPurpose.APPROVE_ENTRY: datetime.timedelta(days=30),
}
PAGES = {
    LinkPurpose.OPEN_DRAFT: "apprentices:open_draft",
    LinkPurpose.ENDORSE: "apprentices:endorse",
    LinkPurpose.SIGN_AGREEMENT: "placements:sign_by_link",
    LinkPurpose.EVALUATE: "placements:evaluate",
    LinkPurpose.INVITATION: "accounts:invitation",
    LinkPurpose.APPROVE_ENTRY: "apprentices:approve_entry",
}
MAILED_WITH_CODE = {LinkPurpose.OPEN_DRAFT}  # the code may be typed instead of opening the link
CODE_VALID_FOR = datetime.timedelta(hours=1)
CODE_TRIES = 5


@dataclass(frozen=True)
class NewLink:
    """What only the mail may know: the token (inside ``url``) and the code."""

    link: AccessLink
    url: str
    code: str

    @property
    def secrets(self):
        return [secret for secret in (self.url, self.code) if secret]


def create(*, purpose, object_id, office, address, language, name="", with_code=False) -> NewLink:
    """Make a link for one row and one address. With ``with_code`` a six-digit code, good for an hour, comes with it."""
    token = secrets.token_urlsafe(32)
    code = new_code() if with_code else ""
    now = clock.now()
    link = AccessLink.objects.create(
        office=office,
        purpose=purpose,
        object_id=object_id,
        address=address,
        name=name,
        language=language,
        token_hash=hash_of(token),
        code_hash=hash_of(code) if code else "",
        created_at=now,
        expires_at=now + VALID_FOR[purpose],
    )
    return NewLink(link=link, url=settings.SITE_URL + reverse(PAGES[purpose], args=[token]), code=code)


def find(token: str, purpose: str) -> AccessLink:
    """The link for a token, whether it is still good or not. Raises Http404 for a token that nobody made."""
    link = AccessLink.objects.select_related("office").filter(token_hash=hash_of(token), purpose=purpose).first()
    if link is None:
        raise Http404
    return link


def open_link(token: str, purpose: str) -> AccessLink:
    """The link for a token, if it may still be used.

    Raises Http404 for an unknown token and LinkSpent for an expired, used or revoked one; the middleware turns that
    into a page that says so and offers to mail a new one.
    """
    link = find(token, purpose)
    require_unspent(link)
    return link


def require_unspent(link: AccessLink) -> None:
    """Raise LinkSpent if the link was used, revoked or has expired."""
    if link.revoked_at:
        raise LinkSpent(link, _("This link is no longer valid: a newer one was sent, or it was withdrawn."))
    if link.used_at:
        raise LinkSpent(link, _("This link has been used. What you sent was received."))
    if link.expires_at <= clock.now():
        raise LinkSpent(link, _("This link has expired."))


def spend(link: AccessLink) -> None:
    """Mark the link as used, inside the transaction of the act. Raises LinkSpent if another request was faster."""
    fresh = AccessLink.objects.select_for_update().get(pk=link.pk)
    require_unspent(fresh)
    fresh.used_at = clock.now()
    fresh.save(update_fields=["used_at"])


def revoke(*, purpose, object_id, address=None) -> int:
    """Make every open link of this purpose to this row worthless (to one address, if given); returns how many."""
    open_ones = AccessLink.objects.filter(purpose=purpose, object_id=object_id, used_at=None, revoked_at=None)
    if address is not None:
        open_ones = open_ones.filter(address__iexact=address)
    return open_ones.update(revoked_at=clock.now())


def enter_code(*, purpose, address, code) -> AccessLink | None:
    """The newest good link to ``address`` whose code this is, or None.

    A wrong code counts against every open link to the address: after CODE_TRIES they accept no code any more.
    """
    now = clock.now()
    open_ones = AccessLink.objects.select_related("office").filter(
        purpose=purpose,
        address__iexact=address,
        used_at=None,
        revoked_at=None,
        created_at__gt=now - CODE_VALID_FOR,
        code_tries__lt=CODE_TRIES,
    ).exclude(code_hash="")  # fmt: skip
    wanted = hash_of(code.strip())
    for link in open_ones.order_by("-created_at"):
        if secrets.compare_digest(link.code_hash, wanted):
            return link
    for link in open_ones:
        link.code_tries += 1
        link.save(update_fields=["code_tries"])
    return None


def may_renew(link: AccessLink) -> bool:
    """Whether a stranger who holds this link may have a fresh one mailed to its address."""
    if link.revoked_at is None:
        return True
    newer = AccessLink.objects.filter(
        purpose=link.purpose, object_id=link.object_id, address__iexact=link.address, created_at__gt=link.created_at
    )
    return newer.filter(revoked_at=None).exists()


@transaction.atomic
def renew(link: AccessLink) -> AccessLink:
    """Mail a fresh link of the same purpose to the same address; the old one is worth nothing from now on.

    A used link is answered by a fresh one as well: the page behind it says what can still be done there. Raises Refused
    for a link that was withdrawn without a newer one to the same address.
    """
    if link.revoked_at and not may_renew(link):
        raise Refused(_("This link was withdrawn. Please ask the office."))
    revoke(purpose=link.purpose, object_id=link.object_id, address=link.address)
    fresh = create(
        purpose=link.purpose,
        object_id=link.object_id,
        office=link.office,
        address=link.address,
        language=link.language,
        name=link.name,
        with_code=link.purpose in MAILED_WITH_CODE,
    )
    outbox.queue(
        "accounts/email/link_renewed",
        to=outbox.To(address=link.address, language=link.language, name=link.name),
        office=link.office,
        context={"url": fresh.url, "code": fresh.code, "about": link.get_purpose_display(), "link": fresh.link},
        about={"link": fresh.link.pk},
        secrets=fresh.secrets,
    )
    return fresh.link


def new_code() -> str:
    """Six digits that nobody can foresee."""
    return f"{secrets.randbelow(1_000_000):06d}"


def hash_of(secret: str) -> str:
    """How a token or a code is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()
