"""What is paid by what it really cost: inclusion support for participants, and exceptional costs. Pure, EUR."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from mobility.grants.arithmetic import Line, line_of, plain
from mobility.grants.enums import BudgetHeading, RealCostKind
from mobility.grants.rates import RateTable

WHOLE = 100  # percent of the cost of inclusion (rule 9)


@dataclass(frozen=True)
class RealCost:
    """One cost that is approved and has its evidence: what it was for, and the real amount."""

    kind: str
    what_for: str
    amount: Decimal


def real_cost_lines(costs: Sequence[RealCost], *, rates: RateTable) -> list[Line]:
    """A line for each cost (rules 9 and 11). Expensive travel is none of them: it takes the place of travel support.

    Raises MissingRate when the table lacks the percentage.
    """
    return [_line_of_cost(cost, rates) for cost in costs if cost.kind != RealCostKind.EXPENSIVE_TRAVEL]


def real_travel_cost(costs: Sequence[RealCost]) -> Decimal | None:
    """What the journey really cost, where expensive travel is asked for: ``Mobility.real_travel_cost``."""
    asked = [cost.amount for cost in costs if cost.kind == RealCostKind.EXPENSIVE_TRAVEL]
    return sum(asked, Decimal(0)) if asked else None


def _line_of_cost(cost, rates):
    if cost.kind == RealCostKind.INCLUSION:
        heading, rule, percent, origin = BudgetHeading.INCLUSION_PARTICIPANTS, "inclusion_participants", WHOLE, None
    elif cost.kind == RealCostKind.ENTRY:
        heading, rule, name = BudgetHeading.EXCEPTIONAL_COSTS, "entry_costs", "visa_percent"
        percent, origin = rates.percent(name, _("the share of visa costs")), rates.origin("percent", name)
    else:
        heading, rule, name = BudgetHeading.EXCEPTIONAL_COSTS, "financial_guarantee", "financial_guarantee_percent"
        percent, origin = rates.percent(name, _("the share of a financial guarantee")), rates.origin("percent", name)
    facts = {"what_for": cost.what_for, "cost": plain(cost.amount), "percent": percent}
    return line_of(heading, rule, cost.amount * percent / 100, facts, rates=rates, provenance=origin)
