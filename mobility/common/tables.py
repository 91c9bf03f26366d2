"""Reading the CSV files that people send us: with a ceiling, as text in a known encoding, cell by cell in NFC.

What registers and spreadsheets write: ``;``, ``,`` or tabs, UTF-8 with or without a byte order mark, or Windows-1252.
"""

import csv
import io
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from mobility.common.uploads import clean_name, limit_bytes

ROW_LIMIT = 50_000
DELIMITERS = (";", ",", "\t")
_KEPT_CONTROLS = "\n\t"
_DIRECTION_MARKS = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F}
_PICTURES_AND_ARCHIVES = (b"PK\x03\x04", b"%PDF-", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Table:
    """A header and rows of cells. ``rows`` holds (number as a spreadsheet counts, cells); the header is row 1."""

    header: list[str]
    rows: list[tuple[int, list[str]]]
    encoding: str
    delimiter: str


def check(upload: UploadedFile) -> bytes:
    """The bytes of an uploaded table, if they may be read at all.

    Raises ValidationError with one sentence: too large, empty, no room on the disk.
    """
    if getattr(upload, "reason", "") == "no_room":
        raise ValidationError(_("There is no room for the file just now. Please try again later."), code="no_room")
    if (upload.size or 0) > limit_bytes():
        raise ValidationError(
            _("The file “%(name)s” may have up to %(limit)s MB."),
            code="too_large",
            params={"name": clean_name(upload.name or ""), "limit": settings.UPLOAD_LIMIT_MB},
        )
    upload.seek(0)
    content = upload.read()
    if not content.strip():
        raise ValidationError(_("The file is empty. Please choose it again."), code="empty")
    return content


def read(content: bytes) -> Table:
    """Parse a CSV. Raises ValidationError with one sentence: not text, broken quotes, no header, too many rows."""
    text, encoding = _decode(content)
    delimiter = _delimiter(text)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        records = [(number, [_cell(value) for value in record]) for number, record in enumerate(reader, 1)]
    except csv.Error as error:
        raise ValidationError(
            _("The file cannot be read as a table: a quotation mark is open, or a cell is far too long."), code="broken"
        ) from error
    filled = [(number, cells) for number, cells in records if any(cells)]
    if not filled:
        raise ValidationError(_("The file is empty. Please choose it again."), code="empty")
    if len(filled) > ROW_LIMIT + 1:
        raise ValidationError(
            _("The file may have up to %(limit)s rows."), code="too_many_rows", params={"limit": ROW_LIMIT}
        )
    (_first, header), *rows = filled
    return Table(header=header, rows=rows, encoding=encoding, delimiter=delimiter)


def _decode(content):
    if content.startswith(_PICTURES_AND_ARCHIVES):
        raise ValidationError(
            _("This file is not a CSV. Save the list as CSV, not as a workbook, and choose it again."), code="kind"
        )
    if content.startswith(_UTF_16) or b"\0" in content:
        raise ValidationError(
            _("This file is not text that we can read. Save it as CSV in UTF-8 and choose it again."), code="not_text"
        )
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise ValidationError(
        _("This file is not text that we can read. Save it as CSV in UTF-8 and choose it again."), code="not_text"
    )


def _delimiter(text):
    """The one that parts the first line most often; what stands in quotation marks does not count."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def _cell(value):
    """NFC, without characters that steer a screen or turn the direction of what stands beside them."""
    if value.isascii() and value.isprintable():
        return value.strip()
    kept = "".join(
        letter
        for letter in unicodedata.normalize("NFC", value)
        if (letter in _KEPT_CONTROLS or unicodedata.category(letter) != "Cc") and ord(letter) not in _DIRECTION_MARKS
    )
    return kept.strip("\N{ZERO WIDTH NO-BREAK SPACE}" + " \t\r\n\N{NO-BREAK SPACE}")
