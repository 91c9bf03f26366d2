"""The folded column: what it holds, what finds it, that the database keeps it whatever writes the row, what it leaves out."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection
from hypothesis import given
from hypothesis import strategies as st

from apprentices.models import Application, Apprentice, TrainingCompany
from apprentices.models.applications import ADDRESS
from mobility.common import search, trigrams
from mobility.common.fields import EncryptedJSON
from mobility.common.search import fold, matching, phone_digits
from tests.factories import ApplicationFactory, ApprenticeFactory, OfficeFactory, TrainingCompanyFactory

SEARCHED = [
    model for model in apps.get_models() if any(field.name == search.COLUMN for field in model._meta.concrete_fields)
]


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("Åse-Marie ØYGÅRDEN", "ase-marie oygarden"),
        ("Aase Oeygaarden", "ase oygarden"),
        ("Łukasz Żółć, Łódź", "lukasz zolc, lodz"),
        ("Nguyễn Thị Mỹ", "nguyen thi my"),
        ("Kjær Kjaer Kjär", "kjar kjar kjar"),
        ("Björk Bjørk", "bjork bjork"),
        ("Øyvind".encode().decode(), "oyvind"),
        ("A\u030asa", "asa"),  # as a Mac writes it
    ],
)
def test_marks_and_pairs_of_letters_become_one(words, folded):
    assert fold(words) == folded


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("+47 912 34 567", "4791234567"),
        ("912 34 567", "91234567"),
        ("0047-912.34.567", "4791234567"),
        ("070-123 45 67", "701234567"),
        ("4567", "4567"),
        ("12", ""),
        ("UT-2027", ""),
    ],
)
def test_a_phone_in_any_writing_is_its_digits(typed, digits):
    assert phone_digits(typed) == digits


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("asa", True), ("Åsa", True), ("AASA", True), ("strom asa", True), ("Strømsør Åsa", True), ("lodz", True),
        ("+47 912 34 567", True), ("91234567", True), ("4567", True), ("34 567", True), ("as", True), ("tr", False),
        ("asa per", False), ("ut-77", True), ("asa@example.net", True), ("zzz", False), ("   ", False), ("%", False),
        ("_sa", False), ("'; drop table", False),
    ],
)  # fmt: skip
def test_what_is_typed_finds_the_row(words, is_found):
    wanted = ApplicationFactory(
        submitted=True, reference="UT-77", given_name="Åsa", family_name="Strømsør", email="asa@example.net",
        phone="+4791234567", company_name="Łódź Bakeri",
    )  # fmt: skip
    ApplicationFactory(submitted=True, given_name="Per", family_name="Eide", phone="+4799887766")
    assert list(matching(Application.objects.all(), words)) == ([wanted] if is_found else [])


@pytest.mark.django_db
@given(
    words=st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00", max_codepoint=0x24F), max_size=40)
)
def test_the_database_folds_as_we_do(words):
    company = TrainingCompany(office_id=_office(), name=words)
    company.save()
    try:
        column = TrainingCompany.objects.values_list("search_text", flat=True).get(pk=company.pk)
        assert column.split() == fold(words).split()
    finally:
        company.delete()


def _office():
    from mobility.accounts.models import Office

    found = Office.objects.first()
    return found.pk if found else OfficeFactory().pk


@pytest.mark.django_db
def test_whatever_writes_a_row_writes_its_column():
    one = ApprenticeFactory(given_name="Per")
    one.given_name = "Åsa"
    one.save(update_fields=["given_name"])  # as services save
    Apprentice.objects.bulk_create(
        [Apprentice(office=one.office, given_name="Łucja", family_name="Ny", birth_date=one.birth_date)]
    )
    assert [matching(Apprentice.objects.all(), words).count() for words in ("asa", "per", "lucja")] == [1, 0, 1]
    Apprentice.objects.update(given_name="Øystein")  # as nobody should
    assert [matching(Apprentice.objects.all(), words).count() for words in ("asa", "oystein")] == [0, 2]


def test_nobody_can_write_the_column_by_hand():
    assert all(model._meta.get_field(search.COLUMN).generated for model in SEARCHED)


def test_nothing_protected_can_be_searched():
    """Only these columns; none of them is hidden from anybody who may open the list."""
    searched = {
        f"{model._meta.label}.{source.name}"
        for model in SEARCHED
        for source in model._meta.get_field(search.COLUMN).expression.source_expressions
    }
    names = {name.rpartition(".")[2] for name in searched}
    assert names <= {
        "reference", "given_name", "family_name", "call_name", "name", "email", "phone", "company_name", "company_number",
        "organisation_number", "municipality", "contact_name", "contact_email", "contact_phone", "city", "oid",
    }  # fmt: skip
    assert {f"apprentices.Application.{name}" for name in ADDRESS} & searched == set()
    protected = {model._meta.label for model in apps.get_models()
                 if any(isinstance(field, EncryptedJSON) for field in model._meta.fields)}  # fmt: skip
    assert protected
    assert protected & {model._meta.label for model in SEARCHED} == set()


# --- the index --------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite reads the column without an index")
def test_postgresql_has_the_index_and_uses_it():
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexname FROM pg_indexes WHERE indexname = 'apprentices_application_search'")
        assert cursor.fetchone() is not None
        cursor.execute("SET LOCAL enable_seqscan = off")
        sql, params = matching(Application.objects.order_by(), "åsa strøm").values("pk").query.sql_with_params()
        cursor.execute(f"EXPLAIN {sql}", params)
        assert "apprentices_application_search" in "".join(row[0] for row in cursor.fetchall())


class Refusing:
    """A connection to a PostgreSQL that lets nobody make an extension."""

    vendor, alias = "postgresql", "default"

    def __init__(self):
        self.said = []

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        return False

    def execute(self, sql, params=None):
        self.said.append(sql)
        if sql.startswith("CREATE EXTENSION"):
            raise DatabaseError("permission denied to create extension")

    def fetchone(self):
        return None


@pytest.mark.django_db
def test_a_database_that_refuses_the_extension_is_named_and_searched_without_index():
    refusing = Refusing()
    assert trigrams.make_indexes(refusing, ["apprentices_application"]) == [trigrams.REFUSED]
    assert not [sql for sql in refusing.said if sql.startswith("CREATE INDEX")]


@pytest.mark.django_db
def test_the_command_says_what_there_is(capsys):
    from django.core.management import call_command

    call_command("search_index")
    said = capsys.readouterr().out
    assert ("apprentices_application" in said) is (connection.vendor == "postgresql")


@pytest.mark.django_db
def test_a_company_is_found_by_its_number_in_any_writing():
    company = TrainingCompanyFactory(organisation_number="995810166")
    assert list(matching(TrainingCompany.objects.all(), "995 810 166")) == [company]
