"""Who was asked about the applications of the demo, and what each of them answered."""

from apprentices import consent
from apprentices.enums import EndorsementAnswer, EndorsementKind, Wages
from apprentices.models import Application, Endorsement, EndorsementReply
from reporting.demo.source import Demo, save_all

ANSWERS = {
    "consented": EndorsementAnswer.YES,
    "refused": EndorsementAnswer.NO,
    "waiting": EndorsementAnswer.WAITING,
    "recommended": EndorsementAnswer.YES,
    "not_recommended": EndorsementAnswer.NO,
    "given": EndorsementAnswer.YES,
}
KEPT = ("answer", "wages", "conditions", "opinion", "name", "email")

Asked = tuple[Endorsement, list[EndorsementReply]]


def asked_of(demo: Demo, raw: dict, application: Application, manager: dict) -> list[Asked]:
    """Everybody whom one application of the files names, each with the answers in the order in which they came."""
    asked = [_employer(demo, raw, application, manager)]
    if raw["contract"]["training_office"]:
        asked.append(_training_office(demo, raw, application))
    if raw.get("guardian"):
        asked.append(_guardian(demo, raw, application))
    return asked


def save(asked: list[Asked]) -> None:
    save_all(Endorsement, [endorsement for endorsement, _replies in asked])
    save_all(EndorsementReply, [reply for _endorsement, replies in asked for reply in replies])


def _employer(demo: Demo, raw: dict, application: Application, manager: dict) -> Asked:
    given = raw["application"]["employer"] or {"answer": "waiting"}
    answers = [given["earlier"], given] if "earlier" in given else [given]
    return _asked(
        demo,
        application,
        answers,
        kind=EndorsementKind.EMPLOYER,
        name=f"{manager['given_name']} {manager['family_name']}",
        email=manager["email"],
        written_form=application.office.default_language,
    )


def _training_office(demo: Demo, raw: dict, application: Application) -> Asked:
    office = demo[raw["contract"]["training_office"]]
    return _asked(
        demo,
        application,
        [raw["application"]["training_office_opinion"] or {"answer": "waiting"}],
        kind=EndorsementKind.TRAINING_OFFICE,
        name=office.contact_name,
        email=office.email,
        written_form=application.office.default_language,
    )


def _guardian(demo: Demo, raw: dict, application: Application) -> Asked:
    guardian = raw["guardian"]
    return _asked(
        demo,
        application,
        [{"answer": guardian["consent"], "on": guardian["consent_on"]}],
        kind=EndorsementKind.GUARDIAN,
        name=guardian["name"],
        email=guardian["email"],
        phone=guardian["phone"],
        written_form=application.written_form,
    )


def _asked(demo: Demo, application: Application, answers: list[dict], **who) -> Asked:
    """The row with its newest answer, and a reply for each answer that was given."""
    endorsement = Endorsement(application=application, asked_at=application.submitted_at, **who)
    replies = []
    for given in answers:
        endorsement.answer = ANSWERS[given["answer"]]
        if endorsement.answer == EndorsementAnswer.WAITING:
            continue
        says_yes = endorsement.answer == EndorsementAnswer.YES
        endorsement.wages = Wages(given["wages"]) if says_yes and given.get("wages") else ""
        endorsement.conditions = given.get("conditions") or ""
        endorsement.opinion = given.get("comment") or ""
        endorsement.answered_at = demo.at(given["on"], "13:00")
        kept = {name: getattr(endorsement, name) for name in KEPT}
        replies.append(
            EndorsementReply(
                endorsement=endorsement,
                given_at=endorsement.answered_at,
                text_version=consent.ENDORSEMENT_VERSION,
                language=endorsement.written_form,
                **kept,
            )
        )
    return endorsement, replies
