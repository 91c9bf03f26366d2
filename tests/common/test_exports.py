"""CSV files: what a spreadsheet reads is what was meant, and never a formula."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mobility.common.exports import BOM, FORMULA_STARTS, INVISIBLE, cell, csv_bytes, csv_response, csv_rows, defuse


def test_a_file_begins_with_the_mark_and_uses_semicolons():
    content = csv_bytes(["Navn", "Euro"], [["Łukasz Żółć", Decimal("8162.50")], ['Å "x"; y', 3]])
    assert content == '\ufeffNavn;Euro\r\nŁukasz Żółć;8162,50\r\n"Å ""x""; y";3\r\n'.encode()


def test_rows_are_written_one_by_one():
    asked = []

    def rows():
        for number in range(3):
            asked.append(number)
            yield [number]

    lines = csv_rows(["n"], rows())
    assert (next(lines), asked) == ("\ufeffn\r\n".encode(), [])
    assert (next(lines), asked) == (b"0\r\n", [0])


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "\ufeff=1",
        "\u00a0=1",
        " =1",
        "\u200b\ufeff =1",
    ],
)
def test_text_that_begins_like_a_formula_is_defused(text):
    assert defuse(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Oslo", "Åse-Marie", "a=b", "1+1", "kari@example.org", " Oslo", "'x"])
def test_other_text_stays_as_it_is(text):
    assert defuse(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (-5, "-5"),
        (Decimal("-3.20"), "-3,20"),
        (0.5, "0,5"),
        (True, "1"),
        (False, "0"),
        (date(2026, 9, 1), "2026-09-01"),
        (datetime(2026, 9, 1, 12, 0, tzinfo=UTC), "2026-09-01 14:00"),
        ("-5", "'-5"),
    ],
)
def test_numbers_stay_numbers_and_dates_are_plain(value, text):
    assert cell(value) == text


@given(st.text())
def test_no_text_ever_reads_as_a_formula(text):
    assert not defuse(text).lstrip(INVISIBLE).startswith(FORMULA_STARTS)


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\x00")), min_size=1, max_size=4)
)
def test_a_row_comes_back_as_it_went_in_but_for_the_apostrophe(texts):
    content = csv_bytes(["x"] * len(texts), [texts]).decode().removeprefix(BOM)
    (_, row) = csv.reader(io.StringIO(content, newline=""), delimiter=";")
    assert [text.removeprefix("'") if text != given else text for text, given in zip(row, texts, strict=True)] == texts


def test_a_download_is_an_attachment_that_nothing_runs_in():
    response = csv_response("stays.csv", ["a"], [["=x"]])
    assert b"".join(response.streaming_content) == "\ufeffa\r\n'=x\r\n".encode()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="stays.csv"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
