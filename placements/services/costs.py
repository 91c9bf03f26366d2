"""Costs that are paid as they really were: entered with their evidence, approved, or withdrawn."""

from django.db import transaction
from django.utils.translation import gettext as _

from mobility.common import clock, files
from mobility.common.errors import NotReady, Refused
from mobility.common.history import sign
from mobility.common.workflow import lock
from placements.models import Grant, RealCost
from placements.pricing import WITHOUT_PRICE, missing_for_approval, missing_for_price
from placements.services.grants import price_placement


@files.only_if_kept()
@transaction.atomic
def enter_cost(*, placement, kind, what_for, amount, evidence, by, agency_approved_on=None) -> RealCost:
    """Keep a cost with its evidence (``mobility.common.uploads.Checked``). It counts once it is approved.

    The same cost entered twice (a double click) is one. Raises Refused for a closed case or a full disk.
    """
    placement = lock(placement)
    _require_open(placement)
    there = RealCost.objects.filter(placement=placement, kind=kind, what_for=what_for, amount=amount).first()
    if there is not None:
        return there
    try:
        stored = files.store(
            office=placement.office,
            kind="real-cost",
            name=evidence.name,
            content=evidence.content,
            content_type=evidence.content_type,
            by=by,
        )
    except OSError as error:
        raise Refused(_("There is no room for the file just now. Please try again later.")) from error
    cost = RealCost(
        placement=placement,
        kind=kind,
        what_for=what_for,
        amount=amount,
        evidence=stored,
        agency_approved_on=agency_approved_on,
        entered_at=clock.now(),
        entered_by=by,
    )
    sign(cost, by)
    cost.save()
    return cost


@transaction.atomic
def approve_cost(*, cost, by) -> RealCost:
    """Let a cost count in the grant, which is priced anew. Approved twice is approved once.

    Raises NotReady (somebody with fewer opportunities is not marked so, the agency has not approved), MissingRate (the
    table lacks the share of such a cost) or Refused; the stay then keeps the price it has.
    """
    placement = lock(cost.placement)
    cost = lock(cost)
    if cost.approved_at is not None:
        return cost
    _require_open(placement)
    missing = missing_for_approval(cost, placement)
    if missing:
        raise NotReady(missing)
    cost.approved_at, cost.approved_by = clock.now(), by
    sign(cost, by)
    cost.save(update_fields=["approved_at", "approved_by"])
    if not missing_for_price(placement):
        price_placement(placement=placement, by=by)
    return cost


@transaction.atomic
def withdraw_cost(*, cost, by) -> None:
    """Take a cost that nobody has approved away, with its evidence. Raises Refused for an approved one."""
    placement = lock(cost.placement)
    _require_open(placement)
    cost = RealCost.objects.select_for_update(of=("self",)).filter(pk=cost.pk).first()
    if cost is None:
        return
    if cost.approved_at is not None:
        raise Refused(_("This cost is approved: it stays."))
    stored = cost.evidence
    sign(cost, by)
    cost.delete()
    stored.delete()
    transaction.on_commit(lambda: stored.content.storage.delete(stored.content.name))


def _require_open(placement):
    if placement.status in WITHOUT_PRICE or Grant.objects.filter(placement=placement, frozen_at__isnull=False).exists():
        raise Refused(_("The case is closed or cancelled: its costs stay as they are."))
