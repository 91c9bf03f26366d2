"""Who works in an office, and what was mailed for it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q

from mobility.accounts.enums import LinkPurpose, Role
from mobility.accounts.models import AccessLink, Membership
from mobility.common import clock
from mobility.common.addresses import Source, sources_of
from mobility.common.models import OutboundMail
from mobility.common.outbox import WIPED

FAILED_SHOWN = 300  # failed mails on the page of wrong addresses
LOG_SHOWN = 8  # mails on the page of a person or a case


@dataclass(frozen=True)
class Duty:
    """Something that somebody would leave behind, in words, and where it is handed over."""

    what: str
    url: str


_duties: list[Callable[[Membership], list[Duty]]] = []


def add_duties(provider: Callable[[Membership], list[Duty]]) -> None:
    """Register what a floor above knows: ``provider(membership)`` gives what its person has open in that role."""
    if provider not in _duties:
        _duties.append(provider)


def duties_of(membership) -> list[Duty]:
    """What waits for somebody else once this membership has ended."""
    return [duty for provider in _duties for duty in provider(membership)]


@dataclass(frozen=True)
class PersonRow:
    """One membership on the page of people. ``state``: active, invited (link unused), expired (link too old), ended."""

    membership: Membership
    state: str


def people(user, *, role=""):
    """The memberships of the working office, those who run it first; two queries, whatever their number."""
    memberships = Membership.objects.visible_to(user).select_related("user", "office")
    if role:
        memberships = memberships.filter(role=role)
    memberships = list(memberships.order_by("user__family_name", "user__given_name", "pk"))
    memberships.sort(key=lambda membership: _RANK[membership.role])
    links = _open_invitations(membership.pk for membership in memberships)
    return [PersonRow(membership=m, state=_state(m, links.get(m.pk))) for m in memberships]


# who runs the office first, the many apprentices last
_RANK = {role: (role == Role.APPRENTICE, place) for place, role in enumerate(Role)}


def roles_present(user):
    """(role, how many memberships in force) of the working office, for the filter."""
    rows = Membership.objects.visible_to(user).in_force().values("role").annotate(number=Count("pk")).order_by()
    counts = {row["role"]: row["number"] for row in rows}
    return [(role, counts[role.value]) for role in Role if counts.get(role.value)]


def _open_invitations(ids):
    """The newest invitation of each membership that nobody has used or withdrawn."""
    found = AccessLink.objects.filter(
        purpose=LinkPurpose.INVITATION, object_id__in=list(ids), used_at=None, revoked_at=None
    )
    return {link.object_id: link for link in found.order_by("created_at")}


def _state(membership, link):
    if membership.ends_on is not None and membership.ends_on < clock.today():
        return "ended"
    if link is None:
        return "active"
    return "invited" if link.expires_at > clock.now() else "expired"


def mails_of_office(user):
    """The mails of the working office, for those who lead it."""
    return OutboundMail.objects.filter(office=user.office_as(Role.COORDINATOR, Role.HEAD))


@dataclass(frozen=True)
class FailedAddress:
    """An address that mails did not reach: the mails, and every row of the office where it stands."""

    address: str
    mails: list[OutboundMail]
    sources: list[Source]


def failed_addresses(user, *, address="") -> list[FailedAddress]:
    """The failed mails of the office by address, the longest wait first: bounded, and a query for each kind of row."""
    failed = mails_of_office(user).filter(state=OutboundMail.State.FAILED).defer("body").order_by("created_at", "pk")
    if address:
        failed = failed.filter(to_address__iexact=address)
    by_address: dict[str, list[OutboundMail]] = {}
    for mail in failed[:FAILED_SHOWN]:
        by_address.setdefault(mail.to_address.lower(), []).append(mail)
    sources: dict[str, list[Source]] = {}
    for source in sources_of(user.working_office.pk, by_address) if by_address else []:
        sources.setdefault(source.found.address.lower(), []).append(source)
    return [FailedAddress(mails[0].to_address, mails, sources.get(low, [])) for low, mails in by_address.items()]


@dataclass(frozen=True)
class MailLog:
    """The newest mails of a person or a case. ``address``: the person's, to search the outbox for the rest."""

    mails: list[OutboundMail]
    has_more: bool
    address: str


def mail_log(user, *, own, others=(), application=None, account=None) -> MailLog:
    """The newest mails to a person's ``own`` addresses and ``account``, and to ``others`` about ``application``.

    For those who read the outbox; anybody else finds nothing. Addresses count as they are written, in big or small letters.
    """
    own = sorted({address for address in own if address})
    wanted = Q(to_address__in=_both_ways(own))
    if account is not None:
        wanted |= Q(recipient=account)
    if application is not None and others:
        wanted |= Q(to_address__in=_both_ways(others), context_ids__application=application)
    mails = list(mails_of_office(user).filter(wanted).defer("body", "secrets")[: LOG_SHOWN + 1])
    return MailLog(mails[:LOG_SHOWN], len(mails) > LOG_SHOWN, own[0] if own else "")


def _both_ways(addresses):
    return {form for address in addresses if address for form in (address, address.lower())}


def mails_of_demo(user):
    """What the demo shows its staff, links and codes included: the office's mails and those of no office (sign-in)."""
    if not settings.SHOW_OUTBOX_WITH_SECRETS or not user.is_staff:
        return OutboundMail.objects.none()
    return OutboundMail.objects.filter(Q(office=user.working_office) | Q(office=None))


def readable_body(mail) -> str:
    """The text of a mail; links and codes that still work are hidden, except in the demo."""
    if settings.SHOW_OUTBOX_WITH_SECRETS:
        return mail.body
    body = mail.body
    for secret in mail.secrets:
        body = body.replace(secret, WIPED)
    return body
