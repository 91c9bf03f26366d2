"""Contracts from the county's register: the coordinator's pages, and the command."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from apprentices.models import Apprentice, Contract, ContractImport
from tests.apprentices.contracts.lists import HEADER, KARI

pytestmark = pytest.mark.django_db


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
