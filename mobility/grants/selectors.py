"""Which rate table a project is priced by, and what pages show of tables."""

from dataclasses import dataclass
from functools import lru_cache

from mobility.grants.enums import FigureKind as K
from mobility.grants.figures import Figure, table_of
from mobility.grants.models import Project, RateCopy, RateFigure
from mobility.grants.rates import RateTable, known_call_years, rate_table

READING_ORDER = (
    K.DAYS, K.PERCENT, K.DAILY_RATE, K.BAND, K.ORGANISATIONAL_SUPPORT, K.AMOUNT, K.STAFF_RATE_FOR, K.COUNTRY,
    K.COUNTRY_OUTSIDE,
)  # fmt: skip
CHANGES_SHOWN = 50


def rates_of(project: Project) -> RateTable:
    """The table of a project: the office's own copy where one is chosen, else the shipped one of its call year.

    Raises MissingRate for a call year without a table.
    """
    return rate_table(project.call_year) if project.rate_copy is None else table_of_copy(project.rate_copy)


def table_of_copy(copy: RateCopy) -> RateTable:
    """The figures of a copy as a table."""
    return _read(copy.version, copy.call_year, copy.pk)


@lru_cache(maxsize=64)
def _read(version, call_year, pk):
    """Read once for each version: a version names its figures."""
    return table_of(call_year, stored_figures(pk))


def stored_figures(copy_id: int) -> list[Figure]:
    return as_figures(RateFigure.objects.filter(copy=copy_id).order_by("position"))


def as_figures(rows) -> list[Figure]:
    """Rows as the pure functions take them."""
    return [Figure(f.kind, f.of, f.low, f.high, f.value, f.second, f.provenance) for f in rows]


@dataclass(frozen=True)
class TableRow:
    """One table on the page of all: ``copy`` is None for a shipped one; ``projects`` are priced by it."""

    table: RateTable
    copy: RateCopy | None
    projects: list[Project]


def tables_for(user) -> list[TableRow]:
    """Every shipped table and the office's own ones, newest call year first, each with the projects that use it."""
    projects = list(Project.objects.visible_to(user).select_related("rate_copy"))
    copies = list(RateCopy.objects.visible_to(user))
    rows = []
    for year in sorted({*known_call_years(), *(copy.call_year for copy in copies)}, reverse=True):
        if year in known_call_years():
            used = [p for p in projects if p.rate_copy_id is None and p.call_year == year]
            rows.append(TableRow(rate_table(year), None, used))
        for copy in copies:
            if copy.call_year == year:
                used = [p for p in projects if p.rate_copy_id == copy.pk]
                rows.append(TableRow(table_of_copy(copy), copy, used))
    return rows


def sections_of(figures) -> list[tuple[str, list]]:
    """Figures, stored or not, under the words of their kind, in the order in which a table is read."""
    found = [(kind, [figure for figure in figures if figure.kind == kind]) for kind in READING_ORDER]
    return [(str(kind.label), group) for kind, group in found if group]


def changes_of(copy: RateCopy) -> list:
    """Who changed which figure of a copy, newest first."""
    rows = RateFigure.history.filter(copy_id=copy.pk, history_type="~").select_related("history_user")
    return list(rows[:CHANGES_SHOWN])
