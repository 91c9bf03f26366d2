"""The grant calculator: one mobility between two places, and what would be different. Pure, like the arithmetic."""

import datetime
from dataclasses import dataclass, replace
from decimal import Decimal

from mobility.grants.activities import ACTIVITIES, LEARNER_STAYS
from mobility.grants.arithmetic import Mobility, Pricing, price
from mobility.grants.distance import Place, km_between
from mobility.grants.enums import ActivityType
from mobility.grants.rates import RateTable
from mobility.grants.warnings import warnings_of

LONG_FROM = ACTIVITIES[ActivityType.LONG_TERM_LEARNER].least or 0
NEAR_BOUNDARY = 14  # days on either side of it, in which one more week may pay


@dataclass(frozen=True)
class Other:
    """The same mobility with one thing changed: its price, and the difference to what was asked (EUR)."""

    mobility: Mobility
    pricing: Pricing
    difference: Decimal

    @property
    def is_long(self) -> bool:
        return self.mobility.activity == ActivityType.LONG_TERM_LEARNER


@dataclass(frozen=True)
class Calculation:
    """``boundary``: the stay of 89 or 90 days on the other side, where it is near; ``green``: the other way to travel."""

    pricing: Pricing
    distance_km: Decimal
    warnings: list[str]
    boundary: Other | None
    green: Other | None


def highest_rate(mobility_of: str, receiving_country: str, *, rates: RateTable) -> Decimal:
    """The highest daily rate that the Guide lets an agency fix; raises MissingRate for an unknown country."""
    return rates.base_rate_range(mobility_of, rates.country_group(receiving_country))[1]


def calculate(mobility: Mobility, *, origin: Place, venue: Place, rates: RateTable) -> Calculation:
    """Price the mobility between two places. Raises CannotPrice and MissingRate as ``price`` does."""
    mobility = replace(mobility, distance_km=km_between(origin, venue))
    pricing = price(mobility, rates=rates)
    return Calculation(
        pricing=pricing,
        distance_km=mobility.distance_km or Decimal(0),
        warnings=warnings_of(mobility, pricing, rates=rates),
        boundary=_other(_across_boundary(mobility), pricing, rates),
        green=_other(_other_journey(mobility, rates), pricing, rates),
    )


def _other(mobility, pricing, rates):
    if mobility is None:
        return None
    changed = price(mobility, rates=rates)
    return Other(mobility, changed, changed.total - pricing.total)


def _across_boundary(mobility):
    """The nearest stay on the other side of 89/90 days, if it is near."""
    if mobility.activity not in LEARNER_STAYS:
        return None
    days = (mobility.end - mobility.start).days + 1 - mobility.interruption_days
    short, long = LEARNER_STAYS
    if LONG_FROM - NEAR_BOUNDARY <= days < LONG_FROM:
        return replace(mobility, activity=long, end=mobility.end + datetime.timedelta(days=LONG_FROM - days))
    if LONG_FROM <= days < LONG_FROM + NEAR_BOUNDARY:
        return replace(mobility, activity=short, end=mobility.end - datetime.timedelta(days=days - LONG_FROM + 1))
    return None


def _other_journey(mobility, rates):
    """Green instead of standard travel, or the other way round; the travel days that the journey may have stay."""
    if mobility.rules.rates is None:
        return None
    is_green = not mobility.is_green
    most = rates.max_travel_days["green" if is_green else "standard"]
    return replace(mobility, is_green=is_green, travel_days=min(mobility.travel_days, most))
