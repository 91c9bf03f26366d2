"""Who is where on a date: page, paper, and file."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mobility.common import countries, exports
from mobility.common.office_page import office_context
from placements.forms.arrivals import OnDateForm
from placements.selectors.abroad import who_is_abroad as find


@require_safe
def who_is_abroad(request):
    """Today, or the date of ``?on=``; a date that is none is told, and today is shown."""
    form, abroad = _list(request)
    context = office_context(
        request,
        title=_("Who is abroad"),
        form=form,
        abroad=abroad,
        office=request.user.working_office,
        can_confirm=request.user.has_perm("placements.confirm_arrival"),
    )
    return render(request, "placements/who_is_abroad.html", context)


@require_safe
def export_who_is_abroad(request):
    """The same lines as a file for a spreadsheet."""
    _form, abroad = _list(request)
    header = [
        _("Group"), _("Name"), _("Mobile"), _("Country"), _("City"), _("Host"), _("Mentor"), _("Phone of the mentor"),
        _("Partner"), _("Phone of the partner"), _("Lodging"), _("From"), _("To"),
    ]  # fmt: skip
    groups = ((_("arrival not confirmed"), abroad.not_arrived), (_("abroad"), abroad.present))
    rows = [_row(name, stay) for name, stays in (*groups, (_("expected"), abroad.expected)) for stay in stays]
    return exports.csv_response(f"abroad-{abroad.on:%Y-%m-%d}.csv", header, rows)


def _list(request):
    if not request.user.has_perm("placements.view_who_is_abroad"):
        raise PermissionDenied
    form = OnDateForm(request.GET or None)
    on = form.cleaned_data["on"] if form.is_valid() else None
    return form, find(request.user, request.user.working_office, on)


def _row(group, stay):
    placement = stay.placement
    apprentice, partner = placement.apprentice, placement.partner
    return [
        group, apprentice.full_name, str(apprentice.phone), countries.name(partner.country), stay.city,
        str(placement.host), stay.mentor, stay.mentor_phone, partner.name, partner.phone, placement.lodging,
        placement.starts_on, placement.ends_on or _("date missing"),
    ]  # fmt: skip
