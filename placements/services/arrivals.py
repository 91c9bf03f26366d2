"""The stay begins and ends: arrival and return are confirmed, dates follow what happened."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mobility.common import clock, files, formats
from mobility.common.errors import NotReady
from mobility.common.workflow import lock, move, require, require_nothing_missing
from placements import workflow
from placements.notifications import stays as notifications
from placements.services.evaluations import ask_for_evaluations
from placements.services.grants import price_again
from placements.services.visits import cancel_visits_outside_stay

EARLIEST_BEFORE_START = datetime.timedelta(days=1)


def missing_for_arrival(placement) -> list[str]:
    """Too early to say that somebody has arrived: not before the day before the stay starts."""
    if clock.today(placement.office.tz) >= placement.starts_on - EARLIEST_BEFORE_START:
        return []
    first = placement.starts_on - EARLIEST_BEFORE_START
    return [_("Arrival can be confirmed from %(day)s.") % {"day": formats.day(first)}]


@transaction.atomic
def confirm_arrival(*, placement, arrived_on, by, note=""):
    """The apprentice is there: *abroad* from now on. Mails the apprentice where the weekly log is.

    Raises TransitionNotAllowed (wrong state) or NotReady (too early, or a date that cannot be).
    """
    placement = lock(placement)
    require(placement, workflow.CONFIRM_ARRIVAL)
    require_nothing_missing(missing_for_arrival(placement))
    if arrived_on > clock.today(placement.office.tz):
        raise NotReady([_("The day of arrival lies in the future.")])
    if arrived_on < placement.starts_on - EARLIEST_BEFORE_START:
        raise NotReady([_("The day of arrival lies before the stay.")])
    move(placement, workflow.CONFIRM_ARRIVAL, by=by, note=note, arrived_on=arrived_on)
    notifications.arrived(placement)
    return placement


@files.only_if_kept()
@transaction.atomic
def confirm_return(*, placement, returned_on, ends_on, by, note=""):
    """The apprentice is home. ``ends_on`` is the real last day of the stay and replaces the planned one.

    Cancels booked visits that lie after it and mails evaluation links to the apprentice and the partner. Raises
    TransitionNotAllowed, or NotReady for dates that contradict each other.
    """
    placement = lock(placement)
    require(placement, workflow.CONFIRM_RETURN)
    require_nothing_missing(_contradictions(placement, returned_on, ends_on))
    if ends_on != placement.ends_on:
        note = "\n".join(part for part in (note, _dates_moved(placement.ends_on, ends_on)) if part)
    move(placement, workflow.CONFIRM_RETURN, by=by, note=note, returned_on=returned_on, ends_on=ends_on)
    cancel_visits_outside_stay(placement=placement, by=by)
    price_again(placement=placement, by=by)
    ask_for_evaluations(placement=placement)
    return placement


def _contradictions(placement, returned_on, ends_on):
    found = []
    if returned_on > clock.today(placement.office.tz):
        found.append(_("The day of return lies in the future."))
    if returned_on < placement.arrived_on:
        found.append(_("The day of return lies before the arrival."))
    if ends_on < placement.starts_on:
        found.append(_("The last day lies before the first day of the stay."))
    if ends_on > returned_on:
        found.append(_("The last day of the stay lies after the day of return."))
    return found


def _dates_moved(planned, real):
    if planned is None:
        return _("Last day of the stay: %(real)s.") % {"real": formats.day(real, "plain")}
    return _("Last day of the stay: %(real)s, planned: %(planned)s.") % {
        "real": formats.day(real, "plain"),
        "planned": formats.day(planned, "plain"),
    }
