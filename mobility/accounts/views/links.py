"""A spent link is answered by a new one, to the same address."""

from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from mobility.accounts import links, throttle
from mobility.accounts.models import AccessLink
from mobility.accounts.models.links import RENEWAL_SALT
from mobility.common.errors import Refused

RENEWALS_PER_HOUR = 3  # of one row to one address
RENEWALS_FROM_NETWORK = 60  # an hour


@login_not_required
@require_POST
def renew_link(request):
    """Mail a new link to the address that this one was sent to."""
    key = request.POST.get("link", "")
    link = _link(key)
    request.office = link.office
    calm = throttle.allow(
        "renew-link", link.purpose, link.object_id, link.address, limit=RENEWALS_PER_HOUR, seconds=3600
    ) and throttle.allow("renew-links", throttle.client_ip(request), limit=RENEWALS_FROM_NETWORK, seconds=3600)
    if not calm:
        return render(request, "accounts/link_wait.html", {"link": link}, status=429)
    try:
        links.renew(link)
    except Refused as refused:
        context = {"link": link, "reason": str(refused), "may_renew": False}
        return render(request, "accounts/link_spent.html", context, status=410)
    return redirect("accounts:link_sent", key=key)


@login_not_required
@require_safe
def link_sent(request, key):
    """Says that a new link is on its way, and to whom in outline."""
    link = _link(key)
    request.office = link.office
    return render(request, "accounts/link_sent.html", {"link": link})


def _link(key):
    try:
        pk = signing.loads(key, salt=RENEWAL_SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    return get_object_or_404(AccessLink.objects.select_related("office"), pk=pk)
