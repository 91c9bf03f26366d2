"""A rate table as a list of figures: how an office's own copy is stored, edited, and exchanged as CSV. Free of the ORM.

Each figure says where it was read. Which columns a kind of figure uses:

=========================  ====================  ===========  ===============  =========  ==================
kind                       of                    low          high             value      second
=========================  ====================  ===========  ===============  =========  ==================
band                                             from km      to km, or none   EUR        EUR green, or none
daily_rate                 vet_learner 1         EUR or none  EUR
organisational_support     activity              later from                    EUR        EUR later
amount, percent, days      name                                                EUR, %, n
staff_rate_for             activity
country, country_outside   ISO code                                            group
=========================  ====================  ===========  ===============  =========  ==================
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from itertools import pairwise

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mobility.common import countries
from mobility.common.errors import NotReady
from mobility.grants.enums import ActivityType, FigureKind, ParticipantKind, Provenance
from mobility.grants.rates import OUTSIDE_PROGRAMME, OrganisationalRate, RateTable, TravelBand

K = FigureKind
NUMBERS = ("low", "high", "value", "second")
NEEDED = {
    K.BAND: ("low", "value"),
    K.DAILY_RATE: ("high",),
    K.ORGANISATIONAL_SUPPORT: ("value",),
    K.AMOUNT: ("value",),
    K.PERCENT: ("value",),
    K.DAYS: ("value",),
    K.STAFF_RATE_FOR: (),
    K.COUNTRY: ("value",),
    K.COUNTRY_OUTSIDE: ("value",),
}
DAYS = ("full_rate_days", "max_travel_days_standard", "max_travel_days_green")
REDUCED = "reduced_rate_percent"
AMOUNTS = (
    "inclusion_support_organisation", "linguistic_support", "reinforced_linguistic_support_long_term",
    "preparatory_visit", "course_fee_per_day",
)  # fmt: skip
PERCENTS = (
    REDUCED, "expensive_travel_percent", "expensive_travel_if_unit_cost_below_percent", "visa_percent",
    "financial_guarantee_percent",
)  # fmt: skip
GROUPS = (1, 2, 3)
ACTIVITIES = (*ActivityType.values, OUTSIDE_PROGRAMME)
NAMES: dict[str, tuple[str, ...]] = {
    K.BAND: ("",),
    K.DAILY_RATE: tuple(f"{kind} {group}" for kind in ParticipantKind.values for group in GROUPS),
    K.ORGANISATIONAL_SUPPORT: ACTIVITIES,
    K.AMOUNT: AMOUNTS,
    K.PERCENT: PERCENTS,
    K.DAYS: DAYS,
    K.STAFF_RATE_FOR: ACTIVITIES,
}
"""What a figure of a kind may be of; a country may be any."""
ALWAYS = (*((K.DAYS, name) for name in DAYS), (K.PERCENT, REDUCED), *((K.DAILY_RATE, of) for of in NAMES[K.DAILY_RATE]))
"""Without these no day can be paid; any other figure that lacks is named when something needs it."""
LARGEST = Decimal(1_000_000)


@dataclass(frozen=True)
class Figure:
    """One row of a table. ``row``: where it stood in a file, as a spreadsheet counts."""

    kind: str
    of: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    value: Decimal | None = None
    second: Decimal | None = None
    provenance: str = Provenance.RECALLED
    row: int = field(default=0, compare=False)


class BadFigures(NotReady):
    """A table that is refused as a whole. ``problems``: (row, sentence); row 0 is the whole table."""

    def __init__(self, problems: Iterable[tuple[int, str]]):
        self.problems = list(problems)
        super().__init__(
            _("Row %(row)s: %(problem)s") % {"row": row, "problem": words} if row else capfirst(words)
            for row, words in self.problems
        )


def figures_of(table: RateTable) -> list[Figure]:
    """A table as figures, in the order in which a table is read: days, bands, rates, sums, countries."""
    days = {
        "full_rate_days": table.full_rate_days,
        "max_travel_days_standard": table.max_travel_days["standard"],
        "max_travel_days_green": table.max_travel_days["green"],
    }
    percents = {REDUCED: table.reduced_rate_percent, **table.percents}
    found = [Figure(K.DAYS, name, value=Decimal(value)) for name, value in days.items()]
    found += [
        Figure(K.BAND, "", Decimal(b.min_km), None if b.max_km is None else Decimal(b.max_km), b.standard, b.green)
        for b in table.bands
    ]
    found += [Figure(K.DAILY_RATE, f"{kind} {g}", low, high) for (kind, g), (low, high) in table.ranges.items()]
    found += [Figure(K.STAFF_RATE_FOR, activity) for activity in sorted(table.unverified_activities)]
    found += [_support(activity, rate) for activity, rate in table.organisational.items()]
    found += [Figure(K.AMOUNT, name, value=value) for name, value in table.amounts.items()]
    found += [Figure(K.PERCENT, name, value=Decimal(value)) for name, value in percents.items()]
    found += [
        Figure(K.COUNTRY_OUTSIDE if code in table.third_countries else K.COUNTRY, code, value=Decimal(group))
        for code, group in sorted(table.groups.items())
    ]
    return [_from(figure, table) for figure in found]


def _support(activity, rate):
    if rate.step is None:
        return Figure(K.ORGANISATIONAL_SUPPORT, activity, value=rate.first)
    return Figure(K.ORGANISATIONAL_SUPPORT, activity, Decimal(rate.step), None, rate.first, rate.later)


def _from(figure, table):
    """The figure with where it was read; whose staff rates are unverified was recalled."""
    origin = table.origin(figure.kind, name_of(figure))
    if figure.kind == K.STAFF_RATE_FOR:
        origin = Provenance.RECALLED
    return Figure(figure.kind, figure.of, figure.low, figure.high, figure.value, figure.second, str(origin), figure.row)


def name_of(figure) -> str:
    """What tells figures of one kind apart: a band is named by where it begins."""
    return _plain(figure.low) if figure.kind == K.BAND else figure.of


def table_of(call_year: int, figures: Sequence[Figure]) -> RateTable:
    """The table that these figures make. Raises BadFigures with every problem: a table is taken whole or not at all."""
    problems = problems_of(figures)
    if problems:
        raise BadFigures(problems)
    by_kind: dict[str, list[Figure]] = {kind: [f for f in figures if f.kind == kind] for kind in K.values}
    days = {f.of: int(f.value or 0) for f in by_kind[K.DAYS]}
    percents = {f.of: int(f.value or 0) for f in by_kind[K.PERCENT]}
    return RateTable(
        call_year=call_year,
        version=version_of(call_year, figures),
        provenance=_weakest(f.provenance for f in (*by_kind[K.BAND], *by_kind[K.DAYS])),
        bands=tuple(_band(f) for f in _in_order(by_kind[K.BAND])),
        ranges={_range_key(f.of): (f.low, f.high or Decimal(0)) for f in by_kind[K.DAILY_RATE]},
        ranges_provenance=_weakest(f.provenance for f in by_kind[K.DAILY_RATE]),
        unverified_activities=frozenset(f.of for f in by_kind[K.STAFF_RATE_FOR] if f.provenance == Provenance.RECALLED),
        full_rate_days=days["full_rate_days"],
        reduced_rate_percent=percents.pop(REDUCED),
        max_travel_days={"standard": days["max_travel_days_standard"], "green": days["max_travel_days_green"]},
        organisational={f.of: _rate(f) for f in by_kind[K.ORGANISATIONAL_SUPPORT]},
        amounts={f.of: f.value or Decimal(0) for f in by_kind[K.AMOUNT]},
        percents=percents,
        groups={f.of: int(f.value or 0) for kind in (K.COUNTRY, K.COUNTRY_OUTSIDE) for f in by_kind[kind]},
        third_countries=frozenset(f.of for f in by_kind[K.COUNTRY_OUTSIDE]),
        origins={(f.kind, name_of(f)): f.provenance for f in figures},
    )


def version_of(call_year: int, figures: Sequence[Figure]) -> str:
    """The call year and a digest of every figure: another figure, another version."""
    rows = sorted([f.kind, name_of(f), *(_plain(getattr(f, name)) for name in NUMBERS), f.provenance] for f in figures)
    return f"{call_year}-{hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:10]}"


def _plain(number):
    return "" if number is None else f"{number.normalize():f}"


def _band(f):
    return TravelBand(int(f.low), None if f.high is None else int(f.high), f.value, f.second)


def _rate(f):
    if f.low is None:
        return OrganisationalRate(f.value, f.value, None, f.provenance)
    return OrganisationalRate(f.value, f.value if f.second is None else f.second, int(f.low), f.provenance)


def _range_key(of):
    kind, _space, group = of.partition(" ")
    return kind, int(group)


def _in_order(bands):
    return sorted(bands, key=lambda f: f.low or Decimal(0))


def _weakest(origins):
    """The least certain of several origins."""
    found = set(origins)
    return str(next((p for p in (Provenance.RECALLED, Provenance.AGENCY) if p in found), Provenance.GUIDE))


# --- what speaks against a table ------------------------------------------------------------------------------------
def problems_of(figures: Sequence[Figure]) -> list[tuple[int, str]]:
    """(row, sentence) for everything that is wrong, in the order of the rows; what the whole table lacks comes last."""
    found: list[tuple[int, str]] = []
    seen: dict[tuple[str, str], int] = {}
    for figure in figures:
        found += [(figure.row, words) for words in _figure_problems(figure)]
        key = (K.COUNTRY if figure.kind == K.COUNTRY_OUTSIDE else figure.kind, name_of(figure))
        if key in seen and figure.kind != K.BAND:
            found.append((figure.row, _("this figure stands in row %(row)s already") % {"row": seen[key]}))
        seen.setdefault(key, figure.row)
    if not found:
        found += _band_problems(_in_order([f for f in figures if f.kind == K.BAND]))
    lacking = [(kind, of) for kind, of in ALWAYS if (kind, of) not in seen]
    found.sort(key=lambda problem: problem[0])
    found += [(0, _("A figure is missing: %(kind)s %(of)s.") % {"kind": kind, "of": of}) for kind, of in lacking]
    if not any(f.kind == K.COUNTRY for f in figures):
        found.append((0, _("The table names no country.")))
    return found


def _figure_problems(figure):
    if figure.kind not in K.values:
        yield _("the kind of figure “%(kind)s” is unknown") % {"kind": figure.kind}
        return
    if figure.provenance not in Provenance.values:
        yield _("the provenance must be guide, agency or recalled")
    if figure.kind in (K.COUNTRY, K.COUNTRY_OUTSIDE):
        if not countries.is_known(figure.of):
            yield _("the country “%(code)s” is unknown") % {"code": figure.of}
        if figure.value is not None and figure.value not in GROUPS:
            yield _("a country group is 1, 2 or 3")
    elif figure.of not in NAMES[figure.kind]:
        yield _("“%(of)s” is no figure of this kind") % {"of": figure.of}
    for column in NEEDED[K(figure.kind)]:
        if getattr(figure, column) is None:
            yield _("the figure in column %(column)s is missing") % {"column": column}
    yield from _number_problems(figure)


def _number_problems(figure):
    numbers = {name: getattr(figure, name) for name in NUMBERS}
    given = [number for number in numbers.values() if number is not None]
    if any(number < 0 for number in given):
        yield _("an amount is below zero")
    if any(number >= LARGEST for number in given):
        yield _("a number is far too large")
    if figure.low is not None and figure.high is not None and figure.high < figure.low:
        yield _("it ends before it begins")
    whole = {K.BAND: ("low", "high"), K.ORGANISATIONAL_SUPPORT: ("low",), K.DAYS: ("value",), K.PERCENT: ("value",)}
    for column in whole.get(K(figure.kind), ()):
        number = numbers[column]
        if number is not None and number != number.to_integral_value(ROUND_FLOOR):
            yield _("the figure in column %(column)s must be a whole number") % {"column": column}
    if figure.kind == K.PERCENT and figure.value is not None and figure.value > 100:
        yield _("a percentage is at most 100")


def _band_problems(bands):
    """Bands follow each other kilometre by kilometre, and the last has no upper end."""
    if not bands:
        return [(0, _("The table has no distance bands."))]
    found = []
    for before, after in pairwise(bands):
        if before.high is None or after.low <= before.high:
            found.append(
                (after.row, _("the band from %(low)s km overlaps the one before it") % {"low": _plain(after.low)})
            )
        elif after.low != before.high + 1:
            gap = {"end": _plain(before.high), "begin": _plain(after.low)}
            found.append((after.row, _("there is a gap between %(end)s and %(begin)s km") % gap))
    if bands[-1].high is not None:
        found.append((bands[-1].row, _("the last band must have no upper end")))
    return found
