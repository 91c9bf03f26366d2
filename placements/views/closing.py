"""The last two moves of a case, each after a page that shows the effect."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mobility.common.office_page import attempt
from placements.enums import PlacementStatus
from placements.models import Placement
from placements.services import closing as services
from placements.views.pages import confirm


@require_http_methods(["GET", "POST"])
def finish_evaluation(request, pk):
    placement = _placement(request, pk, "placements.finish_evaluation")
    if request.method == "POST":
        attempt(
            request,
            lambda: services.finish_evaluation(placement=placement, by=request.user),
            done=_("The evaluation is finished."),
        )
        return redirect(placement)
    return confirm(
        request,
        title=_("Finish the evaluation"),
        eyebrow=str(placement),
        submit=_("Finish the evaluation"),
        back_url=placement.get_absolute_url(),
        effects=[_move(placement, PlacementStatus.EVALUATED, _missing(services.missing_for_evaluation(placement)))],
    )


@require_http_methods(["GET", "POST"])
def close_placement(request, pk):
    placement = _placement(request, pk, "placements.close_placement")
    if request.method == "POST":
        attempt(
            request,
            lambda: services.close_placement(placement=placement, by=request.user),
            done=_("The case is closed. Its grant is frozen."),
        )
        return redirect(placement)
    return confirm(
        request,
        title=_("Close the case"),
        eyebrow=str(placement),
        submit=_("Close the case"),
        back_url=placement.get_absolute_url(),
        effects=[_move(placement, PlacementStatus.CLOSED, _missing(services.missing_for_closing(placement)))],
        danger=True,
    )


def _placement(request, pk, permission):
    found = Placement.objects.visible_to(request.user).select_related("apprentice", "partner", "application", "office")
    placement = get_object_or_404(found, pk=pk)
    if not request.user.has_perm(permission, placement):
        raise PermissionDenied
    return placement


def _move(placement, target, missing):
    return {
        "what": _("State"),
        "now": placement.get_status_display(),
        "after": PlacementStatus(target).label,
        "follows": missing or _("Nothing is missing."),
    }


def _missing(sentences):
    return " ".join([_("Not possible yet:"), *sentences]) if sentences else ""
