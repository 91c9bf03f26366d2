"""Letters: laid out as PDF and kept."""

from apprentices import documents
from mobility.common import files
from mobility.common.models import StoredFile


def store_letter(
    *, letter: documents.Letter, office, kind: str, name: str, by=None, content: bytes = b""
) -> StoredFile:
    """Keep a letter as PDF. ``content``: its PDF, where it was laid out before; ``by`` is empty where the clock wrote it.

    The caller guards the file (``files.only_if_kept``). Raises OSError when the disk has no room.
    """
    return files.store(
        office=office,
        kind=kind,
        name=name,
        content=content or documents.letter_pdf(letter, office=office),
        content_type="application/pdf",
        by=by,
        language=letter.language,
        template_version=documents.LETTER_VERSION,
    )
