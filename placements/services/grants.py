"""The price of a stay: reckoned while the case is open, frozen when it closes. The arithmetic is in mobility.grants."""

from django.db import transaction
from django.utils.translation import gettext as _

from mobility.common import clock
from mobility.common.errors import Refused
from mobility.common.history import sign
from mobility.common.workflow import lock, require_nothing_missing
from mobility.grants.arithmetic import Pricing
from mobility.grants.models import Project
from placements.models import Grant, GrantLine
from placements.pricing import (
    WITHOUT_PRICE,
    basis_of,
    costs_of,
    missing_for_price,
    position_in_activity,
    pricing_of,
)
from placements.services.project_prices import lines_for, renumber

FACTS = (
    "distance_km", "travel_days", "interruption_days", "days_not_requested", "is_green", "green_percent", "ols_lacks",
    "has_fewer_opportunities", "wants_organisational_support", "origin_place", "venue_place", "distance_reason",
)  # fmt: skip
"""What the price depends on, and where the distance comes from."""


@transaction.atomic
def price_placement(*, placement, by) -> Grant:
    """Reckon the stay's grant and keep it line by line; an earlier price of an open case is replaced.

    The other open stays of the project move along when the order of stays changes. Raises NotReady (``missing`` says
    what), MissingRate (a figure that the rate table or the project lacks), CannotPrice (the facts contradict each
    other) and Refused (no price in this state, or frozen with the closed case).
    """
    placement = lock(placement)
    grant = _price(placement)
    renumber(project_id=placement.project_id)
    return grant


@transaction.atomic
def change_price_facts(*, placement, by, **facts) -> Grant:
    """Set what the price depends on (``FACTS``) and price the stay anew. Nothing is kept unless the price comes out.

    Raises what ``price_placement`` raises.
    """
    if not facts.keys() <= set(FACTS):
        raise ValueError("these are no facts of a price")
    placement = lock(placement)
    for name, value in facts.items():
        setattr(placement, name, value)
    sign(placement, by)
    placement.save(update_fields=[*facts])
    return price_placement(placement=placement, by=by)


@transaction.atomic
def price_again(*, placement, by) -> Grant | None:
    """After a change of an open case: price it anew. A stay that lacks something or does not happen has no price."""
    placement = lock(placement)
    grant = Grant.objects.filter(placement=placement).first()
    if grant is not None and grant.frozen_at is not None:
        return grant
    try:
        with transaction.atomic():
            fresh = _price(placement)
    except Refused:
        fresh = None
        if grant is not None:
            grant.delete()
    renumber(project_id=placement.project_id)
    return fresh


def is_frozen(placement) -> bool:
    """Whether the case is closed and its price stays for good."""
    return Grant.objects.filter(placement=placement, frozen_at__isnull=False).exists()


@transaction.atomic
def freeze_grant(*, placement, by) -> Grant:
    """Price the stay a last time and keep that price for good, with the version of its rate table.

    Part of closing a case. A price that is frozen already stays as it is. Raises what ``price_placement`` raises.
    """
    frozen = Grant.objects.filter(placement=placement, frozen_at__isnull=False).first()
    if frozen is not None:
        return frozen
    grant = price_placement(placement=placement, by=by)
    grant.frozen_at = clock.now()
    grant.save(update_fields=["frozen_at"])
    return grant


def reckon(placement) -> Pricing:
    """The price of an open stay as it stands on the row, saved or not; nothing is written.

    Raises NotReady, MissingRate, CannotPrice and Refused as ``price_placement`` does.
    """
    if placement.status in WITHOUT_PRICE:
        raise Refused(_("A stay that was refused or cancelled has no price."))
    require_nothing_missing(missing_for_price(placement))
    costs = costs_of(placement.real_costs.all())
    return pricing_of(placement, basis_of(placement.project), position_in_activity(placement), costs)


def _price(placement):
    """Price a locked stay, without a look at the others."""
    grant = Grant.objects.filter(placement=placement).first()
    if grant is not None and grant.frozen_at is not None:
        raise Refused(_("The case is closed: its price stays as it was."))
    if placement.project_id is not None:  # the order of its stays is counted by one at a time
        Project.objects.select_for_update(of=("self",)).get(pk=placement.project_id)
    return _keep(placement, reckon(placement))


def _keep(placement, pricing):
    grant, _created = Grant.objects.update_or_create(
        placement=placement,
        defaults={"rate_table": pricing.table_version, "total": pricing.total, "computed_at": clock.now()},
    )
    grant.lines.all().delete()
    GrantLine.objects.bulk_create(lines_for(grant, pricing))
    return grant
