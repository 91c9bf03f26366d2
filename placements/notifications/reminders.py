"""Reminders that a coordinator sends by hand, each shown first: to partners and to those who sign."""

from django.conf import settings

from mobility.common import outbox
from mobility.common.prepared import Prepared
from placements.enums import Party
from placements.notifications.placing import language_of, page, to_partner


def proposal(placement) -> list[Prepared]:
    """The partner has not answered yet: the same question once more, with the day of the first."""
    return [
        Prepared(
            "placements/email/proposed_reminder",
            to,
            placement.office,
            {
                "placement": placement,
                "apprentice": placement.apprentice,
                "host": placement.host,
                "since": placement.status_since,
                "url": page("placements:candidate", placement.pk),
            },
            {"placement": placement.pk},
        )
        for to in to_partner(placement.partner)
    ]


def signature(found, *, by_link) -> list[Prepared]:
    """What ``ask_to_sign`` would mail now, for looking at only: where the link of a signer stands, it says so."""
    placement = found.agreement.placement
    language = language_of(found)
    recipients = [outbox.To(found.email, language, found.name)]
    if found.party == Party.HOST and not by_link:
        recipients = to_partner(placement.partner)
    url = f"{settings.SITE_URL}/…/" if by_link else page("placements:sign", found.pk)
    context = {
        "placement": placement,
        "apprentice": placement.apprentice,
        "host": placement.host,
        "url": url,
        "by_link": by_link,
        "is_own": found.party == Party.APPRENTICE,
    }
    return [Prepared("placements/email/sign", to, placement.office, context) for to in recipients]
