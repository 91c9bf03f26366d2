"""From a stay to its price: the facts of a row, and what the pure functions of mobility.grants make of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from mobility.grants.arithmetic import Mobility, Pricing, price
from mobility.grants.enums import ParticipantKind, RealCostKind
from mobility.grants.models import Project
from mobility.grants.rates import RateTable
from mobility.grants.real_costs import RealCost, real_cost_lines, real_travel_cost
from mobility.grants.selectors import rates_of
from placements.enums import PlacementStatus
from placements.models import Placement

WITHOUT_PRICE = (PlacementStatus.REFUSED, PlacementStatus.CANCELLED)


@dataclass(frozen=True)
class Basis:
    """What all stays of a project share: the rate table, and the agency's daily rates for learners by country group."""

    rates: RateTable
    base_rates: Mapping[int, Decimal]
    is_accredited: bool


def basis_of(project: Project) -> Basis:
    """Raises MissingRate for a call year without a table."""
    found = project.base_rates.filter(participant_kind=ParticipantKind.VET_LEARNER)
    return Basis(
        rates=rates_of(project),
        base_rates=dict(found.values_list("country_group", "eur_per_day")),
        is_accredited=project.is_accredited,
    )


def pricing_of(placement: Placement, basis: Basis, position: int, costs: Sequence[RealCost]) -> Pricing:
    """The price of a stay as it stands on ``placement``, saved or not. Raises MissingRate and CannotPrice."""
    pricing = price(mobility_of(placement, basis, position, costs), rates=basis.rates)
    lines = real_cost_lines(costs, rates=basis.rates)
    return Pricing(lines=(*pricing.lines, *lines), table_version=pricing.table_version)


def mobility_of(placement: Placement, basis: Basis, position: int, costs: Sequence[RealCost] = ()) -> Mobility:
    """The facts of the row that decide its price. Nothing of it may be missing: see ``missing_for_price``."""
    last = last_paid_day(placement)
    if last is None:
        raise ValueError("the last day is missing")
    country = placement.partner.country
    return Mobility(
        activity=placement.activity,
        sending_country=placement.office.country,
        receiving_country=country,
        start=placement.starts_on,
        end=last,
        base_rate=basis.base_rates.get(basis.rates.country_group(country)),
        distance_km=placement.distance_km,
        position_in_activity=position,
        travel_days=placement.travel_days,
        interruption_days=placement.interruption_days,
        days_not_requested=placement.days_not_requested,
        is_green=placement.is_green,
        ols_lacks=placement.ols_lacks,
        has_fewer_opportunities=placement.has_fewer_opportunities,
        wants_organisational_support=placement.wants_organisational_support,
        real_travel_cost=real_travel_cost(costs),
        is_accredited=basis.is_accredited,
    )


def costs_of(rows) -> list[RealCost]:
    """The approved ones among the rows of a stay's real costs, as the pure functions take them."""
    return [RealCost(row.kind, row.what_for, row.amount) for row in rows if row.approved_at is not None]


def missing_for_price(placement: Placement) -> list[str]:
    """What somebody must still enter before the stay can be priced: page, guard and report share it."""
    missing = []
    if placement.project_id is None:
        missing.append(_("Choose the project that pays for the stay."))
    if placement.ends_on is None:
        missing.append(_("Enter the last day of the stay."))
    if placement.distance_km is None:
        missing.append(_("Enter the distance in km."))
    return missing


def missing_for_approval(cost, placement) -> list[str]:
    """What stands in the way of a cost: page and guard share it."""
    if cost.kind == RealCostKind.INCLUSION and not placement.has_fewer_opportunities:
        return [_("Inclusion support is for participants with fewer opportunities: mark the stay so first.")]
    if cost.kind == RealCostKind.EXPENSIVE_TRAVEL and cost.agency_approved_on is None:
        return [_("Expensive travel needs the agency's approval: enter its date.")]
    return []


def last_paid_day(placement: Placement) -> date | None:
    """The day the stay ended: the planned one, or the day of an early return. None while the end is unknown."""
    if placement.returned_on is not None and placement.ends_on is not None:
        return min(placement.returned_on, placement.ends_on)
    return placement.ends_on


def paid_days(placement: Placement) -> int | None:
    """Days of the stay up to its last paid day, without interruption and without travel days."""
    last = last_paid_day(placement)
    return None if last is None else (last - placement.starts_on).days + 1 - placement.interruption_days


def counted_with(placement: Placement):
    """The stays that count for the step of organisational support together with this one, in their order."""
    return in_order(Placement.objects.filter(project=placement.project_id, activity=placement.activity))


def in_order(stays):
    """By start date, then id: stays that happen and for which organisational support is asked."""
    return stays.exclude(status__in=WITHOUT_PRICE).filter(wants_organisational_support=True).order_by("starts_on", "pk")


def position_in_activity(placement: Placement) -> int:
    """The stay's place among those of its activity in the project, saved or not; 1 for one that does not count."""
    if not placement.wants_organisational_support or placement.status in WITHOUT_PRICE:
        return 1
    sooner = Q(starts_on__lt=placement.starts_on) | Q(starts_on=placement.starts_on, pk__lt=placement.pk)
    return counted_with(placement).exclude(pk=placement.pk).filter(sooner).count() + 1
