"""What the applicants answered, field by field, and what the rules said of it."""

from dataclasses import replace

from apprentices import consent
from apprentices.enums import ExpectedWages, Gender, TrainingOfficeAnswer
from apprentices.models import Application, EligibilityCheck, LanguageSkill
from apprentices.selectors.eligibility import RULES_VERSION, check, worst
from apprentices.selectors.eligibility_facts import facts_of, rules_of
from reporting.demo.source import Demo, read, save_all

WAGES = {"full": ExpectedWages.FULL, "part": ExpectedWages.PART, "none": ExpectedWages.NONE}


def of(demo: Demo, raw: dict) -> dict:
    """The fields of the form's second to fifth step."""
    return _person(raw) | _apprenticeship(demo, raw) | _stay(demo, raw)


def _person(raw: dict) -> dict:
    places = {municipality["number"]: municipality["name"] for municipality in read("people")["municipalities"]}
    guardian = raw.get("guardian") or {}
    person = {
        "call_name": raw["call_name"] or "",
        "gender": Gender(raw["gender"]),
        "nationality": raw["nationality"],
        "has_protected_address": raw["protected_address"],
        "guardian_name": guardian.get("name", ""),
        "guardian_email": guardian.get("email", ""),
    }
    if raw["protected_address"]:
        return person
    home = {field: raw[field] for field in ("address", "postal_code", "postal_place")}
    return person | home | {"municipality": places[raw["municipality"]]}


def _apprenticeship(demo: Demo, raw: dict) -> dict:
    contract = raw["contract"]
    office = demo.get(contract["training_office"])
    instructor = demo.get(contract["instructor"])
    employer = raw["application"]["employer"] or {}
    return {
        "training_office": office,
        "training_office_answer": TrainingOfficeAnswer.LISTED if office else TrainingOfficeAnswer.NONE,
        "instructor_name": str(instructor) if instructor else "",
        "instructor_email": instructor.email if instructor else "",
        "expected_wages": WAGES.get(employer.get("wages"), ExpectedWages.NOT_AGREED),
    }


def _stay(demo: Demo, raw: dict) -> dict:
    sent = raw["application"]
    begun = demo.at(sent["history"][0]["on"], "18:00")
    levels = {language["code"]: language["level"] for language in raw["languages"]}
    return {
        "english_level": levels.get("en", ""),
        "has_earlier_stays": bool(sent["earlier_erasmus"]),
        "has_photo_consent": sent["photo_consent"],
        "photo_consent_version": consent.PHOTO_VERSION if sent["photo_consent"] is not None else "",
        "photo_answered_at": begun if sent["photo_consent"] is not None else None,
    }


def load_languages(demo: Demo) -> None:
    """Languages besides English and the language of the country."""
    save_all(
        LanguageSkill,
        [
            LanguageSkill(application=demo[raw["application"]["id"]], language=each["code"], level=each["level"])
            for raw in read("people")["apprentices"]
            for each in raw["languages"]
            if each["code"] not in {"en", "nb", "nn", "no"}
        ],
    )


def load_checks(applications: list[Application]) -> None:
    """What the rules said on the day that each application was sent."""
    checks = []
    for application in applications:
        if application.submitted_at is None:
            continue
        day = application.submitted_at.astimezone(application.office.tz).date()
        findings = check(replace(facts_of(application), today=day), rules_of(application.round))
        checks.append(
            EligibilityCheck(
                application=application,
                rules_version=RULES_VERSION,
                computed_at=application.submitted_at,
                findings=[finding.as_json() for finding in findings],
                level=worst(findings),
            )
        )
    save_all(EligibilityCheck, checks)
