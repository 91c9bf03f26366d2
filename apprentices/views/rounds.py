"""Opening a round."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from apprentices.models import Round
from apprentices.services import rounds
from mobility.common import formats
from mobility.common.office_page import attempt, confirm_page


@require_http_methods(["GET", "POST"])
def open_round(request, pk):
    """Show what opening does; open on POST."""
    found = get_object_or_404(Round.objects.visible_to(request.user).select_related("office"), pk=pk)
    if not request.user.has_perm("apprentices.open_round", found):
        raise PermissionDenied
    back_url = reverse("admin:apprentices_round_change", args=[pk])
    if request.method == "POST":
        done = _("The round %(round)s is open.") % {"round": found}
        attempt(request, lambda: rounds.open_round(round=found, by=request.user), done=done)
        return redirect(back_url)
    return confirm_page(
        request,
        title=_("Open the round %(round)s") % {"round": found},
        eyebrow=found.office.name,
        submit=_("Open the round"),
        back_url=back_url,
        effects=[
            {
                "what": _("Public page"),
                "now": _("not shown"),
                "after": _("shown"),
                "follows": _("Applications from %(opens)s until %(closes)s.")
                % {"opens": formats.moment(found.opens_at), "closes": formats.moment(found.closes_at)},
            },
            {
                "what": _("Criteria and weights"),
                "now": _("can be changed"),
                "after": _("frozen"),
                "follows": _("Every application is judged alike."),
            },
        ],
    )
