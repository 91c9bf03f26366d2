"""What the clock does with offers: reminders before the last day, and after it the offer lapses."""

import datetime

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import override

from apprentices import documents, workflow
from apprentices.enums import ApplicationStatus, DecisionResult
from apprentices.models import Application, Decision, Deferral, LapsedOffer, OfferReminder
from apprentices.notifications import offers as notifications
from apprentices.selectors.selection_settings import settings_of
from apprentices.selectors.status import answer_deadline, published_decision
from apprentices.services.letters import store_letter
from apprentices.services.waiting_list import propose_next
from mobility.common import clock, files, formats
from mobility.common.workflow import lock, move

LAPSE_TASK = "apprentices.lapse_offer"
REMIND_TASK = "apprentices.remind_offer"
FROM_HOUR = 8  # the office's clock: no reminder in the night
LOOK_AHEAD = 31  # days, further than any first reminder


def lapse_offer(application_id: int) -> bool:
    """Let an offer lapse whose last day has passed in the office's zone: letter and mail, and the next is proposed.

    Returns whether it lapsed now. Safe to run twice: who has answered meanwhile, has days left, or has asked to wait for a
    later round, is left alone. The letter is laid out before anything is locked, and again if its words have changed.
    """
    application = Application.objects.select_related("round", "office", "trade", "owner").get(pk=application_id)
    overdue = _overdue(application)
    if overdue is None:
        return False
    draft = _lapse_letter(*overdue)
    content = documents.letter_pdf(draft, office=application.office)
    with files.only_if_kept(), transaction.atomic():
        return _lapse(application, draft, content)


def _lapse(application, draft, content) -> bool:
    round = lock(application.round)  # noqa: A001 - before the application: the order of all who free a place
    application = lock(application)
    overdue = _overdue(application)
    if overdue is None:
        return False
    decision, last_day = overdue
    with override(round.office.default_language):
        note = _("By the clock: nobody answered by %(day)s.") % {"day": formats.day(last_day, "plain")}
    move(application, workflow.LAPSE, note=note, news_at=clock.now())
    letter = _lapse_letter(decision, last_day)
    stored = store_letter(
        letter=letter,
        office=application.office,
        kind="lapse-letter",
        name=documents.lapse_letter_name(decision),
        content=content if letter == draft else b"",
    )
    lapse = LapsedOffer.objects.create(decision=decision, last_day=last_day, letter=stored)
    notifications.offer_lapsed(application, lapse)
    propose_next(round, freed_by=application)
    return True


def _overdue(application) -> tuple[Decision, datetime.date] | None:
    """The offer and its last day, if that has passed and nothing stops the lapse."""
    if application.status != ApplicationStatus.OFFERED:
        return None
    decision = published_decision(application)
    last_day = answer_deadline(application, decision)
    today = clock.today(application.office.tz)
    if decision is None or last_day is None or today <= last_day:
        return None
    if application.deferrals.asked().exists():
        return None  # the office has to answer first
    return decision, last_day


def _lapse_letter(decision, last_day) -> documents.Letter:
    return documents.lapse_letter(decision, last_day=last_day, on=clock.today(decision.application.office.tz))


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
