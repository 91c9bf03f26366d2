"""Arrival and return: each after a page that shows the effect."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mobility.common import clock
from mobility.common.errors import Refused
from placements.enums import PlacementStatus
from placements.forms.arrivals import ArrivalForm, ReturnForm
from placements.services import arrivals as services
from placements.views.pages import confirm, found_stay, state_effect, tell


@require_http_methods(["GET", "POST"])
def confirm_arrival(request, pk):
    placement = found_stay(request, pk, "placements.confirm_arrival", "apprentice", "partner")
    today = clock.today(placement.office.tz)
    form = ArrivalForm(request.POST or None, initial={"arrived_on": min(today, placement.starts_on)})
    if request.method == "POST" and form.is_valid():
        try:
            services.confirm_arrival(placement=placement, by=request.user, **form.cleaned_data)
        except Refused as refused:
            tell(form, refused)
        else:
            messages.success(
                request, _("%(name)s is there. Arrival is confirmed.") % {"name": placement.apprentice.full_name}
            )
            return redirect(_back(request, placement))
    return confirm(
        request,
        title=_("Confirm the arrival"),
        eyebrow=str(placement),
        submit=_("Confirm the arrival"),
        back_url=_back(request, placement),
        effects=[state_effect(placement, PlacementStatus.ABROAD, _("The weekly log opens."))],
        told=[{"who": placement.apprentice.full_name, "what": placement.apprentice.email}],
        form=form,
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
def confirm_return(request, pk):
    placement = found_stay(request, pk, "placements.confirm_return", "apprentice", "partner")
    today = clock.today(placement.office.tz)
    end = placement.ends_on
    initial = {"returned_on": today, "ends_on": min(end, today) if end else None}
    form = ReturnForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            services.confirm_return(placement=placement, by=request.user, **form.cleaned_data)
        except Refused as refused:
            tell(form, refused)
        else:
            messages.success(
                request, _("%(name)s is home. The evaluation links are on their way.")
                % {"name": placement.apprentice.full_name},
            )  # fmt: skip
            return redirect(_back(request, placement))
    return confirm(
        request,
        title=_("Confirm the return"),
        eyebrow=str(placement),
        submit=_("Confirm the return"),
        back_url=_back(request, placement),
        effects=[state_effect(placement, PlacementStatus.RETURNED, _("Visits after the last day are cancelled."))],
        told=[
            {"who": placement.apprentice.full_name, "what": _("A link to the evaluation")},
            {"who": placement.partner.name, "what": _("A link to the evaluation")},
        ],
        form=form,
        status=422 if form.errors else 200,
    )


def _back(request, placement):
    """The case for staff; a partner goes back to its candidates."""
    return placement.get_absolute_url() if request.user.is_staff else reverse("placements:candidates")
