"""The applicant's own pages after sending: status, answer to an offer, withdrawing, own papers."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apprentices import workflow
from apprentices.enums import ApplicationStatus
from apprentices.forms.answers import OfferForm, WithdrawForm
from apprentices.models import Application
from apprentices.selectors import appeals, deferrals, waiting_list
from apprentices.selectors import status as selectors
from apprentices.selectors.completion import open_request
from apprentices.selectors.endorsements import asked_for_applicant
from apprentices.selectors.todo import tasks_of
from apprentices.selectors.turns import turn_of
from apprentices.services.answers import accept_offer, ask_employer_again, decline_offer, withdraw_application
from apprentices.views.appeals import until
from apprentices.views.pages import letter_of, own_application, page, posted
from mobility.common.errors import Refused
from mobility.common.office_page import attempt
from mobility.common.workflow import possible

S = ApplicationStatus


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
    application = own_application(request, pk, "follow_application", prepare=selectors.for_status_page)
    decision = selectors.published_decision(application)
    asked = open_request(application) if application.status == S.RETURNED else None
    turn = turn_of(application)
    tasks = tasks_of(application, decision=decision, asked=asked)
    first = tasks[0] if tasks and tasks[0].state == "you" else None
    deferral = deferrals.deferral_of(application) if application.deferral_key else None
    appeal = appeals.appeal_of(application) if application.appeal_key else None
    context = {
        "application": application,
        "round": application.round,
        "decision": decision,
        "lapse": selectors.lapse_of(decision),
        "appeal": appeal,
        **until(application, decision, appeals.can_appeal(application, decision, appeal)),
        "answer_by": selectors.answer_deadline(application, decision),
        "is_too_late": application.status == S.OFFERED and not selectors.can_answer(application, decision),
        "stations": selectors.stations(application, decision, appeal),
        "turn": turn,
        "whom_we_asked": asked_for_applicant(application),
        "turn_words": selectors.turn_words(application, turn),
        "outlook": selectors.outlook(application, turn),
        "first": first,
        "tasks": tasks[1:] if first else tasks,  # the first stands in the panel above
        "eligibility": selectors.eligibility_lines(application),
        "can_withdraw": bool(possible(application, [workflow.WITHDRAW])),
        "has_stay": application.status == S.ACCEPTED,
        "deferral": deferral,
        "can_defer": deferrals.can_ask(application, deferral),
        "place_in_line": waiting_list.place_of(application) if application.status == S.WAITING_LIST else None,
    }
    return page(request, "apprentices/status/status.html", context, office=application.office)


@require_POST
def remind_employer(request, pk):
    """Send the request to the training manager once more."""
    application = own_application(request, pk, "remind_employer")
    try:
        asked = ask_employer_again(application=application, by=request.user)
        messages.success(request, _("We have written to %(name)s again.") % {"name": asked.name})
    except Refused as error:
        messages.info(request, str(error))
    return redirect(application)


@require_http_methods(["GET", "POST"])
def answer_offer(request, pk):
    """Yes or no to an offer."""
    application = own_application(request, pk, "answer_offer")
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
    application = own_application(request, pk, "withdraw_application")
    if not possible(application, [workflow.WITHDRAW]):
        messages.info(request, _("This application is settled. It cannot be withdrawn."))
        return redirect(application)
    form = WithdrawForm(posted(request))
    if request.method == "POST" and form.is_valid():
        act = {"application": application, "by": request.user, **form.cleaned_data}
        attempt(request, lambda: withdraw_application(**act), done=_("Your application is withdrawn."))
        return redirect(application)
    return page(
        request,
        "apprentices/status/withdraw.html",
        {"application": application, "form": form, "has_said_yes": application.status == S.ACCEPTED},
        office=application.office,
    )


@require_safe
def own_letter(request, pk):
    """The letter of the newest published decision. A pending one is nobody's business yet."""
    return letter_of(selectors.published_decision(own_application(request, pk, "follow_application")))


@require_safe
def own_lapse_letter(request, pk):
    """The letter that says that nobody answered the offer in time."""
    return letter_of(
        selectors.lapse_of(selectors.published_decision(own_application(request, pk, "follow_application")))
    )
