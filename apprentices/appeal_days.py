"""The last day to appeal: so many weeks from delivery, moved past days on which offices are closed (ADR 0154)."""

import datetime


def last_day_to_appeal(delivered_on: datetime.date, *, weeks: int, country: str) -> datetime.date:
    """``weeks`` after the day of delivery; a Saturday, Sunday or public holiday moves it to the next working day.

    ``country``: the office's, by ISO 3166. A country whose holidays nobody has listed moves past weekends only.
    """
    day = delivered_on + datetime.timedelta(weeks=weeks)
    closed = _holidays(country, day.year)
    while day.weekday() >= 5 or day in closed:
        day += datetime.timedelta(days=1)
    return day


def _holidays(country, year):
    import holidays  # slow import: only who writes a letter with a right to appeal needs it

    try:
        return holidays.country_holidays(country, years=[year, year + 1])
    except NotImplementedError:
        return {}
