"""Every letter before it goes out, and publishing: now, or at a set instant."""

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apprentices import documents
from apprentices.enums import DecisionResult
from apprentices.forms.publication import PlanForm
from apprentices.models import Decision, Round
from apprentices.selectors import decisions as selectors
from apprentices.selectors.selection_settings import settings_of
from apprentices.selectors.status import lapse_of
from apprentices.services import approval, planned, publication
from apprentices.views.pages import letter_of, posted
from mobility.accounts.enums import WrittenForm
from mobility.common import clock, formats
from mobility.common.files import download
from mobility.common.office_page import attempt, office_context

ORDER = [DecisionResult.OFFER, DecisionResult.WAITING_LIST, DecisionResult.REJECTION]


@require_http_methods(["GET", "POST"])
def publish(request, pk):
    """Every pending decision by result and language, with a way to each letter; then all of them at once."""
    found = _round(request, pk, "publish_decisions")
    if request.method == "POST":
        done = _("The decisions are published; the letters are on their way.")
        seen_at = parse_datetime(request.POST.get("seen_at", ""))
        act = {"round": found, "by": request.user, "seen_at": seen_at}
        if attempt(request, lambda: publication.publish_decisions(**act), done=done):
            return redirect("apprentices:ranking", pk)
        return redirect("apprentices:publish", pk)
    with timezone.override(found.office.tz):
        return _publish_page(request, found, PlanForm(office=found.office))


@require_POST
def plan_publication(request, pk):
    """Set the instant at which everything goes out, or move it."""
    found = _round(request, pk, "publish_decisions")
    with timezone.override(found.office.tz):
        form = PlanForm(posted(request), office=found.office)
        if form.is_valid():
            at = form.cleaned_data["at"]
            done = _("Planned for %(moment)s.") % {"moment": formats.moment(at, "near")}
            act = {"round": found, "at": at, "by": request.user, "seen_at": form.cleaned_data["seen_at"]}
            if attempt(request, lambda: planned.plan_publication(**act), done=done):
                return redirect("apprentices:publish", pk)
        return _publish_page(request, found, form)


@require_POST
def cancel_plan(request, pk):
    """Call the planned publication off."""
    found = _round(request, pk, "publish_decisions")
    attempt(
        request,
        lambda: planned.cancel_plan(round=found, by=request.user),
        done=_("The planned publication is called off. Nothing goes out."),
    )
    return redirect("apprentices:publish", pk)


@require_safe
def letter_preview(request, pk):
    """One letter of the batch, word for word as the PDF will say it, with a way to the next."""
    decision = get_object_or_404(_decisions(request).pending(), pk=pk)
    if not request.user.has_perm("apprentices.view_ranking", decision):
        raise PermissionDenied
    found = decision.application.round
    keys = [each.pk for _result, _language, group in _grouped(found) for each in group]
    place = keys.index(decision.pk) if decision.pk in keys else None
    context = office_context(
        request,
        title=_("Letter to %(name)s") % {"name": decision.application.full_name},
        eyebrow=found.name,
        round=found,
        decision=decision,
        letter=publication.letter_of(decision, by=request.user, moment=clock.now()),
        number=None if place is None else place + 1,
        total=len(keys),
        before=keys[place - 1] if place else None,
        after=keys[place + 1] if place is not None and place + 1 < len(keys) else None,
        can_publish=request.user.has_perm("apprentices.publish_decisions", found),
    )
    return render(request, "apprentices/letter_preview.html", context)


@require_safe
def decision_letter(request, pk):
    """The letter as PDF: the stored one after publication, before it a preview that is not kept."""
    decision = get_object_or_404(_decisions(request), pk=pk)
    if not request.user.has_perm("apprentices.view_ranking", decision):
        raise PermissionDenied
    if decision.letter:
        return download(decision.letter)
    letter = publication.letter_of(decision, by=request.user, moment=clock.now())
    return HttpResponse(
        documents.letter_pdf(letter, office=decision.application.office),
        headers={"Content-Disposition": 'attachment; filename="preview.pdf"', "Cache-Control": "no-store"},
        content_type="application/pdf",
    )


@require_safe
def lapse_letter(request, pk):
    """The letter about an offer that lapsed, as PDF, for the office."""
    decision = get_object_or_404(Decision.objects.visible_to(request.user).select_related("lapse__letter"), pk=pk)
    if not request.user.has_perm("apprentices.view_ranking", decision):
        raise PermissionDenied
    return letter_of(lapse_of(decision))


def _decisions(request):
    return Decision.objects.visible_to(request.user).select_related(
        "application__office__selection_settings", "application__round", "application__trade", "criterion", "letter",
        "approved_by", "freed_by", "decided_by",
    )  # fmt: skip


def _round(request, pk, perm):
    found = get_object_or_404(
        Round.objects.visible_to(request.user).select_related("office__selection_settings"), pk=pk
    )
    if not request.user.has_perm(f"apprentices.{perm}", found):
        raise PermissionDenied
    return found


def _grouped(found):
    """(result, written form, decisions by rank) in the order of the page: what next and previous follow."""
    pending = selectors.pending_decisions(found)
    languages = list(WrittenForm)

    def place(decision):
        return ORDER.index(decision.result), languages.index(decision.application.written_form)

    return [
        (ORDER[result], languages[language], list(group))
        for (result, language), group in groupby(sorted(pending, key=place), key=place)
    ]


def _publish_page(request, found, form):
    groups = _grouped(found)
    pending = [decision for _result, _language, group in groups for decision in group]
    wanted = settings_of(found.office)
    context = office_context(
        request,
        title=_("Publish decisions: %(round)s") % {"round": found},
        round=found,
        form=form,
        has_errors=form.is_bound and not form.is_valid(),
        seen_at=clock.now().isoformat(),
        missing=publication.missing_for_publication(found, pending),
        groups=[
            {
                "result": result.label,
                "language": language.label,
                "lines": [_line(found, wanted, decision) for decision in group],
            }
            for result, language, group in groups
        ],
        number=len(pending),
        lacks_date=found.answer_by is None or found.answer_by < clock.today(found.office.tz),
        counts=[(result.label, sum(each.result == result for each in pending)) for result in ORDER],
        answer_by=formats.day(found.answer_by),
        plan=selectors.open_plan(found),
        failed=selectors.failed_plan(found) if pending else None,
        head_approves=wanted.head_approves,
        to_send=sum(selectors.needs_approval(each, found) and not approval.is_with_head(each) for each in pending),
        can_send=request.user.has_perm("apprentices.decide_application", found),
        can_approve=request.user.has_perm("apprentices.approve_decisions", found),
        with_head=sum(approval.is_with_head(each) for each in pending),
    )
    return render(request, "apprentices/publish.html", context)


def _line(found, wanted, decision):
    approved = None
    if wanted.head_approves:
        approved = "wait" if selectors.needs_approval(decision, found) else "ok"
        approved = "head" if approved == "wait" and approval.is_with_head(decision) else approved
    return {"decision": decision, "application": decision.application, "approval": approved}
