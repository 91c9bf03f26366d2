"""What a project report says, as plain data: no ORM, so that the document and its measurement need no database."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

ROWS_A_TABLE = 25  # a table this long fits one page; the layout of one long table grows faster than its rows
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Stay:
    """One participant. ``went`` and ``is_home`` follow from the state; ``grant`` is None while there is no price."""

    name: str
    trade: str
    country: str
    host: str
    start: date | None
    end: date | None
    days: int | None
    state: str
    went: bool
    is_home: bool
    grant: Decimal | None


@dataclass(frozen=True)
class MoneyRow:
    """One budget heading in EUR: awarded by the agency, reported (stays that are over), committed (the others)."""

    heading: str
    awarded: Decimal
    reported: Decimal
    committed: Decimal

    @property
    def left(self):
        return self.awarded - self.reported - self.committed

    @property
    def percent(self):
        return percent(self.reported, self.awarded)


@dataclass(frozen=True)
class CriterionRow:
    """A selection criterion: mean mark when selected and when assessed again, of the stays that have both."""

    name: str
    stays: int
    at_selection: Decimal
    at_end: Decimal

    @property
    def change(self):
        return self.at_end - self.at_selection


@dataclass(frozen=True)
class Count:
    """Stays of one country or trade: all that are planned, and those that were carried out."""

    name: str
    planned: int
    done: int


@dataclass(frozen=True)
class ProjectReport:
    """The whole report. Refused and cancelled stays are not among ``stays`` but counted in ``given_up``."""

    office_name: str
    code: str
    call_year: int
    start: date
    end: date
    made_on: date
    stays: Sequence[Stay]
    given_up: int
    money: Sequence[MoneyRow]
    criteria: Sequence[CriterionRow]

    @property
    def planned(self):
        return len(self.stays)

    @property
    def home(self):
        return sum(stay.is_home for stay in self.stays)

    @property
    def abroad(self):
        return sum(stay.went and not stay.is_home for stay in self.stays)

    @property
    def average_days(self):
        """Mean length in whole days of the stays that are over; None before the first one."""
        days = [stay.days for stay in self.stays if stay.is_home and stay.days is not None]
        return int((Decimal(sum(days)) / len(days)).quantize(Decimal(1), rounding=ROUND_HALF_UP)) if days else None

    @property
    def unpriced(self):
        return sum(stay.grant is None for stay in self.stays)

    @property
    def total(self):
        return MoneyRow(
            heading="",
            awarded=sum((row.awarded for row in self.money), Decimal(0)),
            reported=sum((row.reported for row in self.money), Decimal(0)),
            committed=sum((row.committed for row in self.money), Decimal(0)),
        )

    @property
    def by_country(self):
        return _counts(self.stays, "country")

    @property
    def by_trade(self):
        return _counts(self.stays, "trade")

    def tables(self) -> Iterator[tuple[int, int, Sequence[Stay]]]:
        """The stays in tables of bounded length: number of the first row, of the last one, rows."""
        for first in range(0, len(self.stays), ROWS_A_TABLE):
            rows = self.stays[first : first + ROWS_A_TABLE]
            yield first + 1, first + len(rows), rows


def percent(part: Decimal, whole: Decimal) -> int | None:
    """Whole percent, halves up; None where there is nothing to compare with."""
    if not whole:
        return None
    return int((part * 100 / whole).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def mean(marks: Sequence[Decimal]) -> Decimal:
    """Mean of marks with one decimal, halves up."""
    return (sum(marks, Decimal(0)) / len(marks)).quantize(TENTH, rounding=ROUND_HALF_UP)


def _counts(stays, attribute):
    """Most stays first, then by name."""
    planned = Counter(getattr(stay, attribute) for stay in stays)
    done = Counter(getattr(stay, attribute) for stay in stays if stay.is_home)
    order = sorted(planned, key=lambda name: (-planned[name], name))
    return [Count(name, planned[name], done[name]) for name in order]
