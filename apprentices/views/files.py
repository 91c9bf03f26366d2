"""What a page with files does with them: takes what a form brought, and shows what is there.

A form with files has for each requirement an input ``file_<kind>`` (several files), for each file an input
``replace_<attachment>`` and a button ``delete`` with the attachment as value. Without JavaScript the whole page is sent, so
the caller saves what was typed first; with it, ``static/u/js/uploads.js`` sends one file at a time.
"""

from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from apprentices.selectors.attachments import Files, files_by_kind
from apprentices.services.attachments import add_attachment, delete_attachment, replace_attachment
from mobility.common import uploads
from mobility.common.errors import Refused


def take(request, application, kinds, *, certificate=None) -> dict[str, list[str]]:
    """Keep, replace and delete what the POST asks for; returns one sentence for each refusal, by requirement.

    ``certificate`` limits it to the files of one certificate.
    """
    refused: dict[str, list[str]] = {}
    by = request.user if request.user.is_authenticated else None

    def attempt(kind, act):
        try:
            act()
        except ValidationError as error:
            refused.setdefault(kind, []).extend(error.messages)
        except Refused as error:
            refused.setdefault(kind, []).append(str(error))

    kept = application.attachments.filter(kind__in=kinds, certificate=certificate)
    for attachment in kept.select_related("application", "file", "preview"):
        upload = request.FILES.get(f"replace_{attachment.pk}")
        if request.POST.get("delete") == str(attachment.pk):
            attempt(attachment.kind, lambda it=attachment: delete_attachment(attachment=it))
        elif upload is not None:
            attempt(
                attachment.kind,
                lambda it=attachment, new=upload: replace_attachment(attachment=it, checked=uploads.check(new), by=by),
            )
    for kind in kinds:
        for upload in request.FILES.getlist(f"file_{kind}"):
            attempt(
                kind,
                lambda of=kind, new=upload: add_attachment(
                    application=application, kind=of, checked=uploads.check(new), certificate=certificate, by=by
                ),
            )
    return refused


def of_draft(application, round_pk, kinds, refused=None) -> list[Files]:
    """The requirements of a draft for files.html."""
    found = files_by_kind(application, kinds)
    for kind, each in found.items():
        each.upload_url = reverse("apprentices:draft_files", args=[round_pk, kind])
        each.owner, each.refused = round_pk, (refused or {}).get(kind, [])
    return list(found.values())


def of_details(application, kinds, refused=None) -> list[Files]:
    """The requirements of the second stage for files.html."""
    found = files_by_kind(application, kinds)
    for kind, each in found.items():
        each.upload_url = reverse("apprentices:details_files", args=[application.pk, kind])
        each.owner, each.refused = application.pk, (refused or {}).get(kind, [])
        each.file_view, each.preview_view = "apprentices:own_file", "apprentices:own_preview"
    return list(found.values())


def of_completion(application, kinds, refused=None) -> list[Files]:
    """The requirements that the office named when it returned the application."""
    found = files_by_kind(application, kinds)
    for kind, each in found.items():
        each.upload_url = reverse("apprentices:complete_files", args=[application.pk, kind])
        each.owner, each.refused = application.pk, (refused or {}).get(kind, [])
        each.file_view, each.preview_view = "apprentices:own_file", "apprentices:own_preview"
    return list(found.values())


def is_from_script(request) -> bool:
    """Whether uploads.js sent this: it wants an answer, not a page."""
    return request.headers.get("x-requested-with") == "XMLHttpRequest"


def answer_script(request, files: Files) -> HttpResponse:
    """The requirement's new list of files, or 422 with the one sentence of the refusal."""
    if files.refused:
        return JsonResponse({"message": " ".join(files.refused)}, status=422)
    return render(request, "apprentices/apply/files_list.html", {"files": files})


def tell_script(message: str) -> JsonResponse:
    """The page that the script runs on is out of date (409): its sentence says what to do."""
    return JsonResponse({"message": message}, status=409)
