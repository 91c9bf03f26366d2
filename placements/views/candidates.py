"""The partner's portal: candidates that were sent to it, and its answer."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mobility.common.errors import Refused
from mobility.common.office_page import report_refusal
from placements.enums import AgreementStatus, Party, PlacementStatus
from placements.forms.placements import AnswerForm, LodgingForm, ReasonForm, add_refusal
from placements.selectors import placing as selectors
from placements.services import placements as services


@require_safe
def candidates(request):
    """Those who wait for an answer first."""
    if not request.user.has_perm("placements.view_candidate"):
        raise PermissionDenied
    stays = list(selectors.candidates_of(request.user))
    waiting = [stay for stay in stays if stay.status == PlacementStatus.PROPOSED]
    others = [stay for stay in stays if stay.status != PlacementStatus.PROPOSED]
    return render(request, "placements/candidates.html", {"waiting": waiting, "others": others})


@require_http_methods(["GET", "POST"])
def candidate(request, pk):
    """One candidate; the yes is given here."""
    stay = _candidate(request, pk, "placements.view_candidate")
    form = AnswerForm(request.POST or None, placement=stay)
    if form.is_valid():
        try:
            services.find_host(placement=stay, by=request.user, **form.facts)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("Thank you. The office has your answer and confirms the placement."))
            return redirect("placements:candidate", pk=stay.pk)
    agreement = selectors.agreement_in_force(stay)
    waiting = selectors.next_signature(agreement) if agreement else None
    hosts_itself = stay.host_company_id is None
    to_sign = waiting if waiting and waiting.party == Party.HOST and hosts_itself else None
    context = {
        "placement": stay,
        "apprentice": stay.apprentice,
        "application": stay.application,
        "age": stay.apprentice.age_on(stay.starts_on),
        "form": form if stay.status == PlacementStatus.PROPOSED else None,
        "agreement": agreement,
        "is_signed": bool(agreement) and agreement.status == AgreementStatus.SIGNED,
        "to_sign": to_sign,
        "may_set_lodging": stay.status in services.LODGED_IN,
    }
    return render(request, "placements/candidate.html", context)


@require_http_methods(["GET", "POST"])
def refuse_candidate(request, pk):
    stay = _candidate(request, pk, "placements.answer_candidate")
    form = ReasonForm(
        request.POST or None, help_text=_("The office reads it and looks for another place. The candidate does not.")
    )
    if form.is_valid():
        try:
            services.refuse_candidate(placement=stay, by=request.user, reason=form.cleaned_data["reason"])
        except Refused as refused:
            report_refusal(request, refused)
        else:
            messages.success(request, _("Thank you. The office looks for another place."))
        return redirect("placements:candidates")
    return render(request, "placements/candidate_refuse.html", {"placement": stay, "form": form})


@require_http_methods(["GET", "POST"])
def candidate_lodging(request, pk):
    """The partner says where the apprentice will live, also after its yes."""
    stay = _candidate(request, pk, "placements.set_lodging")
    form = LodgingForm(request.POST or None, initial={"lodging": stay.lodging})
    if form.is_valid():
        try:
            services.set_lodging(placement=stay, by=request.user, **form.cleaned_data)
        except Refused as refused:
            add_refusal(form, refused)
        else:
            messages.success(request, _("The lodging is saved."))
            return redirect("placements:candidate", pk=stay.pk)
    return render(request, "placements/candidate_lodging.html", {"placement": stay, "form": form})


def _candidate(request, pk, permission):
    stays = selectors.candidates_of(request.user).select_related(
        "apprentice__trade", "application", "partner", "host_company", "opening", "office"
    )
    stay = get_object_or_404(stays, pk=pk)
    if not request.user.has_perm(permission, stay):
        raise PermissionDenied
    return stay
