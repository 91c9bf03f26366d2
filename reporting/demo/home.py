"""People and organisations at home: trades, training offices, companies, those who train, apprentices, contracts."""

from apprentices.enums import ContractKind
from apprentices.models import (
    Apprentice,
    Contract,
    Instructor,
    Trade,
    TrainingCompany,
    TrainingManager,
    TrainingOffice,
)
from mobility.accounts.enums import Role
from reporting.demo.offices import FACES, make_accounts, written_form
from reporting.demo.source import DATA, Demo, read

INTSEK = "office-intsek"
APPROVAL_TAKES = 20  # days from the first day of a contract
CONTRACTS = {"apprenticeship": ContractKind.APPRENTICESHIP, "training_contract": ContractKind.TRAINING}


def load(demo: Demo) -> None:
    load_trades(demo)
    load_organisations(demo, office=INTSEK)
    load_accounts(demo)
    load_trainers(demo, office=INTSEK)
    load_apprentices(demo, office=INTSEK)
    load_ranke(demo)
    load_nordvarde(demo)


def load_trades(demo: Demo) -> None:
    """The installation has the code list; twelve trades get their names in the other languages."""
    trades = {trade.code: trade for trade in Trade.objects.all()}
    named = []
    for raw in read("competence_aims")["trades"]:
        trade = trades[raw["trade"]]
        for language in ("nn", "sv", "en"):
            name = f"name_{language}"
            setattr(trade, name, getattr(trade, name) or raw["name"][language])
        named.append(trade)
    Trade.objects.bulk_update(named, ["name_nn", "name_sv", "name_en"])
    demo.rows.update(trades)


def load_organisations(demo: Demo, *, office: str, only: str | None = None, prefix: str = "") -> None:
    """The training offices and companies of one office; ``only``: one training office and its companies."""
    places = {municipality["number"]: municipality["name"] for municipality in read("people")["municipalities"]}
    offices = {}
    for raw in read("people")["training_offices"]:
        if only in {None, raw["id"]}:
            contact = raw["contact"]
            offices[prefix + raw["id"]] = TrainingOffice(
                office=demo[office],
                name=raw["name"],
                organisation_number=raw["organisation_number"],
                contact_name=f"{contact['given_name']} {contact['family_name']}",
                email=contact["email"],
                phone=contact["phone"],
            )
    demo.store(TrainingOffice, offices)
    companies = {}
    for raw in read("people")["companies"]:
        if only in {None, raw["training_office"]}:
            companies[prefix + raw["id"]] = TrainingCompany(
                office=demo[office],
                name=raw["name"],
                organisation_number=raw["organisation_number"],
                training_office=demo[prefix + raw["training_office"]] if raw["training_office"] else None,
                municipality=places[raw["municipality"]],
                email=raw["email"],
                phone=raw["phone"],
            )
    demo.store(TrainingCompany, companies)


def load_accounts(demo: Demo) -> None:
    """The portal's people of INTSEK: everybody who has applied, and the instructors."""
    applied = [raw for raw in read("people")["apprentices"] if raw["application"]["submitted"] is not None]
    people = [{**raw, "office": INTSEK, "role": Role.APPRENTICE, "face": FACES.get(raw["id"])} for raw in applied]
    people += [
        {**raw, "language": "nb", "office": INTSEK, "role": Role.INSTRUCTOR, "face": FACES.get(raw["id"])}
        for raw in read("people")["instructors"]
    ]
    make_accounts(demo, people)


def person_fields(demo: Demo, raw: dict, office: str) -> dict:
    return {
        "office": demo[office],
        "given_name": raw["given_name"],
        "family_name": raw["family_name"],
        "email": raw["email"],
        "phone": raw["phone"] or "",
        "written_form": written_form(raw["written_form"]),
    }


def load_trainers(demo: Demo, *, office: str, prefix: str = "") -> None:
    """Training managers and instructors of the companies that are here already."""
    managers = {
        prefix + raw["id"]: TrainingManager(company=demo[prefix + raw["company"]], **person_fields(demo, raw, office))
        for raw in read("people")["training_managers"]
        if prefix + raw["company"] in demo.rows
    }
    demo.store(TrainingManager, managers)
    instructors = {
        prefix + raw["id"]: Instructor(
            company=demo[prefix + raw["company"]],
            user=None if prefix else demo[f"user:{raw['id']}"],
            **person_fields(demo, raw, office),
        )
        for raw in read("people")["instructors"]
        if prefix + raw["company"] in demo.rows
    }
    demo.store(Instructor, instructors)


def load_apprentices(demo: Demo, *, office: str, prefix: str = "") -> None:
    """Apprentices with their contracts; an apprentice comes into being with a submitted application."""
    places = {municipality["number"]: municipality["name"] for municipality in read("people")["municipalities"]}
    awaited = (DATA / "vigo.csv").read_text(encoding="utf-8")  # approved by the list that is yet to be imported
    apprentices, contracts = {}, {}
    for raw in read("people")["apprentices"]:
        contract = raw["contract"]
        if raw["application"]["submitted"] is None or prefix + contract["company"] not in demo.rows:
            continue
        apprentice = apprentices[prefix + raw["id"]] = Apprentice(
            user=None if prefix else demo[f"user:{raw['id']}"],
            call_name=raw["call_name"] or "",
            birth_date=demo.on(raw["birth"]),
            trade=demo[raw["trade"]],
            municipality="" if raw["protected_address"] else places[raw["municipality"]],
            **person_fields(demo, raw, office),
        )
        contracts[f"{prefix}contract:{raw['id']}"] = Contract(
            apprentice=apprentice,
            kind=CONTRACTS[contract["kind"]],
            starts_on=demo.on(contract["start"]),
            ends_on=demo.maybe_on(contract["end"]),
            company=demo[prefix + contract["company"]],
            training_office=demo[prefix + contract["training_office"]] if contract["training_office"] else None,
            training_manager=demo[prefix + contract["training_manager"]],
            instructor=demo[prefix + contract["instructor"]] if contract["instructor"] else None,
            approved_on=None if raw["sys_id"] in awaited else demo.on(contract["start"] + APPROVAL_TAKES),
        )
    demo.store(Apprentice, apprentices)
    demo.store(Contract, contracts)


def load_ranke(demo: Demo) -> None:
    """The florists' training office sees its own companies and apprentices, rows of its own office."""
    load_organisations(demo, office="office-ranke", only="to-6", prefix="ranke:")
    load_trainers(demo, office="office-ranke", prefix="ranke:")
    load_apprentices(demo, office="office-ranke", prefix="ranke:")


def load_nordvarde(demo: Demo) -> None:
    companies, managers = {}, {}
    office = demo["office-nordvarde"]
    for raw in read("nordvarde")["companies"]:
        contact = raw["contact"]
        given, _, family = contact["name"].rpartition(" ")
        company = companies[raw["id"]] = TrainingCompany(
            office=office,
            name=raw["name"],
            organisation_number=raw["organisation_number"],
            municipality=raw["municipality"],
            email=contact["email"],
            phone=contact["phone"],
        )
        if raw["state"] == "contract_signed":
            managers[f"manager:{raw['id']}"] = TrainingManager(
                office=office,
                company=company,
                given_name=given,
                family_name=family,
                email=contact["email"],
                phone=contact["phone"],
            )
    demo.store(TrainingCompany, companies)
    demo.store(TrainingManager, managers)
