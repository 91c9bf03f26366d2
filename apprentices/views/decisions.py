"""Making pending decisions, and taking them back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from apprentices.enums import DecisionResult
from apprentices.forms.selection import DecisionForm
from apprentices.models import Decision, Round
from apprentices.selectors.endorsements import standing_words
from apprentices.services import decisions as services
from apprentices.views.reviewers import chosen_applications
from apprentices.views.together import Together
from mobility.common.office_page import confirm_page

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
    together = Together(request, applications, first=[found])
    form = DecisionForm(request.POST if request.method == "POST" else None, round=found, result=result)
    if request.method == "POST" and form.is_valid():
        done = ngettext("%(number)s pending decision saved.", "%(number)s pending decisions saved.",
                        len(applications)) % {"number": len(applications)}  # fmt: skip
        if together.attempt(
            lambda: services.decide(
                round=found, applications=applications, result=result, by=request.user, **form.cleaned_data
            ),
            done=done,
        ):
            return redirect("apprentices:ranking", pk)
    return _confirm(request, found, together, form=form, after=DecisionResult(result).label)


def _take_back(request, found, applications):
    together = Together(request, applications, first=[found])
    if request.method == "POST" and together.attempt(
        lambda: services.take_back_decisions(round=found, applications=applications, by=request.user),
        done=_("The pending decisions are taken back."),
    ):
        return redirect("apprentices:ranking", found.pk)
    return _confirm(request, found, together, form=None, after=_("no pending decision"))


def _confirm(request, found, together, *, form, after):
    applications = together.applications
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
        hidden=together.hidden,
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
