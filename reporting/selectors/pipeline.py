"""Cases by stage with their ages: four queries, whatever the number of cases. Every figure is the length of a list."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Exists, F, Min, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apprentices.enums import ApplicationStatus as A
from apprentices.models import Application
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
    waiting = applications.filter(status__in=[code for code, _label in APPLICATION_STAGES])
    waiting = waiting.exclude(Q(status=A.ACCEPTED) & placed)
    stays = stays.filter(status__in=[code for code, _label in STAY_STAGES])
    now = clock.now()
    ends = _ends_of_bands(user.working_office.tz)
    found = []
    for rows, names, list_name in ((waiting, APPLICATION_STAGES, CASES), (stays, STAY_STAGES, STAYS)):
        counts, medians = _counts(rows, ends), _medians(rows)
        for code, label in names:
            row = counts.get(code, {})
            total, bands = _figures(list_name, _list_query(code) | extra[list_name], row, ends)
            oldest, median = (
                (now - moment).days if moment else None for moment in (row.get("oldest"), medians.get(code))
            )
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


def _between(since, until):
    found = Q()
    if since is not None:
        found &= Q(status_since__gte=since)
    return found & Q(status_since__lt=until) if until is not None else found


def _counts(rows, ends):
    bands = {f"band{number}": Count("pk", filter=_between(*end)) for number, end in enumerate(ends)}
    groups = rows.order_by().values("status").annotate(n=Count("pk"), oldest=Min("status_since"), **bands)
    return {row["status"]: row for row in groups}


def _medians(rows):
    """The middle one of each stage (of an even number, the older of the two) by its own place in the order."""
    ordered = rows.order_by().annotate(
        place=Window(RowNumber(), partition_by=[F("status")], order_by=["status_since", "pk"]),
        n=Window(Count("pk"), partition_by=[F("status")]),
    )
    middle = ordered.filter(place=(F("n") + 1) / 2)  # whole numbers: the database cuts the half off
    return dict(middle.values_list("status", "status_since"))


def _figures(list_name, query, row, ends):
    """The whole stage, then each band, with the addresses of their lists."""

    def figure(name, since=None, until=None, *, is_late=False):
        moments = (("status_since__gte", since), ("status_since__lt", until))
        dates = {key: moment.isoformat() for key, moment in moments if moment is not None}
        return Figure(row.get(name, 0), url(list_name, query=urlencode(query | dates)), is_late)

    bands = [figure(f"band{n}", *end, is_late=BANDS[n][0] >= LATE_FROM) for n, end in enumerate(ends)]
    return figure("n"), bands
