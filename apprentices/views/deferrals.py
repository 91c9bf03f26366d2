"""Waiting for a later round: the applicant asks, the office answers and carries over."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apprentices import workflow
from apprentices.enums import ApplicationStatus
from apprentices.forms.answers import DeferForm
from apprentices.forms.deferrals import CarryForm, DeferralForm, OfficeDeferForm
from apprentices.models import Application, Deferral, Round
from apprentices.selectors import deferrals as selectors
from apprentices.services import deferrals as services
from apprentices.views.pages import MAIL_ALONE, letter_of, own_application, page, posted
from apprentices.views.together import Together
from mobility.common.office_page import LOOK, attempt, confirm_page, office_context
from mobility.common.workflow import possible

DECIDE = "apprentices.decide_application"


# --- the applicant ------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "POST"])
def ask(request, pk):
    """Ask to wait for a later round, after a page that says what follows."""
    application = own_application(request, pk, "withdraw_application")
    if not selectors.can_ask(application, selectors.deferral_of(application)):
        messages.info(request, _("You have asked already, or the application is settled."))
        return redirect(application)
    form = DeferForm(posted(request))
    if request.method == "POST" and form.is_valid():
        act = {"application": application, "by": request.user, **form.cleaned_data}
        attempt(request, lambda: services.ask_to_defer(**act), done=_("We have got your wish. The office answers you."))
        return redirect(application)
    return page(
        request,
        "apprentices/status/defer.html",
        {"application": application, "form": form, "has_offer": application.status == ApplicationStatus.OFFERED},
        office=application.office,
    )


@require_safe
def own_letter(request, pk):
    """The letter that says that the application waits."""
    return letter_of(selectors.deferral_of(own_application(request, pk, "follow_application")))


# --- the office ---------------------------------------------------------------------------------------------------------
@require_safe
def deferrals(request, pk):
    """Wishes to answer, and who waits for a later round."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm(DECIDE, found):
        raise PermissionDenied
    context = office_context(
        request,
        title=_("Deferrals: %(round)s") % {"round": found},
        round=found,
        wishes=selectors.wishes_of(found),
        deferred=selectors.deferred_of(found),
    )
    return render(request, "apprentices/deferrals.html", context)


@require_http_methods(["GET", "POST"])
def answer(request, pk):
    """Yes or no to a wish."""
    deferral = _deferral(request, pk)
    application = deferral.application
    together, letter = Together(request, [application]), None
    form = DeferralForm(posted(request))
    if request.method == "POST" and form.is_valid():
        words = {"words": form.cleaned_data["words"], "by": request.user}
        is_yes = form.cleaned_data["answer"] == DeferralForm.YES
        service = services.confirm_deferral if is_yes else services.refuse_deferral
        done = _("%(name)s is told.") % {"name": application.full_name}
        if LOOK in request.POST and is_yes:
            deferral.words = form.cleaned_data["words"].strip()
            letter = services.letter_of(deferral, by=request.user)
        elif LOOK in request.POST:
            messages.info(request, MAIL_ALONE)
        elif together.attempt(lambda: service(deferral=deferral, **words), done=done):
            return redirect("apprentices:deferrals", application.round_id)
    return confirm_page(
        request,
        title=_("%(name)s asks to wait for a later round") % {"name": application.full_name},
        eyebrow=f"{application.round} · {application.reference}",
        quote=deferral.reason,
        submit=_("Send the answer"),
        back_url=redirect("apprentices:deferrals", application.round_id).url,
        form=form,
        hidden=together.hidden,
        effects=[_effect(application)],
        told=[{"who": application.email, "what": _("the answer, and after a yes a letter")}],
        can_preview=True,
        letter=letter,
    )


@require_http_methods(["GET", "POST"])
def defer(request, pk):
    """The office lets an application wait on its own account."""
    application = get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm(DECIDE, application):
        raise PermissionDenied
    back = redirect("admin:apprentices_application_change", pk).url
    if not possible(application, [workflow.DEFER]):
        messages.info(request, _("This application cannot be deferred now."))
        return redirect(back)
    together, letter = Together(request, [application]), None
    form = OfficeDeferForm(posted(request))
    if request.method == "POST" and form.is_valid():
        act = {"application": application, "by": request.user, **form.cleaned_data}
        done = _("The application waits for a later round, and %(name)s is told.") % {"name": application.full_name}
        if LOOK in request.POST:
            draft = Deferral(application=application, reason=form.cleaned_data["reason"])
            letter = services.letter_of(draft, by=request.user)
        elif together.attempt(lambda: services.defer_application(**act), done=done):
            return redirect(back)
    return confirm_page(
        request,
        title=_("Defer %(name)s to a later round") % {"name": application.full_name},
        eyebrow=f"{application.round} · {application.reference}",
        submit=_("Defer"),
        back_url=back,
        form=form,
        hidden=together.hidden,
        effects=[_effect(application)],
        told=[{"who": application.email, "what": _("a mail with the letter")}],
        can_preview=True,
        letter=letter,
    )


@require_http_methods(["GET", "POST"])
def carry(request, pk):
    """Make the application anew in a later round."""
    deferral = _deferral(request, pk)
    application = deferral.application
    form = CarryForm(posted(request), rounds=selectors.rounds_for(application))
    if request.method == "POST" and form.is_valid():
        act = {"deferral": deferral, "round": form.cleaned_data["round"], "by": request.user}
        done = _("The application is carried over, and %(name)s is told.") % {"name": application.full_name}
        if attempt(request, lambda: services.carry_over(**act), done=done):
            return redirect("apprentices:deferrals", application.round_id)
    return confirm_page(
        request,
        title=_("Carry %(name)s over to a later round") % {"name": application.full_name},
        eyebrow=f"{application.round} · {application.reference}",
        lead="" if form.fields["round"].queryset else _("There is no later round yet. Prepare one first."),
        submit=_("Carry over"),
        back_url=redirect("apprentices:deferrals", application.round_id).url,
        form=form,
        effects=[
            {
                "what": str(application),
                "now": application.get_status_display(),
                "after": _("the old case stays as it is"),
                "follows": _(
                    "A new application with its own reference; priority among equals; consents are asked anew."
                ),
            }
        ],
        told=[
            {"who": application.email, "what": _("the new reference")},
            {"who": application.manager_email, "what": _("asked for the consent, by signed link")},
        ],
    )


def _deferral(request, pk):
    deferral = get_object_or_404(
        Deferral.objects.visible_to(request.user).select_related(
            "application__round", "application__office", "application__apprentice__user"
        ),
        pk=pk,
    )
    if not request.user.has_perm(DECIDE, deferral):
        raise PermissionDenied
    return deferral


def _effect(application):
    takes = application.status in {ApplicationStatus.OFFERED, ApplicationStatus.ACCEPTED}
    follows = [_("The place goes to the next of the waiting list.")] if takes else []
    if application.status == ApplicationStatus.ACCEPTED:
        follows.append(_("A host that was found has to be cancelled by you."))
    return {
        "what": str(application),
        "now": application.get_status_display(),
        "after": ApplicationStatus.DEFERRED.label,
        "follows": " ".join(follows),
    }
