"""Who hears of a tutor visit: the instructor (with a calendar file), the partner, the apprentice."""

from django.utils import translation

from mobility.common import files, outbox
from placements import calendars


def visit_booked(visit, *, by):
    """The calendar file for the instructor, a mail without it for the partner and the apprentice."""
    stored = _calendar(visit, calendars.REQUEST, by)
    _queue("placements/email/visit_booked", visit, to_instructor(visit), attachments=[stored])
    for to in (to_partner(visit), to_apprentice(visit)):
        _queue("placements/email/visit_announced", visit, to)


def visit_cancelled(visit, *, by, note=""):
    """The same three hear that it is off; the file takes the entry out of the instructor's calendar."""
    stored = _calendar(visit, calendars.CANCEL, by)
    for to in (to_instructor(visit), to_partner(visit), to_apprentice(visit)):
        attachments = [stored] if to.address == visit.instructor.email else []
        _queue("placements/email/visit_cancelled", visit, to, attachments=attachments, note=note)


def to_instructor(visit):
    instructor = visit.instructor
    return outbox.To(instructor.email, instructor.written_form, instructor.full_name, instructor.user)


def to_partner(visit):
    partner = visit.slot.visit_day.partner
    return outbox.To(partner.email, partner.language, partner.name)


def to_apprentice(visit):
    apprentice = visit.placement.apprentice
    return outbox.To(apprentice.email, apprentice.written_form, apprentice.full_name, apprentice.user)


def _calendar(visit, method, by):
    with translation.override(visit.instructor.written_form):
        content = calendars.visit_calendar(visit, method=method)
    return files.store(
        office=visit.placement.office,
        kind="visit-calendar",
        name=f"visit-{visit.slot.visit_day.on:%Y-%m-%d}.ics",
        content=content,
        content_type="text/calendar",
        by=by,
        language=visit.instructor.written_form,
    )


def _queue(template, visit, to, attachments=(), **context):
    outbox.queue(
        template,
        to=to,
        office=visit.placement.office,
        context={"visit": visit, "day": visit.slot.visit_day, "placement": visit.placement, **context},
        about={"visit": visit.pk, "placement": visit.placement_id},
        attachments=attachments,
    )
