"""Which files of an application somebody may open, and what a page shows of them."""

from dataclasses import dataclass, field

from django.db.models import Prefetch

from apprentices.enums import ApplicationStatus, AttachmentKind, Stage
from apprentices.models import Attachment
from apprentices.selectors.completion import is_open_for_files

OPEN_WHILE = {Stage.FIRST: ApplicationStatus.DRAFT, Stage.SECOND: ApplicationStatus.ACCEPTED}
"""The state of an application in which files of a stage are added, replaced and deleted."""


def takes_files(application, kind) -> bool:
    """Whether files of this kind are added, replaced and deleted now: in the stage's own state, or named by the office."""
    return application.status == OPEN_WHILE[AttachmentKind(kind).stage] or is_open_for_files(application, kind)


FIRST_STAGE = tuple(kind for kind in AttachmentKind if kind.stage == Stage.FIRST)


@dataclass
class Files:
    """The files of one requirement, for templates/apprentices/apply/files.html."""

    kind: AttachmentKind
    upload_url: str = ""
    owner: int = 0
    """The number in the addresses of the files: the round of a draft, the application later."""
    file_view: str = "apprentices:draft_file"
    preview_view: str = "apprentices:draft_preview"
    attachments: list[Attachment] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def attachments_of(application):
    """All files of an application with what is shown of them."""
    return application.attachments.select_related("file", "preview")


def with_attachments(applications):
    """All files, fetched once for a page that shows them in several places: ``files_at_hand`` gives them."""
    files = Attachment.objects.select_related("file", "preview")
    return applications.prefetch_related(Prefetch("attachments", queryset=files, to_attr="loaded_attachments"))


def files_at_hand(application) -> list[Attachment]:
    """All files of an application: those of ``with_attachments``, else read now."""
    loaded = getattr(application, "loaded_attachments", None)
    return list(attachments_of(application)) if loaded is None else loaded


def attachments_for(user, application):
    """The files of ``application`` that ``user`` may open: a reviewer judges what was sent, nothing that came later."""
    if not user.has_perm("apprentices.view_attachment", application):
        return Attachment.objects.none()
    found = attachments_of(application)
    if user.has_perm("apprentices.view_later_attachment", application):
        return found
    return found.of_stage(Stage.FIRST)


def files_by_kind(application, kinds) -> dict[str, Files]:
    """The files of each requirement in ``kinds``, also of those without any; one query."""
    found = {kind: Files(kind) for kind in kinds}
    if application is not None:
        for attachment in attachments_of(application).filter(kind__in=kinds):
            found[AttachmentKind(attachment.kind)].attachments.append(attachment)
    return found
