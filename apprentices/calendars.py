"""The calendar file of an interview, in the office's own time zone."""

from django.utils.translation import gettext as _
from icalendar import Event, vText

from mobility.common import calendars, clock

PRODUCT = "-//Utferd//Interviews//EN"


def interview_calendar(interview, time, *, method=calendars.REQUEST) -> bytes:
    """One interview in the active language. The UID stays, the sequence number rises: a moved time replaces the old one."""
    application = interview.application
    office, zone = application.office, application.office.tz
    event = Event()
    event.add("uid", f"interview-{interview.pk}@{office.slug}.utferd")
    event.add("sequence", interview.calendar_sequence)
    event.add("status", "CANCELLED" if method == calendars.CANCEL else "CONFIRMED")
    event.add("dtstamp", clock.now())
    event.add("dtstart", time.starts_at.astimezone(zone))
    event.add("dtend", time.ends_at.astimezone(zone))
    event.add("summary", _("Interview: %(round)s") % {"round": application.round})
    event.add("location", time.where or time.video_url)
    if time.video_url:
        event.add("url", time.video_url)
    event.add("description", "\n".join(part for part in (office.name, office.phone, time.video_url) if part))
    event.add("organizer", calendars.person(office.email, office.name))
    attendee = calendars.person(application.email, application.full_name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    event.add("attendee", attendee, encode=False)
    return calendars.calendar_file(event, method=method, product=PRODUCT)
