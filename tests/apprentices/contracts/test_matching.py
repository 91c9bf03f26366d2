"""Contracts from the county's register: whom a row is about, and that nothing is overwritten silently."""

import datetime

import pytest

from apprentices.enums import ContractSource, ImportState
from apprentices.models import Apprentice, Contract, ContractImport, TrainingCompany
from apprentices.services import contract_imports
from mobility.common.errors import NotReady
from tests import factories
from tests.apprentices.contracts.lists import BORN, KARI, outcomes, said

pytestmark = pytest.mark.django_db


# --- matching -------------------------------------------------------------------------------------------------------
def test_somebody_unknown_becomes_a_person_with_a_contract_and_a_company(check, apply, coordinator):
    found = apply(check(KARI, approved_on=datetime.date(2026, 1, 15)))
    person = Apprentice.objects.get()
    assert (person.full_name, person.birth_date, person.email, person.phone.as_e164, person.trade.code) == (
        "Kari Nordmann",
        BORN,
        "kari@example.net",
        "+4799990109",
        "HSHEA3----",
    )
    contract = Contract.objects.get()
    assert (contract.external_id, contract.source, contract.approved_on, contract.kind) == (
        "K-1",
        ContractSource.IMPORT,
        datetime.date(2026, 1, 15),
        "apprenticeship",
    )
    assert (contract.starts_on, contract.ends_on) == (datetime.date(2025, 8, 1), datetime.date(2027, 7, 31))
    assert TrainingCompany.objects.get().organisation_number == "995810166"
    assert (found.state, found.applied_by) == (ImportState.APPLIED, coordinator)
    assert [(row.history_user, row.history_change_reason) for row in person.history.all()] == [
        (coordinator, f"import {found.pk}")
    ]


def test_the_dry_run_changes_nobody(check):
    check(KARI)
    assert (Apprentice.objects.count(), Contract.objects.count(), TrainingCompany.objects.count()) == (0, 0, 0)


def test_the_same_list_again_finds_everything_unchanged(check, apply):
    apply(check(KARI))
    assert outcomes(check(KARI)) == ["unchanged"]


def test_name_and_date_of_birth_find_the_person_and_the_contract_without_a_number(check, apply, kari):
    found = check(KARI.replace("Kari;Nordmann", "NORDMANN;KÅRI").replace("KÅRI", "Kari"))
    assert outcomes(found) == ["changed"]
    assert ["external_id", "", "K-1"] in found.report[0]["differences"]
    apply(found)
    contract = Contract.objects.get()
    assert (contract.apprentice, contract.external_id, Apprentice.objects.count()) == (kari, "K-1", 1)


def test_the_number_finds_the_contract_whatever_the_name_is_now(check, apply, kari):
    apply(check(KARI))
    found = check(KARI.replace("Nordmann", "Nordmann Berg"))
    assert outcomes(found) == ["changed"]
    assert found.report[0]["differences"] == [["family_name", "Nordmann", "Nordmann Berg"]]


def test_a_number_that_belongs_to_somebody_else_is_an_error(check, apply):
    apply(check(KARI))
    found = check(KARI.replace("Kari;Nordmann;05.06.2007", "Ola;Hansen;01.02.2006"))
    assert (outcomes(found), said(found)) == (["error"], ["another_person"])


def test_several_people_of_one_name_and_birthday_are_decided_by_hand(check, decide, apply, kari, office):
    twin = factories.ApprenticeFactory(office=office, given_name="Kari", family_name="Nordmann", birth_date=BORN)
    found = check(KARI)
    assert (outcomes(found), said(found)) == (["choose"], ["several_people"])
    with pytest.raises(NotReady, match="Rows to be decided: 1"):
        apply(found)
    decide(found, people={2: str(twin.pk)})
    found.refresh_from_db()
    assert outcomes(found) == ["new_contract"]
    apply(found)
    assert Contract.objects.get(external_id="K-1").apprentice == twin


def test_nearly_the_same_name_is_asked_and_somebody_new_is_an_answer(check, decide, apply, kari):
    found = check(KARI.replace("Nordmann", "Nordman"))
    assert (outcomes(found), said(found)) == (["choose"], ["perhaps"])
    decide(found, people={2: "new"})
    apply(ContractImport.objects.get())
    assert sorted(Apprentice.objects.values_list("family_name", flat=True)) == ["Nordman", "Nordmann"]


def test_two_contracts_of_one_new_person_bring_one_person(check, apply):
    found = check(KARI, KARI.replace("K-1", "K-2").replace("01.08.2025;31.07.2027", "01.08.2027;"))
    assert (outcomes(found), said(found, 1)) == (["new_person", "new_contract"], ["with_row"])
    apply(found)
    assert [contract.external_id for contract in Apprentice.objects.get().contracts.order_by("pk")] == ["K-1", "K-2"]


def test_the_second_contract_brings_the_person_where_the_first_row_is_left_out(check, decide, apply):
    found = check(KARI, KARI.replace("K-1", "K-2"))
    decide(found, out=[2])
    apply(found)
    assert [contract.external_id for contract in Apprentice.objects.get().contracts.all()] == ["K-2"]


def test_people_and_contracts_of_other_offices_are_not_found(check):
    other = factories.ApprenticeFactory(given_name="Kari", family_name="Nordmann", birth_date=BORN)
    factories.ContractFactory(apprentice=other, external_id="K-1", register_office=other.office)
    assert outcomes(check(KARI)) == ["new_person"]


def test_merged_people_are_not_found(check, kari, office):
    kept = factories.ApprenticeFactory(office=office)
    Contract.objects.update(apprentice=kept)
    Apprentice.objects.filter(pk=kari.pk).update(merged_into=kept)
    assert outcomes(check(KARI)) == ["new_person"]


# --- nothing is overwritten silently --------------------------------------------------------------------------------
def test_what_is_here_stays_and_what_is_empty_is_filled(check, apply, kari):
    Apprentice.objects.update(email="own@example.net", phone="")
    apply(check(KARI))
    kari.refresh_from_db()
    assert (kari.email, kari.phone.as_e164) == ("own@example.net", "+4799990109")


def test_a_ticked_difference_is_taken_and_the_history_keeps_the_old_one(check, decide, apply, kari, coordinator):
    Apprentice.objects.update(email="own@example.net")
    found = check(KARI)
    decide(found, take={2: ["email"]})
    apply(found)
    kari.refresh_from_db()
    assert kari.email == "kari@example.net"
    assert kari.history.first().history_user == coordinator
    assert Contract.objects.get().external_id == ""  # it was shown, and not ticked


def test_a_whole_column_is_taken_and_given_back(check, apply, kari, coordinator):
    Apprentice.objects.update(email="own@example.net", given_name="Karin")
    found = check(KARI.replace("K-1", "K-9"))
    contract_imports.decide_rows(
        contract_import=found, by=coordinator, shown={2}, out=set(), take={}, people={2: str(kari.pk)}
    )
    for column, taken in (("email", True), ("given_name", True), ("given_name", False)):
        contract_imports.take_column(contract_import=found, by=coordinator, column=column, taken=taken)
    apply(found)
    kari.refresh_from_db()
    assert (kari.email, kari.given_name) == ("kari@example.net", "Karin")


def test_an_empty_cell_is_no_difference(check, apply):
    apply(check(KARI))
    emptied = KARI.replace("kari@example.net", "").replace("99 99 01 09", "").replace("31.07.2027", "")
    assert outcomes(check(emptied)) == ["unchanged"]
