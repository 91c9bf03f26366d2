"""The office's pages at 1,000 and 10,000 applications with three reviews each; eight people at once (goals 1 to 6).

List, case, ranking, pipeline, whose turn and search, beside what they are measured against in the same run: a bare view,
a floor list, a stock change list of the same table and its search. ``selection_100k`` has the same scene ten times as large.

A request goes through all the middleware in this process. The ratios that decide are of wall time, of the least disturbed
of many turns: with PostgreSQL most of the work is in another process, and CPU time of this one would not see it. CPU time
stands beside it.
"""

import datetime
from functools import partial

from tests.bench.applying import under_load
from tests.bench.figures import BACKEND, HOST, in_turn, opened, queries, queries_at_25, sql_ms
from tests.bench.pages import GOALS, PER_PAGE
from tests.bench.scratch import database

SIZES = (1_000, 10_000)
TURNS = 15
REVIEWS = 3
AT_ONCE = 5_000  # rows in one statement
GROWTH = {10: {"small": 1_000, "most": 1.15}, 100: {"small": 10_000, "most": 1.25}}
GROWING = ("list", "list_last_page", "detail", "board", "pipeline", "turns")
GIVEN = ("Kari", "Åse-Marie", "Øyvind", "Łukasz", "Björn", "Mỹ", "Sunniva", "Ola")
FAMILY = ("Nordmann", "Øygården", "Żółć", "Strømsør", "Lindström", "Hansen", "Nguyễn")
RARE, COMMON = "strømsør kari 7777", "oygarden"
SEARCH_MS = 20


def measure() -> dict:
    found, load = fill_and_measure(SIZES, with_load=True)
    return {"sizes": found, "load": load, "goals": goals(found, load)}


def fill_and_measure(sizes, *, with_load=False, turns=TURNS):
    """Fill a database that is made for it and thrown away; measure at each size, then under load at the last."""
    with database(for_a_server=True):
        scene, found = Scene(), {}
        for size in sizes:
            scene.fill(size)
            found[str(size)] = scene.measured(turns)
        load = under_load(scene) if with_load else {}
    return found, load


class Scene:
    """An office with a coordinator and three reviewers, one round, and so many applications in every state."""

    def __init__(self):
        from django.test import Client  # after Django is set up

        from apprentices.models import Trade  # after Django is set up
        from mobility.accounts.enums import Role  # after Django is set up
        from tests import factories  # after Django is set up

        self.office = factories.OfficeFactory(slug="bench")
        self.round = factories.RoundFactory(office=self.office, places=500)
        factories.CriterionFactory(round=self.round, weight=100)
        self.trades = list(Trade.objects.all()[:20])
        self.reviewers = [factories.member(Role.REVIEWER, self.office) for _number in range(REVIEWS)]
        self.coordinator = Client(**HOST)
        self.coordinator.force_login(factories.member(Role.COORDINATOR, self.office), backend=BACKEND)
        self.size = 0

    def fill(self, size):
        """Add applications until there are ``size``; plain rows, many at a time, then the statistics of the tables."""
        for first in range(self.size, size, AT_ONCE):
            self._add(range(first, min(first + AT_ONCE, size)))
        self.size = size
        tidy()

    def _add(self, numbers):
        from apprentices.models import Application, Apprentice  # after Django is set up

        born, moment = datetime.date(2007, 3, 1), self.round.opens_at
        people = Apprentice.objects.bulk_create(
            Apprentice(
                office=self.office,
                given_name=GIVEN[n % len(GIVEN)],
                family_name=f"{FAMILY[n % len(FAMILY)]} {n}",
                email=f"person{n}@example.org",
                phone=f"+479{n:07d}",
                birth_date=born,
                trade=self.trades[n % len(self.trades)],
            )
            for n in numbers
        )
        made = Application.objects.bulk_create(
            Application(
                round=self.round,
                office=self.office,
                apprentice=person,
                given_name=person.given_name,
                family_name=person.family_name,
                email=person.email,
                phone=person.phone,
                birth_date=born,
                gender=("female", "male")[n % 2],
                municipality="Lillehammer",
                trade=person.trade,
                company_name=f"Bedrift {n % 997} AS",
                manager_name="Gunn Helen Strømsør",
                manager_email=f"boss{n}@example.com",
                first_country=("ES", "DE", "IT")[n % 3],
                second_country="DK",
                motivation="I want to see how others work. " * 20,
                reference=f"B-{n:06d}",
                status=("in_review", "submitted", "offered", "in_review", "waiting_list", "in_review", "rejected")[
                    n % 7
                ],
                submitted_at=moment + datetime.timedelta(seconds=n),
                status_since=moment + datetime.timedelta(seconds=n),
            )
            for n, person in zip(numbers, people, strict=True)
        )
        self._beside(numbers, made)

    def _beside(self, numbers, made):
        """What stands beside an application: who was asked, its moves, three sheets with marks."""
        from apprentices.models import ApplicationStatusChange, Endorsement, Review  # after Django is set up

        moment = self.round.opens_at
        Endorsement.objects.bulk_create(
            Endorsement(
                application=application,
                kind="employer",
                name=application.manager_name,
                email=application.manager_email,
                answer=("waiting", "yes")[n % 2],
                asked_at=moment,
                answered_at=moment if n % 2 else None,
                written_form="nb",
            )
            for n, application in zip(numbers, made, strict=True)
        )
        ApplicationStatusChange.objects.bulk_create(
            ApplicationStatusChange(
                application=application, name="submit", from_status="draft", to_status="submitted", at=moment
            )
            for application in made
        )
        Review.objects.bulk_create(
            Review(
                application=application,
                reviewer=reviewer,
                assigned_at=moment,
                given_at=moment,
                total=100 + (37 * n + 11 * number) % 400,
                criteria_version=1,
            )
            for n, application in zip(numbers, made, strict=True)
            if application.status != "submitted"
            for number, reviewer in enumerate(self.reviewers)
        )
        self.own = made[0]

    def requests(self):
        """Name -> (client, method, address, data), as the measurements under load want them."""
        return {
            name: (self.coordinator, "GET", address, None)
            for name, address in self.addresses().items()
            if name in {"bare", "list", "detail", "board", "pipeline", "turns", "search"}
        }

    def addresses(self) -> dict:
        from urllib.parse import urlencode

        from django.urls import reverse  # after Django is set up

        applications = reverse("admin:apprentices_application_changelist")
        case = reverse("admin:apprentices_application_change", args=[self.own.pk])
        last = (self.size - 1) // PER_PAGE + 1
        rare, common = urlencode({"q": RARE.replace("7777", str(self._rare()))}), urlencode({"q": COMMON})
        search = reverse("reporting:search")
        return {
            "bare": "/bench/bare/",
            "floor": "/bench/floor/",
            "stock": "/bench/stock/",
            "stock_search": f"/bench/stock-search/?{rare}",
            "stock_search_common": f"/bench/stock-search/?{urlencode({'q': 'Øygården'})}",
            "list": applications,
            "list_last_page": f"{applications}?p={last}",
            "list_search": f"{applications}?{rare}",
            "list_search_common": f"{applications}?{common}",
            "detail": case,
            "detail_from_list": f"{case}?{urlencode({'_changelist_filters': 'p=1'})}",
            "board": reverse("apprentices:ranking", args=[self.round.pk]),
            "pipeline": reverse("reporting:pipeline"),
            "turns": reverse("reporting:turns"),
            "search": f"{search}?{rare}",
            "search_common": f"{search}?{common}",
        }

    def _rare(self):
        """A number whose person is the one Kari Strømsør that bears it."""
        return next(n for n in range(self.size * 3 // 4, self.size) if n % len(GIVEN) == 0 and n % len(FAMILY) == 3)

    def measured(self, turns) -> dict:
        wanted = self.addresses()
        for address in wanted.values():
            opened(self.coordinator, address)
        found = in_turn({name: partial(self.coordinator.get, address) for name, address in wanted.items()}, turns)
        for name, address in wanted.items():
            found[name]["queries"] = queries(self.coordinator, address)
            found[name]["sql_ms"] = sql_ms(self.coordinator, address)
        found["list"]["queries_at_25_a_page"] = queries_at_25(self.coordinator, wanted["list"])
        return found


def tidy():
    """Statistics for the planner, as a database has them that has stood for a while."""
    from django.db import connection  # after Django is set up

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


# --- goals ------------------------------------------------------------------------------------------------------------
def ratio(found, size, name, over, *, over_size=None, kind="ms") -> float:
    of = found[str(size)][name][kind]["min"]
    return round(of / found[str(over_size or size)][over][kind]["min"], 2)


def at_most(found, size, name, over, most, **more) -> dict:
    wall = ratio(found, size, name, over, **more)
    return {"found": wall, "cpu": ratio(found, size, name, over, kind="cpu_ms", **more), "met": wall <= most}


def goals(found, load) -> dict:
    """Each goal with what was found; ``met`` says whether it holds."""
    sizes = [int(size) for size in found]
    large = sizes[-1]
    ten_thousand = 10_000 if 10_000 in sizes else large  # what the goal of the ranking is set for
    result = {
        "1_list_at_most_1.0_stock": at_most(found, large, "list", "stock", 1.0),
        "1_list_aim_1.5_floor": at_most(found, large, "list", "floor", 1.5),
        "2_last_page_at_most_1.5_first": at_most(found, large, "list_last_page", "list", 1.5),
        "5_board_at_most_2_lists": at_most(found, ten_thousand, "board", "list", 2),
        **_growth(found, sizes),
        **_queries(found, sizes),
    }
    for name, over in (("search", "stock_search"), ("list_search", "stock_search")):
        if large >= 100_000:  # what the goal is set for: at 10,000 the frame of the page outweighs the search
            result[f"4_{name}_at_most_0.35_stock_search"] = at_most(found, large, name, over, 0.35)
        sql = found[str(large)][name]["sql_ms"]
        result[f"4_{name}_sql_at_most_{SEARCH_MS}_ms"] = {"found": sql, "met": sql <= SEARCH_MS}
    for name, many in load.items():
        if name == "bare":
            continue
        met = many["ratio"] >= 1.7 and not many["eight"]["errors"]
        result[f"6_{name}_eight_at_once_at_least_1.7"] = {
            "found": many["ratio"], "errors": many["eight"]["errors"], "met": met,
        }  # fmt: skip
    return result


def _growth(found, sizes):
    if len(sizes) < 2:
        return {}
    small, large = sizes[-2:]
    most = next(each["most"] for each in GROWTH.values() if each["small"] == small)
    return {
        f"2_growth_{name}_{small}_to_{large}_at_most_{most}": at_most(found, large, name, name, most, over_size=small)
        for name in GROWING
    }


def _queries(found, sizes):
    limits = {"list": GOALS["list"], "detail": GOALS["detail"], "detail_from_list": GOALS["detail"],
              "board": GOALS["board"], "pipeline": None, "turns": None, "search": None}  # fmt: skip
    result = {}
    for name, most in limits.items():
        counted = [found[str(size)][name]["queries"] for size in sizes]
        counted += [found[str(size)]["list"]["queries_at_25_a_page"] for size in sizes if name == "list"]
        met = len(set(counted)) == 1 and (most is None or max(counted) <= most)
        result[f"3_queries_{name}" + (f"_at_most_{most}" if most else "_the_same")] = {"found": counted, "met": met}
    return result
