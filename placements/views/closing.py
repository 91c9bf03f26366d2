"""The last two moves of a case, each after a page that shows the effect."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mobility.common.office_page import attempt
from placements.enums import PlacementStatus
from placements.services import closing as services
from placements.views.pages import confirm, found_stay, state_effect

RELATED = ("apprentice", "partner", "application")


@require_http_methods(["GET", "POST"])
def finish_evaluation(request, pk):
    placement = found_stay(request, pk, "placements.finish_evaluation", *RELATED)
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
        effects=[
            state_effect(placement, PlacementStatus.EVALUATED, _missing(services.missing_for_evaluation(placement)))
        ],
    )


@require_http_methods(["GET", "POST"])
def close_placement(request, pk):
    placement = found_stay(request, pk, "placements.close_placement", *RELATED)
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
        effects=[state_effect(placement, PlacementStatus.CLOSED, _missing(services.missing_for_closing(placement)))],
        danger=True,
    )


def _missing(sentences):
    return " ".join([_("Not possible yet:"), *sentences]) if sentences else _("Nothing is missing.")
