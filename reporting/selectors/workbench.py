"""The workbench: cases by stage, what waits for whom, deadlines, who is abroad. A bounded number of queries."""

import datetime
from dataclasses import dataclass

from django.db.models import Case, Count, Exists, F, OuterRef, Q, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apprentices.enums import ApplicationStatus as A
from apprentices.enums import RoundStatus
from apprentices.models import Application, Review, Round
from mobility.common import clock, countries
from placements.enums import PlacementStatus as P
from placements.models import Placement
from reporting.selectors.casework import casework_tasks
from reporting.selectors.decision_tasks import with_decision_tasks
from reporting.selectors.waiting import case_tasks, own_reviews, url

AHEAD = datetime.timedelta(days=90)  # deadlines that are shown
DEADLINES = 8
ROUNDS = 20
CITIES = 12
BAR = 50  # height of the tallest bar of the pipeline, in units of its SVG
GAP = 1.5


@dataclass(frozen=True)
class Stage:
    """One step of the pipeline: a count that opens the list it counts; ``waiting`` of them wait for the office."""

    label: str
    count: int
    waiting: int
    url: str
    tallest: int

    @property
    def rest_height(self):
        return round(BAR * (self.count - self.waiting) / self.tallest, 1)

    @property
    def waiting_height(self):
        return round(max(BAR * self.waiting / self.tallest - GAP, 1), 1) if self.waiting else 0

    @property
    def rest_top(self):
        return round(BAR + 1 - self.rest_height, 1)

    @property
    def waiting_top(self):
        return round(self.rest_top - GAP - self.waiting_height, 1) if self.count > self.waiting else round(
            BAR + 1 - self.waiting_height, 1
        )  # fmt: skip


@dataclass(frozen=True)
class Deadline:
    on: datetime.date
    what: str
    sub: str
    url: str
    days: int

    @property
    def is_soon(self):
        return self.days <= 7


@dataclass(frozen=True)
class City:
    name: str
    country: str
    count: int
    share: int
    lacks_end: bool = False


def workbench(user) -> dict:
    """Everything that the admin's front page shows to this person, each part by its right."""
    office = user.working_office
    now = clock.now().astimezone(office.tz)
    today = now.date()
    sees_cases = user.has_perm("apprentices.view_application")
    rounds = _rounds(user) if sees_cases else []
    stages = _stages(user) if sees_cases else []
    tasks = own_reviews(user, today)
    if sees_cases:
        tasks += case_tasks(user, today, rounds) + casework_tasks(user, today)
    tasks.sort(key=lambda task: ("stop", "you", "open").index(task["state"]))
    ours = [task for task in tasks if task["state"] != "open"]
    others = [task for task in tasks if task["state"] == "open"]
    cities = _cities(user) if sees_cases else []
    return {
        "greeting": _greeting(now.hour, user.get_short_name()),
        "today": today,
        "week": today.isocalendar().week,
        "sees_cases": sees_cases,
        "stages": stages,
        "cases": sum(stage.count for stage in stages),
        "ours": ours,
        "ours_count": sum(task["cases"] for task in ours),
        "others": others,
        "others_count": sum(task["cases"] for task in others),
        "deadlines": _deadlines(user, today, rounds) if sees_cases else [],
        "cities": cities,
        "abroad": sum(city.count for city in cities if not city.lacks_end),
        "is_new": sees_cases and not rounds and not any(stage.count for stage in stages),
        "can_begin": user.has_perm("apprentices.add_round"),
        "round_url": url("admin:apprentices_round_add"),
        "abroad_url": url("placements:who_is_abroad"),
        "can_chase": user.has_perm("reporting.view_turns"),
        "can_give": user.has_perm("apprentices.give_case"),
    }


def _greeting(hour, name):
    if hour < 10:
        return _("Good morning, %(name)s") % {"name": name}
    if hour < 18:
        return _("Good day, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}


# --- cases by stage ---------------------------------------------------------------------------------------------------
def _stages(user):
    """Two queries. Each figure is the length of the list that its link opens."""
    being_reviewed = Review.objects.filter(application=OuterRef("pk"), given_at=None)
    placed = Placement.objects.filter(application=OuterRef("pk"))
    accepted = Q(status=A.ACCEPTED, is_placed=False)
    applications = (
        Application.objects.visible_to(user)
        .annotate(is_being_reviewed=Exists(being_reviewed), is_placed=Exists(placed))
        .aggregate(
            submitted=Count("pk", filter=Q(status=A.SUBMITTED)),
            returned=Count("pk", filter=Q(status=A.RETURNED)),
            in_review=Count("pk", filter=Q(status=A.IN_REVIEW)),
            to_decide=Count("pk", filter=Q(status=A.IN_REVIEW, is_being_reviewed=False)),
            offered=Count("pk", filter=Q(status=A.OFFERED)),
            accepted=Count("pk", filter=accepted),
        )
    )
    stays = dict(
        Placement.objects.visible_to(user)
        .order_by()
        .values("status")
        .annotate(n=Count("pk"))
        .values_list("status", "n")
    )
    cases, case_list = applications, "admin:apprentices_application_changelist"
    stay_list = "admin:placements_placement_changelist"
    found = [
        (pgettext("stage", "Submitted"), cases["submitted"], cases["submitted"], case_list, "status__exact=submitted"),
        (pgettext("stage", "Returned"), cases["returned"], 0, case_list, "status__exact=returned"),
        (pgettext("stage", "In review"), cases["in_review"], cases["to_decide"], case_list, "status__exact=in_review"),
        (pgettext("stage", "Offered"), cases["offered"], 0, case_list, "status__exact=offered"),
        (pgettext("stage", "To be placed"), cases["accepted"], cases["accepted"], case_list,
         "status__exact=accepted&placements__isnull=True"),
        (pgettext("stage", "Proposed"), stays.get(P.PROPOSED, 0), 0, stay_list, "status__exact=proposed"),
        (pgettext("stage", "Host found"), stays.get(P.HOST_FOUND, 0), stays.get(P.HOST_FOUND, 0), stay_list,
         "status__exact=host_found"),
        (pgettext("stage", "Confirmed"), stays.get(P.CONFIRMED, 0), 0, stay_list, "status__exact=confirmed"),
        (pgettext("stage", "Ready"), stays.get(P.READY, 0), 0, stay_list, "status__exact=ready"),
        (pgettext("stage", "Abroad"), stays.get(P.ABROAD, 0), 0, stay_list, "status__exact=abroad"),
        (pgettext("stage", "Home"), stays.get(P.RETURNED, 0), stays.get(P.RETURNED, 0), stay_list,
         "status__exact=returned"),
        (pgettext("stage", "Evaluated"), stays.get(P.EVALUATED, 0), stays.get(P.EVALUATED, 0), stay_list,
         "status__exact=evaluated"),
    ]  # fmt: skip
    tallest = max(count for _label, count, *_rest in found) or 1
    return [
        Stage(label, count, waiting, url(name, query=query), tallest) for label, count, waiting, name, query in found
    ]


# --- deadlines --------------------------------------------------------------------------------------------------------
def _rounds(user):
    """The newest rounds with what they hold: one query."""
    mine = Q(applications__in=Application.objects.visible_to(user).values("pk"))
    return list(
        with_decision_tasks(Round.objects.visible_to(user))
        .select_related("office")
        .annotate(
            sent=Count("applications", filter=mine, distinct=True),
            unanswered=Count("applications", filter=mine & Q(applications__status=A.OFFERED), distinct=True),
            pending=Count(
                "applications__decisions",
                filter=Q(applications__decisions__isnull=False, applications__decisions__published_at=None),
                distinct=True,
            ),
        )
        .order_by("-opens_at")[:ROUNDS]
    )


def _deadlines(user, today, rounds):
    found = [*_round_deadlines(today, rounds), *_travel_deadlines(user, today)]
    return sorted(found, key=lambda deadline: (deadline.on, deadline.what))[:DEADLINES]


def _round_deadlines(today, rounds):
    applications = "admin:apprentices_application_changelist"
    for row in rounds:
        closes = row.closes_at.astimezone(row.office.tz).date() if row.status == RoundStatus.OPEN else None
        if closes and today <= closes <= today + AHEAD:
            words = ngettext("%(count)s application so far", "%(count)s applications so far", row.sent)
            yield Deadline(
                closes, _("%(round)s closes") % {"round": row.name}, words % {"count": row.sent},
                url(applications, query=f"round__id__exact={row.pk}"), (closes - today).days,
            )  # fmt: skip
        if row.answer_by and row.unanswered and today <= row.answer_by <= today + AHEAD:
            words = ngettext("%(count)s has not answered", "%(count)s have not answered", row.unanswered)
            yield Deadline(
                row.answer_by, _("Answers to offers, %(round)s") % {"round": row.name},
                words % {"count": row.unanswered}, url(applications, query="status__exact=offered"),
                (row.answer_by - today).days,
            )  # fmt: skip


def _travel_deadlines(user, today):
    """Departures and returns by day: two queries."""
    stays, changelist = Placement.objects.visible_to(user).order_by(), "admin:placements_placement_changelist"
    leaving = (
        stays.filter(status__in=[P.CONFIRMED, P.READY], starts_on__gt=today, starts_on__lte=today + AHEAD)
        .values("starts_on")
        .annotate(n=Count("pk"), ready=Count("pk", filter=Q(status=P.READY)))
        .order_by("starts_on")[:DEADLINES]
    )
    for row in leaving:
        words = ngettext("Departure, %(count)s apprentice", "Departure, %(count)s apprentices", row["n"])
        yield Deadline(
            row["starts_on"], words % {"count": row["n"]},
            ngettext("%(count)s is ready", "%(count)s are ready", row["ready"]) % {"count": row["ready"]},
            url(changelist, query=f"starts_on__exact={row['starts_on']:%Y-%m-%d}"),
            (row["starts_on"] - today).days,
        )  # fmt: skip
    coming = (
        stays.filter(status=P.ABROAD, ends_on__gte=today, ends_on__lte=today + AHEAD)
        .values("ends_on")
        .annotate(n=Count("pk"))
        .order_by("ends_on")[:DEADLINES]
    )
    for row in coming:
        words = ngettext("Return, %(count)s apprentice", "Return, %(count)s apprentices", row["n"])
        yield Deadline(
            row["ends_on"], words % {"count": row["n"]}, "",
            url(changelist, query=f"ends_on__exact={row['ends_on']:%Y-%m-%d}"), (row["ends_on"] - today).days,
        )  # fmt: skip


# --- who is abroad ----------------------------------------------------------------------------------------------------
def _cities(user):
    """Those abroad by city, most first, then those whose last day is missing: one query."""
    rows = list(
        Placement.objects.visible_to(user)
        .abroad()
        .order_by()
        .values("partner__country", city=_city())
        .annotate(n=Count("pk"), open_end=Count("pk", filter=Q(ends_on=None)))
        .order_by("-n", "city")
    )
    if not rows:
        return []
    most = max(rows[0]["n"], sum(row["n"] for row in rows[CITIES:]))
    cities = [
        City(row["city"], countries.name(row["partner__country"]), row["n"], round(100 * row["n"] / most))
        for row in rows[:CITIES]
    ]
    others, missing = sum(row["n"] for row in rows[CITIES:]), sum(row["open_end"] for row in rows)
    if others:
        cities.append(City(_("Other places"), "", others, round(100 * others / most)))
    if missing:
        cities.append(City(_("Date missing"), "", missing, round(100 * missing / most), lacks_end=True))
    return cities


def _city():
    return Case(When(host_company=None, then=F("partner__city")), default=F("host_company__city"))
