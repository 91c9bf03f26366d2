"""The Swedish consortium: members, the partners it shares, and the learners among its participants."""

from apprentices.models import Apprentice
from mobility.accounts.enums import WrittenForm
from mobility.grants.enums import ActivityType
from mobility.grants.models import ConsortiumMember
from placements import workflow
from placements.enums import PlacementStatus
from placements.models import Placement, PlacementStatusChange
from reporting.demo.abroad import load_partners
from reporting.demo.source import Course, Demo, read, write_logs
from reporting.demo.stays import kilometres, price

PREFIX = "consortium:"
UNTIL_HOME = (workflow.FIND_HOST, workflow.CONFIRM, workflow.MAKE_READY, workflow.CONFIRM_ARRIVAL)
MOVES = {  # how far each state of the file has come; the nominated and the withdrawn have no stay
    "approved": (),
    "confirmed": (workflow.FIND_HOST, workflow.CONFIRM),
    "abroad": UNTIL_HOME,
    "returned": (*UNTIL_HOME, workflow.CONFIRM_RETURN),
    "completed": (*UNTIL_HOME, workflow.CONFIRM_RETURN, workflow.FINISH_EVALUATION, workflow.CLOSE),
}


def load(demo: Demo) -> None:
    load_members(demo)
    office = read("consortium")["consortium"]["office"]
    learners = read("consortium")["participants"]
    load_partners(demo, office=office, ids={raw["partner"] for raw in learners}, prefix=PREFIX)
    load_learners(demo, office)
    load_placements(demo, office)
    price(demo, "project-c1")


def load_members(demo: Demo) -> None:
    office = demo[read("consortium")["consortium"]["office"]]
    rows = {}
    for raw in read("consortium")["members"]:
        contact = raw["contact"]
        rows[raw["id"]] = ConsortiumMember(
            office=office,
            name=raw["name"],
            city=raw["city"],
            oid=raw["oid"],
            contact_name=f"{contact['given_name']} {contact['family_name']}",
            contact_email=contact["email"],
            joined_on=demo.on(raw["joined"]),
        )
    demo.store(ConsortiumMember, rows)


def load_learners(demo: Demo, office: str) -> None:
    rows = {}
    for raw in read("consortium")["participants"]:
        rows[raw["id"]] = Apprentice(
            office=demo[office],
            given_name=raw["given_name"],
            family_name=raw["family_name"],
            email=raw["email"],
            written_form=WrittenForm.SV,
            birth_date=demo.on(raw["birth"]),
            member=demo[raw["member"]],
        )
    demo.store(Apprentice, rows)


def load_placements(demo: Demo, office: str) -> None:
    members = {raw["id"]: raw for raw in read("consortium")["members"]}
    partners = {raw["id"]: raw for raw in read("partners")["partners"]}
    rows, courses = {}, []
    for raw in read("consortium")["participants"]:
        if raw["state"] not in MOVES:
            continue
        placement = rows[f"stay:{raw['id']}"] = Placement(
            office=demo[office],
            apprentice=demo[raw["id"]],
            project=demo["project-c1"],
            partner=demo[PREFIX + raw["partner"]],
            activity=ActivityType(raw["activity"]),
            starts_on=demo.on(raw["start"]),
            ends_on=demo.on(raw["end"]),
            distance_km=kilometres(members[raw["member"]], partners[raw["partner"]]),
        )
        courses.append(course_of(demo, raw, placement))
    demo.store(Placement, rows)
    write_logs(PlacementStatusChange, "placement", courses)


def course_of(demo: Demo, raw: dict, placement: Placement) -> Course:
    """Proposed nine weeks before the start or ten days ago, then one step after the other."""
    proposed = min(raw["start"] - 63, -10)
    days = {
        workflow.FIND_HOST.name: proposed + 3,
        workflow.CONFIRM.name: proposed + 5,
        workflow.MAKE_READY.name: raw["start"] - 7,
        workflow.CONFIRM_ARRIVAL.name: raw["start"],
        workflow.CONFIRM_RETURN.name: raw["end"] + 1,
        workflow.FINISH_EVALUATION.name: raw["end"] + 10,
        workflow.CLOSE.name: raw["end"] + 20,
    }
    course = Course(placement, PlacementStatus.PROPOSED, demo.at(proposed))
    for transition in MOVES[raw["state"]]:
        course.move(transition, at=demo.at(days[transition.name]), by=demo["user:staff-11"])
    if placement.status in {PlacementStatus.ABROAD, PlacementStatus.RETURNED, PlacementStatus.CLOSED}:
        placement.arrived_on = placement.starts_on
    if placement.status in {PlacementStatus.RETURNED, PlacementStatus.CLOSED}:
        placement.returned_on = placement.ends_on
    return course
