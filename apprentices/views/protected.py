"""Protected content: written and withdrawn by the person, read by the office with a row in the log."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apprentices.enums import ProtectedKind
from apprentices.forms.details import PoliceForm
from apprentices.forms.protected import PROTECTED_FORMS
from apprentices.models import Application
from apprentices.selectors import details as selectors
from apprentices.selectors import protected
from apprentices.services.details import note_police_certificate
from apprentices.services.protected import read_protected, save_protected, withdraw_consent
from apprentices.views import detail_pages as pages
from apprentices.views.pages import own_application, page, posted, tell_elsewhere
from mobility.common.errors import Refused
from mobility.common.office_page import attempt, office_context


@sensitive_variables()
def section(request, application, found):
    """A protected section of the person's own. Nothing is kept before the box of consent is ticked."""
    stored = protected.own_content(application, found.kind)
    consent = protected.consent_in_force(application, found.kind)
    form = PROTECTED_FORMS[found.kind](
        posted(request), application=application, content=stored, has_consent=consent is not None
    )
    if request.method == "POST":
        sound = form.is_valid()
        tell_elsewhere(request, form)
        consents = bool(form.cleaned_data.get("consent"))
        if consent is not None or consents:
            save_protected(
                application=application, kind=found.kind, content=form.content(), consents=consents, by=request.user
            )
            if sound:
                return pages.saved(request, application, found)
    given = selectors.given(application)
    return pages.show(
        request,
        application,
        found,
        "protected",
        form=form,
        missing=selectors.missing_in(found, given) if stored else [],
        consent=consent,
        readings=protected.readings_of(application).filter(kind=found.kind),
    )


@require_http_methods(["GET", "POST"])
def withdraw(request, pk, kind):
    """Take back the consent to one kind: a page that says what follows, then the content is gone. In every state."""
    application = own_application(request, pk, "give_details")
    if kind not in ProtectedKind.values:
        raise Http404
    consent = protected.consent_in_force(application, kind)
    if consent is None:
        messages.info(request, _("There is no consent to take back."))
        return redirect("apprentices:details", pk)
    if request.method == "POST":
        withdraw_consent(application=application, kind=kind, by=request.user)
        messages.success(request, _("Your consent is taken back, and what you wrote is deleted."))
        return redirect("apprentices:details", pk)
    context = {"application": application, "kind": ProtectedKind(kind), "consent": consent}
    return page(request, "apprentices/details/withdraw.html", context, office=application.office)


# --- the office ---------------------------------------------------------------------------------------------------
def _case(request, pk, right):
    application = get_object_or_404(
        Application.objects.visible_to(request.user).select_related("round", "office", "apprentice__user"), pk=pk
    )
    if not request.user.has_perm(f"apprentices.{right}", application):
        raise PermissionDenied
    return application


@sensitive_variables()
@require_POST
def read(request, pk, kind):
    """Show one kind of protected content. A POST, because it writes the log that the person reads."""
    application = _case(request, pk, "read_protected")
    if kind not in ProtectedKind.values:
        raise Http404
    try:
        content = read_protected(application=application, kind=kind, by=request.user)
    except Refused as error:
        messages.error(request, str(error))
        return redirect("apprentices:case_details", pk)
    form = PROTECTED_FORMS[kind](application=application, content=content, has_consent=True)
    context = office_context(
        request,
        title=ProtectedKind(kind).label,
        eyebrow=f"{application.reference} · {application.full_name}",
        application=application,
        facts=protected.facts(kind, content, {name: field.label for name, field in form.fields.items()}),
    )
    response = render(request, "apprentices/details/read.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def case_details(request, pk):
    """The second stage for the office: what is plain, and of what is protected only whether it is there."""
    application = _case(request, pk, "view_details")
    return _show_case(request, application, PoliceForm(initial={"shown_on": _shown_on(application)}))


@require_POST
def police(request, pk):
    """Note that a police certificate was shown."""
    application = _case(request, pk, "note_police_certificate")
    form = PoliceForm(request.POST)
    if form.is_valid() and attempt(
        request,
        lambda: note_police_certificate(
            application=application, by=request.user, shown_on=form.cleaned_data["shown_on"]
        ),
        done=_("Noted."),
    ):
        return redirect("apprentices:case_details", pk)
    return _show_case(request, application, form)


def _shown_on(application):
    found = selectors.police_certificate(application)
    return found and found.police_shown_on


def _show_case(request, application, form):
    kept = protected.given_kinds(application)
    given = selectors.given(application)
    context = office_context(
        request,
        title=_("Details after the offer"),
        eyebrow=f"{application.reference} · {application.full_name}",
        application=application,
        back_url=reverse("admin:apprentices_application_change", args=[application.pk]),
        is_open=selectors.is_open(application),
        details=given.details,
        certificates=given.certificates,
        policies=given.policies,
        kinds=[(kind, kind in kept) for kind in ProtectedKind],
        can_read=request.user.has_perm("apprentices.read_protected", application),
        can_note=request.user.has_perm("apprentices.note_police_certificate", application),
        is_minor=selectors.is_minor(application),
        form=form,
    )
    return render(request, "apprentices/details/case.html", context)
