"""A table as a list of figures: there and back, whole or not at all, as a sheet."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from mobility.common.exports import csv_bytes
from mobility.grants.arithmetic import price
from mobility.grants.enums import FigureKind as K
from mobility.grants.figure_sheets import COLUMNS, read, rows_of
from mobility.grants.figures import BadFigures, Figure, figures_of, problems_of, table_of
from mobility.grants.rates import known_call_years, rate_table
from tests.grants.test_arithmetic import STAY_IN_SPAIN

TABLE = figures_of(rate_table(2026))
BANDS = [figure for figure in TABLE if figure.kind == K.BAND]


def sheet(figures):
    return csv_bytes(COLUMNS, rows_of(figures))


def without(*gone):
    return [figure for figure in TABLE if figure not in gone]


def changed(figure, **facts):
    return [replace(each, **facts) if each is figure else each for each in TABLE]


def numbered(figures):
    return [replace(figure, row=row) for row, figure in enumerate(figures, start=2)]


@pytest.mark.parametrize("year", known_call_years())
def test_a_shipped_table_becomes_figures_and_the_same_table_again(year):
    shipped = rate_table(year)
    again = table_of(year, figures_of(shipped))
    for name in (
        "bands", "ranges", "ranges_provenance", "unverified_activities", "full_rate_days", "reduced_rate_percent",
        "max_travel_days", "organisational", "amounts", "percents", "groups", "third_countries", "provenance",
    ):  # fmt: skip
        assert getattr(again, name) == getattr(shipped, name), name


def test_a_copy_prices_a_stay_as_the_shipped_table_does():
    copied, shipped = table_of(2026, TABLE), rate_table(2026)
    assert price(STAY_IN_SPAIN, rates=copied).lines == price(STAY_IN_SPAIN, rates=shipped).lines


def test_each_figure_carries_where_it_was_read_into_the_line():
    band = BANDS[3]
    table = table_of(2026, changed(band, provenance="recalled"))
    found = {line.rule: line.facts["provenance"] for line in price(STAY_IN_SPAIN, rates=table).lines}
    assert found["travel"] == "recalled"
    assert found["organisational_support"] == "guide"


def test_a_sheet_is_read_back_as_it_was_written():
    assert read(sheet(TABLE)) == TABLE
    assert read(
        b"Kind;Of;Low;High;Value;Second;Provenance\r\ncountry;EL;;;2;;guide\r\nband;;10;99;28,50;;agency\r\n"
    ) == [
        Figure(K.COUNTRY, "GR", value=Decimal(2), provenance="guide"),
        Figure(K.BAND, "", Decimal(10), Decimal(99), Decimal("28.50"), None, "agency"),
    ]


def test_the_version_follows_every_figure_and_nothing_else():
    version = table_of(2026, TABLE).version
    assert table_of(2026, list(reversed(TABLE))).version == version
    assert table_of(2026, changed(BANDS[0], value=Decimal("28.00"))).version == version
    assert table_of(2026, changed(BANDS[0], value=Decimal("28.01"))).version != version
    assert table_of(2026, changed(BANDS[0], provenance="agency")).version != version


COUNTRY = next(figure for figure in TABLE if figure.kind == K.COUNTRY)
DAYS = next(figure for figure in TABLE if figure.kind == K.DAYS)
RATE = next(figure for figure in TABLE if figure.kind == K.DAILY_RATE)


@pytest.mark.parametrize(
    ("figures", "problem"),
    [
        (changed(BANDS[1], low=Decimal(101)), "there is a gap between 99 and 101 km"),
        (changed(BANDS[1], low=Decimal(99)), "the band from 99 km overlaps the one before it"),
        (changed(BANDS[-1], high=Decimal(20000)), "the last band must have no upper end"),
        (changed(BANDS[0], high=Decimal(9)), "it ends before it begins"),
        (changed(BANDS[0], value=Decimal(-1)), "an amount is below zero"),
        (changed(BANDS[0], value=None), "the figure in column value is missing"),
        (changed(BANDS[0], low=Decimal("10.5")), "the figure in column low must be a whole number"),
        (changed(COUNTRY, of="QQ"), "the country “QQ” is unknown"),
        (changed(COUNTRY, value=Decimal(4)), "a country group is 1, 2 or 3"),
        (changed(RATE, low=Decimal(500)), "it ends before it begins"),
        (changed(RATE, of="pilot 1"), "“pilot 1” is no figure of this kind"),
        (changed(RATE, kind="hourly"), "the kind of figure “hourly” is unknown"),
        (changed(DAYS, provenance="hearsay"), "the provenance must be guide, agency or recalled"),
        (changed(DAYS, value=Decimal(10) ** 8), "a number is far too large"),
        ([*TABLE, COUNTRY], "this figure stands in row"),
    ],
)
def test_a_table_with_one_wrong_row_is_refused_as_a_whole_with_the_row(figures, problem):
    figures = numbered(figures)
    with pytest.raises(BadFigures) as refusal:
        table_of(2026, figures)
    found = [(row, words) for row, words in refusal.value.problems if words.startswith(problem)]
    assert len(found) == 1
    row = found[0][0]
    assert refusal.value.missing[refusal.value.problems.index(found[0])].startswith(f"Row {row}: ")
    assert figures[row - 2].kind in {*K.values, "hourly"}


@pytest.mark.parametrize(
    ("figures", "sentence"),
    [
        (without(DAYS), "A figure is missing: days full_rate_days."),
        (without(RATE), "A figure is missing: daily_rate vet_learner 1."),
        (without(*BANDS), "The table has no distance bands."),
        ([f for f in TABLE if f.kind != K.COUNTRY], "The table names no country."),
    ],
)
def test_what_a_table_cannot_do_without_is_named(figures, sentence):
    assert (0, sentence) in problems_of(figures)


def test_every_problem_is_told_and_not_only_the_first():
    figures = numbered(changed(BANDS[0], value=None))
    figures[-1] = replace(figures[-1], of="QQ")
    with pytest.raises(BadFigures) as refusal:
        table_of(2026, figures)
    assert len(refusal.value.problems) == 2


@pytest.mark.parametrize("cell", ["NaN", "1e9", "Infinity", "--1", "12.345", "1 000 000 000 000", "=1+1", "ten"])
def test_a_cell_that_is_no_number_is_told_with_its_row(cell):
    lines = f"kind;of;low;high;value;second;provenance\nband;;10;;28;;guide\nband;;{cell};;28;;guide\n"
    with pytest.raises(BadFigures) as refusal:
        read(lines.encode())
    assert [row for row, _words in refusal.value.problems] == [3]


@pytest.mark.parametrize("content", [b"kind;of\nband;\n", b"PK\x03\x04rest", b"\xff\xfea\x00", b"", b"\n\n"])
def test_what_is_no_such_sheet_is_told_in_a_sentence(content):
    with pytest.raises(ValidationError) as refusal:
        read(content)
    assert len(refusal.value.messages) == 1


CELLS = st.sampled_from(["", "0", "-1", "10", "99", "1,5", "NaN", "NO", "band", "guide", "vet_learner 1", "x"])


@given(st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=6))
def test_whatever_stands_in_a_sheet_it_is_a_table_or_refused(rows):
    content = "\n".join([";".join(COLUMNS), *(";".join(row) for row in rows), "band;;1;;1;;guide"])
    with pytest.raises(BadFigures) as refusal:  # six rows are never a whole table
        table_of(2026, read(content.encode()))
    assert refusal.value.missing
