"""What several pages of the stay share."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from mobility.common.errors import NotReady
from mobility.common.office_page import confirm_page
from placements.enums import PlacementStatus
from placements.models import Placement


def found_stay(request, pk, right, *related):
    """A stay with its office and ``related`` rows. 404 where it is not the person's to see, 403 without the right."""
    stays = Placement.objects.visible_to(request.user).select_related("office", *related)
    stay = get_object_or_404(stays, pk=pk)
    if not request.user.has_perm(right, stay):
        raise PermissionDenied
    return stay


def state_effect(stay, target, follows):
    """The line of the state on the page before a move, as ``confirm`` takes effects."""
    return {
        "what": _("State"),
        "now": stay.get_status_display(),
        "after": PlacementStatus(target).label,
        "follows": follows,
    }


def confirm(request, *, title, submit, back_url, back="", status=200, **context):
    """The page before the act: in the admin's frame for staff, in the portal's (with ``back`` words) for all others."""
    if request.user.is_staff:
        response = confirm_page(request, title=title, submit=submit, back_url=back_url, **context)
        response.status_code = status
        return response
    values = {
        "lead": "", "eyebrow": "", "effects": [], "told": [], "form": None, "hidden": [], "danger": False,
        **context,
    }  # fmt: skip
    return render(
        request,
        "placements/confirm.html",
        {"title": title, "submit": submit, "back_url": back_url, "back": back, **values},
        status=status,
    )


def tell(form, refused):
    """Put a service's refusal above the form, one line for each thing that is missing."""
    for sentence in refused.missing if isinstance(refused, NotReady) else [str(refused)]:
        form.add_error(None, sentence)
