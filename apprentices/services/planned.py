"""A publication at a set instant: the worker carries it out; until then it is moved or cancelled."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from apprentices.enums import PlanState
from apprentices.models import PlannedPublication, Round
from apprentices.notifications import decisions as notifications
from apprentices.selectors.decisions import leads_office, pending_decisions
from apprentices.services.decisions import require_places
from apprentices.services.publication import (
    end_plan,
    lock_plan,
    missing_for_publication,
    publish_decisions,
    require_seen,
)
from apprentices.workflow import PUBLISH_ROUND
from mobility.common import clock
from mobility.common.errors import Refused
from mobility.common.workflow import lock, require, require_nothing_missing

TASK = "apprentices.publish_planned"


@transaction.atomic
def plan_publication(*, round: Round, at: datetime.datetime, by, seen_at=None) -> PlannedPublication:  # noqa: A002
    """Have the pending decisions published at an instant to come. An open plan of the round ends: it is moved.

    Raises Refused (the instant has passed, nothing is pending, too many offers) or NotReady (what publishing would miss).
    """
    round = lock(round)  # noqa: A001
    require(round, PUBLISH_ROUND)
    if at <= clock.now():
        raise Refused(_("This moment has passed already."))
    decisions = pending_decisions(round)
    if not decisions:
        raise Refused(_("There is nothing to publish."))
    require_seen(decisions, seen_at)
    require_nothing_missing(missing_for_publication(round, decisions, on=at.astimezone(round.office.tz).date()))
    require_places(round)
    waiting = lock_plan(round)
    if waiting is not None:
        end_plan(waiting, PlanState.CANCELLED, at=clock.now(), by=by)
    return PlannedPublication.objects.create(round=round, at=at, planned_by=by)


@transaction.atomic
def cancel_plan(*, round: Round, by) -> None:  # noqa: A002
    """Call the planned publication off: nothing goes out. Raises Refused when none is planned any more."""
    lock(round)
    waiting = lock_plan(round)
    if waiting is None:
        raise Refused(_("No publication is planned for this round any more."))
    end_plan(waiting, PlanState.CANCELLED, at=clock.now(), by=by)


def publish_planned(plan_id: int) -> bool:
    """Carry out a plan whose instant has come; returns whether it was. Safe to run twice and at once.

    What the guards refuse publishes nothing: the plan has failed, and office and planner are told by mail.
    """
    plan = (
        PlannedPublication.objects.waiting()
        .filter(pk=plan_id, at__lte=clock.now())
        .select_related("round__office", "planned_by")
        .first()
    )
    if plan is None:
        return False
    try:
        if not leads_office(plan.planned_by, plan.round.office):
            raise Refused(_("Whoever planned it does not lead the office any more."))
        publish_decisions(round=plan.round, by=plan.planned_by, plan=plan)
    except Refused:
        _fail(plan_id)
        return False
    return True


def _fail(plan_id):
    """Note why, in the office's language: the reasons are asked for anew in it."""
    with transaction.atomic():
        round = lock(PlannedPublication.objects.select_related("round").get(pk=plan_id).round)  # noqa: A001
        plan = lock_plan(round)
        if plan is None or plan.pk != plan_id:
            return  # moved, cancelled, or another worker was here
        with override(round.office.default_language):
            problem = _why_not(plan, round)
        end_plan(plan, PlanState.FAILED, at=clock.now(), problem=problem)
        notifications.publication_failed(plan)


def _why_not(plan, round):  # noqa: A002
    if not leads_office(plan.planned_by, round.office):
        return _("Whoever planned it does not lead the office any more.")
    decisions = pending_decisions(round)
    if not decisions:
        return _("There is nothing to publish.")
    try:
        require_nothing_missing(missing_for_publication(round, decisions))
        require_places(round)
    except Refused as refused:
        return str(refused)
    return _("One of the applications stands elsewhere now.")


def due_plans() -> list[int]:
    """Ids of the plans whose instant has come: for the sweeper."""
    return list(PlannedPublication.objects.waiting().filter(at__lte=clock.now()).values_list("pk", flat=True))
