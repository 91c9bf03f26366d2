"""A place becomes free: the next of the waiting list is proposed, and a letter goes by itself only where that is wanted."""

from django.db import transaction

from apprentices.enums import ApplicationStatus, DecisionResult, DecisionSource
from apprentices.models import Application, Decision
from apprentices.selectors import ranking
from apprentices.selectors.decisions import leads_office
from apprentices.selectors.selection_settings import settings_of
from apprentices.services.decisions import save_pending
from apprentices.services.publication import publish_decisions
from mobility.common import jobs
from mobility.common.errors import Refused
from mobility.common.workflow import lock

TASK = "apprentices.send_moved_up"


def holds_a_place(application) -> bool:
    """Whether others can have a place when this application leaves: an offer, a yes, or a proposal to move up."""
    if application.status in ranking.HOLDS_PLACE:
        return True
    return (
        Decision.objects.pending()
        .filter(application=application, result=DecisionResult.OFFER, source=DecisionSource.WAITING_LIST)
        .exists()
    )


def propose_next(round, *, freed_by) -> Decision | None:  # noqa: A002 - the domain's word
    """Propose the next of the waiting list for the place that ``freed_by`` has left, as a pending decision.

    Nobody outside the office sees it. Where the office has switched it on, the letter goes out by itself, and the person
    who switched it on stands as the one who decides. The caller has locked the round. None: nobody waits, or no place.
    """
    if ranking.seats(round).left < 1:
        return None
    waiting = set(
        Application.objects.filter(round=round, status=ApplicationStatus.WAITING_LIST)
        .exclude(decisions__in=Decision.objects.pending())
        .values_list("pk", flat=True)
    )
    for line in ranking.standings(round) if waiting else ():
        if line.application_id not in waiting:
            continue
        application = lock(Application(pk=line.application_id))
        if application.status != ApplicationStatus.WAITING_LIST:
            continue
        wanted = settings_of(round.office)
        alone = wanted.letters_go_alone and leads_office(wanted.switched_on_by, round.office)
        decision = save_pending(
            application,
            result=DecisionResult.OFFER,
            by=wanted.switched_on_by if alone else None,
            standing=line,
            freed_by=freed_by,
            goes_alone=alone,
        )
        if alone:
            jobs.wake(TASK, decision.pk)
        return decision
    return None


def send_moved_up(decision_id: int) -> bool:
    """Publish one proposal that goes out by itself; returns whether it went. Safe to run twice.

    What the guards refuse, or the office has switched off meanwhile, stays as an ordinary proposal for people.
    """
    decision = (
        Decision.objects.pending()
        .filter(pk=decision_id, goes_alone=True)
        .select_related("application__round__office", "application__office")
        .first()
    )
    if decision is None:
        return False
    office = decision.application.office
    wanted = settings_of(office)
    if wanted.letters_go_alone and leads_office(wanted.switched_on_by, office):
        try:
            publish_decisions(round=decision.application.round, by=wanted.switched_on_by, only=decision.pk)
        except Refused:
            pass  # people look at it
        else:
            return True
    _leave_to_people(decision_id)
    return False


@transaction.atomic
def _leave_to_people(decision_id):
    decision = (
        Decision.objects.pending().select_for_update(of=("self",)).filter(pk=decision_id, goes_alone=True).first()
    )
    if decision is not None:
        decision.goes_alone, decision.decided_by = False, None
        decision.save(update_fields=["goes_alone", "decided_by"])


def due_to_go() -> list[int]:
    """Ids of the proposals that should have gone out by themselves by now: for the sweeper."""
    return list(Decision.objects.pending().filter(goes_alone=True).values_list("pk", flat=True)[:200])
