"""The price of a stay: what it is reckoned from, the lines, and the costs that are paid as they really were."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mobility.common import files
from mobility.common.office_page import attempt, office_context
from placements.forms.grants import CostForm, GrantForm
from placements.models import Placement, RealCost
from placements.pricing import missing_for_price
from placements.selectors.prices import price_of
from placements.services import costs as cost_services
from placements.services import grants as services

NEEDED = ("apprentice", "application", "partner", "host_company", "project", "office", "grant")


@require_http_methods(["GET", "POST"])
def grant(request, pk):
    """Type the way and what else the price depends on; the lines appear below."""
    stay = _stay(request, pk)
    form = GrantForm(request.POST if request.method == "POST" else None, instance=stay)
    if request.method == "POST" and form.is_valid():
        facts = form.facts
        if attempt(
            request,
            lambda: services.change_price_facts(placement=stay, by=request.user, **facts),
            done=_("The stay is priced."),
        ):
            return redirect("placements:grant", pk=pk)
    return _show(request, pk, form=form)


@require_http_methods(["GET", "POST"])
def real_cost(request, pk):
    """Enter a cost with its evidence; the page of the price shows it."""
    stay = _stay(request, pk)
    form = CostForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        if attempt(
            request,
            lambda: cost_services.enter_cost(placement=stay, by=request.user, **facts),
            done=_("The cost is entered. It counts when it is approved."),
        ):
            return redirect("placements:grant", pk=pk)
    context = office_context(
        request,
        title=_("A real cost of the stay"),
        eyebrow=_("Grant of %(name)s") % {"name": stay.apprentice.full_name},
        placement=stay,
        form=form,
    )
    return render(request, "placements/real_cost.html", context)


@require_POST
def approve_cost(request, pk):
    cost = _cost(request, pk, "placements.approve_real_cost")
    done = _("The cost is approved and the stay is priced anew.")
    attempt(request, lambda: cost_services.approve_cost(cost=cost, by=request.user), done=done)
    return _back(request, cost.placement)


@require_POST
def withdraw_cost(request, pk):
    cost = _cost(request, pk, "placements.price_placement")
    attempt(request, lambda: cost_services.withdraw_cost(cost=cost, by=request.user), done=_("The cost is taken away."))
    return _back(request, cost.placement)


@require_safe
def cost_evidence(request, pk):
    """The invoice or the receipt of a cost."""
    return files.download(_cost(request, pk, "placements.view_grant").evidence)


def _back(request, stay):
    """To the page of the price; who only approves has the case page."""
    may_price = request.user.has_perm("placements.price_placement", stay)
    return redirect("placements:grant" if may_price else "placements:placement", pk=stay.pk)


def _show(request, pk, *, form):
    stay = _stays(request).get(pk=pk)  # as it is kept, not as it was typed
    context = office_context(
        request,
        title=_("Grant of %(name)s") % {"name": stay.apprentice.full_name},
        eyebrow=str(stay.project or ""),
        placement=stay,
        form=form,
        others=form.others(),
        price=price_of(stay, request.user),
        is_frozen=services.is_frozen(stay),
        missing=missing_for_price(stay),
    )
    return render(request, "placements/grant.html", context)


def _stays(request):
    return Placement.objects.visible_to(request.user).select_related(*NEEDED)


def _stay(request, pk):
    stay = get_object_or_404(_stays(request), pk=pk)
    if not request.user.has_perm("placements.price_placement", stay):
        raise PermissionDenied
    return stay


def _cost(request, pk, permission):
    rows = RealCost.objects.visible_to(request.user).select_related("placement", "evidence")
    cost = get_object_or_404(rows, pk=pk)
    if not request.user.has_perm(permission, cost):
        raise PermissionDenied
    return cost
