"""What a partner offers, in its portal."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mobility.common import formats
from mobility.common.errors import Refused
from partners import selectors
from partners.forms.offers import OfferDayForm
from partners.services import visit_days


@require_http_methods(["GET", "POST"])
def offer(request):
    """Openings (the office writes them) and visit days (the partner adds them)."""
    partner = selectors.partner_of(request.user)
    if not request.user.has_perm("partners.view_offer", partner):
        raise PermissionDenied
    form = OfferDayForm(request.POST or None)
    if form.is_valid():
        try:
            day = visit_days.offer_visit_day(partner=partner, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("on", str(refused))
        else:
            messages.success(request, _("Instructors can now book %(day)s.") % {"day": formats.day(day.on)})
            return redirect("partners:offer")
    context = {
        "partner": partner,
        "form": form,
        "openings": selectors.openings_of(partner),
        "visit_days": selectors.visit_days_of(partner),
    }
    return render(request, "partners/offer.html", context)
