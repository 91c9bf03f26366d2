"""What pages show of a stay's price: the lines in words, what is not certain, the costs with their evidence."""

from dataclasses import dataclass, field
from decimal import Decimal

from mobility.grants.warnings import warnings_of_lines
from mobility.grants.words import ShownLine, shown
from placements.models import Grant, RealCost
from placements.pricing import missing_for_approval


@dataclass(frozen=True)
class CostRow:
    """One cost, and what this reader may do with it."""

    cost: RealCost
    missing: list[str]
    may_approve: bool
    may_withdraw: bool


@dataclass(frozen=True)
class Price:
    """The price of one stay; ``grant`` is None while there is none."""

    grant: Grant | None
    lines: list[ShownLine]
    total: Decimal
    warnings: list[str]
    costs: list[CostRow] = field(default_factory=list)


def price_of(placement, user) -> Price:
    """The price with its costs, as somebody who may see the grant sees it."""
    grant = Grant.objects.filter(placement=placement).prefetch_related("lines").first()
    is_open = grant is None or grant.frozen_at is None
    lines = list(grant.lines.all()) if grant else []
    may_approve = is_open and user.has_perm("placements.approve_real_cost", placement)
    may_withdraw = is_open and user.has_perm("placements.price_placement", placement)
    costs = []
    for cost in placement.real_costs.select_related("evidence", "approved_by"):
        waits = cost.approved_at is None
        missing = missing_for_approval(cost, placement) if waits else []
        costs.append(CostRow(cost, missing, may_approve and waits and not missing, may_withdraw and waits))
    return Price(grant, shown(lines), grant.total if grant else Decimal(0), warnings_of_lines(lines), costs)
