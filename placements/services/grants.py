"""The price of a stay: reckoned while the case is open, frozen when it closes. The arithmetic is in mobility.grants."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import override

from mobility.common import clock
from mobility.common.errors import Refused
from mobility.common.workflow import lock, require_nothing_missing
from mobility.grants.arithmetic import Mobility, Pricing, organisational_support, price
from mobility.grants.enums import BudgetHeading, ParticipantKind
from mobility.grants.rates import rate_table
from mobility.grants.words import source_of
from placements.enums import PlacementStatus
from placements.models import Grant, GrantLine, Placement

WITHOUT_PRICE = (PlacementStatus.REFUSED, PlacementStatus.CANCELLED)


@dataclass(frozen=True)
class NotPriced:
    """A stay that could not be priced, and why in the active language."""

    placement: Placement
    reason: str


@transaction.atomic
def price_placement(*, placement, by) -> Grant:
    """Reckon the stay's grant and keep it line by line; an earlier price of an open case is replaced.

    The other open stays of the project move along when the order of stays changes. Raises NotReady (``missing`` says
    what), MissingRate (a figure that the rate table or the project lacks), CannotPrice (the facts contradict each
    other) and Refused (no price in this state, or frozen with the closed case).
    """
    placement = lock(placement)
    grant = _price(placement)
    _renumber_open_ones(placement)
    return grant


@transaction.atomic
def change_price_facts(*, placement, distance_km, travel_days, interruption_days, is_green, ols_lacks, by) -> Grant:
    """Set what the price depends on (km, days) and price the stay anew. Nothing is kept unless the price comes out.

    Raises what ``price_placement`` raises.
    """
    placement = lock(placement)
    placement.distance_km = distance_km
    placement.travel_days = travel_days
    placement.interruption_days = interruption_days
    placement.is_green = is_green
    placement.ols_lacks = ols_lacks
    placement.save(update_fields=["distance_km", "travel_days", "interruption_days", "is_green", "ols_lacks"])
    return price_placement(placement=placement, by=by)


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


def price_open_placements(*, project) -> list[NotPriced]:
    """Price every open stay of a project with its present facts and rates; returns those that cannot be priced."""
    stays = (
        Placement.objects.filter(project=project, office=project.office_id)
        .exclude(status__in=WITHOUT_PRICE)
        .exclude(grant__frozen_at__isnull=False)
        .select_related("apprentice")
    )
    left = []
    for placement in stays:
        try:
            with transaction.atomic():
                _price(lock(placement))  # each takes its own place in the order: nothing to renumber
        except Refused as refusal:
            left.append(NotPriced(placement, str(refusal)))
    return left


def step_adjustment(project) -> Decimal:
    """What the frozen stays no longer carry of the organisational support, because the order changed after them (EUR).

    Shares of all priced stays plus this sum are what the project gets: the step counts the stays, not who came first.
    """
    rates = rate_table(project.call_year)
    frozen = (
        GrantLine.objects.filter(
            grant__placement__project=project,
            grant__frozen_at__isnull=False,
            heading=BudgetHeading.ORGANISATIONAL_SUPPORT,
            facts__rule="organisational_support",
        )
        .exclude(grant__placement__status__in=WITHOUT_PRICE)
        .values_list("grant__placement", "amount")
    )
    carried = dict(frozen)
    stays = Placement.objects.filter(project=project).exclude(status__in=WITHOUT_PRICE).order_by("starts_on", "pk")
    counted: Counter[str] = Counter()
    adjustment = Decimal(0)
    for stay, activity in stays.values_list("pk", "activity"):
        counted[activity] += 1
        if stay in carried:
            adjustment += rates.organisational_rate(activity).amount(counted[activity]) - carried[stay]
    return adjustment


def missing_for_price(placement) -> list[str]:
    """What somebody must still enter before the stay can be priced: page, guard and report share it."""
    missing = []
    if placement.project_id is None:
        missing.append(_("Choose the project that pays for the stay."))
    if placement.ends_on is None:
        missing.append(_("Enter the last day of the stay."))
    if placement.distance_km is None:
        missing.append(_("Enter the distance in km."))
    return missing


def last_paid_day(placement):
    """The day the stay ended: the planned one, or the day of an early return. None while the end is unknown."""
    if placement.returned_on is not None and placement.ends_on is not None:
        return min(placement.returned_on, placement.ends_on)
    return placement.ends_on


def paid_days(placement) -> int | None:
    """Days of the stay up to its last paid day, without interruption and without travel days."""
    last = last_paid_day(placement)
    return None if last is None else (last - placement.starts_on).days + 1 - placement.interruption_days


def position_in_activity(placement) -> int:
    """The stay's place among those of its activity in the project, by start date, then id."""
    order = list(_same_activity(placement).values_list("pk", flat=True))
    return order.index(placement.pk) + 1


def _price(placement):
    """Price a locked stay, without a look at the others."""
    if placement.status in WITHOUT_PRICE:
        raise Refused(_("A stay that was refused or cancelled has no price."))
    grant = Grant.objects.filter(placement=placement).first()
    if grant is not None and grant.frozen_at is not None:
        raise Refused(_("The case is closed: its price stays as it was."))
    require_nothing_missing(missing_for_price(placement))
    return _keep(placement, _pricing(placement))


def _same_activity(placement):
    return (
        Placement.objects.filter(project=placement.project_id, activity=placement.activity)
        .exclude(status__in=WITHOUT_PRICE)
        .order_by("starts_on", "pk")
    )


def _pricing(placement) -> Pricing:
    rates = rate_table(placement.project.call_year)
    return price(_facts(placement, rates, position_in_activity(placement)), rates=rates)


def _facts(placement, rates, position):
    group = rates.country_group(placement.partner.country)
    base_rate = placement.project.base_rates.filter(
        participant_kind=ParticipantKind.VET_LEARNER, country_group=group
    ).first()
    return Mobility(
        activity=placement.activity,
        receiving_country=placement.partner.country,
        start=placement.starts_on,
        end=last_paid_day(placement),
        base_rate=base_rate.eur_per_day if base_rate else None,
        distance_km=placement.distance_km,
        position_in_activity=position,
        travel_days=placement.travel_days,
        interruption_days=placement.interruption_days,
        is_green=placement.is_green,
        ols_lacks=placement.ols_lacks,
    )


def _keep(placement, pricing):
    grant, _created = Grant.objects.update_or_create(
        placement=placement,
        defaults={"rate_table": pricing.table_version, "total": pricing.total, "computed_at": clock.now()},
    )
    grant.lines.all().delete()
    with override("en"):
        sources = [source_of(line) for line in pricing.lines]
    GrantLine.objects.bulk_create(
        GrantLine(
            grant=grant,
            position=position,
            heading=line.heading,
            amount=line.amount,
            facts=dict(line.facts),
            source=sources[position - 1],
        )
        for position, line in enumerate(pricing.lines, start=1)
    )
    return grant


def _renumber_open_ones(placement):
    """Give the project's other open stays of this activity their new place, and the support that goes with it."""
    rates = rate_table(placement.project.call_year)
    support = Prefetch(
        "grant__lines",
        GrantLine.objects.filter(heading=BudgetHeading.ORGANISATIONAL_SUPPORT),
        to_attr="organisational",
    )
    stays = _same_activity(placement).select_related("grant", "partner", "project").prefetch_related(support)
    lines, grants = [], []
    for position, stay in enumerate(stays, start=1):
        grant = getattr(stay, "grant", None)
        if grant is None or grant.frozen_at is not None:
            continue
        for line in grant.organisational:
            if line.facts.get("position", position) == position:
                continue
            [fresh] = organisational_support(_facts(stay, rates, position), rates=rates)
            grant.total += fresh.amount - line.amount
            line.amount, line.facts = fresh.amount, dict(fresh.facts)
            lines.append(line)
            grants.append(grant)
    GrantLine.objects.bulk_update(lines, ["amount", "facts"])
    Grant.objects.bulk_update(grants, ["total"])
