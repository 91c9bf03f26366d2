"""Keeping files: what is written, how it is checked, how it is handed out."""

import hashlib

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse

from mobility.common.models import StoredFile


@transaction.atomic
def store(*, office, kind, name, content: bytes, content_type, by=None, language="", template_version=""):
    """Keep ``content`` as a file of ``office`` and return the row. Nothing stays on disk if the row is not kept."""
    stored = StoredFile(
        office=office,
        kind=kind,
        original_name=name[:255],
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        language=language,
        template_version=template_version,
        created_by=by,
    )
    stored.content.save(name, ContentFile(content), save=False)
    try:
        stored.save()
    except BaseException:
        stored.content.delete(save=False)
        raise
    return stored


def download(stored: StoredFile) -> FileResponse:
    """The file as an attachment that a browser neither sniffs nor runs. The caller has checked the rights."""
    response = FileResponse(
        stored.content.open("rb"), as_attachment=True, filename=stored.original_name, content_type=stored.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response
