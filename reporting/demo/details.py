"""What those who have said yes gave in the second stage: some all of it, some half; the protected part encrypted."""

from itertools import cycle

from stdnum.no import kontonr

from apprentices import protected_consent
from apprentices.enums import ProtectedKind
from apprentices.models import PROTECTED, Certificate, Consent, Details, InsurancePolicy
from mobility.common.models import ReadLog
from reporting.demo.home import INTSEK
from reporting.demo.source import Demo, read, save_all

HALF_DONE = 4  # every so many has given only a part


def load(demo: Demo) -> None:
    people = [raw for raw in read("people")["apprentices"] if raw["application"]["state"] == "accepted"]
    told, texts = read("details"), cycle(read("details")["lodging"])
    details: list = []
    certificates: list = []
    policies: list = []
    for number, (raw, lodging) in enumerate(zip(people, texts, strict=False)):
        application = demo[raw["application"]["id"]]
        details.append(_details(demo, raw, application, lodging, number))
        if number % 3 != 2:
            row = told["certificates"][number % len(told["certificates"])]
            expires_on = None if row["days"] is None else demo.on(row["days"])
            certificates.append(Certificate(application=application, name=row["name"], expires_on=expires_on))
        if number % HALF_DONE != HALF_DONE - 1:
            policies.append(_policy(demo, application, told["insurers"][number % len(told["insurers"])], number))
    save_all(Details, details)
    save_all(Certificate, certificates)
    save_all(InsurancePolicy, policies)
    load_protected(demo, people)


def load_protected(demo: Demo, people: list) -> None:
    """Content and consent of each kind, and the readings of the coordinator before the journey."""
    rows: dict[str, list] = {kind: [] for kind in PROTECTED}
    consents = []
    for number, raw in enumerate(people):
        application = demo[raw["application"]["id"]]
        given_at = demo.at(raw["application"]["history"][-1]["on"], "20:15")
        for kind, content in _contents(demo, raw, application, number).items():
            rows[kind].append(PROTECTED[kind](application=application, content=content, saved_at=given_at))
            consents.append(
                Consent(application=application, kind=kind, version=protected_consent.VERSION, given_at=given_at)
            )
    save_all(Consent, consents)
    for kind, made in rows.items():
        rows[kind] = save_all(PROTECTED[kind], made)
    reader = demo["user:staff-01"]
    save_all(
        ReadLog,
        [
            ReadLog(
                office=demo[INTSEK],
                reader=reader,
                reader_role="coordinator",
                person=row.application.apprentice.user,
                kind=kind,
                object_id=row.pk,
                at=row.saved_at,
            )
            for kind in (ProtectedKind.HEALTH, ProtectedKind.NEXT_OF_KIN)
            for row in rows[kind][::5]
        ],
    )


def _details(demo, raw, application, lodging, number) -> Details:
    told = read("details")
    is_half = number % HALF_DONE == HALF_DONE - 1
    name, accepted_on = application.given_name, raw["application"]["history"][-1]["on"]
    words = {"name": name, "company": application.company_name}
    is_driver = number % 5 != 4
    return Details(
        application=application,
        saved_at=demo.at(accepted_on, "20:00"),
        cv_english="" if is_half else told["cv"].format(**words),
        letter_english=told["letter"].format(**words),
        has_licence=is_driver,
        licence_classes="B" if is_driver else "",
        licence_since=demo.on(accepted_on - 300) if is_driver else None,
        has_certificates=number % 3 != 2,
        lodging_wish=lodging["wish"],
        lodging_notes=lodging["notes"],
        guardian_phone="+4799990210" if application.guardian_name else "",
        a1_asked_on=demo.on(accepted_on + 5),
        a1_received_on=None if is_half else demo.on(accepted_on + 20),
    )


def _policy(demo, application, insurer, number) -> InsurancePolicy:
    return InsurancePolicy(
        application=application,
        company=insurer["company"],
        policy_number=insurer["policy_number"].format(number=770_100 + number * 37),
        emergency_phone=insurer["emergency_phone"].format(last=100 + number),
        expires_on=demo.on(420),
    )


def _contents(demo, raw, application, number) -> dict[str, dict]:
    told = read("details")
    kin = [told["kin"][(number + step) % len(told["kin"])] for step in (0, 1)]
    last = application.family_name
    contents: dict[str, dict] = {
        ProtectedKind.HEALTH: told["health"][number % len(told["health"])],
        ProtectedKind.NEXT_OF_KIN: {
            "first_name": f"{kin[0]['given']} {last}".strip(),
            "first_relation": kin[0]["relation"],
            "first_phone": f"+47 99 99 03 {number % 100:02}",
            "first_knows": True,
            "second_name": f"{kin[1]['given']} {last}".strip(),
            "second_relation": kin[1]["relation"],
            "second_phone": f"+47 99 99 04 {number % 100:02}",
            "second_knows": True,
        },
        ProtectedKind.TRAVEL: {
            "document_kind": "passport",
            "document_number": f"CCC{104_729 + 7 * number}",
            "document_country": raw["nationality"],
            "document_expires_on": demo.on(900 + 11 * number).isoformat(),
            "card_number": f"80578000{100_000_000_000 + 7919 * number}",
            "card_expires_on": demo.on(500 + 3 * number).isoformat(),
        },
        ProtectedKind.BANK: {"country": "NO", "holder": application.full_name, "number": account_number(number)},
    }
    if number % HALF_DONE == HALF_DONE - 1:
        del contents[ProtectedKind.BANK]
    return contents


def account_number(number: int) -> str:
    """An invented account number with a right last digit."""
    for attempt in range(number * 100, number * 100 + 100):
        bare = f"9999{attempt:06}"
        for digit in "0123456789":
            if kontonr.is_valid(bare + digit):
                return bare + digit
    raise ValueError(number)
