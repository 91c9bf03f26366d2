"""Calendar files (iCalendar, RFC 5545) of tutor visits, in the time zone of the place that is visited."""

import datetime
import zoneinfo
from dataclasses import dataclass

from django.utils.translation import gettext as _
from icalendar import Event, vText

from mobility.common import clock, countries, formats
from mobility.common.calendars import CANCEL, REQUEST, calendar_file, person

PRODUCT = "-//Utferd//Tutor visits//EN"

# The zone of the part of each country where its partners are (mainland; source: IANA time zone database).
# fmt: off
ZONES = {
    "AT": "Europe/Vienna", "BE": "Europe/Brussels", "BG": "Europe/Sofia", "CH": "Europe/Zurich", "CY": "Asia/Nicosia",
    "CZ": "Europe/Prague", "DE": "Europe/Berlin", "DK": "Europe/Copenhagen", "EE": "Europe/Tallinn",
    "ES": "Europe/Madrid", "FI": "Europe/Helsinki", "FR": "Europe/Paris", "GB": "Europe/London", "GR": "Europe/Athens",
    "HR": "Europe/Zagreb", "HU": "Europe/Budapest", "IE": "Europe/Dublin", "IS": "Atlantic/Reykjavik",
    "IT": "Europe/Rome", "LI": "Europe/Vaduz", "LT": "Europe/Vilnius", "LU": "Europe/Luxembourg", "LV": "Europe/Riga",
    "MK": "Europe/Skopje", "MT": "Europe/Malta", "NL": "Europe/Amsterdam", "NO": "Europe/Oslo", "PL": "Europe/Warsaw",
    "PT": "Europe/Lisbon", "RO": "Europe/Bucharest", "RS": "Europe/Belgrade", "SE": "Europe/Stockholm",
    "SI": "Europe/Ljubljana", "SK": "Europe/Bratislava", "TR": "Europe/Istanbul",
}
# fmt: on


@dataclass(frozen=True)
class VisitTimes:
    """When a visit begins and ends: aware, in the partner's own zone."""

    starts_at: datetime.datetime
    ends_at: datetime.datetime


def zone_of(country: str) -> zoneinfo.ZoneInfo:
    """The time zone of a country that we send to; UTC for one that we do not know."""
    return zoneinfo.ZoneInfo(ZONES.get(countries.iso(country), "UTC"))


def visit_times(visit_day) -> VisitTimes:
    zone = zone_of(visit_day.partner.country)
    return VisitTimes(
        starts_at=datetime.datetime.combine(visit_day.on, visit_day.from_time, tzinfo=zone),
        ends_at=datetime.datetime.combine(visit_day.on, visit_day.to_time, tzinfo=zone),
    )


def visit_calendar(visit, *, method=REQUEST) -> bytes:
    """One visit as a file that calendars understand, in the active language.

    With ``CANCEL`` it carries the same UID and a higher sequence number, so that the entry goes away.
    """
    placement, day = visit.placement, visit.slot.visit_day
    office, times = placement.office, visit_times(day)
    event = Event()
    event.add("uid", visit.calendar_uid)
    event.add("sequence", 1 if method == CANCEL else 0)
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("dtstamp", clock.now())
    event.add("dtstart", times.starts_at)
    event.add("dtend", times.ends_at)
    event.add("summary", _("Visit to %(name)s") % {"name": placement.apprentice.full_name})
    event.add("location", f"{placement.host.name}, {placement.host.city}, {countries.name(placement.partner.country)}")
    event.add("description", _description(placement, day))
    event.add("organizer", person(office.email, office.name))
    attendee = person(visit.instructor.email, visit.instructor.full_name)
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    event.add("attendee", attendee, encode=False)
    return calendar_file(event, method=method, product=PRODUCT)


def _description(placement, day):
    partner = placement.partner
    lines = [f"{partner.name}, {partner.email}", partner.phone, formats.day(day.on)]
    return "\n".join(line for line in lines if line)
