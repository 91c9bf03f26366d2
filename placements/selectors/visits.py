"""Days on which a stay can be visited, and an instructor's visits."""

import calendar
import datetime
from dataclasses import dataclass

from django.db.models import Count, F, Q

from apprentices.models import Instructor
from mobility.accounts.enums import Role
from mobility.common import clock
from partners.models import VisitDay
from placements.enums import PlacementStatus, VisitStatus
from placements.models import Placement, Visit

VISITED_IN = (PlacementStatus.CONFIRMED, PlacementStatus.READY, PlacementStatus.ABROAD)
"""States of a stay in which a visit can be booked."""


@dataclass(frozen=True)
class Cell:
    """One day of a month: ``offered`` is the partner's visit day, if there is one inside the stay, and ``free`` its
    places left."""

    on: datetime.date
    inside: bool
    offered: VisitDay | None
    free: int = 0


@dataclass(frozen=True)
class Month:
    """A month grid, Monday first, with links to its neighbours that have days (None: there are none)."""

    first: datetime.date
    weeks: list[list[Cell]]
    before: datetime.date | None
    after: datetime.date | None

    @property
    def free_days(self):
        return [cell.offered for week in self.weeks for cell in week if cell.free > 0]


def offered_days(placement):
    """The partner's visit days inside the stay that have not passed, each with ``free`` places left."""
    today = clock.today(placement.office.tz)
    days = VisitDay.objects.filter(partner=placement.partner_id, on__gte=max(placement.starts_on, today))
    if placement.ends_on is not None:
        days = days.filter(on__lte=placement.ends_on)
    return days.annotate(
        places=Count("slots", distinct=True),
        taken=Count("slots__visits", filter=Q(slots__visits__status=VisitStatus.BOOKED), distinct=True),
    ).annotate(free=F("places") - F("taken"))


def month_of(placement, days, wanted: datetime.date | None) -> Month | None:
    """The grid of the month that holds ``wanted``, else of the first with a free day; None without any day."""
    firsts = sorted({day.on.replace(day=1) for day in days})
    if not firsts:
        return None
    first = next((day.on.replace(day=1) for day in days if day.free > 0), firsts[0])
    if wanted and wanted.replace(day=1) in firsts:
        first = wanted.replace(day=1)
    by_date = {day.on: day for day in days}
    weeks = [
        [_cell(placement, by_date, on, first) for on in week]
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    ]
    at = firsts.index(first)
    return Month(
        first=first,
        weeks=weeks,
        before=firsts[at - 1] if at else None,
        after=firsts[at + 1] if at + 1 < len(firsts) else None,
    )


def instructor_for(user, placement) -> Instructor | None:
    """The instructor that this person is towards the apprentice: the one of a contract."""
    return (
        Instructor.objects.filter(
            user=user.pk, office=placement.office_id, contract__apprentice=placement.apprentice_id
        )
        .distinct()
        .first()
    )


def instructor_of(placement) -> Instructor | None:
    """The instructor of the apprentice's newest contract that names one."""
    contract = placement.apprentice.contracts.exclude(instructor=None).select_related("instructor").first()
    return contract.instructor if contract else None


def to_visit(user):
    """Stays of the instructor's own apprentices that can be visited, soonest first."""
    office = user.office_as(Role.INSTRUCTOR)
    mine = Instructor.objects.filter(user=user.pk, office=office).values("pk")
    return (
        Placement.objects.filter(office=office, apprentice__contracts__instructor__in=mine, status__in=VISITED_IN)
        .select_related("apprentice", "partner", "host_company")
        .distinct()
        .order_by("starts_on", "pk")
    )


def visits_of(user):
    """The instructor's visits in the working office, soonest first."""
    return (
        Visit.objects.filter(instructor__user=user.pk, placement__office=user.office_as(Role.INSTRUCTOR))
        .select_related(
            "placement__apprentice", "placement__partner", "placement__host_company", "slot__visit_day__partner"
        )
        .order_by("slot__visit_day__on", "pk")
    )


def _cell(placement, by_date, on, first):
    inside = on >= placement.starts_on and (placement.ends_on is None or on <= placement.ends_on)
    if on.month != first.month:
        return Cell(on=on, inside=False, offered=None)
    offered = by_date.get(on)
    return Cell(on=on, inside=inside, offered=offered, free=offered.free if offered else 0)
