"""The unit costs of Erasmus+ by call year, read from ``data/`` (provenance: ``data/README.md``). Free of the ORM.

All amounts are EUR as Decimal, all distances whole kilometres, one way.
"""

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from mobility.common.errors import Refused

DATA = Path(__file__).parent / "data"
OUTSIDE_PROGRAMME = "outside_programme"
"""Stands among the activities of organisational support for any activity in a country outside the programme."""


class MissingRate(Refused, LookupError):
    """The table of a call year has no such figure. ``what`` names it in words, ``call_year`` says where."""

    def __init__(self, what, call_year):
        self.what = what
        self.call_year = call_year
        super().__init__(what, call_year)

    def __str__(self):
        return str(
            _("The rate table of call year %(year)s has no figure for this: %(what)s.")
            % {"year": self.call_year, "what": self.what}
        )


class BadTable(Refused, ValueError):
    """A rate table that cannot be used. ``row`` is the number of the distance band it fails at, from 1, or None."""

    def __init__(self, reason, row=None):
        self.reason = reason
        self.row = row
        super().__init__(reason, row)

    def __str__(self):
        if self.row is None:
            return str(self.reason)
        return str(_("Distance band %(row)s: %(reason)s") % {"row": self.row, "reason": self.reason})


@dataclass(frozen=True)
class TravelBand:
    """One distance band: its amount covers the return trip. ``max_km`` None: no upper end; ``green`` None: standard."""

    min_km: int
    max_km: int | None
    standard: Decimal
    green: Decimal | None

    def amount(self, *, green):
        return self.green if green and self.green is not None else self.standard

    def holds(self, whole_km):
        return self.min_km <= whole_km and (self.max_km is None or whole_km <= self.max_km)


@dataclass(frozen=True)
class OrganisationalRate:
    """Support per participant: ``first`` EUR, and ``later`` EUR from participant number ``step`` of one activity on."""

    first: Decimal
    later: Decimal
    step: int | None = None
    provenance: str = "guide"

    def amount(self, position):
        return self.later if self.step is not None and position >= self.step else self.first


@dataclass(frozen=True)
class RateTable:
    """The figures of one call year. ``provenance``: guide, agency or recalled; ``version`` changes with any figure."""

    call_year: int
    version: str
    provenance: str
    bands: tuple[TravelBand, ...]
    ranges: Mapping[tuple[str, int], tuple[Decimal | None, Decimal]]
    ranges_provenance: str
    unverified_activities: frozenset[str]
    full_rate_days: int
    reduced_rate_percent: int
    max_travel_days: Mapping[str, int]
    organisational: Mapping[str, OrganisationalRate]
    amounts: Mapping[str, Decimal]
    percents: Mapping[str, int]
    groups: Mapping[str, int]
    third_countries: frozenset[str]
    origins: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """Where a single figure was read, by its kind and name, in a table that says so for each figure."""

    def origin(self, kind, of=""):
        """Where a figure was read: guide, agency or recalled. Kinds: :class:`mobility.grants.enums.FigureKind`."""
        if (kind, of) in self.origins:
            return self.origins[kind, of]
        if kind == "organisational_support" and of in self.organisational:
            return self.organisational[of].provenance
        return self.ranges_provenance if kind == "daily_rate" else self.provenance

    def amount(self, name, what):
        """The single figure ``name`` (EUR). Raises MissingRate that says ``what`` is missing."""
        try:
            return self.amounts[name]
        except KeyError:
            raise MissingRate(what, self.call_year) from None

    def percent(self, name, what):
        """The percentage ``name``. Raises MissingRate that says ``what`` is missing."""
        try:
            return self.percents[name]
        except KeyError:
            raise MissingRate(what, self.call_year) from None

    def country_group(self, country):
        """Group 1-3 of a receiving country (ISO code). Raises MissingRate for a country outside the table."""
        try:
            return self.groups[country]
        except KeyError:
            raise MissingRate(_("country group of %(country)s") % {"country": country}, self.call_year) from None

    def is_non_associated(self, country):
        return country in self.third_countries

    def base_rate_range(self, participant, group):
        """Lowest (None: not known) and highest daily base rate that the Guide lets an agency fix, EUR."""
        try:
            return self.ranges[participant, group]
        except KeyError:
            what = _("range of the daily rate, country group %(group)s") % {"group": group}
            raise MissingRate(what, self.call_year) from None

    def band(self, distance_km):
        """The band of a distance by its whole kilometres (the calculator returns decimals); None below the first."""
        whole = int(distance_km)
        return next((band for band in self.bands if band.holds(whole)), None)

    def near_edge(self, distance_km):
        """True within 1 km of a band's edge: the office should check the distance once more before it pays."""
        return any(abs(Decimal(distance_km) - band.min_km) <= 1 for band in self.bands)

    def organisational_rate(self, activity):
        """Support for an activity (``OUTSIDE_PROGRAMME`` for any in a country outside). Raises MissingRate."""
        try:
            return self.organisational[activity]
        except KeyError:
            what = _("organisational support of the activity %(activity)s") % {"activity": activity}
            raise MissingRate(what, self.call_year) from None


@cache
def rate_table(call_year: int) -> RateTable:
    """The shipped table of a call year. Raises MissingRate when no table covers that year."""
    for raw in _shipped():
        if call_year in raw["call_years"]:
            return read_table(raw, call_year)
    raise MissingRate(_("all unit costs of the year"), call_year)


def known_call_years() -> list[int]:
    """Every call year that a shipped table covers, newest first."""
    return sorted({year for raw in _shipped() for year in raw["call_years"]}, reverse=True)


def read_table(raw: Mapping, call_year: int) -> RateTable:
    """A table from its JSON form. Raises BadTable, with the row, for distance bands with a gap or an overlap."""
    groups, third_countries = _read_countries(raw["country_groups"])
    ranges = raw["base_rate_ranges"]
    return RateTable(
        call_year=call_year,
        version=_version(raw, groups, call_year),
        provenance=raw["provenance"],
        bands=_read_bands(raw["travel"]),
        ranges={
            (participant, int(group)): (_euro(low), _euro(high))
            for participant in ("vet_learner", "staff")
            for group, (low, high) in ranges[participant].items()
        },
        ranges_provenance=ranges["provenance"],
        unverified_activities=frozenset(raw["staff_rates_unverified_for"]),
        full_rate_days=raw["full_rate_days"],
        reduced_rate_percent=raw["reduced_rate_percent"],
        max_travel_days=raw["max_travel_days"],
        organisational=dict(_read_organisational(raw["organisational_support"])),
        amounts={name: _euro(value) for name, value in raw["amounts"].items()},
        percents=raw["percents"],
        groups=groups,
        third_countries=third_countries,
    )


@cache
def _shipped():
    return json.loads((DATA / "erasmus_rates.json").read_text(encoding="utf-8"))["tables"]


def _euro(value):
    return None if value is None else Decimal(str(value))


def _read_bands(raw):
    """Bands follow each other kilometre by kilometre, and the last has no upper end."""
    bands: list[TravelBand] = []
    for row, each in enumerate(raw, start=1):
        band = TravelBand(each["min_km"], each["max_km"], _euro(each["standard"]), _euro(each["green"]))
        if band.max_km is not None and band.max_km < band.min_km:
            raise BadTable(_("it ends before it begins"), row)
        if min(band.standard, band.standard if band.green is None else band.green) < 0:
            raise BadTable(_("an amount is below zero"), row)
        if bands:
            _require_next(bands[-1], band, row)
        bands.append(band)
    if not bands:
        raise BadTable(_("The table has no distance bands."))
    if bands[-1].max_km is not None:
        raise BadTable(_("the last band must have no upper end"), len(bands))
    return tuple(bands)


def _require_next(before, band, row):
    if before.max_km is None or band.min_km <= before.max_km:
        raise BadTable(_("it overlaps the band before it"), row)
    if band.min_km != before.max_km + 1:
        raise BadTable(
            _("there is a gap between %(end)s and %(begin)s km") % {"end": before.max_km, "begin": band.min_km}, row
        )


def _read_organisational(raw):
    for each in raw:
        first = _euro(each["eur"])
        rate = OrganisationalRate(
            first, _euro(each.get("later_eur", first)), each.get("later_from"), each["provenance"]
        )
        for activity in each["activities"]:
            yield activity, rate


def _read_countries(source):
    """Groups by country, and the countries not associated to the programme; an older table lists its groups itself."""
    if isinstance(source, Mapping):
        return {country: int(group) for group, countries in source.items() for country in countries}, frozenset()
    with (DATA / source).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    groups = {row["iso2"]: int(row["group"]) for row in rows}
    return groups, frozenset(row["iso2"] for row in rows if row["status"] == "third")


def _version(raw, groups, call_year):
    digest = hashlib.sha256(json.dumps([raw, groups], sort_keys=True).encode()).hexdigest()
    return f"{call_year}-{digest[:10]}"
