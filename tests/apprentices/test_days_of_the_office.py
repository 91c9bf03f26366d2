"""Days are the office's own, whatever the server's zone: near midnight, and when the offset to UTC changes."""

import datetime
import zoneinfo
from unittest import mock

from hypothesis import given
from hypothesis import strategies as st

from apprentices.models import Application, Round
from apprentices.selectors.drafts import needs_guardian
from apprentices.selectors.eligibility_facts import facts_of
from apprentices.selectors.windows import may_send, shown_deadline
from mobility.accounts.models import Office
from mobility.common import clock

UTC = datetime.UTC
MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)
# both changes of the year in Europe (01:00 UTC), and a zone on the other side of the date line from the server
zones = st.sampled_from(["Europe/Oslo", "Europe/Lisbon", "Pacific/Auckland", "America/St_Johns", "UTC"])
changes = st.sampled_from(
    [datetime.datetime(2026, 10, 25, 1, tzinfo=UTC), datetime.datetime(2027, 3, 28, 1, tzinfo=UTC)]
)
near = st.integers(-4 * 24 * 60, 4 * 24 * 60)  # minutes from a change


def midnight(day, tz):
    """The instant at which ``day`` begins in this zone."""
    return datetime.datetime(day.year, day.month, day.day, tzinfo=tz).astimezone(UTC)


def at(moment):
    return mock.patch.object(clock, "now", return_value=moment)


def draft(zone, *, closes_at=None, born=None):
    round_ = Round(
        office=Office(time_zone=zone),
        status="open",
        opens_at=datetime.datetime(2026, 1, 1, tzinfo=UTC),
        closes_at=closes_at,
        departs_from=datetime.date(2027, 9, 1),
    )
    return Application(round=round_, office=round_.office, birth_date=born, created_at=closes_at)


@given(zones, changes, near)
def test_the_day_of_the_rules_has_begun_and_not_ended_at_the_office(zone, change, minutes):
    now, tz = change + minutes * MINUTE, zoneinfo.ZoneInfo(zone)
    with at(now):
        today = facts_of(draft(zone)).today
    assert midnight(today, tz) <= now < midnight(today + DAY, tz)


@given(zones, changes, near, st.integers(0, 6 * 24 * 60))
def test_the_days_left_are_the_midnights_at_the_office_between_now_and_closing(zone, change, minutes, left):
    now, tz = change + minutes * MINUTE, zoneinfo.ZoneInfo(zone)
    closes_at = now + left * MINUTE
    days = [closes_at.date() + number * DAY for number in range(-10, 3)]
    with at(now):
        found = shown_deadline(draft(zone, closes_at=closes_at).round)
        is_over, sendable = found.is_over, may_send(draft(zone, closes_at=closes_at))
    assert found.days_left == sum(now < midnight(day, tz) <= closes_at for day in days)
    assert (is_over, sendable) == (left == 0, left > 0)


@given(zones, changes, st.integers(-2, 2))
def test_one_is_of_age_from_the_midnight_of_the_birthday_at_the_office(zone, change, days):
    tz = zoneinfo.ZoneInfo(zone)
    birthday = change.date() + days * DAY
    application = draft(zone, born=birthday.replace(year=birthday.year - 18))
    with at(midnight(birthday, tz) - MINUTE):
        before = needs_guardian(application)
    with at(midnight(birthday, tz)):
        after = needs_guardian(application)
    assert (before, after) == (True, False)
