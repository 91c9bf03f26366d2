"""What people send us as files: received with a ceiling, judged by content, and made anew before they are kept.

The name and the type that a browser states are never believed. Pictures are drawn again without their metadata, PDFs
are written again by :mod:`mobility.common.pdf_check` in a process of its own. Both get a small picture of what they show.
"""

import io
import logging
import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from mobility.common import pdf_check

logger = logging.getLogger(__name__)

ACCEPT = ".pdf,.jpg,.jpeg,.png"
PAGE_LIMIT = 50
PIXEL_LIMIT = 50_000_000
PREVIEW_PIXELS = 320  # of the longer side
CHECK_SECONDS = 30
_PDF, _JPEG, _PNG = b"%PDF-", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_MARKUP = re.compile(rb"<\s*(?:script|svg|html|!doctype|iframe|\?php|\?xml-stylesheet)", re.IGNORECASE)
_ZIP_END = b"PK\x05\x06"


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: fresh bytes, the type they really have, and a harmless name."""

    content: bytes
    content_type: str
    name: str
    preview: bytes = b""
    """A small JPEG of the picture or of the first page; empty where none could be made."""


class NotKept(UploadedFile):
    """Stands for a file whose bytes were thrown away on arrival. ``reason`` is "too_large" or "no_room"."""

    def __init__(self, *, reason, **named):
        super().__init__(file=io.BytesIO(), **named)
        self.reason = reason


class CappedTemporaryFiles(TemporaryFileUploadHandler):
    """Files on disk while they arrive, up to UPLOAD_LIMIT_MB. Nothing beyond it is written, and a full disk is told.

    The other fields of the form arrive in both cases, so that what was typed is kept.
    """

    reason = ""
    seen = 0

    def new_file(self, *args, **kwargs):
        self.reason, self.seen = "", 0
        try:
            super().new_file(*args, **kwargs)
        except OSError:
            self._give_up("no_room")

    def receive_data_chunk(self, raw_data, start):
        self.seen += len(raw_data)
        if not self.reason and self.seen > limit_bytes():
            self._give_up("too_large")
        if not self.reason:
            try:
                self.file.write(raw_data)
            except OSError:
                self._give_up("no_room")

    def file_complete(self, file_size):
        if not self.reason:
            try:
                return super().file_complete(file_size)
            except OSError:  # what was still in the buffer had no room either
                self._give_up("no_room")
        return NotKept(
            reason=self.reason,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
        )

    def _give_up(self, reason):
        self.reason = reason
        logger.warning("an upload was not kept: %s", reason)
        temporary = getattr(self, "file", None)
        if temporary is not None:
            try:
                temporary.close()
            except OSError:
                logger.warning("a temporary file could not be closed")
            self.file = None  # type: ignore[assignment]  # Django asks whether there is one

    def upload_interrupted(self):
        if getattr(self, "file", None) is not None:
            super().upload_interrupted()


def limit_bytes() -> int:
    return settings.UPLOAD_LIMIT_MB * 1024 * 1024


def check(upload: UploadedFile) -> Checked:
    """Judge an uploaded PDF, JPG or PNG and return what may be kept of it.

    Raises ValidationError with one sentence for the user: too large, empty, of another kind, broken, protected by a
    password, with something in it that runs or opens, too many pages or pixels.
    """
    if getattr(upload, "reason", "") == "no_room":
        raise ValidationError(
            _("There is no room for the file just now. Please try again later. Everything else is saved."),
            code="no_room",
        )
    size = upload.size or 0
    if size > limit_bytes():
        raise ValidationError(
            _("The file “%(name)s” is %(size)s MB. It may have up to %(limit)s MB."),
            code="too_large",
            params={
                "name": clean_name(upload.name or ""),
                "size": -(-size // 1024**2),
                "limit": settings.UPLOAD_LIMIT_MB,
            },
        )
    upload.seek(0)
    content = upload.read()
    if not content:
        raise ValidationError(_("The file is empty. Please choose it again."), code="empty")
    if content.startswith(_PDF):
        fresh = _clean_pdf(content)
        return Checked(fresh, "application/pdf", _named(upload.name, "pdf"), _first_page(fresh))
    if content.startswith(_JPEG):
        fresh, preview = _clean_picture(content, "JPEG")
        return Checked(fresh, "image/jpeg", _named(upload.name, "jpg"), preview)
    if content.startswith(_PNG):
        fresh, preview = _clean_picture(content, "PNG")
        return Checked(fresh, "image/png", _named(upload.name, "png"), preview)
    raise ValidationError(_("This file is not a PDF, JPG or PNG. Please choose another one."), code="kind")


def clean_name(name: str) -> str:
    """The file's name without paths, control characters and direction marks, in NFC, at most 120 characters."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    name = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C").strip(" .")
    return name[-120:] or _("file")


def _named(name, extension):
    """``Vitnemål Vg2.jpeg`` -> ``Vitnemål Vg2.jpg``: the ending says what the content is."""
    stem = Path(clean_name(name)).stem.strip(" .")
    return f"{stem or _('file')}.{extension}"


def _clean_pdf(content):
    if _MARKUP.search(content[:1024]) or _two_in_one(content.rpartition(b"%%EOF")[2]):
        raise _two_kinds()
    try:
        done = _apart("check", PAGE_LIMIT, content)
    except (subprocess.TimeoutExpired, BrokenPipeError):
        raise _broken() from None
    except OSError as error:
        logger.warning("a PDF could not be checked: %s", type(error).__name__)
        raise ValidationError(
            _("We cannot check the file just now. Please try again later. Everything else is saved."), code="busy"
        ) from error
    verdict = pdf_check.VERDICTS.get(done.returncode, "broken") if done.returncode else ""
    if verdict == "encrypted":
        raise ValidationError(
            _("This PDF is protected by a password. Please save it without one and choose it again."), code="encrypted"
        )
    if verdict == "active":
        raise ValidationError(
            _("This PDF contains scripts or other files. Please print it to a new PDF and choose that one."),
            code="active",
        )
    if verdict == "pages":
        raise ValidationError(_("This PDF may have up to %(limit)s pages."), code="pages", params={"limit": PAGE_LIMIT})
    if verdict or len(done.stdout) > 2 * limit_bytes():
        raise _broken()
    return done.stdout


def _first_page(content):
    """A small JPEG of the first page of a PDF that was written anew, or nothing: it is a convenience."""
    try:
        done = _apart("draw", PREVIEW_PIXELS, content)
    except (subprocess.TimeoutExpired, OSError) as error:
        logger.warning("a PDF could not be drawn: %s", type(error).__name__)
        return b""
    if done.returncode or not done.stdout.startswith(_JPEG):
        logger.warning("a PDF could not be drawn: exit code %s", done.returncode)
        return b""
    return done.stdout


def _apart(what, limit, content):
    """Run :mod:`mobility.common.pdf_check` on ``content`` in a process with little memory and time."""
    command = [sys.executable, "-I", pdf_check.__file__, what, str(limit)]
    return subprocess.run(command, input=content, capture_output=True, timeout=CHECK_SECONDS, check=False)  # noqa: S603 - our own file


def _clean_picture(content, kind):
    """The picture drawn again, upright, without EXIF, comments or anything behind its end; and a small one of it."""
    if _two_in_one(content):
        raise _two_kinds()
    try:
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint turns it on for the whole process
        with Image.open(io.BytesIO(content), formats=[kind]) as picture:
            if picture.width * picture.height > PIXEL_LIMIT:
                raise ValidationError(
                    _("This picture has too many pixels. Please make it smaller and choose it again."), code="pixels"
                )
            upright = ImageOps.exif_transpose(picture)
            upright = upright.convert("RGB" if kind == "JPEG" else _png_mode(upright))
            fresh = io.BytesIO()
            blank = Image.new(upright.mode, upright.size)
            blank.paste(upright)
            blank.save(fresh, kind, **({"quality": 88} if kind == "JPEG" else {}))
            preview = _small(blank)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _broken() from error
    return fresh.getvalue(), preview


def _small(picture):
    """A JPEG of at most PREVIEW_PIXELS; what is transparent becomes white."""
    picture.thumbnail((PREVIEW_PIXELS, PREVIEW_PIXELS))
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A") if "A" in picture.getbands() else None)
    small = io.BytesIO()
    paper.save(small, "JPEG", quality=80)
    return small.getvalue()


def _png_mode(picture):
    return "RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB"


def _two_in_one(content):
    """Whether a file is a web page or an archive as well (a polyglot)."""
    return bool(_MARKUP.search(content)) or _ZIP_END in content[-66_000:]


def _two_kinds():
    return ValidationError(
        _("This file is of two kinds at once. Please save it anew and choose it again."), code="two_kinds"
    )


def _broken():
    return ValidationError(_("We cannot read this file. It may be damaged. Please choose another one."), code="broken")
