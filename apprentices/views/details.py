"""The second stage, as the person fills it in: an overview, and a page for each section."""

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from apprentices.enums import AttachmentKind
from apprentices.forms.details import FORMS
from apprentices.selectors import details as selectors
from apprentices.selectors import protected
from apprentices.services import details as services
from apprentices.views import detail_pages as pages
from apprentices.views import detail_rows, files
from apprentices.views import protected as protected_views
from apprentices.views.pages import own_application, page, posted, tell_elsewhere

UPLOADED_ALONE = {AttachmentKind.CV_ENGLISH, AttachmentKind.LETTER_ENGLISH}


@require_safe
def details(request, pk):
    """The sections with their states, the consents, and who has read what is protected."""
    application = own_application(request, pk, "give_details")
    is_open = selectors.is_open(application)
    consents = list(application.consents.all())
    if not is_open and not consents:
        raise Http404  # those who were not offered a place, or said no, are never asked
    context = {
        "application": application,
        "is_open": is_open,
        "rows": selectors.overview(application) if is_open else [],
        "police": selectors.police_certificate(application),
        "consents": consents,
        "readings": protected.readings_of(application),
    }
    return page(request, "apprentices/details/overview.html", context, office=application.office)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def section(request, pk, code):
    """One section. What is sound is saved, whatever else is wrong or empty."""
    application, found = pages.open_section(request, pk, code)
    if found.kind:
        return protected_views.section(request, application, found)
    if found is selectors.INSURANCE:
        return detail_rows.insurances(request, application, found)
    return _plain(request, application, found)


@require_http_methods(["GET", "POST"])
def details_files(request, pk, kind):
    """Files of one requirement: from the script alone, else with the whole section. A GET leads back to it."""
    if kind not in UPLOADED_ALONE:
        raise Http404
    application, found = pages.open_section(request, pk, selectors.ENGLISH.code)
    if request.method == "GET":
        return redirect(pages.section_url(application, found) + f"#files-{kind}")
    if not files.is_from_script(request):
        return _plain(request, application, found, stays=kind)
    refused = files.take(request, application, [kind])
    (shown,) = files.of_details(application, [kind], refused)
    return files.answer_script(request, shown)


def _plain(request, application, found, stays=""):
    given = selectors.given(application)
    form_class = FORMS[found.code]
    initial = {name: getattr(given.details, name, None) for name in form_class.base_fields}
    form = form_class(posted(request), application=application, initial=initial)
    refused: dict[str, list[str]] = {}
    if request.method == "POST":
        sound = form.is_valid()
        tell_elsewhere(request, form)
        services.save_details(application=application, by=request.user, **form.answers())
        refused = files.take(request, application, found.files)
        if sound and not refused and stays:
            return redirect(pages.section_url(application, found) + f"#files-{stays}")
        if sound and not refused:
            return pages.saved(request, application, found)
    return pages.show(
        request,
        application,
        found,
        "certificates" if found is selectors.CERTIFICATES else "section",
        form=form,
        all_files=pages.files_of(application, found, refused),
        missing=selectors.missing_in(found, given) if given.details else [],
        rows=given.certificates,
    )
