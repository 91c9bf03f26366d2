"""Tutor visits: booked on a place of a partner's visit day, cancelled, never two on one place."""

import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mobility.common import clock, files, formats
from mobility.common.errors import AlreadyTaken, Refused
from mobility.common.workflow import lock, move, require
from partners.models import VisitDay, VisitSlot
from placements import workflow
from placements.enums import VisitStatus
from placements.models import Visit
from placements.notifications import visits as notifications
from placements.selectors.visits import VISITED_IN


@files.only_if_kept()
@transaction.atomic
def book_visit(*, placement, visit_day, instructor, by) -> Visit:
    """Take a free place of the day. Mails the instructor (with a calendar file), the partner and the apprentice.

    The same booking twice (a double click) is one visit and one set of mails. Raises Refused when the day does not fit
    the stay and AlreadyTaken when others have all its places.
    """
    placement = lock(placement)
    require_day_fits(placement, visit_day)
    if instructor.office_id != placement.office_id:
        raise Refused(_("This instructor belongs to another office."))
    day = VisitDay.objects.select_for_update(of=("self",)).get(pk=visit_day.pk)
    mine = Visit.objects.booked().filter(placement=placement, instructor=instructor, slot__visit_day=day).first()
    if mine is not None:
        return mine
    visit = _take_a_place(placement, day, instructor)
    visit.status_changes.create(name="book", to_status=visit.status, by=by, at=visit.booked_at)
    notifications.visit_booked(visit, by=by)
    return visit


@files.only_if_kept()
@transaction.atomic
def cancel_visit(*, visit, by, note="") -> Visit:
    """Give the place back. The three who were told of the visit are told of this. Raises TransitionNotAllowed."""
    visit = lock(visit)
    require(visit, workflow.CANCEL_VISIT)
    move(visit, workflow.CANCEL_VISIT, by=by, note=note)
    notifications.visit_cancelled(visit, by=by, note=note)
    return visit


def cancel_visits_outside_stay(*, placement, by) -> int:
    """Cancel what lies after the last day or before the first, when dates have moved; returns how many."""
    booked = Visit.objects.booked().filter(placement=placement).select_related("slot__visit_day")
    outside = [visit for visit in booked if not lies_inside(placement, visit.slot.visit_day.on)]
    for visit in outside:
        cancel_visit(visit=visit, by=by, note=_("The dates of the stay have changed."))
    return len(outside)


def lies_inside(placement, day) -> bool:
    """First and last day count; an unknown last day limits nothing."""
    return placement.starts_on <= day and (placement.ends_on is None or day <= placement.ends_on)


def require_day_fits(placement, visit_day):
    """Raise Refused unless the day is one that this stay may be visited on."""
    if placement.status not in VISITED_IN:
        raise Refused(_("A visit can be booked when the stay is confirmed, and until the apprentice is home."))
    if visit_day.partner_id != placement.partner_id:
        raise Refused(_("This day is offered by another partner."))
    if not lies_inside(placement, visit_day.on):
        raise Refused(_("%(day)s lies outside the stay.") % {"day": formats.day(visit_day.on).capitalize()})
    if visit_day.on < clock.today(placement.office.tz):
        raise Refused(_("%(day)s has passed.") % {"day": formats.day(visit_day.on).capitalize()})


def _take_a_place(placement, day, instructor):
    taken = AlreadyTaken(
        _("The last place on %(day)s has just been taken. Choose another day.") % {"day": formats.day(day.on)}
    )
    free = VisitSlot.objects.filter(visit_day=day).exclude(visits__status=VisitStatus.BOOKED).order_by("number").first()
    if free is None:
        raise taken
    try:
        with transaction.atomic():
            return Visit.objects.create(
                placement=placement, instructor=instructor, slot=free, calendar_uid=f"{uuid.uuid4()}@utferd"
            )
    except IntegrityError as error:  # the constraint one_visit_per_place is the last word
        raise taken from error
