"""Files of an application: several for each requirement, replaced, deleted, shown to whom they are for, never orphaned."""

import errno
import tempfile
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from apprentices.enums import ApplicationStatus, AttachmentKind
from apprentices.models import Application, Attachment
from apprentices.services.attachments import add_attachment, delete_attachment, replace_attachment
from mobility.common import uploads
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.models import StoredFile
from tests import factories
from tests.apprentices.hostile import KEPT, REFUSED
from tests.apprentices.test_apply import hold
from tests.common.test_uploads import pdf, picture

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
STEP = "apprentices:apply_motivation"
SCRIPT = ENGLISH | {"x-requested-with": "XMLHttpRequest"}
CHECKED = uploads.Checked(b"x", "application/pdf", "a.pdf", b"small")


@pytest.fixture
def held(client, office):
    return hold(client, factories.ApplicationFactory(round=factories.RoundFactory(office=office)))


def named(content, name="cv.pdf"):
    upload = SimpleUploadedFile(name, content)
    upload._name = name  # as a browser may send it: Django's own constructor cleans it
    return upload


def post(client, application, kind="cv", *, headers=ENGLISH, **data):
    """As the button beside the files of one requirement sends the whole step."""
    typed = {"next": "", "motivation": "Jeg vil lære."}
    address = reverse("apprentices:draft_files", args=[application.round_id, kind])
    return client.post(address, typed | data, headers=headers)


def send(client, application, upload, kind="cv", field=""):
    """As uploads.js sends one file, alone."""
    address = reverse("apprentices:draft_files", args=[application.round_id, kind])
    return client.post(address, {field or f"file_{kind}": upload}, headers=SCRIPT)


def on_disk():
    found, folders = [], [""]
    while folders:
        folder = folders.pop()
        try:
            inner, files = default_storage.listdir(folder)
        except FileNotFoundError:
            continue
        folders += [f"{folder}/{name}".lstrip("/") for name in inner]
        found += [f"{folder}/{name}" for name in files if "attachment" in folder or "preview" in folder]
    return set(found)


def names(application):
    return [attachment.file.original_name for attachment in application.attachments.all()]


def test_several_files_of_a_requirement_are_kept_with_their_previews(client, held):
    answer = post(client, held, file_cv=[named(pdf(), "Vitnemål Vg2.pdf"), named(picture(), "bilde.jpeg")])
    assert answer.url.endswith("/#files-cv")
    assert names(held) == ["Vitnemål Vg2.pdf", "bilde.jpg"]
    for attachment in held.attachments.all():
        with attachment.preview.content.open() as file, Image.open(file) as small:
            assert (small.format, max(small.size) <= uploads.PREVIEW_PIXELS) == ("JPEG", True)
    held.refresh_from_db()
    assert held.motivation == "Jeg vil lære."


def test_a_file_opens_as_a_download_and_its_preview_as_a_picture(client, held):
    post(client, held, file_cv=named(pdf()))
    attachment = held.attachments.get()
    shown = client.get(reverse("apprentices:draft_file", args=[held.round_id, attachment.pk]))
    assert (shown["Content-Disposition"].split(";")[0], shown["X-Content-Type-Options"]) == ("attachment", "nosniff")
    assert b"".join(shown).startswith(b"%PDF-")
    shown.close()
    small = client.get(reverse("apprentices:draft_preview", args=[held.round_id, attachment.pk]))
    assert (small["Content-Type"], b"".join(small)[:3]) == ("image/jpeg", b"\xff\xd8\xff")
    small.close()


def test_the_script_gets_the_new_list_and_touches_nothing_that_was_typed(client, held):
    Application.objects.filter(pk=held.pk).update(motivation="Alt jeg skrev")
    page = send(client, held, named(picture(), "bilde.jpg"))
    assert page.status_code == 200
    assert "bilde.jpg" in page.content.decode()
    held.refresh_from_db()
    assert (held.motivation, names(held)) == ("Alt jeg skrev", ["bilde.jpg"])


def test_the_script_is_told_when_its_page_is_out_of_date(client, held):
    Application.objects.filter(pk=held.pk).delete()
    answer = send(client, held, named(pdf()))
    assert (answer.status_code, answer.json()) == (409, {"message": "This page is out of date. Please load it again."})


def test_the_same_file_sent_again_after_a_cut_line_stays_one(client, held):
    content = pdf()
    for _try in range(2):
        send(client, held, named(content))
    assert names(held) == ["cv.pdf"]
    assert StoredFile.objects.count() == 2  # the file and its preview


def test_a_replacement_takes_the_place_of_the_file_and_deletes_it(client, held, django_capture_on_commit_callbacks):
    before = on_disk()
    post(client, held, file_cv=named(pdf()))
    attachment = held.attachments.get()
    with django_capture_on_commit_callbacks(execute=True):
        send(client, held, named(picture(), "ny.jpg"), field=f"replace_{attachment.pk}")
    assert names(held) == ["ny.jpg"]
    assert held.attachments.get().pk == attachment.pk
    assert StoredFile.objects.count() == 2
    assert len(on_disk() - before) == 2


def test_a_refused_replacement_leaves_the_file_before(client, held):
    post(client, held, file_cv=named(pdf()))
    before = on_disk()
    answer = send(client, held, named(b"<svg/>"), field=f"replace_{held.attachments.get().pk}")
    assert (answer.status_code, names(held), on_disk()) == (422, ["cv.pdf"], before)


def test_deleting_keeps_what_was_typed(client, held, django_capture_on_commit_callbacks):
    before = on_disk()
    post(client, held, file_cv=named(pdf()))
    with django_capture_on_commit_callbacks(execute=True):
        answer = post(client, held, delete=held.attachments.get().pk, motivation="Noe nytt")
    assert answer.url.endswith("#files-cv")
    held.refresh_from_db()
    assert (names(held), held.motivation, StoredFile.objects.count(), on_disk()) == ([], "Noe nytt", 0, before)


def test_a_refused_file_costs_nothing_else(client, held):
    answer = post(client, held, file_cv=[named(b"<svg/>"), named(picture(), "god.jpg")], motivation="Alt jeg skrev")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error:" in page
    assert 'href="#file_cv"' in page
    assert "not a PDF, JPG or PNG" in page
    held.refresh_from_db()
    assert (held.motivation, names(held)) == ("Alt jeg skrev", ["god.jpg"])


def test_what_cannot_be_saved_stays_on_the_page_beside_a_refused_file(client, held):
    page = post(client, held, file_cv=named(b"<svg/>"), motivation="m" * 2001).content.decode()
    assert "m" * 2001 in page
    assert "not a PDF, JPG or PNG" in page


def test_a_requirement_has_a_limit(client, held):
    for number in range(AttachmentKind.CV.at_most):
        add_attachment(application=held, kind="cv", checked=uploads.Checked(b"%d" % number, "image/png", "a.png"))
    answer = send(client, held, named(picture()))
    assert (answer.status_code, held.attachments.count()) == (422, 3)


def test_a_reload_of_the_address_of_a_button_leads_back_to_the_step(client, held):
    answer = client.get(reverse("apprentices:draft_files", args=[held.round_id, "cv"]))
    assert answer.url == reverse(STEP, args=[held.round_id]) + "#files-cv"
    assert client.get(reverse("apprentices:draft_files", args=[held.round_id, "cv_english"])).status_code == 404


def test_another_browser_gets_neither_file_nor_preview(client, held):
    post(client, held, file_cv=named(pdf()))
    keys = [held.round_id, held.attachments.get().pk]
    client.logout()
    for name in ("draft_file", "draft_preview"):
        assert client.get(reverse(f"apprentices:{name}", args=keys)).status_code == 404
    assert post(client, held, file_cv=named(picture())).status_code == 302
    assert names(held) == ["cv.pdf"]


def test_a_sent_application_takes_no_more_files():
    sent = factories.ApplicationFactory(submitted=True)
    attachment = factories.AttachmentFactory(application=sent)
    for act in (
        lambda: add_attachment(application=sent, kind="cv", checked=CHECKED),
        lambda: replace_attachment(attachment=attachment, checked=CHECKED),
        lambda: delete_attachment(attachment=attachment),
    ):
        with pytest.raises(TransitionNotAllowed):
            act()
    assert Attachment.objects.count() == 1


def test_files_of_the_second_stage_wait_for_a_yes():
    offered = factories.ApplicationFactory(submitted=True, status=ApplicationStatus.OFFERED)
    with pytest.raises(TransitionNotAllowed):
        add_attachment(application=offered, kind="cv_english", checked=CHECKED)
    Application.objects.filter(pk=offered.pk).update(status=ApplicationStatus.ACCEPTED)
    assert add_attachment(application=offered, kind="cv_english", checked=CHECKED).kind == "cv_english"


def test_a_reviewer_opens_what_was_sent_and_nothing_that_came_later(sign_in, office):
    reviewer = factories.member("reviewer", office)
    application = factories.ApplicationFactory(round=factories.RoundFactory(office=office), submitted=True)
    application.reviews.create(reviewer=reviewer, assigned_at=application.submitted_at)
    sent = factories.AttachmentFactory(application=application)
    later = factories.AttachmentFactory(application=application, kind="cv_english")
    client = sign_in(reviewer)
    answers = {}
    for attachment in (sent, later):
        answer = client.get(reverse("apprentices:attachment", args=[application.pk, attachment.pk]))
        answer.close()
        answers[attachment.kind] = answer.status_code
    assert answers == {"cv": 200, "cv_english": 403}


# --- thirty files that mean no good ---------------------------------------------------------------------------------
SENTENCES = {
    "kind": "This file is not a PDF, JPG or PNG.",
    "empty": "The file is empty.",
    "two_kinds": "This file is of two kinds at once.",
    "broken": "We cannot read this file.",
    "pixels": "This picture has too many pixels.",
    "active": "This PDF contains scripts or other files.",
    "encrypted": "This PDF is protected by a password.",
    "pages": "This PDF may have up to 50 pages.",
    "too_large": "It may have up to 10 MB.",
}


@pytest.fixture
def temporary(settings, tmp_path, monkeypatch):
    """Where uploads and child processes put what is not kept."""
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("what", REFUSED)
def test_a_hostile_file_is_refused_with_its_sentence_and_leaves_nothing(client, held, temporary, what):
    make, name, code = REFUSED[what]
    content = make()
    before = on_disk()
    answer = send(client, held, named(content, name))
    assert answer.status_code == 422
    assert SENTENCES[code] in answer.json()["message"]
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert (on_disk(), list(temporary.iterdir())) == (before, [])


@pytest.mark.parametrize("what", KEPT)
def test_a_file_with_a_hostile_name_is_kept_under_a_harmless_one(client, held, temporary, what):
    make, name, kept = KEPT[what]
    content = make()
    assert send(client, held, named(content, name)).status_code == 200
    attachment = held.attachments.get()
    assert attachment.file.original_name == kept
    path = Path(attachment.file.content.name)
    assert (path.parts[1], len(path.stem), path.suffix in {".pdf", ".png", ".jpg"}) == ("attachment", 32, True)
    assert b"Storgata" not in attachment.file.content.read()
    attachment.file.content.close()
    assert list(temporary.iterdir()) == []


# --- a disk without room ----------------------------------------------------------------------------------------------
def no_room(folder):
    """Storage that writes a file of ``folder`` and then finds the disk full."""
    real = FileSystemStorage._save

    def _save(self, name, content):
        saved = real(self, name, content)
        if f"/{folder}/" in name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return saved

    return _save


def test_a_full_disk_is_told_and_leaves_no_file(client, held, monkeypatch, temporary):
    post(client, held, file_cv=named(picture(), "first.jpg"))
    before, stored = on_disk(), StoredFile.objects.count()
    monkeypatch.setattr(FileSystemStorage, "_save", no_room("attachment"))
    page = post(client, held, file_cv=named(pdf()), motivation="Alt jeg skrev").content.decode()
    assert "There is no room for the file just now" in page
    held.refresh_from_db()
    assert (held.motivation, names(held)) == ("Alt jeg skrev", ["first.jpg"])
    assert (on_disk(), StoredFile.objects.count(), list(temporary.iterdir())) == (before, stored, [])
    replaced = send(client, held, named(pdf()), field=f"replace_{held.attachments.get().pk}")
    assert (replaced.status_code, names(held), on_disk()) == (422, ["first.jpg"], before)
    with pytest.raises(Refused):
        add_attachment(application=held, kind="cv", checked=CHECKED)


def test_without_room_for_the_preview_the_file_is_kept_alone(client, held, monkeypatch, temporary):
    before = on_disk()
    monkeypatch.setattr(FileSystemStorage, "_save", no_room("preview"))
    assert send(client, held, named(pdf())).status_code == 200
    attachment = held.attachments.get()
    assert (attachment.preview, StoredFile.objects.count()) == (None, 1)
    assert len(on_disk() - before) == 1


def test_without_room_for_the_temporary_file_what_was_typed_is_kept(client, held, monkeypatch, temporary):
    from django.core.files import uploadhandler  # patched below

    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    before = on_disk()
    monkeypatch.setattr(uploadhandler, "TemporaryUploadedFile", full)
    large = b"%PDF-" + b"0" * (3 * 1024**2)
    page = post(client, held, file_cv=named(large), motivation="Alt jeg skrev").content.decode()
    assert "There is no room for the file just now" in page
    held.refresh_from_db()
    assert (held.motivation, names(held), on_disk(), list(temporary.iterdir())) == ("Alt jeg skrev", [], before, [])


def test_a_database_that_refuses_leaves_no_file(held, monkeypatch):
    before = on_disk()

    def refuses(self, *args, **kwargs):
        raise RuntimeError("the database is gone")

    monkeypatch.setattr(Attachment, "save", refuses)
    with pytest.raises(RuntimeError):
        add_attachment(application=held, kind="cv", checked=CHECKED)
    assert (StoredFile.objects.count(), on_disk()) == (0, before)


def test_a_pdf_that_cannot_be_drawn_is_kept_without_a_preview(client, held, monkeypatch):
    monkeypatch.setattr(uploads, "PREVIEW_PIXELS", 0)
    assert send(client, held, named(pdf())).status_code == 200
    assert held.attachments.get().preview is None
