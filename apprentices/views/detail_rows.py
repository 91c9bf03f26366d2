"""Sections of the second stage that are lists: certificates with their files, insurances."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices.enums import AttachmentKind
from apprentices.forms.details import CertificateForm, InsuranceForm
from apprentices.selectors import details as selectors
from apprentices.selectors.attachments import Files, attachments_of
from apprentices.services import details as services
from apprentices.views import detail_pages as pages
from apprentices.views import files
from apprentices.views.pages import posted
from mobility.common.errors import Refused

KIND = AttachmentKind.DATED_CERTIFICATE


def insurances(request, application, found):
    """The list; each row has a page of its own."""
    if request.method == "POST":  # the list itself has nothing to save
        return redirect(pages.section_url(application, found))
    given = selectors.given(application)
    missing = selectors.missing_in(found, given) if given.policies else []
    return pages.show(request, application, found, "insurances", missing=missing, rows=given.policies)


@require_http_methods(["GET", "POST"])
def insurance(request, pk, row_pk=None):
    """Add an insurance, change or delete one."""
    application, found = pages.open_section(request, pk, selectors.INSURANCE.code)
    row = _row(application.insurance_policies, row_pk)
    form = InsuranceForm(posted(request), application=application, initial=_initial(row, InsuranceForm))
    if request.method == "POST" and "delete_row" in request.POST and row:
        services.delete_insurance(policy=row, by=request.user)
        return redirect(pages.section_url(application, found))
    if request.method == "POST" and form.is_valid():
        saved = _attempt(
            form,
            lambda: services.save_insurance(application=application, by=request.user, policy=row, **form.sound_data()),
        )
        if saved:
            return redirect(pages.section_url(application, found))
    return pages.show(request, application, found, "row", form=form, row=row, heading=_("Insurance"))


@require_http_methods(["GET", "POST"])
def certificate(request, pk, row_pk=None):
    """Add a certificate, change or delete one. Its files come once it is a row; the script sends them alone."""
    application, found = pages.open_section(request, pk, selectors.CERTIFICATES.code)
    row = _row(application.certificates, row_pk)
    if request.method == "POST" and files.is_from_script(request):
        if row is None:
            raise Http404
        return files.answer_script(
            request, _files(application, row, files.take(request, application, [KIND], certificate=row))
        )
    form = CertificateForm(posted(request), application=application, initial=_initial(row, CertificateForm))
    if request.method == "POST" and "delete_row" in request.POST and row:
        services.delete_certificate(certificate=row, by=request.user)
        return redirect(pages.section_url(application, found))
    refused: dict[str, list[str]] = {}
    if request.method == "POST" and form.is_valid():
        saved = _attempt(
            form,
            lambda: services.save_certificate(
                application=application, by=request.user, certificate=row, **form.sound_data()
            ),
        )
        if saved:
            refused = files.take(request, application, [KIND], certificate=saved)
        if saved and not refused:
            return _after_certificate(request, application, found, row, saved)
    shown = [_files(application, row, refused)] if row else []
    return pages.show(
        request, application, found, "row", form=form, all_files=shown, row=row, heading=_("Certificate"),
    )  # fmt: skip


def _after_certificate(request, application, found, before, row):
    """A new row goes on to its files; a button beside a file stays there; else back to the list."""
    touched_files = "delete" in request.POST or request.FILES
    if before is None or touched_files:
        address = reverse("apprentices:details_certificate", args=[application.pk, row.pk])
        return redirect(f"{address}#files-{KIND}")
    return redirect(pages.section_url(application, found))


def _row(rows, row_pk):
    return None if row_pk is None else get_object_or_404(rows, pk=row_pk)


def _initial(row, form_class):
    return {name: getattr(row, name, None) for name in form_class.base_fields}


def _attempt(form, act):
    """The saved row, or None with the refusal on the form."""
    try:
        return act()
    except Refused as error:
        form.add_error(None, str(error))
        return None


def _files(application, row, refused=None):
    return Files(
        KIND,
        upload_url=reverse("apprentices:details_certificate", args=[application.pk, row.pk]),
        owner=application.pk,
        file_view="apprentices:own_file",
        preview_view="apprentices:own_preview",
        attachments=list(attachments_of(application).filter(certificate=row)),
        refused=(refused or {}).get(KIND, []),
    )
