"""What the case page of a stay shows of visits, arrival, logs, evaluations and closing."""

from dataclasses import dataclass

from placements.enums import PlacementStatus
from placements.models import Evaluation, Placement, Visit, WeeklyLog
from placements.selectors.outcomes import OutcomeRow, outcome_rows
from placements.selectors.visits import VISITED_IN
from placements.selectors.weeks import may_be_written, present_week


@dataclass(frozen=True)
class CaseOfStay:
    """For ``placements/includes/stay.html``. What the reader may not see is empty, what the reader may not do False."""

    placement: Placement
    visits: list[Visit]
    logs: list[WeeklyLog]
    evaluations: list[Evaluation]
    outcomes: list[OutcomeRow]
    can_book_visit: bool
    can_cancel_visits: bool
    can_confirm_arrival: bool
    can_confirm_return: bool
    can_note_call: bool
    can_see_outcomes: bool
    can_close: bool


def stay_of(placement, user) -> CaseOfStay:
    """The stay of one placement as this member of staff may see it."""
    may = {
        name: user.has_perm(f"placements.{name}", placement)
        for name in ("book_visit", "confirm_arrival", "confirm_return", "note_call", "view_outcomes", "close_placement")
    }
    status = placement.status
    return CaseOfStay(
        placement=placement,
        visits=list(
            Visit.objects.visible_to(user)
            .filter(placement=placement)
            .select_related("instructor__company", "slot__visit_day__partner")
        ),
        logs=list(WeeklyLog.objects.visible_to(user).filter(placement=placement)),
        evaluations=list(Evaluation.objects.visible_to(user).filter(placement=placement))
        if may["view_outcomes"]
        else [],
        outcomes=outcome_rows(placement) if may["view_outcomes"] else [],
        can_book_visit=may["book_visit"] and status in VISITED_IN,
        can_cancel_visits=may["book_visit"],
        can_confirm_arrival=may["confirm_arrival"] and status in {PlacementStatus.CONFIRMED, PlacementStatus.READY},
        can_confirm_return=may["confirm_return"] and status == PlacementStatus.ABROAD,
        can_note_call=may["note_call"],
        can_see_outcomes=may["view_outcomes"] and status in AFTER,
        can_close=may["close_placement"] and status == PlacementStatus.EVALUATED,
    )


AFTER = {PlacementStatus.RETURNED, PlacementStatus.EVALUATED, PlacementStatus.CLOSED}
"""States in which there are outcomes to see."""


@dataclass(frozen=True)
class MyLog:
    """For ``placements/includes/my_stay_log.html``: the own weeks, and whether this one can be and is written."""

    logs: list[WeeklyLog]
    may_write: bool
    is_written: bool


def my_log_of(placement) -> MyLog | None:
    """The apprentice's weeks; None for a stay that has not begun."""
    logs, may = list(WeeklyLog.objects.filter(placement=placement)), may_be_written(placement)
    if not may and not logs:
        return None
    return MyLog(logs, may, any(log.week_starts_on == present_week(placement) for log in logs))
