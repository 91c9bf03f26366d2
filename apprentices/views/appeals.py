"""Appeals: the applicant appeals on the status page; the office answers from the case or from the round's list."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apprentices.enums import AppealStatus
from apprentices.forms.appeals import AnswerAppealForm, AppealForm
from apprentices.models import Appeal, Round
from apprentices.selectors import appeals as selectors
from apprentices.selectors.status import published_decision
from apprentices.services import appeals as services
from apprentices.views.pages import MAIL_ALONE, letter_of, own_application, page, posted
from apprentices.views.together import Together
from mobility.common import clock, formats
from mobility.common.errors import Refused
from mobility.common.office_page import LOOK, confirm_page, office_context

VIEW, ANSWER = "apprentices.view_appeal", "apprentices.answer_appeal"
WITHOUT_LETTER = {AppealStatus.ADMITTED, AppealStatus.SENT_ON}
STEPS = {
    AppealStatus.ADMITTED: services.admit_late_appeal,
    AppealStatus.REFUSED: services.refuse_late_appeal,
    AppealStatus.SENT_ON: services.send_on_appeal,
}


# --- the applicant ------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def appeal(request, pk):
    """The decision, the last day, and the words against it. What was typed stays on every refusal."""
    application = own_application(request, pk, "appeal_decision")
    decision, form = published_decision(application), AppealForm(posted(request))
    can_appeal = selectors.can_appeal(application, decision, selectors.appeal_of(application))
    if request.method == "POST" and form.is_valid():
        try:
            text = form.cleaned_data["text"]
            services.receive_appeal(application=application, by=request.user, text=text)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("We have your appeal. A receipt comes by mail."))
            return redirect(application)
    elif not form.is_bound and not can_appeal:
        messages.info(request, _("There is no decision to appeal against now."))
        return redirect(application)
    context = {
        "application": application,
        "decision": decision,
        "form": form,
        **until(application, decision, can_appeal),
    }
    return page(request, "apprentices/status/appeal.html", context, office=application.office)


def until(application, decision, can_appeal) -> dict:
    """The last day to appeal and whether it has passed; nothing where nobody may appeal."""
    if not can_appeal:
        return {"appeal_until": None, "appeal_is_late": False}
    decision.application = application
    day = selectors.last_day(decision)
    return {"appeal_until": day, "appeal_is_late": clock.today(application.office.tz) > day}


@require_safe
def own_appeal_letter(request, pk):
    """The letter with the answer to the applicant's appeal."""
    return letter_of(selectors.appeal_of(own_application(request, pk, "follow_application")))


# --- the office ---------------------------------------------------------------------------------------------------------
@require_safe
def appeals(request, pk):
    """Every appeal of a round, those that wait first."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm(VIEW, found):
        raise PermissionDenied
    every = selectors.appeals_of(found)
    context = office_context(
        request,
        title=_("Appeals: %(round)s") % {"round": found},
        round=found,
        waiting=[each for each in every if each.is_open],
        answered=[each for each in every if not each.is_open],
        can_answer=request.user.has_perm(ANSWER, found),
    )
    return render(request, "apprentices/appeals.html", context)


@require_http_methods(["GET", "POST"])
def answer_appeal(request, pk):
    """Admit or refuse a late one, send it on, or answer it."""
    found = _appeal(request, pk, ANSWER)
    application = found.application
    case = redirect("admin:apprentices_application_change", application.pk)
    answers = selectors.answers_to(found)
    form = AnswerAppealForm(posted(request), answers=answers, results=selectors.results_for(application))
    if not answers:
        messages.info(request, _("This appeal is answered already."))
        return case
    together = Together(request, [application], first=[application.round])
    letter = None
    if request.method == "POST" and form.is_valid():
        done = _("%(name)s is told.") % {"name": application.full_name}
        if LOOK in request.POST:
            letter = _draft(request, found, form.cleaned_data)
        elif together.attempt(lambda: _carry_out(found, form.cleaned_data, request.user), done=done):
            return case
    return confirm_page(
        request,
        title=_("The appeal of %(name)s") % {"name": application.full_name},
        eyebrow=f"{application.round} · {application.reference}",
        lead=_received(found),
        quote=found.text,
        submit=_("Send the answer"),
        back_url=case.url,
        form=form,
        hidden=together.hidden,
        effects=[_effect(found)],
        told=[{"who": application.email, "what": _("the answer by mail, and the outcome as a letter")}],
        can_preview=True,
        letter=letter,
    )


@require_safe
def appeal_letter(request, pk):
    """The letter with the answer, for the office."""
    return letter_of(_appeal(request, pk, VIEW))


def _carry_out(found, chosen, by):
    act = {"appeal": found, "by": by, "words": chosen["words"]}
    step = STEPS.get(chosen["answer"])
    if step is not None:
        return step(**act)
    return services.decide_appeal(**act, outcome=chosen["answer"], result=chosen.get("result", ""))


def _draft(request, found, chosen):
    """The letter that these words make, unsaved; None where the answer is a mail alone."""
    if chosen["answer"] in WITHOUT_LETTER:
        messages.info(request, MAIL_ALONE)
        return None
    found.words = chosen["words"].strip()
    return services.letter_of(found, outcome=chosen["answer"], by=request.user)


def _appeal(request, pk, right):
    related = ("decision__application__round", "decision__application__office", "decision__application__apprentice")
    found = get_object_or_404(Appeal.objects.visible_to(request.user).select_related(*related, "letter"), pk=pk)
    if not request.user.has_perm(right, found):
        raise PermissionDenied
    return found


def _received(found):
    """When it came, and whether that was in time."""
    words = {
        "date": formats.day(found.received_at, "plain"),
        "last": formats.day(found.due_on, "plain"),
    }
    if found.is_late:
        return _("Received %(date)s: too late, the last day was %(last)s.") % words
    return _("Received %(date)s, in time: the last day is %(last)s.") % words


def _effect(found):
    decision = found.decision
    return {
        "what": _("The first decision"),
        "now": f"{decision.get_result_display()}, {formats.day(decision.published_at, 'short')}",
        "after": _("the first decision, its score and the ranking stay as they are"),
        "follows": _("Upheld: a new decision, pending until it is published."),
    }
