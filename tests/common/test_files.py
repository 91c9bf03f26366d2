"""Stored files: no bytes stay on the disk whose row was not kept."""

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction

from mobility.common import files
from mobility.common.models import StoredFile

pytestmark = pytest.mark.django_db


class Broken(Exception):
    """Something went wrong after a file was stored."""


@pytest.fixture
def store(office):
    def _store(name):
        return files.store(office=office, kind="letter", name=name, content=b"%PDF-", content_type="application/pdf")

    return _store


def on_disk(*stored):
    return [default_storage.exists(each.content.name) for each in stored]


def test_what_a_step_stored_before_it_broke_goes_off_the_disk_with_its_rows(store):
    kept = store("before.pdf")
    found = []

    @files.only_if_kept()
    @transaction.atomic
    def step():
        found.extend([store("one.pdf"), store("two.pdf")])
        assert on_disk(*found) == [True, True]
        raise Broken

    with pytest.raises(Broken):
        step()
    assert on_disk(*found, kept) == [False, False, True]
    assert StoredFile.objects.get() == kept


def test_what_a_step_stored_stays_when_it_succeeds(store):
    @files.only_if_kept()
    @transaction.atomic
    def step():
        return store("one.pdf")

    assert on_disk(step(), step()) == [True, True]


def test_a_step_within_a_step_leaves_nothing_when_the_outer_one_breaks(store):
    found = []

    @files.only_if_kept()
    @transaction.atomic
    def outer():
        with files.only_if_kept(), transaction.atomic():
            found.append(store("inner.pdf"))
        raise Broken

    with pytest.raises(Broken):
        outer()
    assert on_disk(*found) == [False]


def test_a_step_that_breaks_within_one_that_goes_on_takes_only_its_own_files_along(store):
    found = []

    @files.only_if_kept()
    @transaction.atomic
    def inner():
        found.append(store("inner.pdf"))
        raise Broken

    with files.only_if_kept(), transaction.atomic():
        found.append(store("outer.pdf"))
        with pytest.raises(Broken):
            inner()
    assert on_disk(*found) == [True, False]
    assert StoredFile.objects.get() == found[0]


def test_a_file_that_cannot_be_deleted_keeps_neither_the_others_nor_the_first_error(store, monkeypatch, caplog):
    found, delete = [], FileSystemStorage.delete

    def refuse_one(storage, name):
        if name == found[0].content.name:
            raise OSError("read-only")
        delete(storage, name)

    @files.only_if_kept()
    @transaction.atomic
    def step():
        found.extend([store("one.pdf"), store("two.pdf")])
        raise Broken

    monkeypatch.setattr(FileSystemStorage, "delete", refuse_one)
    with pytest.raises(Broken):
        step()
    assert on_disk(*found) == [True, False]
    assert "stays on the disk" in caplog.text
