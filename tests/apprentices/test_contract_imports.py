"""Contracts from the county's register: matched, reported row by row, decided by hand, imported all or nothing."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apprentices.enums import ContractSource, ImportState
from apprentices.models import Apprentice, Contract, ContractImport, TrainingCompany
from apprentices.services import contract_imports
from mobility.common.errors import NotReady, TransitionNotAllowed
from tests import factories

pytestmark = pytest.mark.django_db
HEADER = "sysId;fornavn;etternavn;fdato;epost;mobil;type;promrkode;promrnavn;bnr;bedrnavn;start;slutt"
KARI = "K-1;Kari;Nordmann;05.06.2007;kari@example.net;99 99 01 09;Lærling;HSHEA3;Helsearbeiderfaget;995810166;Furukollen;01.08.2025;31.07.2027"
BORN = datetime.date(2007, 6, 5)


@pytest.fixture(autouse=True)
def trade(db):
    return factories.TradeFactory()


@pytest.fixture
def company(office):
    return factories.TrainingCompanyFactory(office=office, name="Furukollen", organisation_number="995810166")


@pytest.fixture
def kari(office, company, trade):
    """Kari as the row of KARI says, but for the number of the contract, which we do not know."""
    person = factories.ApprenticeFactory(
        office=office,
        given_name="Kari",
        family_name="Nordmann",
        birth_date=BORN,
        email="kari@example.net",
        phone="+4799990109",
        trade=trade,
    )
    factories.ContractFactory(
        apprentice=person,
        company=company,
        starts_on=datetime.date(2025, 8, 1),
        ends_on=datetime.date(2027, 7, 31),
    )
    return person


@pytest.fixture
def check(office, coordinator):
    """``check(row, row, ...)``: upload these rows and return the import."""

    def _check(*rows, header=HEADER, **more):
        content = "\r\n".join([header, *rows]).encode()
        return contract_imports.check_contracts(office=office, content=content, name="vigo.csv", by=coordinator, **more)

    return _check


@pytest.fixture
def decide(coordinator):
    def _decide(found, *, out=(), take=None, people=None):
        shown = {entry["number"] for entry in found.report}
        return contract_imports.decide_rows(
            contract_import=found, by=coordinator, shown=shown, out=set(out), take=take or {}, people=people or {}
        )

    return _decide


@pytest.fixture
def apply(coordinator):
    return lambda found: contract_imports.apply_import(contract_import=found, by=coordinator)


def outcomes(found):
    return [entry["outcome"] for entry in found.report]


def said(found, place=0):
    return [code for code, _params in found.report[place]["say"]]


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


# --- pages --------------------------------------------------------------------------------------------------------------
def _upload(client, content=None, name="vigo.csv"):
    body = content if content is not None else "\n".join([HEADER, KARI]).encode()
    return client.post(reverse("apprentices:contract_imports"), {"file": SimpleUploadedFile(name, body)})


def test_a_coordinator_uploads_decides_and_imports(client, sign_in, coordinator, kari):
    Apprentice.objects.update(email="own@example.net")
    sign_in(coordinator)
    answer = _upload(client)
    found = ContractImport.objects.get()
    assert answer.url == found.get_absolute_url()
    page = client.get(answer.url).content.decode()
    assert "own@example.net" in page
    assert 'value="2:email"' in page
    sent = {"row": ["2"], "take": ["2:email", "2:external_id"]}
    assert client.post(reverse("apprentices:decide_contract_rows", args=[found.pk]), sent).status_code == 302
    assert (
        "Only what you have ticked"
        in client.get(reverse("apprentices:apply_contract_import", args=[found.pk])).content.decode()
    )
    client.post(reverse("apprentices:apply_contract_import", args=[found.pk]))
    kari.refresh_from_db()
    assert (kari.email, Contract.objects.get().external_id) == ("kari@example.net", "K-1")
    assert "Imported" in client.get(found.get_absolute_url()).content.decode()


def test_buttons_leave_out_errors_and_take_columns(client, sign_in, coordinator, check):
    found = check(KARI, KARI.replace("K-1", "").replace("Kari", "Ola"))
    sign_in(coordinator)
    address = reverse("apprentices:decide_contract_rows", args=[found.pk])
    client.post(address, {"leave_out_errors": "1"})
    client.post(address, {"take_column": "email"})
    client.post(address, {"take_column": "office"})
    found.refresh_from_db()
    assert found.decisions == {"out": [3], "columns": ["email"]}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"\xff\xfes\0y\0s\0", "not text that we can read"),
        (b"PK\x03\x04", "not a CSV"),
        (b"a;b\n\0;1", "not text that we can read"),
        (b"hello", "The file has no column"),
        (b'sysId;"navn\n1;2', "cannot be read as a table"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence_and_leaves_no_file(client, sign_in, coordinator, content, words):
    sign_in(coordinator)
    answer = _upload(client, content)
    assert words in answer.content.decode()
    assert ContractImport.objects.count() == 0


def test_a_file_that_is_too_large_is_refused(client, sign_in, coordinator, settings):
    settings.UPLOAD_LIMIT_MB = 0
    sign_in(coordinator)
    assert "may have up to" in _upload(client).content.decode()


def test_the_report_is_a_table_without_formulas(client, sign_in, coordinator, check):
    found = check(KARI.replace("Kari", '=HYPERLINK("http://x")'))
    sign_in(coordinator)
    answer = client.get(reverse("apprentices:contract_import_report", args=[found.pk]))
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "'=HYPERLINK" in lines[1]


def test_only_coordinators_import(client, sign_in, head, assistant, auditor, reviewer, check):
    found = check(KARI)
    for person in (head, assistant, auditor, reviewer):
        sign_in(person)
        assert client.get(reverse("apprentices:contract_imports")).status_code == 403
        assert client.get(found.get_absolute_url()).status_code == 404
        assert client.post(reverse("apprentices:apply_contract_import", args=[found.pk])).status_code == 404
    assert Contract.objects.count() == 0


def test_another_office_finds_nothing(client, sign_in, other_coordinator, check):
    found = check(KARI)
    sign_in(other_coordinator)
    assert client.get(found.get_absolute_url()).status_code == 404
    assert found.file.original_name not in client.get(reverse("apprentices:contract_imports")).content.decode()


# --- from the command line ------------------------------------------------------------------------------------------------
def test_the_command_prints_each_row_and_imports_nothing(office, tmp_path, capsys):
    path = tmp_path / "vigo.csv"
    path.write_text("\n".join([HEADER, KARI, KARI.replace("K-1", "")]), encoding="utf-8")
    call_command("import_contracts", str(path), office="intsek", dry_run=True)
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["2 · new person", "3 · error · The number of the contract (sysId) is missing."]
    assert ContractImport.objects.count() == 0
    call_command("import_contracts", str(path), office="intsek")
    assert (ContractImport.objects.get().by, Contract.objects.count()) == (None, 0)
    with pytest.raises(CommandError, match="no office"):
        call_command("import_contracts", str(path), office="nowhere")
