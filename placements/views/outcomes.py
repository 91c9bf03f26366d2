"""The selection criteria at the end, beside the marks of selection."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mobility.common.errors import Refused
from mobility.common.office_page import office_context
from placements.enums import PlacementStatus
from placements.forms.outcomes import OutcomesForm
from placements.models import Evaluation
from placements.selectors.outcomes import outcome_rows
from placements.services import closing as services
from placements.views.pages import found_stay, tell


@require_http_methods(["GET", "POST"])
def outcomes(request, pk):
    """Assess the criteria again; what apprentice and partner answered stands beside."""
    placement = found_stay(request, pk, "placements.view_outcomes", "apprentice", "partner", "application")
    can_assess = (
        request.user.has_perm("placements.assess_criteria", placement) and placement.status in services.ASSESSED_IN
    )
    form = OutcomesForm(request.POST or None, rows=outcome_rows(placement))
    if request.method == "POST":
        if not request.user.has_perm("placements.assess_criteria", placement):
            raise PermissionDenied
        if form.is_valid():
            try:
                services.assess_criteria(placement=placement, marks=form.marks, by=request.user)
            except Refused as refused:
                tell(form, refused)
            else:
                messages.success(request, _("The assessment is saved."))
                return redirect("placements:outcomes", pk=placement.pk)
    context = office_context(
        request,
        title=_("Criteria at the end"),
        eyebrow=str(placement),
        placement=placement,
        form=form,
        can_assess=can_assess,
        evaluations=Evaluation.objects.visible_to(request.user).filter(placement=placement),
        missing=services.missing_for_evaluation(placement),
        can_finish=placement.status == PlacementStatus.RETURNED
        and request.user.has_perm("placements.finish_evaluation", placement),
        can_close=placement.status == PlacementStatus.EVALUATED
        and request.user.has_perm("placements.close_placement", placement),
    )
    return render(request, "placements/outcomes.html", context, status=422 if form.errors else 200)
