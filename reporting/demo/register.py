"""The county's list of contracts, looked through and waiting; somebody who stands in the register twice; an application
that a training office writes for somebody.
"""

import re

from apprentices.models import Apprentice, Round, TrainingOfficeMember
from apprentices.services.contract_imports import check_contracts
from apprentices.services.duplicates import look_for_pairs
from apprentices.services.on_behalf import start_entry
from mobility.accounts.enums import Role
from mobility.accounts.models import User
from reporting.demo.offices import make_accounts
from reporting.demo.source import DATA, Demo

_DAY = re.compile(r"\{(-?\d+)\}")  # days from the demo's Monday, as everywhere in the data


def load(demo: Demo) -> None:
    office = demo["office-intsek"]
    load_twice(demo)
    look_for_pairs(office=office)
    coordinator = User.objects.get(email="coordinator@intsek.example")
    check_contracts(
        office=office,
        content=register_csv(demo),
        name="vigo-lærekontrakter.csv",
        approved_on=demo.on(-7),
        by=coordinator,
    )
    load_training_office(demo)


def register_csv(demo: Demo) -> bytes:
    """The list as the register writes it: days as dd.MM.yyyy, letters of Windows."""
    text = (DATA / "vigo.csv").read_text(encoding="utf-8")
    return _DAY.sub(lambda found: f"{demo.on(int(found[1])):%d.%m.%Y}", text).replace("\n", "\r\n").encode("cp1252")


def load_twice(demo: Demo) -> None:
    """Sunniva has stood in an older list with her school's address."""
    known = demo["appr-009"]
    demo.store(
        Apprentice,
        {
            "twice": Apprentice(
                office=known.office,
                given_name="Sunniva",
                family_name="Skougerud",
                email="sunniva.skaugerud@skole.example.net",
                phone=known.phone,
                birth_date=known.birth_date,
                trade=known.trade,
                municipality=known.municipality,
            )
        },
    )


def load_training_office(demo: Demo) -> None:
    """Somebody at a training office, with one application begun for an apprentice."""
    person = {
        "id": "training-office-1",
        "given_name": "Kjersti",
        "family_name": "Ulvhaugen",
        "language": "nb",
        "office": "office-intsek",
        "role": Role.TRAINING_OFFICE,
        "face": Role.TRAINING_OFFICE,
    }
    make_accounts(demo, [person])
    member = TrainingOfficeMember(membership=demo["membership:training-office-1"], training_office=demo["to-1"])
    demo.store(TrainingOfficeMember, {"training-office-member": member})
    found = Round.objects.open_now().filter(office=demo["office-intsek"]).first()
    if found:
        start_entry(
            round=found,
            by=demo["user:training-office-1"],
            given_name="Brage",
            family_name="Nyhus",
            email="brage.nyhus@apprentice.example.net",
            written_form="nn",
        )
