"""Learning agreements: versions, outcomes from the trade's competence aims, signatures in their order."""

import datetime

from mobility.accounts.enums import WrittenForm
from placements import workflow
from placements.enums import AgreementStatus, Party
from placements.models import LearningAgreement, LearningAgreementStatusChange, LearningOutcome, Signature
from reporting.demo.source import Course, Demo, read, save_all, write_logs

FIRST_VERSION = {"apprentice": 0, "training_company": 3, "host": 6}
"""Days between the signatures of a version that was replaced since."""

TASKS = {
    WrittenForm.NB: "Språkkurs de to første ukene, deretter arbeid i bedriften: {tasks}.",
    WrittenForm.NN: "Språkkurs dei to første vekene, deretter arbeid i bedrifta: {tasks}.",
    WrittenForm.SV: "Språkkurs de två första veckorna, därefter arbete på företaget: {tasks}.",
    WrittenForm.EN: "A language course in the first two weeks, then work at the company: {tasks}.",
}
MONITORING = {
    WrittenForm.NB: "Ukelogg, samtale med mentor hver uke, besøk av instruktør.",
    WrittenForm.NN: "Vekelogg, samtale med mentor kvar veke, besøk av instruktør.",
    WrittenForm.SV: "Veckologg, samtal med mentorn varje vecka, besök av handledaren.",
    WrittenForm.EN: "A weekly log, a talk with the mentor each week, a visit of the instructor.",
}
RECOGNITION = {
    WrittenForm.NB: "Mentor og instruktør vurderer læringsmålene; oppholdet teller som læretid.",
    WrittenForm.NN: "Mentor og instruktør vurderer læringsmåla; opphaldet tel som læretid.",
    WrittenForm.SV: "Mentorn och handledaren bedömer läranderesultaten; vistelsen räknas som lärlingstid.",
    WrittenForm.EN: "Mentor and instructor assess the outcomes; the stay counts as training time.",
}


def load(demo: Demo) -> None:
    people = {raw["id"]: raw for raw in read("people")["apprentices"]}
    made = []
    for raw in read("stays")["placements"]:
        agreement = raw["learning_agreement"]
        if agreement is None:
            continue
        person = people[raw["apprentice"]]
        signed = {signature["party"]: signature["on"] for signature in agreement["signed"]}
        if agreement["version"] == 2:
            first = signed["apprentice"]
            made.append(version(demo, raw, person, 1, {party: first + days for party, days in FIRST_VERSION.items()}))
            again = signed["host"] - 6 if signed["host"] is not None else -9
            signed = {"apprentice": again, "training_company": again + 3, "host": signed["host"]}
        made.append(version(demo, raw, person, agreement["version"], signed))
    courses = [course for course, _outcomes, _signatures in made]
    for course, earlier in zip(courses[1:], courses, strict=False):
        if course.instance.version == 2:
            earlier.move(workflow.REPLACE, at=course.instance.created_at, by=demo["user:staff-01"])
    demo.store(LearningAgreement, {f"agreement:{n}": course.instance for n, course in enumerate(courses)})
    save_all(LearningOutcome, [outcome for _course, outcomes, _signatures in made for outcome in outcomes])
    save_all(Signature, [signature for _course, _outcomes, signatures in made for signature in signatures])
    write_logs(LearningAgreementStatusChange, "agreement", courses)


def version(demo: Demo, raw: dict, person: dict, number: int, signed: dict[str, int | None]):
    """One version with its outcomes and signatures; ``signed``: days by party, None while a party has not signed."""
    placement = demo[raw["id"]]
    language = placement.apprentice.written_form
    created_at = demo.at(signed["apprentice"] - 1)
    tasks = person["application"]["wished_tasks"] or "arbeid i faget"
    agreement = LearningAgreement(
        placement=placement,
        version=number,
        language=language,
        tasks=TASKS[language].format(tasks=tasks),
        monitoring=MONITORING[language],
        recognition=RECOGNITION[language],
        created_at=created_at,
        created_by=demo["user:staff-01"],
    )
    signatures = signatures_of(demo, raw, person, agreement, signed)
    course = Course(agreement, AgreementStatus.SIGNING, created_at)
    if all(signature.signed_at for signature in signatures):
        course.move(workflow.SIGN_LAST, at=signatures[-1].signed_at, by=signatures[-1].signed_by)
    return course, outcomes_of(person["trade"], agreement), signatures


def outcomes_of(trade: str, agreement: LearningAgreement) -> list[LearningOutcome]:
    """The first four outcomes of the trade, where we have written some."""
    texts = next((raw["outcomes"] for raw in read("competence_aims")["trades"] if raw["trade"] == trade), [])
    return [
        LearningOutcome(agreement=agreement, position=position, text=raw["text"][agreement.language])
        for position, raw in enumerate(texts[:4], start=1)
    ]


def signatures_of(demo: Demo, raw: dict, person: dict, agreement: LearningAgreement, signed: dict) -> list[Signature]:
    placement = agreement.placement
    manager = demo[f"contract:{person['id']}"].training_manager
    host = placement.host_company
    office = demo["user:staff-01"]
    after = signed["apprentice"] + 1 if signed["training_company"] is not None else None
    apprentice = placement.apprentice
    parties = [
        (Party.APPRENTICE, apprentice.full_name, apprentice.email, signed["apprentice"], apprentice.user),
        (Party.OFFICE, office.get_full_name(), office.email, after, office),
        (Party.EMPLOYER, manager.full_name, manager.email, signed["training_company"], None),
        (Party.HOST, host.contact_name, host.contact_email, signed["host"], None),
    ]
    if apprentice.age_on(agreement.created_at.date()) < 18:
        guardian = person["guardian"]
        parties.insert(1, (Party.GUARDIAN, guardian["name"], guardian["email"], signed["apprentice"], None))
    rows = []
    asked_at: datetime.datetime | None = agreement.created_at
    for position, (party, name, email, on, user) in enumerate(parties, start=1):
        signed_at = demo.at(on, f"{11 + position}:00") if on is not None else None
        rows.append(
            Signature(
                agreement=agreement,
                party=party,
                position=position,
                name=name,
                email=email,
                asked_at=asked_at,
                signed_at=signed_at,
                signed_name=name if signed_at else "",
                signed_by=user if signed_at else None,
            )
        )
        asked_at = signed_at
    return rows
