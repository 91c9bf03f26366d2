"""The unit costs of Erasmus+ by call year, read from ``data/`` (provenance: ``data/README.md``). Free of the ORM.

All amounts are EUR as Decimal, all distances whole kilometres, one way.
"""

import csv
import hashlib
import json
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from mobility.common.errors import Refused

DATA = Path(__file__).parent / "data"
STEP = re.compile(r"^(\d+)_then_(\d+)_from_(\d+)st_of_same_activity$")
NON_ASSOCIATED_RULE = "any individual activity in a non-associated third country"


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

    def amount(self, position):
        return self.later if self.step is not None and position >= self.step else self.first


@dataclass(frozen=True)
class RateTable:
    """The figures of one call year. ``provenance``: guide, agency or recalled; ``version`` changes with any figure."""

    call_year: int
    version: str
    provenance: str
    bands: tuple[TravelBand, ...]
    ranges: dict[tuple[str, int], tuple[Decimal | None, Decimal]]
    ranges_provenance: str
    full_rate_days: int
    reduced_rate_percent: int
    max_travel_days: dict[str, int]
    organisational: dict[str, OrganisationalRate]
    organisational_non_associated: Decimal | None
    organisational_provenance: str
    amounts: dict[str, Decimal]
    groups: dict[str, int]
    third_countries: frozenset[str]

    def amount(self, name, what):
        """The single figure ``name`` (EUR). Raises MissingRate that says ``what`` is missing."""
        try:
            return self.amounts[name]
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
        try:
            return self.organisational[activity]
        except KeyError:
            what = _("organisational support of the activity %(activity)s") % {"activity": activity}
            raise MissingRate(what, self.call_year) from None


@cache
def rate_table(call_year):
    """The table of a call year. Raises MissingRate when no table covers that year."""
    for first_year, raw in _raw_tables().items():
        if call_year in raw.get("applies_to", [int(first_year)]):
            return _read(raw, call_year)
    raise MissingRate(_("all unit costs of the year"), call_year)


def known_call_years():
    """Every call year that a table covers, newest first."""
    years = {year for first, raw in _raw_tables().items() for year in raw.get("applies_to", [int(first)])}
    return sorted(years, reverse=True)


@cache
def _raw_tables():
    return json.loads((DATA / "erasmus_rates.json").read_text(encoding="utf-8"))["call_years"]


def _read(raw, call_year):
    groups, third_countries = _read_countries(raw["country_groups"])
    organisational, non_associated = _read_organisational(raw["organisational_support"])
    ranges = raw["individual_support_range"]
    return RateTable(
        call_year=call_year,
        version=_version(raw, groups, call_year),
        provenance=raw["provenance"],
        bands=tuple(_read_band(band) for band in raw["travel"]),
        ranges={
            (participant, int(group)): (_euro(low), _euro(high))
            for participant, by_group in ranges.items()
            if participant != "provenance"
            for group, (low, high) in by_group.items()
        },
        ranges_provenance=ranges.get("provenance", raw["provenance"]),
        full_rate_days=raw["full_rate_days"],
        reduced_rate_percent=raw["reduced_rate_percent"],
        max_travel_days=raw["max_travel_days"],
        organisational=organisational,
        organisational_non_associated=non_associated,
        organisational_provenance=raw["organisational_support"].get("provenance", raw["provenance"]),
        amounts={name: _euro(value) for name, value in raw.items() if type(value) is int and _is_amount(name)},
        groups=groups,
        third_countries=third_countries,
    )


def _is_amount(name):
    return not name.endswith(("_days", "_percent"))


def _euro(value):
    return None if value is None else Decimal(value)


def _read_band(raw):
    return TravelBand(raw["min_km"], raw["max_km"], _euro(raw["standard"]), _euro(raw["green"]))


def _read_organisational(raw):
    """The amount is the key, the activities that get it are the value."""
    rates, non_associated = {}, None
    for key, activities in raw.items():
        if key == "provenance":
            continue
        step = STEP.match(key)
        rate = (
            OrganisationalRate(_euro(step[1]), _euro(step[2]), int(step[3]))
            if step
            else OrganisationalRate(_euro(key), _euro(key))
        )
        for activity in activities:
            if activity == NON_ASSOCIATED_RULE:
                non_associated = rate.first
            else:
                rates[activity] = rate
    return rates, non_associated


def _read_countries(source):
    """Groups by country, and the countries not associated to the programme; an older table lists its groups itself."""
    if isinstance(source, dict):
        return {country: int(group) for group, countries in source.items() for country in countries}, frozenset()
    with (DATA / source).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    groups = {row["iso2"]: int(row["group"]) for row in rows}
    return groups, frozenset(row["iso2"] for row in rows if row["status"] == "third")


def _version(raw, groups, call_year):
    digest = hashlib.sha256(json.dumps([raw, groups], sort_keys=True).encode()).hexdigest()
    return f"{call_year}-{digest[:10]}"
