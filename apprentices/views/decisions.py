"""Pending decisions, their letters, and publishing them together."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from apprentices import documents
from apprentices.enums import DecisionResult
from apprentices.forms.selection import DecisionForm
from apprentices.models import Decision, Round
from apprentices.selectors.decisions import pending_decisions
from apprentices.selectors.endorsements import standing_words
from apprentices.services import decisions as services
from apprentices.services import publication
from apprentices.views.reviews import chosen_applications
from mobility.common import clock, formats
from mobility.common.files import download
from mobility.common.office_page import attempt, confirm_page, office_context

TAKE_BACK = "take_back"


@require_http_methods(["GET", "POST"])
def decide(request, pk):
    """Confirm a pending decision for the applications named in the address, or take pending ones back."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("apprentices.decide_application", found):
        raise PermissionDenied
    if not request.GET.getlist("application"):
        messages.error(request, _("Tick at least one application first."))
        return redirect("apprentices:ranking", pk)
    applications = chosen_applications(request, found)
    result = request.GET.get("result")
    if result == TAKE_BACK:
        return _take_back(request, found, applications)
    if result not in DecisionResult.values:
        raise Http404
    form = DecisionForm(request.POST if request.method == "POST" else None, round=found, result=result)
    if request.method == "POST" and form.is_valid():
        done = ngettext("%(number)s pending decision saved.", "%(number)s pending decisions saved.",
                        len(applications)) % {"number": len(applications)}  # fmt: skip
        if attempt(
            request,
            lambda: services.decide(
                round=found, applications=applications, result=result, by=request.user, **form.cleaned_data
            ),
            done=done,
        ):
            return redirect("apprentices:ranking", pk)
    return _confirm(request, found, applications, form=form, after=DecisionResult(result).label)


def _take_back(request, found, applications):
    if request.method == "POST":
        attempt(
            request,
            lambda: services.take_back_decisions(round=found, applications=applications, by=request.user),
            done=_("The pending decisions are taken back."),
        )
        return redirect("apprentices:ranking", found.pk)
    return _confirm(request, found, applications, form=None, after=_("no pending decision"))


def _confirm(request, found, applications, *, form, after):
    pending = {each.application_id: each for each in Decision.objects.pending().filter(application__in=applications)}
    now = {each.pk: pending[each.pk].get_result_display() if each.pk in pending else "" for each in applications}
    return confirm_page(
        request,
        title=_("Pending decision: %(result)s") % {"result": after},
        eyebrow=found.name,
        lead=_("Only the office sees pending decisions. Letters go out when you publish them."),
        submit=ngettext("Save for %(number)s application", "Save for %(number)s applications", len(applications))
        % {"number": len(applications)},
        back_url=reverse("apprentices:ranking", args=[found.pk]),
        form=form,
        effects=[
            {
                "what": str(each),
                "now": each.get_status_display(),
                "after": after,
                "follows": _follows(each, now[each.pk]),
            }
            for each in applications
        ],
    )


def _follows(application, pending):
    """What the decision replaces, and what was answered by those who were asked."""
    replaced = [_("replaces: %(result)s") % {"result": pending}] if pending else []
    return "; ".join([*replaced, *standing_words(application)])


@require_http_methods(["GET", "POST"])
def publish(request, pk):
    """Preview of every letter, then all pending decisions of the round at once."""
    found = get_object_or_404(Round.objects.visible_to(request.user).select_related("office"), pk=pk)
    if not request.user.has_perm("apprentices.publish_decisions", found):
        raise PermissionDenied
    if request.method == "POST":
        attempt(
            request,
            lambda: publication.publish_decisions(round=found, by=request.user),
            done=_("The decisions are published; the letters are on their way."),
        )
        return redirect("apprentices:ranking", pk)
    pending = pending_decisions(found)
    today = clock.now().astimezone(found.office.tz).date()
    for decision in pending:
        decision.answer_by = found.answer_by
    context = office_context(
        request,
        title=_("Publish decisions: %(round)s") % {"round": found},
        round=found,
        missing=publication.missing_for_publication(found, pending),
        letters=[(decision, documents.decision_letter(decision, by=request.user, on=today)) for decision in pending],
        counts=[
            (label, sum(decision.result == code for decision in pending)) for code, label in DecisionResult.choices
        ],
        answer_by=formats.day(found.answer_by),
    )
    return render(request, "apprentices/publish.html", context)


@require_safe
def decision_letter(request, pk):
    """The letter as PDF: the stored one after publication, before it a preview that is not kept."""
    decision = get_object_or_404(
        Decision.objects.visible_to(request.user).select_related(
            "application__office", "application__round", "application__trade", "criterion", "letter"
        ),
        pk=pk,
    )
    if not request.user.has_perm("apprentices.view_ranking", decision):
        raise PermissionDenied
    if decision.letter:
        return download(decision.letter)
    office = decision.application.office
    decision.answer_by = decision.application.round.answer_by
    letter = documents.decision_letter(decision, by=request.user, on=clock.now().astimezone(office.tz).date())
    return HttpResponse(
        documents.letter_pdf(letter, office=office),
        headers={"Content-Disposition": 'attachment; filename="preview.pdf"', "Cache-Control": "no-store"},
        content_type="application/pdf",
    )
