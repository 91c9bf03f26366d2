"""What the clock does with offers: reminders before the last day, and after it the offer lapses."""

import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import override

from apprentices import workflow
from apprentices.enums import ApplicationStatus, DecisionResult
from apprentices.models import Application, Decision, Deferral, OfferReminder
from apprentices.notifications import offers as notifications
from apprentices.selectors.selection_settings import settings_of
from apprentices.selectors.status import answer_deadline, published_decision
from apprentices.services.waiting_list import propose_next
from mobility.common import clock, formats
from mobility.common.workflow import lock, move

LAPSE_TASK = "apprentices.lapse_offer"
REMIND_TASK = "apprentices.remind_offer"
FROM_HOUR = 8  # the office's clock: no reminder in the night
LOOK_AHEAD = 31  # days, further than any first reminder


@transaction.atomic
def lapse_offer(application_id: int) -> bool:
    """Let an offer lapse whose last day has passed in the office's zone. Mails the applicant; the next is proposed.

    Returns whether it lapsed now. Safe to run twice: who has answered meanwhile, has days left, or has asked to wait for a
    later round, is left alone.
    """
    application = Application.objects.select_related("round").get(pk=application_id)
    round = lock(application.round)  # noqa: A001 - before the application: the order of all who free a place
    application = lock(application)
    if application.status != ApplicationStatus.OFFERED:
        return False
    last_day = answer_deadline(application, published_decision(application))
    if application.deferrals.asked().exists():
        return False  # the office has to answer first
    if last_day is None or clock.today(round.office.tz) <= last_day:
        return False
    with override(round.office.default_language):
        note = _("By the clock: nobody answered by %(day)s.") % {"day": formats.day(last_day, "plain")}
    move(application, workflow.LAPSE, note=note, news_at=clock.now())
    notifications.offer_lapsed(application, last_day)
    propose_next(round, freed_by=application)
    return True


def due_to_lapse() -> list[int]:
    """Ids of the offers whose last day has passed in their office: for the sweeper."""
    return [
        decision.application_id
        for decision in _open_offers(days=1)
        if decision.last_day < clock.today(decision.application.office.tz)
    ]


@transaction.atomic
def remind_offer(decision_id: int) -> bool:
    """Send the reminder of an offer that is due, once each; returns whether one went out. Safe to run twice at once."""
    decision = Decision.objects.select_related("application").get(pk=decision_id)
    lock(decision.application)  # nobody answers, and no other worker reminds, meanwhile
    still_open = next((each for each in _open_offers(days=LOOK_AHEAD) if each.pk == decision_id), None)
    if still_open is None:
        return False
    number = _due_reminder(still_open)
    if number is None:
        return False
    OfferReminder.objects.create(decision=still_open, number=number)
    notifications.offer_reminder(still_open)
    return True


def due_reminders() -> list[int]:
    """Ids of the decisions whose reminder should have gone out by now: for the sweeper."""
    return [decision.pk for decision in _open_offers(days=LOOK_AHEAD) if _due_reminder(decision) is not None]


def _open_offers(*, days):
    """The newest published decision of every offer without an answer whose last day is near or past."""
    latest = clock.today(datetime.UTC) + datetime.timedelta(days=days)
    found = (
        Decision.objects.published()
        .filter(application__status=ApplicationStatus.OFFERED, result=DecisionResult.OFFER)
        .exclude(application__deferrals__in=Deferral.objects.asked())
        .annotate(last_day=Coalesce(F("answer_by"), F("application__round__answer_by")))
        .filter(last_day__lte=latest)
        .select_related(
            "application__office__selection_settings", "application__round", "application__apprentice__user"
        )
        .prefetch_related("reminders")
        .order_by("application_id", "version")
    )
    return list({decision.application_id: decision for decision in found}.values())


def _due_reminder(decision) -> int | None:
    """1 or 2: the reminder that should go out now; None where none is due, or the clock of the office says night.

    A reminder whose day lies before the letter is left out, and so is the first when the second is due already.
    """
    office = decision.application.office
    now = clock.now().astimezone(office.tz)
    today, wanted = now.date(), settings_of(office)
    if now.hour < FROM_HOUR or today > decision.last_day:
        return None
    sent = {reminder.number for reminder in decision.reminders.all()}
    published_on = decision.published_at.astimezone(office.tz).date()
    for number, days in ((2, wanted.second_reminder_days), (1, wanted.first_reminder_days)):
        day = decision.last_day - datetime.timedelta(days=days)
        if days and today >= day:
            return number if number not in sent and published_on < day else None
    return None
