"""Selection criteria: the marks of selection beside those at the end of the stay."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Avg

from apprentices.models import Criterion, ReviewMark
from placements.models import CriterionOutcome


@dataclass(frozen=True)
class OutcomeRow:
    """One criterion: the reviewers' mean mark (None: never scored) and the outcome (None: not assessed yet)."""

    criterion: Criterion
    at_selection: Decimal | None
    outcome: CriterionOutcome | None


def criteria_of(placement) -> list[Criterion]:
    """The criteria of the round that the apprentice came through; none for a stay without an application."""
    if placement.application_id is None:
        return []
    return list(Criterion.objects.filter(round=placement.application.round_id))


def marks_at_selection(placement) -> dict[int, Decimal]:
    """Criterion id -> mean of the given reviews' marks, two decimals."""
    if placement.application_id is None:
        return {}
    marks = (
        ReviewMark.objects.filter(review__application=placement.application_id)
        .exclude(review__given_at=None)
        .order_by()
        .values("criterion")
        .annotate(mean=Avg("mark"))
        .values_list("criterion", "mean")
    )
    return {
        criterion: Decimal(str(mean)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) for criterion, mean in marks
    }


def outcome_rows(placement) -> list[OutcomeRow]:
    """Every criterion of the stay, in the order of the round."""
    before = marks_at_selection(placement)
    found = {o.criterion_id: o for o in CriterionOutcome.objects.filter(placement=placement)}
    return [OutcomeRow(c, before.get(c.pk), found.get(c.pk)) for c in criteria_of(placement)]
