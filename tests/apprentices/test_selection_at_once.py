"""Two coordinators at once: one publication, one offer for the last place, on SQLite and on PostgreSQL."""

import datetime

import pytest

from apprentices.models import Application, Decision, OfferReminder, PlannedPublication
from apprentices.selectors.status import published_decision
from apprentices.services import offers
from apprentices.services.answers import accept_offer, decline_offer
from apprentices.services.appeals import decide_appeal
from apprentices.services.decisions import decide
from apprentices.services.planned import plan_publication, publish_planned
from apprentices.services.publication import publish_decisions
from mobility.common import clock
from mobility.common.models import OutboundMail
from tests.apprentices.deciding import at, in_review, published
from tests.factories import AppealFactory, ApplicationFactory, DecisionFactory, RoundFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_publish_at_once_send_every_letter_once(office, coordinator, head, race):
    round_ = RoundFactory(office=office)
    for _ in range(2):
        DecisionFactory(application=ApplicationFactory(round=round_, submitted=True, status="in_review"))
    result, mails = race(
        lambda: publish_decisions(round=round_, by=coordinator),
        lambda: publish_decisions(round=round_, by=head),
        count=lambda: OutboundMail.objects.filter(template="apprentices/email/decision").count(),
    )
    assert (result, mails) == (["There is nothing to publish.", "done"], 2)


def test_two_who_answer_one_appeal_at_once_answer_it_once(office, coordinator, head, race):
    round_ = RoundFactory(office=office)
    application = ApplicationFactory(round=round_, submitted=True, status="rejected")
    decision = DecisionFactory(application=application, result="rejection", reasons="x", published_at=clock.now())
    appeal = AppealFactory(decision=decision)
    act = {"appeal": appeal, "words": "You are right.", "outcome": "upheld", "result": "offer"}
    result, found = race(
        lambda: decide_appeal(by=coordinator, **act),
        lambda: decide_appeal(by=head, **act),
        count=lambda: (Decision.objects.pending().count(), OutboundMail.objects.count()),
    )
    assert ("done" in result, found) == (True, (1, 1))
    assert min(result).startswith("This is not possible now")


def test_two_offers_at_once_for_the_last_place_make_one(office, coordinator, head, race):
    round_ = RoundFactory(office=office, places=1)
    first, second = (ApplicationFactory(round=round_, submitted=True, status="in_review") for _ in range(2))
    result, offers = race(
        lambda: decide(round=round_, applications=[first], result="offer", by=coordinator),
        lambda: decide(round=round_, applications=[second], result="offer", by=head),
        count=Decision.objects.pending().count,
    )
    assert (result, offers) == (["That is 1 offer too many (places: 1).", "done"], 1)


def test_two_workers_that_carry_out_one_plan_send_every_letter_once(office, coordinator, race):
    round_ = RoundFactory(office=office)
    DecisionFactory(application=in_review(round_))
    at_once = clock.now() + datetime.timedelta(hours=1)
    plan = plan_publication(round=round_, at=at_once, by=coordinator)
    with at(at_once):
        result, found = race(
            lambda: publish_planned(plan.pk),
            lambda: publish_planned(plan.pk),
            count=lambda: (OutboundMail.objects.count(), PlannedPublication.objects.get().state),
        )
    assert (result, found) == (["done", "done"], (1, "done"))


def test_two_offers_that_are_declined_at_once_bring_two_proposals(office, coordinator, race):
    round_ = RoundFactory(office=office, places=2)
    first, second, third, fourth = (in_review(round_, mark) for mark in (5, 5, 4, 3))
    published(round_, coordinator, offers=[first, second], waiting=[third, fourth])
    result, found = race(
        lambda: decline_offer(application=first, by=first.apprentice.user),
        lambda: decline_offer(application=second, by=second.apprentice.user),
        count=lambda: sorted(Decision.objects.pending().values_list("application", flat=True)),
    )
    assert (result, found) == (["done", "done"], [third.pk, fourth.pk])


def test_two_workers_that_let_one_offer_lapse_free_one_place(office, coordinator, race):
    round_ = RoundFactory(office=office, places=1)
    first, second = in_review(round_, 5), in_review(round_, 4)
    published(round_, coordinator, offers=[first], waiting=[second])
    with at(clock.now() + datetime.timedelta(days=60)):
        result, found = race(
            lambda: offers.lapse_offer(first.pk),
            lambda: offers.lapse_offer(first.pk),
            count=lambda: (
                Decision.objects.pending().count(),
                list(first.status_changes.values_list("name", flat=True)),
            ),
        )
    assert (result, found) == (["done", "done"], (1, ["offer", "lapse"]))


def test_a_yes_in_the_last_minute_and_the_clock_after_midnight_leave_one_of_the_two(office, coordinator, race):
    """The applicant's request began before midnight, the clock's after it: whoever has the row first decides."""
    round_ = RoundFactory(office=office, places=1)
    first, second = in_review(round_, 5), in_review(round_, 4)
    published(round_, coordinator, offers=[first], waiting=[second])
    last_day = published_decision(first).answer_by

    def lapse():
        real = offers.answer_deadline
        offers.answer_deadline = lambda *_facts: last_day - datetime.timedelta(days=60)  # for the clock it has passed
        try:
            offers.lapse_offer(first.pk)
        finally:
            offers.answer_deadline = real

    result, (state, proposals) = race(
        lambda: accept_offer(application=first, by=first.apprentice.user),
        lapse,
        count=lambda: (Application.objects.get(pk=first.pk).status, Decision.objects.pending().count()),
    )
    if state == "accepted":
        assert (result, proposals) == (["done", "done"], 0)
    else:
        assert (state, proposals, result[1]) == ("lapsed", 1, "done")
        assert result[0].startswith("This is not possible now")


def test_two_workers_remind_once(office, coordinator, race):
    round_ = RoundFactory(office=office)
    first = in_review(round_)
    published(round_, coordinator, offers=[first])
    decision = published_decision(first)
    morning = datetime.datetime.combine(decision.answer_by - datetime.timedelta(days=1), datetime.time(9), office.tz)
    with at(morning):
        result, reminders = race(
            lambda: offers.remind_offer(decision.pk),
            lambda: offers.remind_offer(decision.pk),
            count=OfferReminder.objects.count,
        )
    assert (result, reminders) == (["done", "done"], 1)
