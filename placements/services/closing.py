"""The end of a case: the selection criteria are assessed again, then it is evaluated, then closed."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.models import Criterion
from mobility.common import clock
from mobility.common.errors import Refused
from mobility.common.workflow import lock, move, require, require_nothing_missing
from placements import workflow
from placements.enums import PlacementStatus
from placements.models import CriterionOutcome, Grant
from placements.selectors.outcomes import criteria_of, marks_at_selection
from placements.services import grants

ASSESSED_IN = (PlacementStatus.RETURNED, PlacementStatus.EVALUATED)


@transaction.atomic
def assess_criteria(*, placement, marks, by) -> list[CriterionOutcome]:
    """Assess the round's criteria again. ``marks``: criterion id -> (mark 1 to 5, note).

    The mean mark at selection is kept beside each. May be corrected until the case is closed. Raises Refused for a
    criterion of another round or outside the states in which it makes sense.
    """
    placement = lock(placement)
    if placement.status not in ASSESSED_IN:
        raise Refused(_("The criteria are assessed when the apprentice is home and until the case is closed."))
    known = {criterion.pk for criterion in criteria_of(placement)}
    if not set(marks) <= known:
        raise Refused(_("This criterion belongs to another round."))
    before = marks_at_selection(placement)
    return [
        CriterionOutcome.objects.update_or_create(
            placement=placement,
            criterion_id=criterion,
            defaults={
                "mark_at_selection": before.get(criterion),
                "mark_at_end": mark,
                "note": note,
                "assessed_at": clock.now(),
                "assessed_by": by,
            },
        )[0]
        for criterion, (mark, note) in marks.items()
    ]


def missing_for_evaluation(placement) -> list[str]:
    """Criteria that nobody has assessed again. Answers of apprentice and partner may be missing."""
    assessed = CriterionOutcome.objects.filter(placement=placement).values("criterion")
    missing = Criterion.objects.filter(pk__in=[c.pk for c in criteria_of(placement)]).exclude(pk__in=assessed)
    return [_("“%(criterion)s” is not assessed.") % {"criterion": criterion.name} for criterion in missing]


def missing_for_closing(placement) -> list[str]:
    """What must be there before the case is closed for good."""
    missing = missing_for_evaluation(placement)
    if placement.distance_km is None:
        missing.append(_("The distance is not typed."))
    if not Grant.objects.filter(placement=placement).exists():
        missing.append(_("The grant is not priced."))
    if placement.real_costs.filter(approved_at=None).exists():
        missing.append(_("A real cost is neither approved nor withdrawn."))
    return missing


@transaction.atomic
def finish_evaluation(*, placement, by, note=""):
    """The evaluation is done. Raises TransitionNotAllowed, or NotReady while a criterion is not assessed."""
    placement = lock(placement)
    require(placement, workflow.FINISH_EVALUATION)
    require_nothing_missing(missing_for_evaluation(placement))
    move(placement, workflow.FINISH_EVALUATION, by=by, note=note)
    return placement


@transaction.atomic
def close_placement(*, placement, by, note=""):
    """Close the case and freeze its grant: neither changes any more. Raises TransitionNotAllowed or NotReady."""
    placement = lock(placement)
    require(placement, workflow.CLOSE)
    require_nothing_missing(missing_for_closing(placement))
    grants.freeze_grant(placement=placement, by=by)
    move(placement, workflow.CLOSE, by=by, note=note)
    return placement
