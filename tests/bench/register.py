"""A list of 10,000 contracts looked through and imported, and the search for people who stand there twice.

The floor is what nobody can do without: ``clean_fields`` and ``bulk_create`` of the same people and contracts, in the
same run. Everything happens in one transaction that is never committed, on a database made for it.
"""

import datetime

from tests.bench.figures import timed
from tests.bench.scratch import rolled_back

ROWS = 10_000
AGAIN = 200  # every so many rows repeat a person in another spelling: pairs to find
GOALS = {"import": 3, "preview": 3, "preview_again": 3}  # PERFORMANCE 9: times the floor, at most
HEADER = "sysId;fornavn;etternavn;fdato;epost;mobil;type;promrkode;promrnavn;bnr;bedrnavn;start;slutt"


def measure() -> dict:
    """Figures in seconds, their ratios to the floor, and whether they keep to the goals."""
    with rolled_back():
        found = _measured()
    ratios = {step: round(seconds / found["floor"], 2) for step, seconds in found.items() if step != "floor"}
    kept = {step: ratios[step] <= goal for step, goal in GOALS.items()}
    return {"rows": ROWS, "steps": found, "ratios": ratios, "goals": {"at_most": GOALS, "kept": kept}}


def _measured() -> dict:
    from apprentices.models import Apprentice, Contract, SamePersonHint, Trade  # after Django is set up
    from apprentices.services.contract_imports import apply_import, check_contracts  # after Django is set up
    from apprentices.services.duplicates import look_for_pairs  # after Django is set up
    from mobility.accounts.enums import Role  # after Django is set up
    from tests import factories  # after Django is set up

    office = factories.OfficeFactory(slug="bench")
    by = factories.member(Role.COORDINATOR, office)
    trade = Trade.objects.first()
    content = "\r\n".join([HEADER, *(_row(number, trade.code) for number in range(ROWS))]).encode()
    seconds = {"floor": timed(lambda: _floor(office, trade))}

    def check():
        return check_contracts(office=office, content=content, name="bench.csv", by=by)

    made = []
    seconds["preview"] = timed(lambda: made.append(check()))
    seconds["import"] = timed(lambda: apply_import(contract_import=made[0], by=by))
    if (Apprentice.objects.count(), Contract.objects.count()) != (ROWS, ROWS):
        raise AssertionError("the list was not imported")
    seconds["preview_again"] = timed(check)
    seconds["search"] = timed(lambda: look_for_pairs(office=office))
    if SamePersonHint.objects.count() < ROWS // AGAIN - 1:
        raise AssertionError("the pairs were not found")
    seconds["search_again"] = timed(lambda: look_for_pairs(office=office))
    return seconds


def _person(number):
    """Given name, family name, birth date: letters only, and every so often nearly the person before."""
    like = number - 1 if number and number % AGAIN == 0 else number
    name = "".join(chr(97 + int(digit)) for digit in f"{like * 7919 % 99991:05d}")
    born = datetime.date(2005, 1, 1) + datetime.timedelta(days=like % 1500)
    return f"Kari{name}", f"Nordmann{name}" + ("e" if like != number else ""), born


def _row(number, trade):
    given, family, born = _person(number)
    return (
        f"K-{number};{given};{family};{born:%d.%m.%Y};k{number}@example.net;;Lærling;{trade};;;"
        f"Bedrift {number % 500};01.08.2025;31.07.2027"
    )


def _floor(office, trade):
    from django.db import transaction  # after Django is set up

    from apprentices.models import Apprentice, Contract, TrainingCompany  # after Django is set up

    with transaction.atomic():
        company = TrainingCompany.objects.create(office=office, name="Bedrift")
        people = []
        for number in range(ROWS):
            given, family, born = _person(number)
            people.append(
                Apprentice(
                    office=office,
                    given_name=given,
                    family_name=family,
                    birth_date=born,
                    email=f"k{number}@example.net",
                    trade=trade,
                )
            )
            people[-1].clean_fields(exclude={"office", "trade", "user", "merged_into", "member"})
        Apprentice.objects.bulk_create(people, batch_size=500)
        contracts = [
            Contract(
                apprentice=person,
                company=company,
                kind="apprenticeship",
                starts_on=datetime.date(2025, 8, 1),
                ends_on=datetime.date(2027, 7, 31),
                external_id=f"K-{number}",
                register_office=office,
            )
            for number, person in enumerate(people)
        ]
        for contract in contracts:
            contract.clean_fields(exclude={"apprentice", "company", "register_office", "training_office"})
        Contract.objects.bulk_create(contracts, batch_size=500)
        transaction.set_rollback(True)
