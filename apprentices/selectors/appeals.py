"""Appeals: until when one may be sent, which answers are possible, and what waits."""

import datetime

from django.db.models import Exists, OuterRef

from apprentices.appeal_days import last_day_to_appeal
from apprentices.enums import AppealStatus, ApplicationStatus, DecisionResult
from apprentices.models import Appeal, Application, Decision, Round
from apprentices.workflow import APPEAL_MOVES, WAIT_ON_APPEAL
from mobility.common import clock
from mobility.common.workflow import possible

STANDS = {
    DecisionResult.REJECTION: ApplicationStatus.REJECTED,
    DecisionResult.WAITING_LIST: ApplicationStatus.WAITING_LIST,
}
"""Against what one appeals, and where the application stands as long as that decision does."""
LATE = (AppealStatus.ADMITTED, AppealStatus.REFUSED)


def last_day(decision: Decision) -> datetime.date:
    """The last day to appeal against a published decision, counted from its delivery in the office's zone.

    Delivered: when the mail with the letter was sent. As long as it was not, the weeks have not begun, and the day is
    counted from today. A decision without a mail of its own counts from its publication.
    """
    office = decision.application.office
    delivered = decision.published_at
    if decision.mail is not None:
        delivered = decision.mail.sent_at or clock.now()
    on = delivered.astimezone(office.tz).date()
    return last_day_to_appeal(on, weeks=office.appeal_weeks, country=office.country)


def can_appeal(application: Application, decision: Decision | None, appeal: Appeal | None) -> bool:
    """Whether the applicant may appeal against this, the newest, decision; late ones may be sent, too.

    ``appeal``: the newest of the application.
    """
    if decision is None or not application.office.has_appeals:
        return False
    stands = application.status == STANDS.get(DecisionResult(decision.result))
    return stands and (appeal is None or appeal.decision_id != decision.pk)


def appeal_of(application: Application) -> Appeal | None:
    """The newest appeal of the application."""
    return Appeal.objects.filter(decision__application=application).select_related("letter").first()


def with_appeals(applications):
    """``has_appeals``: whether somebody appealed. Most do not, and save a query."""
    return applications.annotate(has_appeals=Exists(Appeal.objects.filter(decision__application=OuterRef("pk"))))


def appeals_of_case(application: Application) -> list[Appeal]:
    found = Appeal.objects.filter(decision__application=application)
    return list(
        found.select_related("decision__application__office", "answered_by").prefetch_related("status_changes__by")
    )


def appeals_of(round: Round) -> list[Appeal]:  # noqa: A002
    """Every appeal of the round, oldest first."""
    found = Appeal.objects.filter(decision__application__round=round)
    return list(found.select_related("decision__application", "answered_by").order_by("received_at", "pk"))


def answers_to(appeal: Appeal) -> list[str]:
    """The states into which the office may bring the appeal now: what the form offers and the guards allow.

    A late one is admitted or refused first. Where an appeal body decides, the office does not reject by itself.
    """
    found = [move.target for move in possible(appeal, APPEAL_MOVES)]
    if appeal.status == AppealStatus.RECEIVED and appeal.is_late:
        return [status for status in found if status in LATE]
    has_body = bool(appeal.application.office.appeal_body)
    never = {*LATE}
    if not has_body:
        never.add(AppealStatus.SENT_ON)
    elif appeal.status != AppealStatus.SENT_ON:
        never.add(AppealStatus.REJECTED)
    return [status for status in found if status not in never]


def results_for(application: Application) -> list[str]:
    """What a new decision can give somebody: never less than there is."""
    if application.status in WAIT_ON_APPEAL.sources:
        return [DecisionResult.OFFER, DecisionResult.WAITING_LIST]
    return [DecisionResult.OFFER]
