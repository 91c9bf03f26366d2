"""Tables that people send: whatever a spreadsheet writes comes back cell by cell; what is no table is refused."""

import csv
import io
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from mobility.common import tables

LETTERS = st.characters(codec="cp1252", categories=("L", "N", "P", "S", "Zs"))
CELLS = st.text(st.one_of(LETTERS, st.sampled_from("æøåÆØÅäö;,\"' .-")), max_size=12)
LINES = st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6)


def written(lines, delimiter):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["first", "second"], *lines])
    return text.getvalue()


def cleaned(cell):
    return unicodedata.normalize("NFC", cell).strip(" \t\r\n\N{NO-BREAK SPACE}")


@given(lines=LINES, delimiter=st.sampled_from(";,\t"), encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]))
def test_what_was_written_is_read_back(lines, delimiter, encoding):
    content = written(lines, delimiter).encode(encoding)
    table = tables.read(content)
    assert table.header == ["first", "second"]
    assert table.delimiter == delimiter
    expected = [[cleaned(cell) for cell in line] for line in lines if any(map(cleaned, line))]
    if encoding != "cp1252" or not _reads_as_utf_8(content):
        assert [cells for _number, cells in table.rows] == expected


def _reads_as_utf_8(content):
    """Some texts of Windows letters are good UTF-8 as well: nobody can tell."""
    try:
        return not content.decode().isascii()
    except UnicodeDecodeError:
        return False


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_with_a_sentence(content):
    try:
        found = tables.read(content).header
    except ValidationError as error:
        found = error.messages
    assert len(found) >= 1


def test_rows_are_counted_as_a_spreadsheet_counts_them():
    table = tables.read(b'a;b\n\n1;"two\nlines"\n;\n3;4\n')
    assert table.rows == [(3, ["1", "two\nlines"]), (5, ["3", "4"])]


def test_marks_that_steer_screens_and_directions_are_dropped():
    table = tables.read("a;b\nevil\u202egnp\x1b[2J;o\u0308\u00a0\n".encode())
    assert table.rows == [(2, ["evilgnp[2J", "ö"])]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b" \r\n", "empty"),
        (b";;\n;;", "empty"),
        (b"PK\x03\x04x", "kind"),
        (b"%PDF-1.7", "kind"),
        (b"\xff\xfea\0", "not_text"),
        (b"a;b\n1;\0", "not_text"),
        (b"a;b\n\x81\xff", "not_text"),
        (b'a;b\n1;"2', "broken"),
    ],
)
def test_what_is_no_table_is_refused(content, code):
    with pytest.raises(ValidationError) as refused:
        tables.read(content)
    assert refused.value.code == code


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(tables, "ROW_LIMIT", 2)
    assert len(tables.read(b"a\n1\n2").rows) == 2
    with pytest.raises(ValidationError, match="up to 2 rows"):
        tables.read(b"a\n1\n2\n3")
