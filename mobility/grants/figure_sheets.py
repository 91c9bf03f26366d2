"""A rate table as a sheet: what is downloaded, changed in a spreadsheet, and looked through before it is imported."""

import re
from collections.abc import Iterator
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mobility.common import countries, tables
from mobility.grants.enums import FigureKind
from mobility.grants.figures import NUMBERS, BadFigures, Figure

COLUMNS = ("kind", "of", "low", "high", "value", "second", "provenance")
"""Codes, not words of a language: a sheet goes from one office to another."""
_NUMBER = re.compile(r"-?\d{1,9}([.,]\d{1,2})?")


def rows_of(figures) -> Iterator[list[object]]:
    """The rows of a sheet, without its header."""
    for figure in figures:
        numbers = [getattr(figure, name) for name in NUMBERS]
        yield [figure.kind, figure.of, *("" if n is None else f"{n.normalize():f}" for n in numbers), figure.provenance]


def read(content: bytes) -> list[Figure]:
    """The figures of a CSV. Raises ValidationError (no table, no such columns) or BadFigures (cells, each with its row)."""
    table = tables.read(content)
    header = [cell.lower() for cell in table.header]
    lacking = [column for column in COLUMNS if column not in header]
    if lacking:
        raise ValidationError(
            _("These columns are missing: %(columns)s. Download a table to see how a sheet looks."),
            code="columns",
            params={"columns": ", ".join(lacking)},
        )
    figures, problems = [], []
    for number, cells in table.rows:
        row = dict(zip(header, [*cells, *[""] * len(header)], strict=False))
        values = {}
        for column in NUMBERS:
            cell = row[column].replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
            if cell and not _NUMBER.fullmatch(cell):
                problems.append((number, _("“%(cell)s” is not a number") % {"cell": row[column][:20]}))
            else:
                values[column] = Decimal(cell.replace(",", ".")) if cell else None
        figures.append(
            Figure(row["kind"].lower(), _of(row), **values, provenance=row["provenance"].lower(), row=number)
        )
    if problems:
        raise BadFigures(problems)
    return figures


def _of(row):
    """Countries in ISO codes, also where the programme writes EL or UK."""
    of = row["of"]
    return countries.iso(of) if row["kind"].lower() in (FigureKind.COUNTRY, FigureKind.COUNTRY_OUTSIDE) else of
