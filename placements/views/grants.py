"""The price of a stay: what it is reckoned from, and the lines."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mobility.common.office_page import attempt, office_context
from placements.forms.grants import GrantForm
from placements.models import Placement
from placements.services import grants as services


@require_http_methods(["GET", "POST"])
def grant(request, pk):
    """Type the distance and what else the price depends on; the lines appear below."""
    stays = Placement.objects.visible_to(request.user).select_related("apprentice", "partner", "project", "grant")
    stay = get_object_or_404(stays, pk=pk)
    if not request.user.has_perm("placements.price_placement", stay):
        raise PermissionDenied
    form = GrantForm(request.POST or None, instance=stay)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if attempt(
            request,
            lambda: services.change_price_facts(placement=stay, by=request.user, **facts),
            done=_("The stay is priced."),
        ):
            return redirect("placements:grant", pk=pk)
        stay.refresh_from_db()
    context = office_context(
        request,
        title=_("Grant of %(name)s") % {"name": stay.apprentice.full_name},
        eyebrow=str(stay.project or ""),
        placement=stay,
        form=form,
        is_frozen=services.is_frozen(stay),
        missing=services.missing_for_price(stay),
    )
    return render(request, "placements/grant.html", context)
