"""The last day to appeal never falls on a day on which the office is closed, and never too early."""

import datetime

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentices.appeal_days import last_day_to_appeal
from apprentices.documents import decision_letter
from tests.factories import DecisionFactory

DAY = datetime.date


@pytest.mark.parametrize(
    ("delivered_on", "country", "last_day"),
    [
        (DAY(2027, 1, 4), "NO", DAY(2027, 1, 25)),  # a Monday stays a Monday
        (DAY(2027, 1, 2), "NO", DAY(2027, 1, 25)),  # a Saturday waits for Monday
        (DAY(2027, 4, 26), "NO", DAY(2027, 5, 18)),  # 17 May, a Monday, and Whit Monday in one
        (DAY(2026, 4, 26), "NO", DAY(2026, 5, 18)),  # 17 May on a Sunday
        (DAY(2027, 3, 4), "NO", DAY(2027, 3, 30)),  # Maundy Thursday to Easter Monday
        (DAY(2027, 3, 4), "SE", DAY(2027, 3, 25)),  # Maundy Thursday is a working day in Sweden
        (DAY(2026, 12, 3), "NO", DAY(2026, 12, 24)),
        (DAY(2026, 12, 4), "NO", DAY(2026, 12, 28)),  # Christmas, then a weekend
        (DAY(2026, 12, 11), "NO", DAY(2027, 1, 4)),  # New Year's Day of the year after, then a weekend
        (DAY(2027, 1, 2), "ZZ", DAY(2027, 1, 25)),  # no such country: weekends count all the same
    ],
)
def test_a_closed_day_moves_the_deadline_to_the_next_working_day(delivered_on, country, last_day):
    assert last_day_to_appeal(delivered_on, weeks=3, country=country) == last_day


@given(st.dates(DAY(2025, 1, 1), DAY(2040, 12, 31)), st.integers(1, 12), st.sampled_from(["NO", "SE"]))
def test_it_is_a_working_day_never_too_early_and_the_first_of_its_kind(delivered_on, weeks, country):
    last_day = last_day_to_appeal(delivered_on, weeks=weeks, country=country)
    earliest = delivered_on + datetime.timedelta(weeks=weeks)
    closed = holidays.country_holidays(country, years=range(2025, 2043))
    assert last_day >= earliest
    assert last_day.weekday() < 5
    assert last_day not in closed
    between = [earliest + datetime.timedelta(days=number) for number in range((last_day - earliest).days)]
    assert all(day.weekday() >= 5 or day in closed for day in between)


def test_the_letter_names_the_weeks_of_the_office_and_the_day(db, office, coordinator):
    office.appeal_weeks = 4
    office.save()
    decision = DecisionFactory(application__round__office=office, application__written_form="en")
    decision.application.office = office
    letter = decision_letter(decision, by=coordinator, on=DAY(2027, 1, 4))
    (heading, paragraphs) = letter.sections[-1]
    assert heading == "Your right to appeal"
    assert "within 4 weeks of receiving this letter: by Monday 1 February 2027" in paragraphs[0]
