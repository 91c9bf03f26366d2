"""What the apprentice's page of the own stay shows: the route, and what waits for a signature."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from mobility.common import clock, formats
from mobility.grants.enums import BudgetHeading
from mobility.grants.words import ShownLine, shown
from placements.enums import AgreementStatus, Party, PlacementStatus
from placements.models import GrantLine
from placements.selectors import placing

S = PlacementStatus
# The host is told to the apprentice when the office has confirmed it, not before.
HOST_IS_TOLD = (S.CONFIRMED, S.READY, S.ABROAD, S.RETURNED, S.EVALUATED, S.CLOSED)
ORDER = (S.PROPOSED, S.HOST_FOUND, S.CONFIRMED, S.READY, S.ABROAD, S.RETURNED, S.EVALUATED, S.CLOSED)


OF_THE_OFFICE = (BudgetHeading.ORGANISATIONAL_SUPPORT, BudgetHeading.INCLUSION_ORGANISATION)


@dataclass(frozen=True)
class OwnGrant:
    """What the programme gives for the person's stay, in words; ``total`` in EUR."""

    lines: list[ShownLine]
    total: Decimal


def own_grant(placement) -> OwnGrant | None:
    """The calculation as the person may read it once the host is told. What the office gets for its work is not in it."""
    if placement.status not in HOST_IS_TOLD:
        return None
    lines = list(GrantLine.objects.filter(grant__placement=placement).exclude(heading__in=OF_THE_OFFICE))
    return OwnGrant(shown(lines), sum((line.amount for line in lines), Decimal(0))) if lines else None


def own_signature(agreement):
    """The apprentice's empty place, if it is the apprentice's turn."""
    if agreement is None or agreement.status != AgreementStatus.SIGNING:
        return None
    waiting = placing.next_signature(agreement)
    return waiting if waiting and waiting.party == Party.APPRENTICE else None


def days_until_start(placement) -> int | None:
    """Days to the departure of a stay that has a host; None when it has begun or nothing is certain."""
    left = (placement.starts_on - clock.today()).days
    return left if placement.status in (S.CONFIRMED, S.READY) and left > 0 else None


def stations_of(placement, agreement) -> list[dict]:
    """The stay as a route: looking for a place, place found, agreement, ready, travel, home, evaluated."""
    if placement.status in placing.NOT_LIVING:
        return []
    reached = ORDER.index(placement.status)
    since = {change.to_status: change.at for change in placement.status_changes.all()}
    is_signed = agreement is not None and agreement.status == AgreementStatus.SIGNED
    route = [
        (_("We look for a place"), True, since.get(S.PROPOSED)),
        (_("You have a place"), reached >= ORDER.index(S.CONFIRMED), since.get(S.CONFIRMED)),
        (_("The learning agreement is signed"), is_signed, agreement.status_since if is_signed else None),
        (_("You are ready to travel"), reached >= ORDER.index(S.READY), since.get(S.READY)),
        (_("You travel"), reached >= ORDER.index(S.ABROAD), placement.arrived_on or placement.starts_on),
        (_("Home again"), reached >= ORDER.index(S.RETURNED), placement.returned_on or placement.ends_on),
        (_("You tell us how it was"), reached >= ORDER.index(S.EVALUATED), since.get(S.EVALUATED)),
    ]
    here = next((i for i, (_what, done, _when) in enumerate(route) if not done), len(route))
    return [
        {
            "what": what,
            "when": formats.day(when, "plain") if when else _("You are here now") if i == here else "",
            "state": "done" if done else "here" if i == here else "ahead",
        }
        for i, (what, done, when) in enumerate(route)
    ]
