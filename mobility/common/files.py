"""Keeping files: what is written, how it is checked, how it is handed out."""

import hashlib
import logging
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import transaction
from django.http import FileResponse

from mobility.common.models import StoredFile
from mobility.common.models.files import server_made_name

logger = logging.getLogger(__name__)
_guarded: ContextVar[list[tuple[Storage, str]] | None] = ContextVar("guarded", default=None)


@contextmanager
def only_if_kept():
    """Whatever is stored inside goes off the disk again when an error leaves the block.

    Bytes are written outside of the transaction, so nothing rolls them back. The guard stands around the transaction
    (``@files.only_if_kept()`` above ``@transaction.atomic``): a commit that fails is an error, too. A guard inside another
    one hands its files on to it.
    """
    outer = _guarded.get()
    mine: list[tuple[Storage, str]] = []
    token = _guarded.set(mine)
    try:
        yield
    except BaseException:
        for storage, name in mine:
            try:
                storage.delete(name)
            except OSError:  # the first error is the one to tell, and the other files go, too
                logger.exception("A file whose transaction failed stays on the disk")
        raise
    finally:
        _guarded.reset(token)
    if outer is not None:
        outer += mine


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
    storage, path = stored.content.storage, server_made_name(stored, name)
    try:
        stored.content.name = path = storage.save(path, ContentFile(content))
        stored.save()
    except BaseException:
        storage.delete(path)  # a full disk leaves half a file
        raise
    guarded = _guarded.get()
    if guarded is not None:
        guarded.append((storage, path))
    return stored


def picture(stored: StoredFile) -> FileResponse:
    """A picture that we drew ourselves, to be shown on a page. The caller has checked the rights."""
    response = FileResponse(stored.content.open("rb"), content_type=stored.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def download(stored: StoredFile) -> FileResponse:
    """The file as an attachment that a browser neither sniffs nor runs. The caller has checked the rights."""
    response = FileResponse(
        stored.content.open("rb"), as_attachment=True, filename=stored.original_name, content_type=stored.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response
