"""The prices of a whole project: every open stay at once, their order, and what the closed ones no longer carry."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import override

from mobility.common import clock
from mobility.common.errors import Refused
from mobility.common.workflow import require_nothing_missing
from mobility.grants.arithmetic import organisational_support
from mobility.grants.enums import BudgetHeading
from mobility.grants.models import Project
from mobility.grants.selectors import rates_of
from mobility.grants.step import adjustment
from mobility.grants.words import source_of
from placements.models import Grant, GrantLine, Placement
from placements.pricing import (
    WITHOUT_PRICE,
    basis_of,
    costs_of,
    in_order,
    missing_for_price,
    mobility_of,
    pricing_of,
)

TASK = "placements.price_project"
AT_ONCE = 500  # rows of a statement


@dataclass(frozen=True)
class NotPriced:
    """A stay that could not be priced, and why in the active language."""

    placement: Placement
    reason: str


@transaction.atomic
def price_open_placements(*, project) -> list[NotPriced]:
    """Price every open stay of a project with its present facts and rates; returns those that cannot be priced.

    What a stay had is left alone where nothing of it changes. All rows are held while it works, the stays before the
    project, as every service on stays does.
    """
    stays = list(
        Placement.objects.select_for_update(of=("self",))
        .filter(project=project, office=project.office_id)
        .exclude(status__in=WITHOUT_PRICE)
        .exclude(grant__frozen_at__isnull=False)
        .select_related("apprentice", "partner", "office", "grant")
        .prefetch_related("grant__lines", "real_costs")
        .order_by("pk")
    )
    project = _hold(project.pk)
    try:
        basis = basis_of(project)
    except Refused as refusal:
        return [NotPriced(stay, str(refusal)) for stay in stays]
    positions = positions_in(project.pk)
    priced, left = [], []
    for stay in stays:
        try:
            require_nothing_missing(missing_for_price(stay))
            costs = costs_of(stay.real_costs.all())
            priced.append((stay, pricing_of(stay, basis, positions.get(stay.pk, 1), costs)))
        except Refused as refusal:
            left.append(NotPriced(stay, str(refusal)))
    _keep_all(priced)
    project.is_price_due = False
    Project.objects.filter(pk=project.pk).update(is_price_due=False)  # no edit: no history
    return left


def price_project(project_id: int) -> None:
    """The job: price a project's open stays if that is due. Safe to run twice."""
    project = Project.objects.filter(pk=project_id, is_price_due=True).first()
    if project is not None:
        price_open_placements(project=project)


def due_ids() -> list[int]:
    """Projects whose stays are to be priced again."""
    return list(Project.objects.filter(is_price_due=True).values_list("pk", flat=True)[:AT_ONCE])


def positions_in(project_id: int) -> dict[int, int]:
    """Stay -> its place among those of its activity in the project, for those that count."""
    counted: Counter[str] = Counter()
    found = {}
    for pk, activity in in_order(Placement.objects.filter(project=project_id)).values_list("pk", "activity"):
        counted[activity] += 1
        found[pk] = counted[activity]
    return found


def renumber(*, project_id: int | None) -> None:
    """Give the project's open stays their place in the order, and the organisational support that goes with it."""
    if project_id is None:
        return
    project = _hold(project_id)
    positions = positions_in(project_id)
    support = Prefetch(
        "grant__lines",
        GrantLine.objects.filter(heading=BudgetHeading.ORGANISATIONAL_SUPPORT),
        to_attr="organisational",
    )
    stays = Placement.objects.filter(pk__in=_moved(project_id, positions)).select_related("grant", "partner", "office")
    lines, grants, basis = [], [], None
    for stay in stays.prefetch_related(support):
        basis = basis or basis_of(project)
        for line in stay.grant.organisational:  # type: ignore[attr-defined]  # prefetched above
            [fresh] = organisational_support(mobility_of(stay, basis, positions[stay.pk]), rates=basis.rates)
            stay.grant.total += fresh.amount - line.amount
            line.amount, line.facts = fresh.amount, dict(fresh.facts)
            lines.append(line)
            grants.append(stay.grant)
    GrantLine.objects.bulk_update(lines, ["amount", "facts"], batch_size=AT_ONCE)
    Grant.objects.bulk_update(grants, ["total"], batch_size=AT_ONCE)


def _moved(project_id, positions):
    """Open stays whose line still says another place than theirs."""
    lines = GrantLine.objects.filter(
        grant__placement__project=project_id,
        grant__frozen_at=None,
        heading=BudgetHeading.ORGANISATIONAL_SUPPORT,
        facts__rule="organisational_support",
    )
    return [
        stay
        for stay, facts in lines.values_list("grant__placement", "facts")
        if stay in positions and facts["position"] != positions[stay]
    ]


def step_adjustment(project) -> Decimal:
    """What the frozen stays no longer carry of the organisational support, because the order changed after them (EUR).

    Shares of all priced stays plus this sum are what the project gets: the step counts the stays, not who came first.
    Each frozen share is held against the sums of the table that priced it: a newer table reprices no closed case.
    """
    frozen = GrantLine.objects.filter(
        grant__placement__project=project,
        grant__frozen_at__isnull=False,
        heading=BudgetHeading.ORGANISATIONAL_SUPPORT,
        facts__rule="organisational_support",
    ).exclude(grant__placement__status__in=WITHOUT_PRICE)
    positions = positions_in(project.pk)
    return adjustment(
        (_with_sums(project, facts), amount, positions.get(stay, 1))
        for stay, facts, amount in frozen.values_list("grant__placement", "facts", "amount")
    )


def _with_sums(project, facts):
    """A line of before the sums were kept with it takes them from the project's table."""
    if "first" in facts:
        return facts
    rate = rates_of(project).organisational_rate(facts["activity"])
    return {**facts, "first": rate.first, "later": rate.later}


def _hold(project_id):
    return Project.objects.select_for_update(of=("self",)).select_related("rate_copy").get(pk=project_id)


def _keep_all(priced: Iterable) -> None:
    """Write the prices that changed, in batches."""
    now, with_lines, fresh, changed = clock.now(), [], [], []
    for stay, pricing in priced:
        grant = getattr(stay, "grant", None)
        if grant is not None and _is_as_before(grant, pricing):
            continue
        if grant is None:
            grant = Grant(placement=stay)
            fresh.append(grant)
        else:
            changed.append(grant)
        grant.rate_table, grant.total, grant.computed_at = pricing.table_version, pricing.total, now
        with_lines.append((grant, pricing))
    Grant.objects.bulk_create(fresh, batch_size=AT_ONCE)
    Grant.objects.bulk_update(changed, ["rate_table", "total", "computed_at"], batch_size=AT_ONCE)
    for start in range(0, len(changed), AT_ONCE):
        GrantLine.objects.filter(grant__in=[grant.pk for grant in changed[start : start + AT_ONCE]]).delete()
    lines = (line for grant, pricing in with_lines for line in lines_for(grant, pricing))
    GrantLine.objects.bulk_create(lines, batch_size=AT_ONCE)


def lines_for(grant, pricing) -> list[GrantLine]:
    """The rows of a price, not saved; where each rule is written in the English of today."""
    with override("en"):
        return [
            GrantLine(
                grant=grant,
                position=position,
                heading=line.heading,
                amount=line.amount,
                facts=dict(line.facts),
                source=source_of(line),
            )
            for position, line in enumerate(pricing.lines, start=1)
        ]


def _is_as_before(grant, pricing):
    if (grant.rate_table, grant.total) != (pricing.table_version, pricing.total):
        return False
    before = [(line.heading, line.amount, line.facts) for line in grant.lines.all()]
    return before == [(line.heading, line.amount, dict(line.facts)) for line in pricing.lines]
