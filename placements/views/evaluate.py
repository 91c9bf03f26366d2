"""Evaluation by signed link: GET shows, POST gives."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common.errors import LinkSpent, Refused
from placements.forms.evaluations import EvaluationForm
from placements.models import Evaluation
from placements.services import evaluations as services
from placements.views.pages import tell


@login_not_required
@require_http_methods(["GET", "POST"])
def evaluate(request, token):
    """One party's questions. A spent link gets the page that offers a new one (middleware)."""
    link = links.open_link(token, LinkPurpose.EVALUATE)
    request.office = link.office
    evaluation = get_object_or_404(
        Evaluation.objects.filter(placement__office=link.office_id).select_related(
            "placement__apprentice", "placement__partner", "placement__host_company"
        ),
        pk=link.object_id,
    )
    closed = _why_closed(evaluation)
    form = EvaluationForm(request.POST or None, party=evaluation.by)
    if request.method == "POST" and not closed and form.is_valid():
        try:
            services.give_evaluation(
                evaluation=evaluation, link=link, marks=form.marks, comment=form.cleaned_data["comment"]
            )
        except LinkSpent:
            raise
        except Refused as refused:
            tell(form, refused)
        else:
            return redirect("placements:evaluated")
    context = {
        "evaluation": evaluation,
        "placement": evaluation.placement,
        "form": form,
        "closed": closed,
        "link": link,
    }
    return render(request, "placements/evaluate.html", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
def evaluated(request):
    """Thanks; says nothing about anybody."""
    return render(request, "placements/evaluated.html")


def _why_closed(evaluation):
    try:
        services.require_open(evaluation)
    except Refused as refused:
        return str(refused)
    return ""
