"""Cases by stage with their ages: four queries, whatever the number of cases. Every figure is the length of a list.

The figures are exact, so every case of a stage is counted: once, in an index of state and ``status_since`` that holds all
that is asked for. Of the accepted the rows are looked at as well, because who has a stay is counted there.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apprentices.enums import ApplicationStatus as A
from apprentices.models import Application
from mobility.accounts.models import Office
from mobility.common import clock
from placements.enums import PlacementStatus as P
from placements.models import Placement
from reporting.selectors.waiting import url

BANDS = ((0, 7), (8, 14), (15, 30), (31, None))  # days in the stage, both ends counted
LATE_FROM = 15  # days: DESIGN marks what is older than fourteen
CASES, STAYS = "admin:apprentices_application_changelist", "admin:placements_placement_changelist"
APPLICATION_STAGES = (
    (A.SUBMITTED, pgettext_lazy("stage", "Submitted")),
    (A.RETURNED, pgettext_lazy("stage", "Returned")),
    (A.IN_REVIEW, pgettext_lazy("stage", "In review")),
    (A.OFFERED, pgettext_lazy("stage", "Offered")),
    (A.WAITING_LIST, pgettext_lazy("stage", "Waiting list")),
    (A.ACCEPTED, pgettext_lazy("stage", "To be placed")),
)
UNANSWERED = [code for code, _label in APPLICATION_STAGES if code != A.ACCEPTED]
STAY_STAGES = (
    (P.PROPOSED, pgettext_lazy("stage", "Proposed")),
    (P.HOST_FOUND, pgettext_lazy("stage", "Host found")),
    (P.CONFIRMED, pgettext_lazy("stage", "Confirmed")),
    (P.READY, pgettext_lazy("stage", "Ready")),
    (P.ABROAD, pgettext_lazy("stage", "Abroad")),
    (P.RETURNED, pgettext_lazy("stage", "Home")),
    (P.EVALUATED, pgettext_lazy("stage", "Evaluated")),
)
BAND_WORDS = (_("0–7 days"), _("8–14 days"), _("15–30 days"), _("more than 30 days"))


@dataclass(frozen=True)
class Figure:
    """A number, and the list that it counts."""

    number: int
    url: str
    is_late: bool = False


@dataclass(frozen=True)
class StageAges:
    label: str
    total: Figure
    bands: list[Figure]
    oldest: int | None  # days
    median: int | None  # days


def stages(user, *, round_id=None) -> list[StageAges]:
    """From submitted to evaluated. ``round_id``: of one round only."""
    applications = Application.objects.visible_to(user)
    stays = Placement.objects.visible_to(user)
    extra: dict[str, dict] = {CASES: {}, STAYS: {}}
    if round_id:
        applications, stays = applications.filter(round=round_id), stays.filter(application__round=round_id)
        extra = {CASES: {"round__id__exact": round_id}, STAYS: {"application__round__id__exact": round_id}}
    placed = Exists(Placement.objects.filter(application=OuterRef("pk")))
    to_be_placed = applications.filter(~placed, status=A.ACCEPTED)
    ends = _ends_of_bands(user.working_office.tz)
    counts = _counts(CASES, applications.filter(status__in=UNANSWERED), ends) | _counts(CASES, to_be_placed, ends)
    counts |= _counts(STAYS, stays.filter(status__in=[code for code, _label in STAY_STAGES]), ends)
    rows = {(CASES, code): applications.filter(status=code) for code in UNANSWERED} | {
        (CASES, A.ACCEPTED): to_be_placed
    }
    rows |= {(STAYS, code): stays.filter(status=code) for code, _label in STAY_STAGES}
    medians = _medians(user.working_office, rows, counts)
    now = clock.now()
    found = []
    for names, list_name in ((APPLICATION_STAGES, CASES), (STAY_STAGES, STAYS)):
        for code, label in names:
            row = counts.get((list_name, code), {})
            total, bands = _figures(list_name, _list_query(code) | extra[list_name], row, ends)
            moments = (row.get("oldest"), medians.get((list_name, code)))
            oldest, median = ((now - moment).days if moment else None for moment in moments)
            found.append(StageAges(str(label), total, bands, oldest, median))
    return found


def _list_query(code):
    return {"status__exact": str(code)} | ({"placements__isnull": "True"} if code == A.ACCEPTED else {})


def _ends_of_bands(tz):
    """(not before, before) of each band: whole days of the office, so that a figure and its list agree all day."""
    today = clock.today(tz)

    def midnight(days):
        day = today - datetime.timedelta(days=days)
        return datetime.datetime.combine(day, datetime.time.min, tzinfo=tz).astimezone(datetime.UTC)

    return [
        (None if last is None else midnight(last), None if first == 0 else midnight(first - 1)) for first, last in BANDS
    ]


def _counts(list_name, rows, ends):
    """(list, stage) -> the number, the oldest, and ``band0`` to ``band3``: the differences of "older than" counts."""
    older = {
        f"older{n}": Count("status_since", filter=Q(status_since__lt=until))
        for n, (_since, until) in enumerate(ends)
        if until
    }
    found = {}
    for row in rows.order_by().values("status").annotate(n=Count("*"), oldest=Min("status_since"), **older):
        reached = [row["n"], *(row[name] for name in older), 0]
        bands = {f"band{number}": reached[number] - reached[number + 1] for number in range(len(ends))}
        found[list_name, row["status"]] = {"n": row["n"], "oldest": row["oldest"]} | bands
    return found


def _medians(office, rows, counts):
    """The middle one of each stage (of an even number, the older of the two), by its place in the index: one query."""
    middles = {}
    for key, row in counts.items():
        before = (row["n"] - 1) // 2
        middles[key] = Subquery(rows[key].order_by("status_since").values("status_since")[before : before + 1])
    found = Office.objects.filter(pk=office.pk).values_list(*middles.values()).get() if middles else ()
    return dict(zip(middles, found, strict=True))


def _figures(list_name, query, row, ends):
    """The whole stage, then each band, with the addresses of their lists."""

    def figure(name, since=None, until=None, *, is_late=False):
        moments = (("status_since__gte", since), ("status_since__lt", until))
        dates = {key: moment.isoformat() for key, moment in moments if moment is not None}
        return Figure(row.get(name, 0), url(list_name, query=urlencode(query | dates)), is_late)

    bands = [figure(f"band{n}", *end, is_late=BANDS[n][0] >= LATE_FROM) for n, end in enumerate(ends)]
    return figure("n"), bands
