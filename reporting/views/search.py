"""The one search of the web admin."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mobility.common.office_page import office_context
from reporting.selectors import search as selectors


@require_safe
def search(request):
    """``?q=``: a reference opens its case at once; everything else gives hits by kind."""
    if not request.user.has_perm("reporting.search"):
        raise PermissionDenied
    words = request.GET.get("q", "").strip()
    case = selectors.case_of(request.user, words)
    if case is not None:
        return redirect("admin:apprentices_application_change", case.pk)
    groups = selectors.found(request.user, words) if words else []
    context = office_context(
        request,
        title=_("Search: %(words)s") % {"words": words} if words else _("Search"),
        words=words,
        groups=groups,
        total=sum(len(group.hits) for group in groups),
        has_more=any(group.has_more for group in groups),
    )
    return render(request, "reporting/search.html", context)
