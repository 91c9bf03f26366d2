"""When a weekly log can be written, and of which week."""

import datetime

from mobility.common import clock
from placements.enums import PlacementStatus

WRITTEN_AFTER_RETURN = datetime.timedelta(days=7)


def present_week(placement) -> datetime.date:
    """The Monday of this week, by the office's calendar."""
    today = clock.today(placement.office.tz)
    return today - datetime.timedelta(days=today.weekday())


def may_be_written(placement) -> bool:
    """While abroad, and for seven days after the return."""
    if placement.status == PlacementStatus.ABROAD:
        return True
    if placement.status not in {PlacementStatus.RETURNED, PlacementStatus.EVALUATED} or placement.returned_on is None:
        return False
    return clock.today(placement.office.tz) <= placement.returned_on + WRITTEN_AFTER_RETURN
