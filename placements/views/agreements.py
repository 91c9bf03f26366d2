"""Making the learning agreement, reminding, and its document."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mobility.accounts.enums import WrittenForm
from mobility.common import files
from mobility.common.errors import Refused
from mobility.common.office_page import attempt, office_context
from placements.forms.agreements import AgreementForm, first_words, words_of
from placements.forms.placements import add_refusal
from placements.models import LearningAgreement
from placements.selectors import placing as selectors
from placements.services import agreements as services
from placements.services import signatures
from placements.views.pages import found_stay


@require_http_methods(["GET", "POST"])
def make_agreement(request, pk):
    """Version 1, or the version that replaces the one in force; everybody is then asked to sign (again)."""
    related = ("apprentice__trade", "application", "partner", "host_company", "project")
    stay = found_stay(request, pk, "placements.make_agreement", *related)
    agreement = selectors.agreement_in_force(stay)
    form = AgreementForm(request.POST or None, initial=_initial(request, stay, agreement))
    if form.is_valid():
        try:
            if agreement:
                services.replace_agreement(agreement=agreement, by=request.user, **form.cleaned_data)
            else:
                services.make_agreement(placement=stay, by=request.user, **form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("The learning agreement is made. The apprentice is asked to sign."))
            return redirect(stay)
    title = _("Replace the learning agreement") if agreement else _("Make the learning agreement")
    context = office_context(
        request,
        title=title,
        eyebrow=f"{stay.apprentice.full_name} · {stay.host.city}",
        placement=stay,
        agreement=agreement,
        form=form,
        parties=services.parties_of(stay),
        languages=[(code, label, code == form["language"].value()) for code, label in WrittenForm.choices],
    )
    return render(request, "placements/agreement_form.html", context)


@require_POST
def remind(request, pk):
    """Mail the party whose turn it is once more."""
    agreement = get_object_or_404(LearningAgreement.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("placements.make_agreement", agreement.placement):
        raise PermissionDenied
    attempt(
        request,
        lambda: signatures.remind_signer(agreement=agreement, by=request.user),
        done=_("A new mail is on its way."),
    )
    return redirect(agreement.placement)


@require_safe
def agreement_document(request, pk):
    """The signed document; before everybody has signed, the one they sign."""
    agreements = LearningAgreement.objects.visible_to(request.user).select_related(
        "document", "signed_document", "placement__apprentice"
    )
    agreement = get_object_or_404(agreements, pk=pk)
    if not request.user.has_perm("placements.view_learningagreement", agreement):
        raise PermissionDenied
    stored = agreement.signed_document or agreement.document
    if stored is None:
        raise Http404
    return files.download(stored)


def _initial(request, stay, agreement):
    if agreement:
        return words_of(agreement)
    wanted = request.GET.get("language", "")
    return first_words(stay, wanted if wanted in WrittenForm.values else stay.partner.language)
