"""Pricing from JSON lines: one object in, one object out. Needs no database; the shipped rate tables are used.

Numbers are read as decimals, amounts come back as strings with two decimals (cents halves up), days as integers. A line
with an error has no amounts, and the next line is read all the same.
"""

import datetime
import json
import re
from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Any

from django.utils.translation import gettext as _

from mobility.common import countries
from mobility.common.errors import Refused
from mobility.grants.activities import ACTIVITIES
from mobility.grants.arithmetic import (
    Mobility,
    Pricing,
    base_rate_problem,
    contradictions,
    duration_problem,
    is_short_with_reason,
    place_problems,
    price,
)
from mobility.grants.enums import ActivityType, BudgetHeading
from mobility.grants.rates import MissingRate, RateTable, known_call_years, rate_table
from mobility.grants.warnings import warnings_of

DAYS = ("funded_days", "full_days", "reduced_days")
AMOUNTS = {
    "individual_support": BudgetHeading.INDIVIDUAL_SUPPORT,
    "travel": BudgetHeading.TRAVEL,
    "organisational_support": BudgetHeading.ORGANISATIONAL_SUPPORT,
    "linguistic_support": BudgetHeading.LINGUISTIC_SUPPORT,
    "inclusion_organisation": BudgetHeading.INCLUSION_ORGANISATION,
    "course_fees": BudgetHeading.COURSE_FEES,
    "preparatory_visit": BudgetHeading.PREPARATORY_VISITS,
    "expensive_travel": BudgetHeading.EXCEPTIONAL_COSTS,
}
OUTPUT = (*DAYS, "reduced_rate", *AMOUNTS, "total")
CENT = Decimal("0.01")
LARGEST = Decimal(10) ** 9  # of any number: beyond it is a slip
MOST_DECIMALS = 30  # what a program writes has fewer; 1e-999999999 would be a thousand million digits
DIGITS = 80  # of every sum and product: exact with numbers of the two limits above
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class BadLine(ValueError):
    """What is wrong with a line: ``errors`` are sentences."""

    def __init__(self, errors):
        self.errors = errors
        super().__init__(errors)


def price_line(line: bytes | str) -> dict[str, Any]:
    """The price of one line of JSON (UTF-8), as a dict of OUTPUT, ``warnings`` and ``errors``. Raises nothing."""
    with localcontext(prec=DIGITS):
        return _answer(line)


def _answer(line):
    try:
        facts = _object(line)
        rates, activity = _frame(facts)
        mobility = _mobility(facts, activity, rates)
        _require_sound(mobility, rates)
        pricing = price(mobility, rates=rates)
    except BadLine as bad:
        return _refused(bad.errors)
    except Refused as refused:  # a figure that the table lacks
        return _refused([str(refused)])
    return {**_figures(pricing), "warnings": warnings_of(mobility, pricing, rates=rates), "errors": []}


def _refused(errors):
    return {**dict.fromkeys(OUTPUT), "warnings": [], "errors": [str(error) for error in errors]}


# --- reading --------------------------------------------------------------------------------------------------------
def _object(line) -> Mapping:
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        facts = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_constant)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise BadLine([_("The line is not JSON.")]) from error
    if not isinstance(facts, dict):
        raise BadLine([_("The line is not a JSON object.")])
    return facts


def _no_constant(name):
    raise ValueError(name)


def _frame(facts) -> tuple[RateTable, ActivityType]:
    """The table and the activity: without them nothing else can be judged."""
    errors: list[str] = []
    reader = Reader(facts, errors)
    year, code = reader.whole("call_year"), reader.text("activity")
    if year is not None and year not in known_call_years():
        errors.append(_("There is no rate table for the call year %(year)s.") % {"year": year})
    if code is not None and code not in ActivityType.values:
        errors.append(_("The activity %(code)s is unknown.") % {"code": code})
    if errors:
        raise BadLine(errors)
    return rate_table(year), ActivityType(code)


def _mobility(facts, activity, rates) -> Mobility:
    """The facts that matter for the activity; the others are not looked at. Raises BadLine with all that is wrong."""
    errors: list[str] = []
    reader, rules = Reader(facts, errors), ACTIVITIES[activity]
    start, end = reader.day("start"), reader.day("end")
    sending, receiving = reader.country("sending_country", rates), reader.country("receiving_country", rates)
    values: dict[str, Any] = {"activity": activity, "start": start, "end": end, "position_in_activity": 1}
    values.update(sending_country=sending, receiving_country=receiving, base_rate=None, distance_km=None)
    if receiving and rates.is_non_associated(receiving):
        values["is_accredited"] = reader.flag("accredited")
    if rules.rates is not None:
        values.update(_journey_and_days(reader))
        if not values["is_accompanying"]:
            values.update(_of_participants(reader, rules))
    if errors:
        raise BadLine(errors)
    return Mobility(**values)


def _journey_and_days(reader):
    return {
        "travel_days": reader.whole("travel_days"),
        "interruption_days": reader.whole("interruption_days"),
        "days_not_requested": reader.whole("days_not_requested"),
        "is_green": reader.flag("green"),
        "distance_km": reader.number("distance_km"),
        "base_rate": reader.number("base_rate"),
        "is_accompanying": reader.flag("is_accompanying"),
        "real_travel_cost": reader.number("real_travel_cost", is_optional=True),
    }


def _of_participants(reader, rules):
    values = {"has_fewer_opportunities": reader.flag("fewer_opportunities")}
    values["wants_organisational_support"] = reader.flag("organisational_support_requested")
    if values["wants_organisational_support"]:
        values["position_in_activity"] = reader.whole("position_in_activity")
    if rules.has_linguistic_support:
        available = reader.flag("ols_available")
        values["ols_lacks"] = available is False
    if rules.has_course_fee:
        values["course_days"] = reader.whole("course_days")
    return values


class Reader:
    """Reads typed values of one object; what is missing or of another type becomes a sentence in ``errors``."""

    def __init__(self, facts, errors):
        self.facts = facts
        self.errors = errors

    def _value(self, key, is_right, sentence, *, is_optional=False):
        value = self.facts.get(key)
        if value is None:
            if not is_optional:
                self.errors.append(_("%(key)s is missing.") % {"key": key})
            return None
        if not is_right(value):
            self.errors.append(sentence % {"key": key})
            return None
        return value

    def number(self, key, *, is_optional=False):
        return self._value(key, _is_number, _("%(key)s must be a number."), is_optional=is_optional)

    def whole(self, key):
        value = self._value(key, _is_whole, _("%(key)s must be a whole number."))
        return None if value is None else int(value)

    def flag(self, key):
        return self._value(key, lambda value: isinstance(value, bool), _("%(key)s must be true or false."))

    def text(self, key):
        return self._value(key, lambda value: isinstance(value, str), _("%(key)s must be text."))

    def day(self, key):
        text = self.text(key)
        if text is None:
            return None
        try:
            if _DAY.fullmatch(text):
                return datetime.date.fromisoformat(text)
            raise ValueError(text)
        except ValueError:
            self.errors.append(_("%(key)s must be a date such as 2026-08-31.") % {"key": key})
            return None

    def country(self, key, rates):
        text = self.text(key)
        if text is None:
            return None
        code = countries.iso(text) if text.isascii() else text
        if not countries.is_known(code):
            self.errors.append(_("%(key)s: the country %(code)s is unknown.") % {"key": key, "code": text})
            return None
        return code


def _is_number(value):
    if not isinstance(value, Decimal) or not abs(value) < LARGEST:
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -MOST_DECIMALS


def _is_whole(value):
    return _is_number(value) and value == value.to_integral_value()


# --- judging --------------------------------------------------------------------------------------------------------
def _require_sound(mobility, rates):
    misplaced = list(place_problems(mobility, rates=rates))
    errors = [*misplaced, *contradictions(mobility, rates=rates)]
    if mobility.end >= mobility.start and not mobility.is_accompanying and not is_short_with_reason(mobility):
        interruption = mobility.interruption_days
        errors.append(duration_problem(mobility.activity, mobility.start, mobility.end, interruption))
    if mobility.rates_of is not None and not misplaced:
        errors.append(_rate_problem(mobility, rates))
    errors = [str(error) for error in errors if error]
    if errors:
        raise BadLine(errors)


def _rate_problem(mobility, rates):
    try:
        group = rates.country_group(mobility.receiving_country)
        return base_rate_problem(mobility.base_rate, str(mobility.rates_of), group, rates=rates)
    except MissingRate as missing:
        return missing


# --- writing --------------------------------------------------------------------------------------------------------
def _figures(pricing: Pricing):
    days = pricing.line("individual_support")
    figures: dict[str, Any] = {name: days.facts[name] if days else 0 for name in DAYS}
    figures["reduced_rate"] = _euro(Decimal(str(days.facts["reduced_rate"])) if days else Decimal(0))
    figures.update((name, _euro(pricing.amount(heading))) for name, heading in AMOUNTS.items())
    figures["total"] = _euro(pricing.total)
    return figures


def _euro(amount):
    return str(amount.quantize(CENT))
