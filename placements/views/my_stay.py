"""The apprentice's page of the own stay."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from placements.enums import FRIENDLY_STATUS
from placements.models import Placement
from placements.selectors import my_stay as my_stay_selectors
from placements.selectors import placing as selectors
from placements.selectors.stays import my_log_of


@require_safe
def my_stay(request, pk=None):
    """One own stay; without a key the newest. Whoever has none is told what will be here."""
    stays = Placement.objects.filter(apprentice__user=request.user).select_related(
        "apprentice", "application", "partner", "host_company", "office"
    )
    stay = stays.order_by("-starts_on", "-pk").first() if pk is None else get_object_or_404(stays, pk=pk)
    if stay is None:
        return render(request, "placements/my_stay_none.html")
    if not request.user.has_perm("placements.view_own_stay", stay):
        raise PermissionDenied
    agreement = selectors.agreement_in_force(stay)
    context = {
        "placement": stay,
        "friendly": FRIENDLY_STATUS[stay.status],
        "agreement": agreement,
        "to_sign": my_stay_selectors.own_signature(agreement),
        "stations": my_stay_selectors.stations_of(stay, agreement),
        "is_told": stay.status in my_stay_selectors.HOST_IS_TOLD,
        "host_contact": selectors.host_signer(stay),
        "my_log": my_log_of(stay),
        "grant": my_stay_selectors.own_grant(stay),
        "days_left": my_stay_selectors.days_until_start(stay),
    }
    return render(request, "placements/my_stay.html", context)
