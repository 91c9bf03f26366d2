"""Files of an application: added, replaced, deleted, with never a byte on the disk that no row names."""

import hashlib

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.enums import ApplicationStatus, AttachmentKind, Stage
from apprentices.models import Attachment
from apprentices.selectors.attachments import takes_files
from apprentices.services.casework import note_news
from mobility.common import clock, files
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.workflow import lock


@files.only_if_kept()
@transaction.atomic
def add_attachment(*, application, kind, checked, certificate=None, by=None) -> Attachment:
    """Keep a checked file (:class:`mobility.common.uploads.Checked`) with the application.

    The same file sent twice (a retry after a cut line) stays one. Raises TransitionNotAllowed when the application takes no
    files of this stage now, Refused when there are enough files or the disk has no room; nothing stays on it then.
    """
    application = _open(application, kind)
    siblings = application.attachments.filter(kind=kind, certificate=certificate)
    again = siblings.filter(file__sha256=hashlib.sha256(checked.content).hexdigest()).first()
    if again is not None:
        return again
    if siblings.count() >= AttachmentKind(kind).at_most:
        raise Refused(_("There are enough files here. Delete one first, or replace it."))
    file, preview = _store_both(application.office, checked, by)
    made = application.attachments.create(
        kind=kind, certificate=certificate, file=file, preview=preview, added_at=clock.now()
    )
    _touch(application)
    return made


@files.only_if_kept()
@transaction.atomic
def replace_attachment(*, attachment, checked, by=None) -> Attachment:
    """Put a checked file in the place of another one, which is deleted once the new one is committed.

    Raises as ``add_attachment``; the file before stays then.
    """
    application = _open(attachment.application, attachment.kind)
    attachment = application.attachments.select_for_update(of=("self",)).select_related("file", "preview").get(
        pk=attachment.pk
    )  # fmt: skip
    before = (attachment.file, attachment.preview)
    attachment.file, attachment.preview = _store_both(application.office, checked, by)
    attachment.added_at = clock.now()
    attachment.save(update_fields=["file", "preview", "added_at"])
    _touch(application)
    for old in before:
        _forget(old)
    return attachment


@transaction.atomic
def delete_attachment(*, attachment):
    """Take a file off its application and delete it. Raises TransitionNotAllowed when that is not possible any more."""
    application = _open(attachment.application, attachment.kind)
    attachment.delete()
    for stored in (attachment.file, attachment.preview):
        _forget(stored)
    _touch(application)


def _open(application, kind):
    """The application, locked, if it takes files of this kind now."""
    application = lock(application)
    if takes_files(application, kind):
        return application
    if AttachmentKind(kind).stage == Stage.FIRST:
        raise TransitionNotAllowed(_("This application has been sent. It cannot be changed any more."))
    raise TransitionNotAllowed(_("This is asked only of those who have said yes to an offer."))


def _touch(application):
    if application.status == ApplicationStatus.DRAFT:
        application.saved_at = clock.now()
        application.save(update_fields=["saved_at"])
    elif application.status == ApplicationStatus.RETURNED:
        application.completion_requests.open().update(saved_at=clock.now())
    else:
        note_news(application)


def _store(**file):
    try:
        return files.store(**file)
    except OSError as error:
        raise Refused(
            _("There is no room for the file just now. Please try again later. Everything else is saved.")
        ) from error


def _store_both(office, checked, by):
    """The file and its small picture; the picture is None where there is none or no room for it."""
    file = _store(
        office=office,
        kind="attachment",
        name=checked.name,
        content=checked.content,
        content_type=checked.content_type,
        by=by,
    )
    if not checked.preview:
        return file, None
    try:
        preview = _store(
            office=office,
            kind="preview",
            name="preview.jpg",
            content=checked.preview,
            content_type="image/jpeg",
            by=by,
        )
    except Refused:
        return file, None
    return file, preview


def _forget(stored):
    """Delete a file that no row names any more: the row now, the bytes once that is committed."""
    if stored is None:
        return
    content, storage = stored.content.name, stored.content.storage
    stored.delete()
    transaction.on_commit(lambda: storage.delete(content))
