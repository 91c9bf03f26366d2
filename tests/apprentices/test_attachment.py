"""The one attachment of an application: kept, replaced, deleted, shown to its owner, and never in the way of the rest."""

import errno

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from apprentices.models import Application
from apprentices.services import drafts
from mobility.common import uploads
from mobility.common.errors import Refused
from mobility.common.models import StoredFile
from tests import factories
from tests.apprentices.test_apply import hold
from tests.common.test_uploads import pdf, picture

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def held(client, office):
    return hold(client, factories.ApplicationFactory(round=factories.RoundFactory(office=office)))


def post(client, application, content=None, name="cv.pdf", **typed):
    data = {"first_country": "ES", "english_level": "B2", "motivation": "Jeg vil lære."} | typed
    if content is not None:
        data["attachment"] = SimpleUploadedFile(name, content)
    return client.post(reverse("apprentices:apply_stay", args=[application.round_id]), data, headers=ENGLISH)


def on_disk():
    found, folders = [], [""]
    while folders:
        folder = folders.pop()
        try:
            inner, files = default_storage.listdir(folder)
        except FileNotFoundError:
            continue
        folders += [f"{folder}/{name}".lstrip("/") for name in inner]
        found += [f"{folder}/{name}" for name in files if "attachment" in folder]
    return set(found)


def test_a_file_is_kept_shown_and_replaced(client, held, django_capture_on_commit_callbacks):
    before = on_disk()
    assert post(client, held, pdf(), "Vitnemål Vg2.pdf").status_code == 302
    held.refresh_from_db()
    assert held.attachment.original_name == "Vitnemål Vg2.pdf"
    shown = client.get(reverse("apprentices:draft_attachment", args=[held.round_id]))
    assert shown["Content-Disposition"].startswith("attachment")
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert b"".join(shown).startswith(b"%PDF-")
    with django_capture_on_commit_callbacks(execute=True):
        post(client, held, picture(), "bilde.jpeg")
    held.refresh_from_db()
    assert held.attachment.original_name == "bilde.jpg"
    assert StoredFile.objects.count() == 1
    assert len(on_disk() - before) == 1


def test_deleting_keeps_what_was_typed(client, held, django_capture_on_commit_callbacks):
    before = on_disk()
    post(client, held, pdf())
    with django_capture_on_commit_callbacks(execute=True):
        answer = post(client, held, remove="attachment", motivation="Noe nytt")
    assert answer.url.endswith("/stay/#id_attachment")
    held.refresh_from_db()
    assert (held.attachment, held.motivation) == (None, "Noe nytt")
    assert not StoredFile.objects.exists()
    assert on_disk() == before


def test_a_refused_file_costs_nothing_else(client, held):
    answer = post(client, held, b"<svg/>", "cv.pdf", motivation="Alt jeg skrev")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "not a PDF, JPG or PNG" in page
    assert "Alt jeg skrev" in page
    held.refresh_from_db()
    assert (held.motivation, held.attachment) == ("Alt jeg skrev", None)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(("language", "words"), [("en", "The file is empty"), ("nb", None), ("nn", None), ("sv", None)])
def test_an_empty_file_is_told_in_the_users_language(client, held, language, words):
    page = client.post(
        reverse("apprentices:apply_stay", args=[held.round_id]),
        {"attachment": SimpleUploadedFile("cv.pdf", b"")},
        headers={"accept-language": language},
    )
    assert page.status_code == 200
    assert 'id="id_attachment_error"' in page.content.decode()
    assert words is None or words in page.content.decode()


def test_a_file_beyond_the_limit_is_refused_and_the_rest_saved(client, held, settings):
    settings.UPLOAD_LIMIT_MB = 1
    page = post(client, held, b"%PDF-" + b"0" * (3 * 1024**2), motivation="Alt jeg skrev").content.decode()
    assert "It may have up to 1 MB" in page
    held.refresh_from_db()
    assert held.motivation == "Alt jeg skrev"


def test_a_full_disk_is_told_and_leaves_no_file(client, held, monkeypatch):
    post(client, held, picture(), "first.jpg")
    before, real = on_disk(), FileSystemStorage._save

    def half(self, name, content):
        real(self, name, content)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", half)
    page = post(client, held, pdf(), motivation="Alt jeg skrev").content.decode()
    assert "There is no room for the file just now" in page
    assert "Alt jeg skrev" in page
    held.refresh_from_db()
    assert held.motivation == "Alt jeg skrev"
    assert held.attachment.original_name == "first.jpg"
    assert on_disk() == before
    checked = uploads.Checked(b"x", "application/pdf", "a.pdf")
    with pytest.raises(Refused):
        drafts.attach_file(application=held, checked=checked)


def test_a_database_that_refuses_leaves_no_file(held, monkeypatch):
    before = on_disk()

    def refuses(self, *args, **kwargs):
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(Application, "save", refuses)
    with pytest.raises(RuntimeError):
        drafts.attach_file(application=held, checked=uploads.Checked(b"x", "application/pdf", "a.pdf"))
    assert not StoredFile.objects.exists()
    assert on_disk() == before


def test_the_owner_may_open_the_file_after_sending_and_a_stranger_may_not(client, held, sign_in, apprentice_user):
    post(client, held, pdf())
    held.refresh_from_db()
    sent = factories.ApplicationFactory(submitted=True, attachment=held.attachment)
    sent.apprentice.user = apprentice_user
    sent.apprentice.save()
    address = reverse("apprentices:own_attachment", args=[sent.pk])
    client.logout()
    assert client.get(address).status_code == 302
    shown = sign_in(apprentice_user).get(address)
    assert b"".join(shown).startswith(b"%PDF-")
    shown.close()
    assert sign_in(factories.member("apprentice")).get(address).status_code == 404
