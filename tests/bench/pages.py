"""Pages at 1,000 and 10,000 applications beside a bare view, a floor list and a stock change list of the same table.

Requests go through all the middleware in this process, one target after the other in turn, so that what the machine
does meanwhile hits all alike. Ratios are of the CPU time of the least disturbed turn, the steadiest figure on a busy
machine; wall times are there to be looked at.
"""

import datetime
from functools import partial

from tests.bench.figures import BACKEND, HOST, in_turn, opened, queries, queries_at_25
from tests.bench.scratch import database

SIZES = (1_000, 10_000)
TURNS = 9
PER_PAGE = 100
GOALS = {  # PERFORMANCE: how many queries a page may make, whatever the number of rows
    "list": 8,
    "detail": 15,
    "board": 12,
    "form": 6,
    "status": 10,
}


def measure() -> dict:
    """Fill a database that is made for it and thrown away, and measure at each size."""
    with database():
        found = {}
        scene = Scene()
        for size in SIZES:
            scene.fill(size)
            found[str(size)] = scene.measured()
    return {"sizes": found, "ratios": ratios(found), "goals": goals(found)}


class Scene:
    """An office with a coordinator, an applicant, an open round and so many applications."""

    def __init__(self):
        from django.test import Client  # after Django is set up

        from apprentices.models import Trade  # after Django is set up
        from mobility.accounts.enums import Role  # after Django is set up
        from tests import factories  # after Django is set up

        self.factories = factories
        self.office = factories.OfficeFactory(slug="bench")
        self.round = factories.RoundFactory(office=self.office)
        self.trades = list(Trade.objects.all()[:20])
        self.coordinator = Client(**HOST)
        self.coordinator.force_login(factories.member(Role.COORDINATOR, self.office), backend=BACKEND)
        self.applicant_user = factories.member(Role.APPRENTICE, self.office)
        self.applicant = Client(**HOST)
        self.applicant.force_login(self.applicant_user, backend=BACKEND)
        self.public = Client(**HOST)
        self.size = 0
        self.own = None

    def fill(self, size: int) -> None:
        """Add applications until there are ``size`` of them; the first is the applicant's."""
        from apprentices.models import Application, Apprentice  # after Django is set up

        numbers = range(self.size, size)
        people = Apprentice.objects.bulk_create(
            self.factories.ApprenticeFactory.build(
                office=self.office,
                trade=self.trades[n % len(self.trades)],
                user=self.applicant_user if n == 0 else None,
            )
            for n in numbers
        )
        moment = self.round.opens_at
        statuses = ("submitted", "in_review", "offered", "accepted", "rejected")
        Application.objects.bulk_create(
            self.factories.ApplicationFactory.build(
                submitted=True,
                round=self.round,
                office=self.office,
                apprentice=person,
                trade=person.trade,
                reference=f"B-{n:06d}",
                status=statuses[n % len(statuses)],
                submitted_at=moment + datetime.timedelta(seconds=n),
            )
            for n, person in zip(numbers, people, strict=True)
        )
        self.size = size
        self.own = self.own or Application.objects.get(apprentice__user=self.applicant_user)

    def targets(self) -> dict:
        """Name -> (client, address)."""
        from django.urls import reverse  # after Django is set up

        applications = reverse("admin:apprentices_application_changelist")
        last = (self.size - 1) // PER_PAGE + 1
        return {
            "bare": (self.coordinator, "/bench/bare/"),
            "floor": (self.coordinator, "/bench/floor/"),
            "stock": (self.coordinator, "/bench/stock/"),
            "list": (self.coordinator, applications),
            "list_last_page": (self.coordinator, f"{applications}?p={last}"),
            "detail": (self.coordinator, reverse("admin:apprentices_application_change", args=[self.own.pk])),
            "board": (self.coordinator, reverse("apprentices:ranking", args=[self.round.pk])),
            "status": (self.applicant, reverse("apprentices:status", args=[self.own.pk])),
            "form": (self.public, reverse("apprentices:apply", args=[self.round.pk])),
            "front": (self.public, reverse("public:office", args=[self.office.slug])),
        }

    def measured(self) -> dict:
        targets = self.targets()
        for target in targets.values():
            opened(*target)
        found = in_turn({name: partial(client.get, address) for name, (client, address) in targets.items()}, TURNS)
        for name, target in targets.items():
            found[name]["queries"] = queries(*target)
        found["list"]["queries_at_25_a_page"] = queries_at_25(*targets["list"])
        return found


def cpu(found: dict, size: int, name: str) -> float:
    """The CPU time of the least disturbed turn."""
    return found[str(size)][name]["cpu_ms"]["min"]


def ratios(found: dict) -> dict:
    small, large = SIZES
    ours = ("list", "detail", "status", "form", "front")
    return {
        "list_over_stock": round(cpu(found, large, "list") / cpu(found, large, "stock"), 2),
        "list_over_floor": round(cpu(found, large, "list") / cpu(found, large, "floor"), 2),
        "last_page_over_first": round(cpu(found, large, "list_last_page") / cpu(found, large, "list"), 2),
        "over_bare": {name: round(cpu(found, large, name) / cpu(found, large, "bare"), 2) for name in ours},
        "growth": {name: round(cpu(found, large, name) / cpu(found, small, name), 2) for name in (*ours, "stock")},
    }


def goals(found: dict) -> dict:
    """Each goal with what was found; ``met`` says whether it holds."""
    small, large = (found[str(size)] for size in SIZES)
    of = ratios(found)
    result = {
        "list_at_most_1.0_stock": {"found": of["list_over_stock"], "met": of["list_over_stock"] <= 1.0},
        "list_aim_1.5_floor": {"found": of["list_over_floor"], "met": of["list_over_floor"] <= 1.5},
        "last_page_at_most_1.5_first": {"found": of["last_page_over_first"], "met": of["last_page_over_first"] <= 1.5},
    }
    for name in ("list", "detail", "form", "front"):
        result[f"growth_{name}_at_most_1.15"] = {"found": of["growth"][name], "met": of["growth"][name] <= 1.15}
    for name, most in GOALS.items():
        counted = [small[name]["queries"], large[name]["queries"]]
        if name == "list":
            counted.append(large[name]["queries_at_25_a_page"])
        result[f"queries_{name}_at_most_{most}"] = {
            "found": counted,
            "met": max(counted) <= most and len(set(counted)) == 1,
        }
    return result
