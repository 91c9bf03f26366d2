"""Sums, shares and means of a project report."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from reporting.figures import MoneyRow, ProjectReport, Stay, mean, percent

STAY = Stay(
    name="Åse-Marie Øygården",
    trade="Confectioner",
    country="AT",
    host="Konditorei Sonne",
    start=date(2026, 9, 7),
    end=date(2026, 12, 13),
    days=98,
    state="Closed",
    went=True,
    is_home=True,
    grant=Decimal(9207),
)
REPORT = ProjectReport(
    office_name="Office",
    code="2026-1-NO01-KA121-VET-000000000",
    call_year=2026,
    start=date(2026, 6, 1),
    end=date(2027, 8, 31),
    made_on=date(2026, 12, 1),
    stays=[
        STAY,
        replace(STAY, country="DK", days=91),
        replace(STAY, country="DK", is_home=False),
        replace(STAY, trade="Chef", country="DK", went=False, is_home=False, grant=None),
    ],
    given_up=1,
    money=[
        MoneyRow("Travel", Decimal(1000), Decimal(395), Decimal(200)),
        MoneyRow("Other", Decimal(0), Decimal(5), Decimal(0)),
    ],
    criteria=[],
)


def test_stays_are_counted_by_where_they_stand():
    assert (REPORT.planned, REPORT.abroad, REPORT.home, REPORT.unpriced) == (4, 1, 2, 1)


def test_the_average_looks_at_stays_that_are_over_and_rounds_halves_up():
    assert REPORT.average_days == 95  # (98 + 91) / 2 = 94.5
    assert replace(REPORT, stays=[replace(STAY, is_home=False)]).average_days is None


def test_the_most_visited_country_comes_first():
    assert [(row.name, row.planned, row.done) for row in REPORT.by_country] == [("DK", 3, 1), ("AT", 1, 1)]
    assert [(row.name, row.planned, row.done) for row in REPORT.by_trade] == [("Confectioner", 3, 2), ("Chef", 1, 0)]


def test_the_sum_of_the_headings_keeps_what_is_left():
    total = REPORT.total
    assert (total.awarded, total.reported, total.committed, total.left, total.percent) == (1000, 400, 200, 400, 40)


@pytest.mark.parametrize(
    ("part", "whole", "shown"), [(5, 1000, 1), (4, 1000, 0), (395, 1000, 40), (1, 0, None), (0, 5, 0)]
)
def test_a_share_is_a_whole_percent(part, whole, shown):
    assert percent(Decimal(part), Decimal(whole)) == shown


def test_a_mean_has_one_decimal_with_halves_up():
    assert mean([Decimal(4), Decimal("4.5")]) == Decimal("4.3")


def test_long_lists_are_cut_into_tables_that_miss_nobody():
    stays = [replace(STAY, name=str(number)) for number in range(51)]
    tables = list(replace(REPORT, stays=stays).tables())
    assert [(first, last, len(rows)) for first, last, rows in tables] == [(1, 25, 25), (26, 50, 25), (51, 51, 1)]
    assert [stay.name for _, _, rows in tables for stay in rows] == [str(number) for number in range(51)]


def test_an_empty_project_has_no_table():
    assert list(replace(REPORT, stays=[]).tables()) == []
