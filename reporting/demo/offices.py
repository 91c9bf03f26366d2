"""Offices, the people who work in them, their accounts, and the projects."""

from decimal import Decimal

from allauth.account.models import EmailAddress
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from mobility.accounts.enums import OfficeKind, Role, WrittenForm
from mobility.accounts.models import Membership, Office, User
from mobility.grants.models import BaseRate, BudgetLine, Project
from mobility.grants.rates import known_call_years
from reporting.demo.source import Demo, read, save_all

PASSWORD = "fjord-og-multe-2027"  # noqa: S105 - printed at every start of the demo
TOTP_SECRET = "UTFERDDEMOUTFERDDEMOUTFERDDEMO22"  # noqa: S105 - of one invented coordinator
SECOND_FACTOR = "staff-02"

KINDS = {
    "county_service_office": OfficeKind.COUNTY_SERVICE_OFFICE,
    "consortium_coordinator": OfficeKind.CONSORTIUM_COORDINATOR,
    "training_office_single_trade": OfficeKind.TRAINING_OFFICE,
    "training_office_broad": OfficeKind.TRAINING_OFFICE,
    "eu_project": OfficeKind.PROJECT_TEAM,
}
ROLES = {
    "coordinator": Role.COORDINATOR,
    "finance": Role.COORDINATOR,
    "training_office_manager": Role.COORDINATOR,
    "training_adviser": Role.ASSISTANT,
    "campaign_manager": Role.COORDINATOR,
    "project_manager": Role.COORDINATOR,
    "dissemination": Role.ASSISTANT,
    "head_of_section": Role.HEAD,
    "office_assistant": Role.ASSISTANT,
    "reviewer": Role.REVIEWER,
    "auditor": Role.AUDITOR,
}
# Whose sign-in is <role>@<office>.example outside the office's own staff, where the first of a role has it.
FACES = {"appr-013": Role.APPRENTICE, "ins-003": Role.INSTRUCTOR, "contact-03a": Role.PARTNER}


def load(demo: Demo) -> None:
    load_offices(demo)
    load_staff(demo)
    load_projects(demo)


def load_offices(demo: Demo) -> None:
    rows = {}
    for raw in read("offices")["offices"]:
        is_county = raw["kind"] == "county_service_office"
        rows[raw["id"]] = Office(
            name=raw["name"],
            short_name=raw["short_name"],
            slug=slugify(raw["short_name"]),
            kind=KINDS[raw["kind"]],
            county=raw["county"] or "",
            country=raw["country"],
            default_language=written_form(raw["default_language"]),
            time_zone=raw["time_zone"],
            oid=raw["oid"] or "",
            organisation_number=raw["organisation_number"] or "",
            address=raw["address"],
            postal_code=raw["postal_code"],
            postal_place=raw["postal_place"],
            email=raw["email"],
            phone=raw["phone"],
            emergency_phone=raw["emergency_phone"] or "",
            has_appeals=is_county,
            appeal_body="Klagenemnda i Innlandet fylkeskommune" if is_county else "",
        )
    demo.store(Office, rows)


def load_staff(demo: Demo) -> None:
    people = []
    for office in read("offices")["offices"]:
        taken: set[str] = set()
        for raw in office["staff"]:
            role = ROLES[raw["role"]]
            if "same_person_as" in raw:
                people.append({"id": raw["id"], "same_as": raw["same_person_as"], "office": office["id"], "role": role})
            else:
                face = None if role in taken else role
                taken.add(role)
                people.append({**raw, "office": office["id"], "role": role, "face": face})
    make_accounts(demo, people)
    give_second_factor(demo[SECOND_FACTOR])


def make_accounts(demo: Demo, people: list[dict]) -> None:
    """Make a user with a confirmed address and a membership for each person; all have the demo's one password.

    ``face``: the role whose sign-in this person has; the others sign in with their own address. ``same_as``: a second
    membership of somebody who is here already.
    """
    password = make_password(PASSWORD)
    users = {}
    for person in people:
        if "same_as" in person:
            continue
        office = demo[person["office"]]
        face = person.get("face")
        email = f"{face}@{office.slug}.example" if face else person["email"].lower()
        users[person["id"]] = User(
            email=email,
            password=password,
            given_name=person["given_name"],
            family_name=person["family_name"],
            phone=person.get("phone") or "",
            language=written_form(person.get("language") or person.get("ui_language") or person["written_form"]),
            written_form=written_form(person.get("written_form") or person["language"]),
            date_joined=demo.at(-400),
        )
    save_all(User, users.values())
    save_all(EmailAddress, [EmailAddress(user=u, email=u.email, verified=True, primary=True) for u in users.values()])
    memberships = {}
    for person in people:
        user = users.get(person["id"]) or demo[f"user:{person['same_as']}"]
        demo.rows[f"user:{person['id']}"] = user
        memberships[f"membership:{person['id']}"] = Membership(
            user=user, office=demo[person["office"]], role=person["role"], starts_on=demo.on(-400)
        )
    demo.store(Membership, memberships)
    demo.rows.update({person["id"]: demo[f"user:{person['id']}"] for person in people if person["id"] not in demo.rows})


def give_second_factor(user: User) -> None:
    """One coordinator of the demo has an authenticator app, so that this sign-in can be seen, too."""
    secret = get_adapter().encrypt(TOTP_SECRET)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": secret})


def written_form(code: str) -> str:
    return code if code in WrittenForm else WrittenForm.EN


def load_projects(demo: Demo) -> None:
    raws = [*read("offices")["projects"], consortium_project()]
    rows = {}
    for raw in raws:
        year = min(demo.monday.year + raw["call_year_offset"], known_call_years()[0])
        rows[raw["id"]] = Project(
            office=demo[raw["office"]],
            code=raw["code_template"].format(call_year=year),
            title=raw["title"],
            starts_on=demo.on(raw["start"]),
            ends_on=demo.on(raw["end"]),
            awarded=Decimal(raw["awarded_eur"]),
        )
    demo.store(Project, rows)
    rates, lines = [], []
    for raw in raws:
        project = demo[raw["id"]]
        for kind, groups in raw["base_rates_eur_per_day"].items():
            rates += [
                BaseRate(project=project, participant_kind=kind, country_group=int(group), eur_per_day=Decimal(rate))
                for group, rate in groups.items()
            ]
        lines += [
            BudgetLine(project=project, heading=line["heading"], awarded=Decimal(line["awarded_eur"]))
            for line in raw.get("budget_lines", [])
        ]
    save_all(BaseRate, rates)
    save_all(BudgetLine, lines)


def consortium_project() -> dict:
    consortium = read("consortium")["consortium"]
    project = consortium["project"]
    return {
        **project,
        "office": consortium["office"],
        "title": consortium["name"],
        "awarded_eur": project["grant_awarded_eur"],
    }
