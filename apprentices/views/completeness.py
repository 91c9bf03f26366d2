"""The completeness queue: what keeps cases from going on."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apprentices.models import Round
from apprentices.selectors import completeness as selectors
from mobility.common.office_page import office_context

PER_PAGE = 50
NAME = "completeness"
"""What an address says of the list that a case was opened from."""


@require_safe
def completeness(request):
    """Cases that lack something, longest waiting first; filters by round and own cases stand in the address."""
    if not request.user.has_perm("apprentices.view_application"):
        raise PermissionDenied
    chosen = filters_of(request.GET)
    found = selectors.incomplete(request.user, **as_filters(request.user, chosen)).order_by(*selectors.ORDER)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = selectors.rows_of(request.user, selectors.loaded(page.object_list))
    query = urlencode(chosen)
    context = office_context(
        request,
        title=_("What is missing"),
        lead=_("Cases that nobody should decide on yet: what they lack, who acts, and the next step."),
        page=page,
        chosen=chosen,
        rounds=list(Round.objects.visible_to(request.user).only("name")[:20]),
        query=f"{query}&" if query else "",
        back_query=urlencode({"in": NAME, **chosen}),
    )
    return render(request, "apprentices/casework/completeness.html", context)


def filters_of(values) -> dict[str, str]:
    """The filters that an address has: ``round`` (a key), ``mine``."""
    found = {}
    if values.get("round", "").isdecimal():
        found["round"] = values["round"]
    if values.get("mine"):
        found["mine"] = "1"
    return found


def as_filters(user, chosen) -> dict:
    return {"round_id": chosen.get("round"), "owner_id": user.pk if chosen.get("mine") else None}
