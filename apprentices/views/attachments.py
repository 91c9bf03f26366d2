"""Addresses of files: of a draft (the browser holds it), of the person's own applications, of those who judge them."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apprentices.models import Application, Round
from apprentices.selectors.attachments import FIRST_STAGE, attachments_for, attachments_of
from apprentices.selectors.windows import may_send
from apprentices.views import apply, files
from apprentices.views.pages import draft_of
from mobility.common.files import download, picture


@login_not_required
@require_http_methods(["GET", "POST"])
def draft_files(request, pk, kind):
    """Files of one requirement of the draft that this browser holds. Sent by the script: that alone; else the whole step.

    A GET (a reload after a refusal) leads back to the step.
    """
    if kind not in FIRST_STAGE:
        raise Http404
    if request.method == "POST" and not files.is_from_script(request):
        return apply.motivation(request, pk, stays=kind)
    if request.method == "GET":
        return redirect(reverse("apprentices:apply_motivation", args=[pk]) + f"#files-{kind}")
    round_ = _round(pk)
    application = draft_of(request, round_)
    if application is None or not may_send(application):
        return files.tell_script(_("This page is out of date. Please load it again."))
    refused = files.take(request, application, [kind])
    (found,) = files.of_draft(application, pk, [kind], refused)
    return files.answer_script(request, found)


@login_not_required
@require_safe
def draft_file(request, pk, file_pk):
    """One file of the draft that this browser holds."""
    return download(_of_draft(request, pk, file_pk).file)


@login_not_required
@require_safe
def draft_preview(request, pk, file_pk):
    """The small picture of one file of the draft that this browser holds."""
    return _preview(_of_draft(request, pk, file_pk))


@require_safe
def own_file(request, pk, file_pk):
    """A file of the person's own application, as long as there is one."""
    return download(_own(request, pk, file_pk).file)


@require_safe
def own_preview(request, pk, file_pk):
    """The small picture of a file of the person's own application."""
    return _preview(_own(request, pk, file_pk))


@require_safe
def attachment(request, pk, file_pk):
    """A file of an application, for those who judge it."""
    return download(_judged(request, pk, file_pk).file)


@require_safe
def attachment_preview(request, pk, file_pk):
    """The small picture of a file, for those who judge the application."""
    return _preview(_judged(request, pk, file_pk))


def _round(pk):
    return get_object_or_404(Round.objects.published_by_office().select_related("office"), pk=pk)


def _of_draft(request, pk, file_pk):
    application = draft_of(request, _round(pk))
    if application is None:
        raise Http404
    return get_object_or_404(attachments_of(application), pk=file_pk)


def _own(request, pk, file_pk):
    application = get_object_or_404(Application.objects.owned_by(request.user), pk=pk)
    return get_object_or_404(attachments_of(application), pk=file_pk)


def _judged(request, pk, file_pk):
    """403 for a member of staff who may see the case and not its files; a foreign and a missing file are the same 404."""
    application = get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
    found = get_object_or_404(attachments_of(application), pk=file_pk)
    if not attachments_for(request.user, application).filter(pk=found.pk).exists():
        raise PermissionDenied
    return found


def _preview(attachment):
    if attachment.preview is None:
        raise Http404
    return picture(attachment.preview)
