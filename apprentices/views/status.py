"""The applicant's own pages after sending: status, answer to an offer, withdrawing, own papers."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apprentices import workflow
from apprentices.enums import ApplicationStatus
from apprentices.forms.answers import OfferForm, WithdrawForm
from apprentices.models import Application
from apprentices.selectors import status as selectors
from apprentices.selectors.turns import turn_of
from apprentices.services.answers import accept_offer, decline_offer, withdraw_application
from apprentices.views.pages import page, posted
from mobility.common import files
from mobility.common.errors import Refused
from mobility.common.workflow import possible

S = ApplicationStatus


def _own(request, pk, right):
    """The person's own application, or 404; 403 without the right to do this with it."""
    related = ("round", "office", "apprentice__user", "trade")
    application = get_object_or_404(
        Application.objects.owned_by(request.user).select_related(*related).prefetch_related("endorsements"), pk=pk
    )
    if not request.user.has_perm(f"apprentices.{right}", application):
        raise PermissionDenied
    return application


@require_safe
def status_list(request):
    """The person's applications; straight to the one, where there is one."""
    found = list(Application.objects.owned_by(request.user).submitted().select_related("round", "office"))
    if len(found) == 1:
        return redirect("apprentices:status", found[0].pk)
    office = found[0].office if found else request.user.working_office
    if office is None:
        raise Http404
    return page(request, "apprentices/status/list.html", {"applications": found}, office=office)


@require_safe
def status(request, pk):
    """Where the application stands, whose turn it is, what comes."""
    application = _own(request, pk, "follow_application")
    decision = selectors.published_decision(application)
    context = {
        "application": application,
        "round": application.round,
        "decision": decision,
        "answer_by": selectors.answer_deadline(application, decision),
        "can_answer": selectors.can_answer(application, decision),
        "stations": selectors.stations(application, list(application.status_changes.all()), decision),
        "turn": turn_of(application),
        "can_withdraw": bool(possible(application, [workflow.WITHDRAW])),
        "is_offered": application.status == S.OFFERED,
        "has_stay": application.status == S.ACCEPTED,
    }
    return page(request, "apprentices/status/status.html", context, office=application.office)


@require_http_methods(["GET", "POST"])
def answer_offer(request, pk):
    """Yes or no to an offer."""
    application = _own(request, pk, "answer_offer")
    decision = selectors.published_decision(application)
    if not selectors.can_answer(application, decision):
        messages.info(request, _("There is no offer to answer now."))
        return redirect(application)
    form = OfferForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            if form.cleaned_data["answer"] == OfferForm.YES:
                accept_offer(application=application, by=request.user)
                messages.success(request, _("You have said yes. Now we look for a place for you."))
            else:
                decline_offer(application=application, by=request.user, reason=form.cleaned_data["reason"])
                messages.success(request, _("You have said no. Thank you for telling us."))
        except Refused as error:
            messages.error(request, str(error))
        return redirect(application)
    context = {
        "application": application,
        "round": application.round,
        "form": form,
        "decision": decision,
        "answer_by": selectors.answer_deadline(application, decision),
    }
    return page(request, "apprentices/status/answer_offer.html", context, office=application.office)


@require_http_methods(["GET", "POST"])
def withdraw(request, pk):
    """Take the application back, after a page that says what follows."""
    application = _own(request, pk, "withdraw_application")
    if not possible(application, [workflow.WITHDRAW]):
        messages.info(request, _("This application is settled. It cannot be withdrawn."))
        return redirect(application)
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_application(application=application, by=request.user, reason=form.cleaned_data["reason"])
            messages.success(request, _("Your application is withdrawn."))
        except Refused as error:
            messages.error(request, str(error))
        return redirect(application)
    return page(
        request,
        "apprentices/status/withdraw.html",
        {"application": application, "form": form},
        office=application.office,
    )


@require_safe
def own_letter(request, pk):
    """The letter of the newest published decision. A pending one is nobody's business yet."""
    decision = selectors.published_decision(_own(request, pk, "follow_application"))
    if decision is None or decision.letter is None:
        raise Http404
    return files.download(decision.letter)
