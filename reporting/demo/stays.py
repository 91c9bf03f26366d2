"""Placements with their agreements, weekly logs, visits and evaluations, and what they cost."""

import math
from collections import defaultdict
from decimal import Decimal

from mobility.grants.enums import ActivityType
from placements import workflow
from placements.enums import EvaluationBy, PlacementStatus, VisitStatus
from placements.models import (
    CriterionOutcome,
    Evaluation,
    Grant,
    Placement,
    PlacementStatusChange,
    Visit,
    VisitStatusChange,
    WeeklyLog,
)
from placements.services.project_prices import price_open_placements
from reporting.demo.abroad import lodging
from reporting.demo.home import INTSEK
from reporting.demo.source import Course, Demo, read, save_all, write_logs

EARTH_KM = 6371.0
MOVES = {
    "host_found": workflow.FIND_HOST,
    "refused": workflow.REFUSE,
    "confirmed": workflow.CONFIRM,
    "ready_to_travel": workflow.MAKE_READY,
    "abroad": workflow.CONFIRM_ARRIVAL,
    "returned": workflow.CONFIRM_RETURN,
    "interrupted": workflow.CONFIRM_RETURN,
    "evaluated": workflow.FINISH_EVALUATION,
    "closed": workflow.CLOSE,
    "cancelled": workflow.CANCEL,
}
HAVE_RETURNED = (PlacementStatus.RETURNED, PlacementStatus.EVALUATED, PlacementStatus.CLOSED)


def load(demo: Demo) -> None:
    load_placements(demo)
    load_logs(demo)
    load_visits(demo)
    load_evaluations(demo)
    load_outcomes(demo)
    price(demo, "project-1", "project-2")


def kilometres(here: dict, there: dict) -> Decimal:
    """One way as the crow flies, on a round earth: near enough for invented people."""
    lat1, lon1, lat2, lon2 = (math.radians(x) for x in (here["lat"], here["lon"], there["lat"], there["lon"]))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return Decimal(str(round(2 * EARTH_KM * math.asin(math.sqrt(half)), 2)))


def load_placements(demo: Demo) -> None:
    homes = {raw["id"]: raw for raw in read("people")["apprentices"]}
    places = {raw["id"]: raw for raw in [*read("partners")["partners"], *read("partners")["host_companies"]]}
    rows, courses = {}, []
    for raw in read("stays")["placements"]:
        placement = rows[raw["id"]] = Placement(
            office=demo[INTSEK],
            apprentice=demo[raw["apprentice"]],
            application=demo[raw["application"]],
            project=demo[raw["project"]],
            partner=demo[raw["partner"]],
            opening=demo.get(raw["opening"]),
            host_company=demo.get(raw["host"]),
            activity=ActivityType(raw["activity"]),
            starts_on=demo.on(raw["start"]),
            ends_on=demo.maybe_on(raw["end"]),
            travel_days=raw["travel_days"],
            is_green=raw["green_travel"],
            distance_km=kilometres(homes[raw["apprentice"]], places[raw["host"] or raw["partner"]]),
            lodging=lodging(raw["lodging"]),
        )
        courses.append(course_of(demo, raw, placement))
    demo.store(Placement, rows)
    write_logs(PlacementStatusChange, "placement", courses)


def course_of(demo: Demo, raw: dict, placement: Placement) -> Course:
    """The moves of one stay, with the dates and reasons that they leave on its row."""
    steps = raw["history"]
    partner = next((contact for contact in contacts_of(raw["partner"]) if contact["primary"]), {"id": ""})
    actors = {"host_found": f"user:{partner['id']}", "refused": f"user:{partner['id']}"}
    course = Course(placement, PlacementStatus.PROPOSED, demo.at(steps[0]["on"]))
    for step in steps[1:]:
        stage, note = step["stage"], step.get("note") or ""
        if stage == "interrupted":
            note = f"{raw['interruption']['cause']}, {raw['interruption']['evidence']}".replace("_", " ")
        actor = f"user:{raw['apprentice']}" if step.get("by") == "apprentice" else actors.get(stage, "user:staff-01")
        course.move(MOVES[stage], at=demo.at(step["on"], "14:00"), by=demo.get(actor), note=note)
        if stage == "abroad":
            placement.arrived_on = demo.on(step["on"])
        elif stage in {"returned", "interrupted"}:
            placement.returned_on = demo.on(min(step["on"], raw["end"]))
        elif stage == "refused":
            placement.refusal_reason = note
        elif stage == "cancelled":
            placement.cancel_reason = note
    return course


def contacts_of(partner: str) -> list[dict]:
    return next(raw["contacts"] for raw in read("partners")["partners"] if raw["id"] == partner)


def load_logs(demo: Demo) -> None:
    starts = {raw["id"]: raw["start"] for raw in read("stays")["placements"]}
    rows = []
    for raw in read("stays")["weekly_logs"]:
        placement = demo[raw["placement"]]
        wants_call = raw.get("wants_call", False)
        is_called = wants_call and placement.status != PlacementStatus.ABROAD
        rows.append(
            WeeklyLog(
                placement=placement,
                week_starts_on=demo.on(starts[raw["placement"]] + 7 * (raw["week"] - 1)),
                days_present=raw["days_present"],
                mood=raw["mood"],
                text=raw["text"],
                wants_call=wants_call,
                written_at=demo.at(raw["written"], "20:15"),
                called_at=demo.at(raw["written"] + 1, "09:30") if is_called else None,
                called_by=demo["user:staff-01"] if is_called else None,
            )
        )
    save_all(WeeklyLog, rows)


def load_visits(demo: Demo) -> None:
    taken: dict[str, int] = defaultdict(int)
    courses, rows = [], {}
    for raw in read("stays")["visits"]:
        day = f"{raw['partner']}:{raw['on']}"
        taken[day] += 1
        booked_at = demo.at(min(raw["on"] - 21, -2))
        visit = rows[raw["id"]] = Visit(
            placement=demo[raw["placement"]],
            instructor=demo[raw["instructor"]],
            slot=demo[f"slot:{day}:{taken[day]}"],
            calendar_uid=f"{raw['id']}@utferd.example",
            booked_at=booked_at,
        )
        course = Course(visit, VisitStatus.BOOKED, booked_at)
        if raw["state"] == "cancelled":
            by = demo[raw["instructor"]].user
            course.move(workflow.CANCEL_VISIT, at=demo.at(raw["on"] - 10), by=by, note=raw["reason"] or "")
        courses.append(course)
    demo.store(Visit, rows)
    write_logs(VisitStatusChange, "visit", courses)


def load_evaluations(demo: Demo) -> None:
    """The last word of the apprentice and of the host; who has come home and not answered has been asked."""
    given = {
        (raw["placement"], by): raw
        for raw in read("stays")["evaluations"]
        for by in [{"apprentice": EvaluationBy.APPRENTICE, "mentor": EvaluationBy.PARTNER}.get(raw["by"])]
        if raw["kind"] == "final" and by
    }
    rows = []
    for placement in read("stays")["placements"]:
        if demo[placement["id"]].status in HAVE_RETURNED:
            rows += [
                evaluation(demo, placement, by, given.get((placement["id"], by)))
                for by in (EvaluationBy.APPRENTICE, EvaluationBy.PARTNER)
            ]
    save_all(Evaluation, rows)


def evaluation(demo: Demo, placement: dict, by: str, raw: dict | None) -> Evaluation:
    row = Evaluation(placement=demo[placement["id"]], by=by, asked_at=demo.at(placement["end"] + 1))
    if raw is None:
        return row
    marks = raw["marks"]
    is_host = by == EvaluationBy.PARTNER
    row.overall = raw["overall"]
    row.learning = marks["skills"] if is_host else marks["learning"]
    row.support = marks["cooperation"] if is_host else marks["support"]
    row.lodging = marks.get("lodging")
    row.language = marks.get("language")
    row.comment = raw["comment"] or ""
    row.given_at = demo.at(raw["submitted"], "18:00")
    return row


def load_outcomes(demo: Demo) -> None:
    rounds = {raw["application"]["id"]: raw["application"]["round"] for raw in read("people")["apprentices"]}
    applications = {raw["id"]: raw["application"] for raw in read("stays")["placements"]}
    save_all(
        CriterionOutcome,
        [
            CriterionOutcome(
                placement=demo[raw["placement"]],
                criterion=demo[f"{rounds[applications[raw['placement']]]}:{raw['criterion']}"],
                mark_at_selection=Decimal(str(raw["mark_at_selection"])),
                mark_at_end=raw["mark_at_end"],
                assessed_at=demo.at(raw["on"], "15:00"),
                assessed_by=demo["user:staff-01"],
            )
            for raw in read("stays")["criteria_at_end"]
        ],
    )


def price(demo: Demo, *projects: str) -> None:
    """Price every stay that can be priced; the price of a closed case is frozen."""
    for key in projects:
        price_open_placements(project=demo[key])
    closed = Grant.objects.filter(placement__status=PlacementStatus.CLOSED).select_related("placement")
    for grant in closed:
        grant.frozen_at = grant.placement.status_since
    Grant.objects.bulk_update(closed, ["frozen_at"])
