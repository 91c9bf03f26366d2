"""Prices per second, the repricing of a project of 10,000, the search for a place.

The floors are of the same run. For a line of JSON: reading and writing it. For a project: the pure arithmetic on facts that
are in memory, and ``bulk_create`` of the lines that come of it. For a place: looking at every name. Everything with rows
happens in one transaction that is never committed, on a database made for it.
"""

import datetime
import json
from decimal import Decimal

from tests.bench.figures import timed
from tests.bench.scratch import rolled_back

LINES, STAYS, SEARCHES = 20_000, 10_000, 2_000
GOALS = {"price": 30, "search": 0.05, "reprice_all": 3, "reprice_nothing_new": 2}  # times the floor, at most
STAY = {
    "call_year": 2026, "activity": "long_term_learner", "sending_country": "NO", "receiving_country": "ES",
    "start": "2026-08-31", "end": "2026-12-06", "travel_days": 2, "interruption_days": 0, "days_not_requested": 0,
    "green": False, "distance_km": 2200.5, "base_rate": 110, "is_accompanying": False, "fewer_opportunities": False,
    "ols_available": True, "organisational_support_requested": True,
}  # fmt: skip
TOWNS = ("Hamar", "Lillehammer", "Sevilla", "Lodz", "München", "Aarhus", "Bergen", "San", "Göteborg", "Malaga")


def measure() -> dict:
    """Figures in seconds and a second, ratios to their floors, and whether they keep to the goals."""
    steps = {**_lines(), **_search()}
    with rolled_back():
        steps.update(_project())
    floors = {
        "price": "json", "search": "every_name", "reprice_all": "project_floor", "reprice_nothing_new": "project_floor",
    }  # fmt: skip
    ratios = {step: round(steps[step] / steps[floor], 4) for step, floor in floors.items()}
    return {
        "lines": LINES,
        "stays": STAYS,
        "searches": SEARCHES,
        "steps": steps,
        "a_second": {
            "prices": round(LINES / steps["price"]),
            "stays_repriced": round(STAYS / steps["reprice_all"]),
            "places_found": round(SEARCHES / steps["search"]),
        },
        "ratios": ratios,
        "goals": {"at_most": GOALS, "kept": {step: ratios[step] <= goal for step, goal in GOALS.items()}},
    }


def _lines():
    from mobility.grants.price_lines import price_line  # after Django is set up

    lines = [json.dumps(STAY | {"position_in_activity": number + 1}) for number in range(LINES)]
    if price_line(lines[0])["total"] != "9207.00":
        raise AssertionError("the price is wrong")
    return {
        "json": timed(lambda: [json.dumps(json.loads(line, parse_float=Decimal), default=str) for line in lines]),
        "price": timed(lambda: [json.dumps(price_line(line)) for line in lines]),
    }


def _search():
    from mobility.grants import distance  # after Django is set up

    distance.search_places("Hamar")  # the list is read once
    names, _places = distance._index()
    wanted = [TOWNS[number % len(TOWNS)] for number in range(SEARCHES)]
    few = wanted[: SEARCHES // 50]
    every = timed(lambda: [[n for n in names if n.startswith(distance.plain_name(w))] for w in few]) * 50
    return {"every_name": round(every, 3), "search": timed(lambda: [distance.search_places(w) for w in wanted])}


def _project():
    from placements.models import Grant, GrantLine, Placement  # after Django is set up
    from placements.pricing import basis_of, pricing_of  # after Django is set up
    from placements.services.project_prices import lines_for, price_open_placements  # after Django is set up
    from tests import factories  # after Django is set up

    like = factories.PlacementFactory(status="cancelled")
    project = factories.BaseRateFactory(project=like.project).project
    first = datetime.date(2026, 9, 1)
    Placement.objects.bulk_create(
        [
            Placement(
                office=like.office, apprentice=like.apprentice, project=project, partner=like.partner,
                activity="short_term_learner", distance_km=Decimal(2200),
                starts_on=first + datetime.timedelta(days=number % 300),
                ends_on=first + datetime.timedelta(days=number % 300 + 27),
            )
            for number in range(STAYS)
        ],
        batch_size=500,
    )  # fmt: skip
    basis = basis_of(project)
    stays = list(Placement.objects.exclude(pk=like.pk).select_related("partner", "office"))

    def floor():
        priced = [(Grant(placement=stay), pricing_of(stay, basis, place, [])) for place, stay in enumerate(stays, 1)]
        for grant, pricing in priced:
            grant.rate_table, grant.total, grant.computed_at = pricing.table_version, pricing.total, like.status_since
        Grant.objects.bulk_create([grant for grant, _pricing in priced], batch_size=500)
        GrantLine.objects.bulk_create(
            [line for grant, pricing in priced for line in lines_for(grant, pricing)], batch_size=500
        )

    found = {"project_floor": timed(floor)}
    GrantLine.objects.all().delete()
    Grant.objects.all().delete()
    price_open_placements(project=project)
    project.base_rates.update(eur_per_day=Decimal(100))
    found["reprice_all"] = timed(lambda: price_open_placements(project=project))
    found["reprice_nothing_new"] = timed(lambda: price_open_placements(project=project))
    if (Grant.objects.count(), GrantLine.objects.count()) != (STAYS, 3 * STAYS):
        raise AssertionError("the project was not priced")
    return found
