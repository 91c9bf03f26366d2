"""The apprentice's weekly log, and the call that somebody asked for."""

from django.db import transaction
from django.utils.translation import gettext as _

from mobility.common import clock
from mobility.common.errors import Refused
from mobility.common.workflow import lock
from placements.models import WeeklyLog
from placements.selectors.weeks import may_be_written, present_week


@transaction.atomic
def write_week(*, placement, days_present, mood, text, wants_call, by) -> WeeklyLog:
    """Write or change this week's log: one for each week. Raises Refused outside the stay.

    Asking for a call again, after somebody has called, is a new wish.
    """
    placement = lock(placement)
    if not may_be_written(placement):
        raise Refused(_("The weekly log is open while you are abroad and for a week after you are home."))
    week = present_week(placement)
    log = WeeklyLog.objects.filter(placement=placement, week_starts_on=week).first()
    log = log or WeeklyLog(placement=placement, week_starts_on=week)
    if wants_call and not log.wants_call:
        log.called_at = log.called_by = None
    log.days_present, log.mood, log.text, log.wants_call = days_present, mood, text, wants_call
    log.written_at = clock.now()
    log.save()
    return log


@transaction.atomic
def note_call(*, log, by) -> WeeklyLog:
    """Somebody of the office has called: the wish is answered. Twice is once."""
    log = WeeklyLog.objects.select_for_update(of=("self",)).get(pk=log.pk)
    if log.called_at is None:
        log.called_at, log.called_by = clock.now(), by
        log.save(update_fields=["called_at", "called_by"])
    return log
