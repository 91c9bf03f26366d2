"""What everybody may know of an office: its open rounds and the next dates. Never a person."""

import datetime
from dataclasses import dataclass

from apprentices.enums import RoundStatus
from apprentices.models import Round
from mobility.accounts.models import Office
from mobility.common import clock


@dataclass(frozen=True)
class OfficeRounds:
    """An office with what it announces. ``open`` and ``later`` are rounds, ``dates`` what comes next."""

    office: Office
    open: list[Round]
    later: list[Round]

    @property
    def dates(self):
        """The next dates of the announced rounds, soonest first: (date, code of what happens, round)."""
        today = clock.today(self.office.tz)
        found = []
        for round_ in [*self.open, *self.later]:
            found += [
                (round_.opens_at.astimezone(self.office.tz).date(), "opens", round_),
                (round_.closes_at.astimezone(self.office.tz).date(), "closes", round_),
                (round_.answer_by, "answer", round_),
                (round_.departs_from, "departs", round_),
                (round_.returns_to, "returns", round_),
            ]
        future = [date for date in found if date[0] is not None and date[0] >= today]
        return sorted(future, key=lambda date: (date[0], date[2].pk))


def offices_with_rounds():
    """Every office with its announced rounds, in two queries; who has an open round comes first."""
    offices = list(Office.objects.all())
    rounds = list(_announced().filter(office__in=offices))
    found = [_of(office, [r for r in rounds if r.office_id == office.pk]) for office in offices]
    return sorted(found, key=lambda entry: (not entry.open, not entry.later, entry.office.name.casefold()))


def rounds_of(office):
    """One office with its announced rounds."""
    return _of(office, list(_announced().filter(office=office)))


def _announced():
    """Opened rounds that still take applications or will: what a stranger may hear of."""
    return Round.objects.filter(status=RoundStatus.OPEN, closes_at__gt=clock.now()).order_by("closes_at", "pk")


def _of(office, rounds):
    now = clock.now()
    today = clock.today(office.tz)
    for round_ in rounds:
        last_moment = round_.closes_at - datetime.timedelta(microseconds=1)
        round_.days_left = (last_moment.astimezone(office.tz).date() - today).days
    return OfficeRounds(
        office=office,
        open=[round_ for round_ in rounds if round_.opens_at <= now],
        later=sorted((round_ for round_ in rounds if round_.opens_at > now), key=lambda r: r.opens_at),
    )
