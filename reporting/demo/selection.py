"""Rounds, applications with the answers of those who were asked, reviews and decisions."""

from decimal import Decimal

from babel.dates import format_date

from apprentices import consent, workflow
from apprentices.enums import ApplicationStatus, DecisionResult, RoundStatus
from apprentices.models import (
    Application,
    ApplicationStatusChange,
    Criterion,
    Decision,
    Review,
    ReviewMark,
    Round,
    RoundStatusChange,
)
from reporting.demo import answers, endorsements
from reporting.demo.home import CONTRACTS, INTSEK
from reporting.demo.offices import written_form
from reporting.demo.source import Course, Demo, read, save_all, write_logs

MOVES = {  # what the files call a state -> the move that leads there
    "submitted": workflow.SUBMIT,
    "in_review": workflow.START_REVIEW,
    "offered": workflow.OFFER,
    "waiting_list": workflow.PUT_ON_WAITING_LIST,
    "rejected": workflow.REJECT,
    "accepted": workflow.ACCEPT,
    "declined": workflow.DECLINE,
    "lapsed": workflow.LAPSE,
    "withdrawn": workflow.WITHDRAW,
    "deferred": workflow.DEFER,
}
RESULTS = {
    "offer": DecisionResult.OFFER,
    "waiting_list": DecisionResult.WAITING_LIST,
    "rejection": DecisionResult.REJECTION,
}


def load(demo: Demo) -> None:
    load_rounds(demo)
    load_criteria(demo)
    load_applications(demo)
    load_reviews(demo)
    load_decisions(demo)


def load_rounds(demo: Demo) -> None:
    rows, courses = {}, []
    for raw in read("people")["rounds"]:
        starts = [demo.on(departure["start"]) for departure in raw["departures"]]
        ends = [demo.on(departure["end"]) for departure in raw["departures"]]
        answer = raw.get("second_answer_deadline") or raw["answer_deadline"]
        round_ = rows[raw["id"]] = Round(
            office=demo[raw["office"]],
            project=demo[raw["project"]],
            name=round_name(raw, starts),
            opens_at=demo.at(raw["opens"], raw["opens_time"]),
            closes_at=demo.at(raw["closes"], raw["closes_time"]),
            places=raw["places"],
            departs_from=min(starts),
            departs_to=max(starts),
            returns_from=min(ends),
            returns_to=max(ends),
            answer_by=demo.on(answer),
            reference_prefix=f"UT{raw['id'][-1]}",
        )
        course = Course(round_, RoundStatus.PREPARED, demo.at(raw["opens"] - 14))
        course.move(workflow.OPEN_ROUND, at=demo.at(raw["opens"] - 7), by=demo["user:staff-01"])
        if raw["published"] is not None:
            course.move(workflow.PUBLISH_ROUND, at=demo.at(raw["published"]), by=demo["user:staff-01"])
        courses.append(course)
    demo.store(Round, rows)
    write_logs(RoundStatusChange, "round", courses)


def round_name(raw: dict, starts: list) -> str:
    months = [f"{format_date(day, 'LLLL', locale='nb')} {day.year}" for day in starts]
    return raw["name_template"]["nb"].format(start_month=months[0], second_month=months[1])


def load_criteria(demo: Demo) -> None:
    rows = {}
    for round_ in read("people")["rounds"]:
        for position, raw in enumerate(read("reviews")["criteria"], start=1):
            rows[f"{round_['id']}:{raw['code']}"] = Criterion(
                round=demo[round_["id"]],
                code=raw["code"],
                position=position,
                weight=raw["weight"],
                name_nb=raw["name"]["nb"],
                name_nn=raw["name"].get("nn", ""),
                name_en=raw["name"].get("en", ""),
                anchors=raw["anchors"],
            )
    demo.store(Criterion, rows)


def load_applications(demo: Demo) -> None:
    people = read("people")
    companies = {raw["id"]: raw for raw in people["companies"]}
    managers = {raw["id"]: raw for raw in people["training_managers"]}
    rows, courses, asked = {}, [], []
    for raw in people["apprentices"]:
        manager = managers[raw["contract"]["training_manager"]]
        application = application_of(demo, raw, companies[raw["contract"]["company"]], manager)
        rows[raw["application"]["id"]] = application
        courses.append(course_of(demo, raw, application))
        if raw["application"]["submitted"] is not None:
            asked += endorsements.asked_of(demo, raw, application, manager)
    demo.store(Application, rows)
    begun = {raw["application"]["id"]: raw["application"]["history"][0]["on"] for raw in people["apprentices"]}
    for key, application in rows.items():
        application.created_at = demo.at(begun[key], "18:00")
    Application.objects.bulk_update(rows.values(), ["created_at"])
    write_logs(ApplicationStatusChange, "application", courses)
    answers.load_languages(demo)
    answers.load_checks(list(rows.values()))
    endorsements.save(asked)


def application_of(demo: Demo, raw: dict, company: dict, manager: dict) -> Application:
    sent = raw["application"]
    wishes = [*sent["country_wishes"], "", "", ""]
    begun = demo.at(sent["history"][0]["on"], "18:00")
    submitted_at = None if sent["submitted"] is None else demo.at(sent["submitted"], "19:30")
    return Application(
        office=demo[INTSEK],
        round=demo[sent["round"]],
        apprentice=demo.get(raw["id"]) if submitted_at else None,
        reference=sent["reference"] if submitted_at else None,
        saved_at=submitted_at or begun,
        submitted_at=submitted_at,
        given_name=raw["given_name"],
        family_name=raw["family_name"],
        email=raw["email"],
        phone=raw["phone"],
        written_form=written_form(raw["written_form"]),
        consented_at=begun,
        consent_version=consent.VERSION,
        email_confirmed_at=submitted_at,
        birth_date=demo.on(raw["birth"]),
        trade=demo[raw["trade"]],
        contract_kind=CONTRACTS[raw["contract"]["kind"]],
        contract_starts_on=demo.on(raw["contract"]["start"]),
        contract_ends_on=demo.maybe_on(raw["contract"]["end"]),
        company_name=company["name"],
        company_number=company["organisation_number"],
        manager_name=f"{manager['given_name']} {manager['family_name']}",
        manager_email=manager["email"],
        first_country=wishes[0],
        second_country=wishes[1],
        third_country=wishes[2],
        goes_anywhere=sent["anywhere"],
        wished_tasks=sent["wished_tasks"] or "",
        motivation=sent["motivation"] or "",
        withdrawn_reason=next(
            (s.get("note", "") for s in sent["history"] if s["state"] in {"withdrawn", "deferred"}), ""
        ),
        **answers.of(demo, raw),
    )


def course_of(demo: Demo, raw: dict, application: Application) -> Course:
    """The moves of one application. What the workflow does not know yet (returned, deferred) is told in a note."""
    sent = raw["application"]
    course = Course(application, ApplicationStatus.DRAFT, demo.at(sent["history"][0]["on"], "18:00"))
    for step in sent["history"]:
        if step["state"] in MOVES:
            by = demo.get(f"user:{raw['id']}") if step["by"] == "apprentice" else demo.get(f"user:{step['by']}")
            time = "19:30" if step["by"] == "apprentice" else "10:00"
            course.move(MOVES[step["state"]], at=demo.at(step["on"], time), by=by, note=step.get("note", ""))
    return course


def load_reviews(demo: Demo) -> None:
    closed = {raw["id"]: raw["closes"] for raw in read("people")["rounds"]}
    round_of = {raw["application"]["id"]: raw["application"]["round"] for raw in read("people")["apprentices"]}
    rows, marks = {}, []
    for raw in read("reviews")["reviews"]:
        round_ = round_of[raw["application"]]
        review = rows[raw["id"]] = Review(
            application=demo[raw["application"]],
            reviewer=demo[f"user:{raw['reviewer']}"],
            assigned_at=demo.at(closed[round_] + 2),
            given_at=demo.at(raw["submitted"], "14:00") if raw["submitted"] is not None else None,
            criteria_version=1 if raw["submitted"] is not None else None,
        )
        if raw["submitted"] is not None:
            review.total = sum(m["mark"] * demo[f"{round_}:{m['criterion']}"].weight for m in raw["marks"])
        marks += [
            ReviewMark(
                review=review, criterion=demo[f"{round_}:{m['criterion']}"], mark=m["mark"], note=m["note"] or ""
            )
            for m in raw["marks"]
        ]
    demo.store(Review, rows)
    save_all(ReviewMark, marks)


def load_decisions(demo: Demo) -> None:
    rounds = {raw["id"]: raw for raw in read("people")["rounds"]}
    round_of = {raw["application"]["id"]: raw["application"]["round"] for raw in read("people")["apprentices"]}
    rows = []
    for raw in read("reviews")["decisions"]:
        round_ = rounds[round_of[raw["application"]]]
        score = {"score": Decimal(str(raw["score"])) if raw["score"] is not None else None, "rank": raw["rank"]}
        published = raw["published"]
        for version, earlier in enumerate(raw["earlier"], start=1):
            facts = {"result": earlier["result"], "published": earlier["published"], "answer_by": None}
            rows.append(decision(demo, raw, version=version, score=score, **facts))
        is_second = published is not None and published != round_["published"]
        deadline = round_.get("second_answer_deadline") if is_second or published is None else round_["answer_deadline"]
        facts = {
            "result": raw["result"],
            "published": published,
            "answer_by": deadline if raw["result"] == "offer" else None,
        }
        rows.append(decision(demo, raw, version=len(raw["earlier"]) + 1, score=score, **facts))
    save_all(Decision, rows)


def decision(
    demo: Demo, raw: dict, *, version: int, result: str, published: int | None, score: dict, answer_by
) -> Decision:
    return Decision(
        application=demo[raw["application"]],
        version=version,
        result=RESULTS[result],
        reasons=raw["reasons"] or "",
        answer_by=demo.maybe_on(answer_by),
        decided_at=demo.at((published - 4) if published is not None else -8),
        decided_by=demo[f"user:{raw['decided_by']}"] if raw["decided_by"] else demo["user:staff-02"],
        published_at=demo.at(published) if published is not None else None,
        published_by=demo["user:staff-01"] if published is not None else None,
        **score,
    )
