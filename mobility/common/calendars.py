"""Calendar files (iCalendar, RFC 5545): what every kind of appointment shares."""

from icalendar import Calendar, Event, vCalAddress, vText

REQUEST, CANCEL = "REQUEST", "CANCEL"


def calendar_file(event: Event, *, method: str, product: str) -> bytes:
    """One appointment as a file that calendars understand, with the rules of the zones that it names."""
    calendar = Calendar()
    calendar.add("prodid", product)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def person(email: str, name: str) -> vCalAddress:
    """Somebody who invites or is invited."""
    found = vCalAddress(f"MAILTO:{email}")
    found.params["CN"] = vText(name)
    return found
