"""Columns that the database cannot read, their keys, and changing the keys."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from apprentices.models import HealthNote
from mobility.common import encryption
from mobility.common.encryption import Unreadable
from tests import factories

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_a_text_comes_back_and_is_never_the_same_twice():
    first, second = encryption.encrypt("Nøtteallergi"), encryption.encrypt("Nøtteallergi")
    assert first != second
    assert [encryption.decrypt(token) for token in (first, second)] == ["Nøtteallergi"] * 2


def test_another_key_reads_nothing_and_says_nothing(settings):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    token = encryption.encrypt("Nøtteallergi")
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    with pytest.raises(Unreadable) as refused:
        encryption.decrypt(token)
    assert "allergi" not in str(refused.value)


def test_the_first_key_writes_and_every_key_reads(settings):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    old = encryption.encrypt("a")
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    new = encryption.encrypt("b")
    assert encryption.decrypt(old) == "a"
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert encryption.decrypt(new) == "b"


@pytest.mark.parametrize("keys", [[], ["short"], [NEW, "short"]])
def test_keys_that_are_none_stop_the_start_without_being_repeated(keys):
    with pytest.raises(ImproperlyConfigured) as refused:
        encryption.check_keys(keys)
    assert "FIELD_ENCRYPTION_KEYS" in str(refused.value)
    assert "short" not in str(refused.value)


def test_the_demo_makes_one_key_and_keeps_it_to_itself(settings, tmp_path):
    settings.FIELD_ENCRYPTION_KEYS = []
    settings.FIELD_KEY_FILE = tmp_path / "var" / "field-key"
    token = encryption.encrypt("a")
    key = settings.FIELD_KEY_FILE.read_text()
    assert encryption.decrypt(token) == "a"
    assert settings.FIELD_KEY_FILE.read_text() == key
    assert settings.FIELD_KEY_FILE.stat().st_mode & 0o077 == 0
    assert [path.name for path in settings.FIELD_KEY_FILE.parent.iterdir()] == ["field-key"]


def test_without_key_and_key_file_nothing_is_written(settings):
    settings.FIELD_ENCRYPTION_KEYS, settings.FIELD_KEY_FILE = [], None
    with pytest.raises(ImproperlyConfigured):
        encryption.encrypt("a")


def raw(row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM apprentices_healthnote WHERE id = %s", [row.pk])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_the_column_holds_no_plain_text_and_nothing_is_the_empty_text():
    row = HealthNote.objects.create(application=factories.ApplicationFactory(), content={"diet": "nøtter"})
    assert "tter" not in raw(row)
    assert raw(row).startswith("gAAAA")
    assert HealthNote.objects.get().content == {"diet": "nøtter"}
    HealthNote.objects.update(content={})
    assert (raw(row), HealthNote.objects.get().content) == ("", {})


@pytest.mark.django_db
def test_the_column_cannot_be_searched_and_a_dump_holds_no_plain_text():
    row = HealthNote.objects.create(application=factories.ApplicationFactory(), content={"diet": "nøtter"})
    with pytest.raises(FieldError):
        HealthNote.objects.filter(content__icontains="a").exists()
    assert "tter" not in HealthNote._meta.get_field("content").value_to_string(row)
    assert "tter" not in f"{row} {row!r}"


@pytest.mark.django_db
def test_changing_keys_writes_every_row_with_the_first(settings):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    row = HealthNote.objects.create(application=factories.ApplicationFactory(), content={"diet": "nøtter"})
    empty = HealthNote.objects.create(application=factories.ApplicationFactory())
    settings.FIELD_ENCRYPTION_KEYS = [NEW, OLD]
    call_command("rotate_field_keys")
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    assert HealthNote.objects.get(pk=row.pk).content == {"diet": "nøtter"}
    assert raw(empty) == ""


@pytest.mark.django_db
def test_changing_keys_without_the_old_one_stops_and_names_the_row(settings):
    settings.FIELD_ENCRYPTION_KEYS = [OLD]
    row = HealthNote.objects.create(application=factories.ApplicationFactory(), content={"diet": "nøtter"})
    before = raw(row)
    settings.FIELD_ENCRYPTION_KEYS = [NEW]
    with pytest.raises(CommandError, match=f"apprentices.HealthNote {row.pk}"):
        call_command("rotate_field_keys")
    assert raw(row) == before
