"""What hangs on decisions: who waits for a later round, a wish to answer, a proposal from the waiting list, settings."""

import datetime

from apprentices.appeal_days import last_day_to_appeal
from apprentices.enums import ApplicationStatus, DecisionResult, DecisionSource, DeferralState
from apprentices.models import Appeal, Application, Decision, Deferral, SelectionSettings
from mobility.accounts.enums import Role
from mobility.common import clock
from reporting.demo.home import INTSEK
from reporting.demo.source import Demo, save_all

S = ApplicationStatus
KNEE = "Operasjon i kneet, kan ikke reise før til sommeren."
AGAINST = (
    "Jeg tror at dere ikke har sett attesten fra lærebedriften. Den lå ved søknaden som fil nummer tre. "
    "Jeg ber om at dere leser den og vurderer søknaden på nytt."
)
WISH = "Fagprøven er flyttet til april, så jeg vil gjerne reise til høsten i stedet."


def load(demo: Demo) -> None:
    office = demo[INTSEK]
    leads = office.memberships.filter(role=Role.COORDINATOR).select_related("user").order_by("pk")
    coordinator = leads.first().user
    ours = Application.objects.filter(office=office).select_related("apprentice__user", "round").order_by("pk")
    save_all(SelectionSettings, [SelectionSettings(office=office, first_reminder_days=3, second_reminder_days=1)])
    deferred = [
        Deferral(
            application=application,
            state=DeferralState.CONFIRMED,
            reason=KNEE,
            asked_at=demo.at(-41, "18:20"),
            asked_by=application.apprentice.user or coordinator,
            settled_at=application.status_since,
            settled_by=coordinator,
        )
        for application in ours.filter(status=S.DEFERRED)
    ]
    asking = ours.filter(status=S.WAITING_LIST, apprentice__user__isnull=False, decisions__published_at=None).first()
    asking = asking or ours.filter(status=S.IN_REVIEW, apprentice__user__isnull=False).first()
    if asking is not None:
        wish = Deferral(application=asking, reason=WISH, asked_at=demo.at(-2, "20:15"), asked_by=asking.apprentice.user)
        deferred.append(wish)
    Deferral.objects.bulk_create(deferred)
    _criteria_of_rejections(ours)
    _proposal(ours)
    _appeal(ours)


def _criteria_of_rejections(ours) -> None:
    """A rejection that is not published yet names the criterion that decided, as the pages ask for it."""
    pending = Decision.objects.pending().filter(application__in=ours, result=DecisionResult.REJECTION, criterion=None)
    for decision in pending.select_related("application__round"):
        decision.criterion = decision.application.round.criteria.order_by("-weight", "position").first()
        decision.save(update_fields=["criterion"])


def _appeal(ours) -> None:
    """Somebody who got no place has written why the office should read the case again; nobody has answered yet."""
    against = Decision.objects.published().filter(
        application__in=ours.filter(status=S.REJECTED, apprentice__user__isnull=False)
    )
    decision = against.select_related("application__office", "application__apprentice__user").order_by("-pk").first()
    if decision is None or not decision.application.office.has_appeals:
        return
    office, at = decision.application.office, decision.published_at + datetime.timedelta(days=6, hours=3)
    at = min(at, clock.now())
    on = decision.published_at.astimezone(office.tz).date()
    due_on = last_day_to_appeal(on, weeks=office.appeal_weeks, country=office.country)
    appeal = Appeal.objects.create(decision=decision, text=AGAINST, received_at=at, status_since=at, due_on=due_on)
    by = decision.application.apprentice.user
    appeal.status_changes.create(name="receive_appeal", to_status=appeal.status, by=by, at=at)


def _proposal(ours) -> None:
    """An offer that is pending for somebody of the waiting list says whose place it is."""
    gone = ours.filter(status__in=[S.LAPSED, S.DECLINED]).first()
    for decision in Decision.objects.pending().filter(
        application__in=ours, application__status=S.WAITING_LIST, result=DecisionResult.OFFER
    ):
        decision.source, decision.freed_by, decision.decided_by = DecisionSource.WAITING_LIST, gone, None
        decision.save(update_fields=["source", "freed_by", "decided_by"])
