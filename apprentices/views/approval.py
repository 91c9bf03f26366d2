"""The head of section and pending decisions: asked for an approval, given or sent back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from apprentices.models import Round
from apprentices.selectors.decisions import pending_decisions
from apprentices.services import approval
from mobility.common import clock
from mobility.common.errors import Refused
from mobility.common.office_page import attempt, office_context, report_refusal

SEND_BACK = "send_back"


@require_POST
def send_to_head(request, pk):
    """Ask the head to approve what is pending."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("apprentices.decide_application", found):
        raise PermissionDenied
    attempt(
        request,
        lambda: approval.send_to_head(round=found, by=request.user),
        done=_("The head of section is asked to approve the decisions."),
    )
    return redirect("apprentices:publish", pk)


@require_http_methods(["GET", "POST"])
def approve(request, pk):
    """What waits for the head: approve all or some, or send them back with words."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("apprentices.approve_decisions", found):
        raise PermissionDenied
    waiting = [decision for decision in pending_decisions(found) if approval.is_with_head(decision)]
    chosen = {int(value) for value in request.POST.getlist("decision") if value.isdecimal()}
    words = request.POST.get("words", "")
    if request.method == "POST":
        try:
            messages.success(request, _answer(request, found, chosen, words))
            return redirect("apprentices:approve", pk)
        except Refused as refused:
            report_refusal(request, refused)
    context = office_context(
        request,
        title=_("Approve decisions: %(round)s") % {"round": found},
        round=found,
        lines=[
            {"decision": decision, "ticked": request.method == "GET" or decision.pk in chosen} for decision in waiting
        ],
        words=words,
        seen_at=clock.now().isoformat(),
    )
    return render(request, "apprentices/approve.html", context)


def _answer(request, found, chosen, words):
    """Carry out the button that was pressed; the words that say so."""
    seen_at = parse_datetime(request.POST.get("seen_at", "")) or found.opens_at
    facts = {"round": found, "decisions": chosen, "seen_at": seen_at, "by": request.user}
    if request.POST.get("act") == SEND_BACK:
        number = approval.send_back_decisions(**facts, words=words)
        done = ngettext("%(number)s decision is sent back.", "%(number)s decisions are sent back.", number)
    else:
        number = approval.approve_decisions(**facts)
        done = ngettext("%(number)s decision is approved.", "%(number)s decisions are approved.", number)
    return done % {"number": number}
