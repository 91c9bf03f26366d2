"""Contracts from the county's register: rows that cannot be right, imported all or nothing, the number of queries."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apprentices.enums import ImportState
from apprentices.models import Apprentice, Contract, ContractImport, TrainingCompany
from apprentices.services import contract_imports
from mobility.common.errors import NotReady, TransitionNotAllowed
from tests.apprentices.contracts.lists import HEADER, KARI, outcomes, said

pytestmark = pytest.mark.django_db


# --- all or nothing ---------------------------------------------------------------------------------------------------
def test_a_row_with_an_error_keeps_everything_from_being_imported_until_it_is_left_out(check, decide, apply):
    found = check(KARI, KARI.replace("K-1", "K-2").replace("01.08.2025", "31.06.2025"))
    assert (outcomes(found), said(found, 1)) == (["new_person", "error"], ["day"])
    with pytest.raises(NotReady, match="Rows with errors: 1"):
        apply(found)
    assert Apprentice.objects.count() == 0
    decide(found, out=[3])
    apply(found)
    assert Contract.objects.get().external_id == "K-1"


def test_a_failure_in_the_last_step_keeps_nothing(check, apply, kari, monkeypatch):
    found = check(KARI, KARI.replace("K-1", "K-2").replace("Kari", "Ola"))
    monkeypatch.setattr(
        "apprentices.services.contract_rows.bulk_update_with_history",
        lambda *a, **k: (_ for _ in ()).throw(OSError("full")),
    )
    with pytest.raises(OSError, match="full"):
        apply(found)
    found.refresh_from_db()
    assert (Apprentice.objects.count(), Contract.objects.count(), found.state) == (1, 1, ImportState.CHECKED)


def test_a_report_that_is_out_of_date_is_made_anew_and_nothing_is_imported(check, apply, kari):
    found = check(KARI)
    Apprentice.objects.update(email="own@example.net")
    with pytest.raises(contract_imports.Stale):
        apply(found)
    found.refresh_from_db()
    assert ["email", "own@example.net", "kari@example.net"] in found.report[0]["differences"]
    assert (found.state, Contract.objects.get().external_id) == (ImportState.CHECKED, "")
    apply(found)
    assert Contract.objects.get().external_id == "K-1"


def test_a_list_is_imported_once(check, apply):
    found = apply(check(KARI))
    with pytest.raises(TransitionNotAllowed):
        apply(found)
    assert Contract.objects.count() == 1


def test_a_list_that_was_given_up_leaves_no_file_and_no_report(
    check, apply, coordinator, django_capture_on_commit_callbacks
):
    found = check(KARI)
    stored = found.file
    with django_capture_on_commit_callbacks(execute=True):
        contract_imports.discard_import(contract_import=found, by=coordinator)
    found.refresh_from_db()
    assert (found.state, found.report) == (ImportState.DISCARDED, [])
    assert not stored.content.storage.exists(stored.content.name)
    with pytest.raises(TransitionNotAllowed):
        apply(found)


# --- rows -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("K-1", "", "no_number"),
        ("Kari;Nordmann", ";", "no_name"),
        ("Lærling", "Sjef", "kind"),
        ("995810166", "995810167", "company_number"),
        ("995810166;Furukollen", ";", "no_company"),
        ("05.06.2007", "2007-06-05", "day"),
        ("05.06.2007", "29.02.2007", "day"),
        ("05.06.2007", "05.06.2027", "birth_date"),
        ("31.07.2027", "31.07.2024", "ends_first"),
        ("Nordmann", "N" * 101, "too_long"),
        ("31.07.2027", "31.07.2027;more", "too_wide"),
    ],
)
def test_a_row_that_cannot_be_right_says_why(check, old, new, code):
    found = check(KARI.replace(old, new))
    assert (outcomes(found), said(found)) == (["error"], [code])


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("kari@example.net", "kari at example", "email"),
        ("99 99 01 09", "12", "phone"),
        ("HSHEA3", "XXXXX9", "trade"),
        ("kari@example.net", "", "no_email"),
    ],
)
def test_what_is_not_taken_is_said_and_costs_nothing_else(check, apply, old, new, code):
    found = check(KARI.replace(old, new))
    assert (outcomes(found), code in said(found)) == (["new_person"], True)
    apply(found)
    assert Contract.objects.count() == 1


def test_a_row_that_stands_there_twice_is_imported_once_and_contradictions_are_errors(check, apply):
    assert outcomes(check(KARI, KARI)) == ["new_person", "repeated"]
    assert outcomes(check(KARI, KARI.replace("Kari", "Karin"))) == ["new_person", "error"]
    apply(ContractImport.objects.order_by("pk").first())
    assert Contract.objects.count() == 1


def test_one_column_of_names_commas_and_windows_letters_are_read(office, coordinator, apply):
    content = (
        "sysId,navn,fdato,type,bnr,bedrnavn,start,slutt\r\n"
        'K-1,"Øygården, Åse-Marie",05.06.2007,Lærekandidat,,"Å & Ø",01.08.2025,\r\n'
        "K-2,Ola Nordmann,05.06.2006,lærling,,Å & Ø,01.08.2025,\r\nK-3,Björk,05.06.2005,L,,Å & Ø,01.08.2025,"
    ).encode("cp1252")
    found = contract_imports.check_contracts(office=office, content=content, name="a.csv", by=coordinator)
    apply(found)
    people = Apprentice.objects.order_by("birth_date")
    assert [(person.given_name, person.family_name) for person in people] == [
        ("Björk", ""),
        ("Ola", "Nordmann"),
        ("Åse-Marie", "Øygården"),
    ]
    assert (TrainingCompany.objects.get().name, people[2].contracts.get().kind) == ("Å & Ø", "training")


@pytest.mark.parametrize(
    "header", ["fornavn;etternavn;fdato", HEADER.replace("slutt", "sluttdato"), HEADER.replace("epost", "start")]
)
def test_a_file_without_the_columns_is_refused(check, header):
    with pytest.raises(ValidationError):
        check(KARI, header=header)
    assert ContractImport.objects.count() == 0


# --- numbers of queries -------------------------------------------------------------------------------------------------
def _many(count, offset=0):
    return [
        f"K-{n};{chr(97 + n) * 6};{chr(97 + n) * 7};05.06.2007;k{n}@example.net;;Lærling;HSHEA3;;;Bedrift {n};01.08.2025;31.07.2027"
        for n in range(offset, offset + count)
    ]


def _count(act):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        act()
    return len(queries)


def test_the_number_of_queries_does_not_follow_the_number_of_rows(check, apply, coordinator):
    one, three = check(*_many(1)), check(*_many(3, 2))
    assert _count(lambda: check(*_many(1, 8))) == _count(lambda: check(*_many(3, 12)))
    few = _count(lambda: apply(one))
    three.refresh_from_db()
    assert _count(lambda: apply(three)) == few
