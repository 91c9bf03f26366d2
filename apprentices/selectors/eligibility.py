"""Who may go: pure rules on plain facts. No database, no clock, no language.

Each rule looks at the facts and gives findings: a code with its values, never a sentence (``eligibility_words`` has those).
A round names windows of dates; what is wrong even with the most favourable day blocks, what is wrong with some of the days
only warns. Sources: NORDIC rules of the training period (the final test is at the earliest three months before the end; up
to twelve months abroad may count), the rest is what the round itself asks.
"""

import calendar
import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from apprentices.ages import ADULT, age_on
from apprentices.enums import SEVERITY, EligibilityLevel

RULES_VERSION = "2026.1"
"""Goes up whenever a rule here changes: undecided cases are computed anew, decided ones keep what they were decided on."""

TEST_WINDOW = 3  # months before the end of the training period, from when on the final test may be
MOST_DAYS_ABROAD = 365  # days that may count as training: twelve months

OK, UNKNOWN, WARN, BLOCK = EligibilityLevel.OK, EligibilityLevel.UNKNOWN, EligibilityLevel.WARN, EligibilityLevel.BLOCK


@dataclass(frozen=True)
class Rules:
    """What the round asks: its windows of dates, both ends inclusive, and its own rules (None and empty: no rule)."""

    departs_from: datetime.date
    departs_to: datetime.date
    returns_from: datetime.date
    returns_to: datetime.date
    minimum_age: int | None = None
    maximum_age: int | None = None
    minimum_months_served: int | None = None
    first_stay_only: bool = False
    trades: frozenset[int] = frozenset()


@dataclass(frozen=True)
class RegisteredContract:
    """A contract of the register that somebody else than the applicant told us of."""

    starts_on: datetime.date
    ends_on: datetime.date | None
    approved_on: datetime.date | None


@dataclass(frozen=True)
class Facts:
    """What is known of one person; ``today`` is the office's day. ``earlier_days``: days abroad with Erasmus+ before."""

    today: datetime.date
    birth_date: datetime.date | None = None
    trade: int | None = None
    training_starts_on: datetime.date | None = None
    training_ends_on: datetime.date | None = None
    contract: RegisteredContract | None = None
    has_earlier_stays: bool | None = None
    earlier_days: int | None = None


@dataclass(frozen=True)
class Finding:
    """The outcome of one rule. ``params`` hold numbers and ISO dates only: they are stored as JSON."""

    code: str
    level: str
    params: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict:
        return {"code": self.code, "level": str(self.level), "params": self.params}

    @classmethod
    def from_json(cls, stored: dict) -> "Finding":
        return cls(stored["code"], EligibilityLevel(stored["level"]), stored["params"])


def check(facts: Facts, rules: Rules) -> tuple[Finding, ...]:
    """Every finding, in the order in which they are read. Says nothing of a rule that neither round nor law has."""
    found: list[Finding] = []
    for rule in (_age, _months_served, _trade, _end_of_training, _contract, _earlier_stays):
        found += rule(facts, rules)
    return tuple(found)


def worst(findings) -> EligibilityLevel:
    """The level of the whole: that of the worst finding."""
    return max((EligibilityLevel(finding.level) for finding in findings), key=SEVERITY.index, default=OK)


# --- dates ------------------------------------------------------------------------------------------------------------
def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day of another month, or its last one: 31 January and one month is 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, last))


def months_between(start: datetime.date, day: datetime.date) -> int:
    """Whole months served from ``start`` to the day before ``day``; negative when ``day`` comes first."""
    months = (day.year - start.year) * 12 + day.month - start.month
    return months if add_months(start, months) <= day else months - 1


def days_inclusive(first: datetime.date, last: datetime.date) -> int:
    """Days of a stay, the first and the last one counted."""
    return (last - first).days + 1


# --- rules ------------------------------------------------------------------------------------------------------------
def _age(facts: Facts, rules: Rules) -> Iterator[Finding]:
    if facts.birth_date is None:
        yield Finding("age_unknown", UNKNOWN)
        return
    first, last = (age_on(facts.birth_date, day) for day in (rules.departs_from, rules.departs_to))
    youngest, oldest = rules.minimum_age, rules.maximum_age
    if youngest is not None and first < youngest:
        yield Finding("too_young", BLOCK if last < youngest else WARN, {"age": first, "minimum": youngest})
    elif oldest is not None and last > oldest:
        yield Finding("too_old", BLOCK if first > oldest else WARN, {"age": last, "maximum": oldest})
    else:
        yield Finding("age", OK, {"age": first})
    if age_on(facts.birth_date, min(facts.today, rules.departs_from)) < ADULT:
        yield Finding("guardian_consents", OK, {"age": first})


def _months_served(facts: Facts, rules: Rules) -> Iterator[Finding]:
    asked = rules.minimum_months_served
    if facts.training_starts_on is None:
        if asked is not None:
            yield Finding("months_unknown", UNKNOWN, {"minimum": asked})
        return
    first, last = (months_between(facts.training_starts_on, day) for day in (rules.departs_from, rules.departs_to))
    if asked is not None and first < asked:
        level = BLOCK if last < asked else WARN
        yield Finding("few_months", level, {"months": max(first, 0), "minimum": asked})
    else:
        yield Finding("months", OK, {"months": max(first, 0)})


def _trade(facts: Facts, rules: Rules) -> Iterator[Finding]:
    if not rules.trades:
        return
    if facts.trade is None:
        yield Finding("trade_unknown", UNKNOWN)
    elif facts.trade in rules.trades:
        yield Finding("trade", OK)
    else:
        yield Finding("trade_not_in_round", BLOCK)


def _end_of_training(facts: Facts, rules: Rules) -> Iterator[Finding]:
    """The last return of the window warns, the first one blocks: then no day of the window is early enough."""
    ends_on = facts.training_ends_on
    if ends_on is None:
        yield Finding("training_end_unknown", UNKNOWN)
        return
    params = {"ends_on": ends_on.isoformat(), "returns_on": rules.returns_to.isoformat()}
    if ends_on < rules.returns_from:
        yield Finding("training_ends_before_return", BLOCK, params | {"returns_on": rules.returns_from.isoformat()})
    elif ends_on < rules.returns_to:
        yield Finding("training_ends_in_return_window", WARN, params)
    elif rules.returns_to > add_months(ends_on, -TEST_WINDOW):
        yield Finding("return_near_final_test", WARN, params)
    else:
        yield Finding("training_lasts", OK, params)


def _contract(facts: Facts, rules: Rules) -> Iterator[Finding]:
    contract = facts.contract
    if contract is None:
        yield Finding("contract_not_in_register", UNKNOWN)
        return
    if contract.approved_on is None:
        yield Finding("contract_not_approved", WARN)
    else:
        yield Finding("contract_approved", OK, {"approved_on": contract.approved_on.isoformat()})
    ends_on = contract.ends_on
    if contract.starts_on > rules.departs_to or (ends_on is not None and ends_on < rules.returns_from):
        yield Finding("contract_does_not_cover", BLOCK, _period(contract))
    elif contract.starts_on > rules.departs_from or (ends_on is not None and ends_on < rules.returns_to):
        yield Finding("contract_covers_partly", WARN, _period(contract))
    elif ends_on is None:
        yield Finding("contract_without_end", UNKNOWN, _period(contract))
    else:
        yield Finding("contract_covers", OK, _period(contract))


def _period(contract):
    return {
        "starts_on": contract.starts_on.isoformat(),
        "ends_on": contract.ends_on.isoformat() if contract.ends_on else "",
    }


def _earlier_stays(facts: Facts, rules: Rules) -> Iterator[Finding]:
    if facts.has_earlier_stays is None:
        yield Finding("earlier_stays_unknown", UNKNOWN)
        return
    if not facts.has_earlier_stays:
        yield Finding("no_earlier_stays", OK)
        return
    if rules.first_stay_only:
        yield Finding("not_the_first_stay", BLOCK)
    if facts.earlier_days is None:
        yield Finding("earlier_days_unknown", UNKNOWN)
        return
    planned = days_inclusive(rules.departs_from, rules.returns_to)
    params = {"earlier": facts.earlier_days, "planned": planned, "most": MOST_DAYS_ABROAD}
    too_many = facts.earlier_days + planned > MOST_DAYS_ABROAD
    yield Finding("many_days_abroad", WARN, params) if too_many else Finding("earlier_stays", OK, params)
