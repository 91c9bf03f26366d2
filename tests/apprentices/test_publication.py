"""Approval by the head, publication at an instant, versions that the database keeps, letters that equal their decision."""

import datetime
import hashlib
from decimal import Decimal

import pytest
from django.db import Error, transaction

from apprentices.enums import DecisionSource, PlanState
from apprentices.models import Decision, PlannedPublication
from apprentices.services import planned
from apprentices.services.approval import approve_decisions, send_back_decisions, send_to_head
from apprentices.services.decisions import decide
from apprentices.services.planned import cancel_plan, plan_publication, publish_planned
from apprentices.services.publication import publish_decisions
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership
from mobility.common import clock
from mobility.common.errors import NotReady, Refused
from mobility.common.models import OutboundMail
from tests.apprentices.deciding import at, in_review, published, settings_for, state_of
from tests.factories import CriterionFactory, DecisionFactory, RoundFactory, days, member

HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def round_(office):
    round_ = RoundFactory(office=office, places=3)
    CriterionFactory(round=round_, weight=100)
    return round_


@pytest.fixture
def pending(round_, coordinator):
    """Two pending offers."""
    return decide(
        round=round_, applications=[in_review(round_, 4, 5), in_review(round_, 3)], result="offer", by=coordinator
    )


def mails(name):
    return list(OutboundMail.objects.filter(template=f"apprentices/email/{name}").order_by("pk"))


# --- approval ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def asked(round_, pending, coordinator, head):
    settings_for(round_.office, head_approves=True)
    round_.refresh_from_db()
    send_to_head(round=round_, by=coordinator)
    return pending


def approve(round_, head, decisions, seen_at=None):
    keys = [decision.pk for decision in decisions]
    return approve_decisions(round=round_, decisions=keys, seen_at=seen_at or clock.now(), by=head)


def test_without_the_approval_nothing_is_published(round_, asked, coordinator, head):
    with pytest.raises(NotReady) as refusal:
        publish_decisions(round=round_, by=coordinator)
    assert refusal.value.missing == ["2 decisions wait for the approval of the head of section."]
    approve(round_, head, asked[:1])
    with pytest.raises(NotReady, match="1 decision waits"):
        publish_decisions(round=round_, by=coordinator)
    approve(round_, head, asked[1:])
    decisions = publish_decisions(round=round_, by=coordinator)
    assert [(each.approved_by, each.published_by) for each in decisions] == [(head, coordinator)] * 2


def test_the_head_is_mailed_and_the_coordinator_when_it_comes_back(round_, asked, coordinator, head):
    assert [mail.to_address for mail in mails("decisions_sent_to_head")] == [head.email]
    send_back_decisions(
        round=round_, decisions=[asked[0].pk], words="Look at the marks again.", seen_at=clock.now(), by=head
    )
    (mail,) = mails("decisions_sent_back")
    assert (mail.to_address, "Look at the marks again." in mail.body) == (coordinator.email, True)
    back = Decision.objects.get(pk=asked[0].pk)
    assert (back.sent_at, back.approved_at, back.sent_back_by) == (None, None, head)
    assert [each.pk for each in send_to_head(round=round_, by=coordinator)] == [asked[0].pk]


def test_a_change_after_the_approval_loses_it(round_, asked, coordinator, head):
    approve(round_, head, asked)
    decide(round=round_, applications=[asked[0].application], result="offer", reasons="New words", by=coordinator)
    with pytest.raises(NotReady, match="1 decision waits"):
        publish_decisions(round=round_, by=coordinator)


def test_another_date_to_answer_is_another_offer(round_, asked, coordinator, head):
    approve(round_, head, asked)
    round_.answer_by = days(40)
    round_.save()
    with pytest.raises(NotReady, match="2 decisions wait"):
        publish_decisions(round=round_, by=coordinator)


def test_the_head_approves_what_stood_on_the_page_and_nothing_newer(round_, asked, coordinator, head):
    seen_at = clock.now()
    decide(round=round_, applications=[asked[0].application], result="waiting_list", by=coordinator)
    with pytest.raises(Refused, match="changed meanwhile"):
        approve(round_, head, asked, seen_at)
    send_to_head(round=round_, by=coordinator)
    with pytest.raises(Refused, match="changed meanwhile"):
        approve(round_, head, asked, seen_at)
    assert Decision.objects.exclude(approved_at=None).count() == 0
    assert approve(round_, head, asked) == 2


def test_sending_back_needs_words_and_asking_needs_a_head(round_, asked, coordinator, head):
    with pytest.raises(Refused, match="Say what"):
        send_back_decisions(round=round_, decisions=[asked[0].pk], words="  ", seen_at=clock.now(), by=head)
    with pytest.raises(Refused, match="Tick at least one"):
        approve(round_, head, [])
    with pytest.raises(Refused, match="Nothing waits"):
        send_to_head(round=round_, by=coordinator)
    Membership.objects.filter(role=Role.HEAD).update(ends_on=days(-1))
    decide(round=round_, applications=[asked[0].application], result="offer", by=coordinator)
    with pytest.raises(Refused, match="Nobody is head"):
        send_to_head(round=round_, by=coordinator)


def test_where_no_approval_is_wanted_none_is_asked(round_, pending, coordinator, head):
    with pytest.raises(Refused, match="without an approval"):
        send_to_head(round=round_, by=coordinator)
    assert len(publish_decisions(round=round_, by=coordinator)) == 2


# --- at an instant ----------------------------------------------------------------------------------------------------
def test_at_the_instant_everything_goes_out_and_not_before(round_, pending, coordinator):
    instant = clock.now() + HOUR
    plan = plan_publication(round=round_, at=instant, by=coordinator)
    assert (planned.due_plans(), publish_planned(plan.pk)) == ([], False)
    with at(instant):
        assert planned.due_plans() == [plan.pk]
        assert [publish_planned(plan.pk) for _ in range(2)] == [True, False]
    plan.refresh_from_db()
    assert (plan.state, plan.ended_at) == (PlanState.DONE, instant)
    assert {each.published_at for each in Decision.objects.all()} == {instant}
    assert {each.published_by for each in Decision.objects.all()} == {coordinator}


def test_a_plan_is_moved_and_called_off(round_, pending, coordinator, head):
    first = plan_publication(round=round_, at=clock.now() + HOUR, by=coordinator)
    second = plan_publication(round=round_, at=clock.now() + 5 * HOUR, by=head)
    with at(clock.now() + 2 * HOUR):
        assert publish_planned(first.pk) is False
    cancel_plan(round=round_, by=head)
    with at(clock.now() + 6 * HOUR):
        assert publish_planned(second.pk) is False
    assert [(each.state, each.ended_by) for each in PlannedPublication.objects.order_by("pk")] == [
        ("cancelled", head), ("cancelled", head),
    ]  # fmt: skip
    assert Decision.objects.published().count() == 0
    with pytest.raises(Refused, match="No publication is planned"):
        cancel_plan(round=round_, by=head)


def test_publishing_by_hand_ends_the_plan(round_, pending, coordinator):
    plan = plan_publication(round=round_, at=clock.now() + HOUR, by=coordinator)
    publish_decisions(round=round_, by=coordinator)
    plan.refresh_from_db()
    assert plan.state == PlanState.CANCELLED
    with at(clock.now() + 2 * HOUR):
        assert publish_planned(plan.pk) is False
    assert mails("publication_failed") == []


def too_few_places(round_, coordinator):
    type(round_).objects.filter(pk=round_.pk).update(places=1)


def approval_is_wanted(round_, coordinator):
    settings_for(round_.office, head_approves=True)


def the_date_has_passed(round_, coordinator):
    type(round_).objects.filter(pk=round_.pk).update(answer_by=days(-1))


def planner_has_left(round_, coordinator):
    Membership.objects.filter(user=coordinator).update(ends_on=days(-1))


@pytest.mark.parametrize("happens", [too_few_places, approval_is_wanted, the_date_has_passed, planner_has_left])
def test_what_has_become_impossible_publishes_nothing_and_tells_the_office(round_, pending, coordinator, happens):
    plan = plan_publication(round=round_, at=clock.now() + HOUR, by=coordinator)
    happens(round_, coordinator)
    with at(clock.now() + HOUR):
        assert [publish_planned(plan.pk) for _ in range(2)] == [False, False]
    plan.refresh_from_db()
    assert (plan.state, plan.problem != "") == (PlanState.FAILED, True)
    assert Decision.objects.published().count() == 0
    assert {mail.to_address for mail in mails("publication_failed")} == {round_.office.email, coordinator.email}
    assert all(plan.problem in mail.body for mail in mails("publication_failed"))


def test_nothing_is_planned_for_the_past_or_without_decisions(round_, coordinator, head):
    with pytest.raises(Refused, match="nothing to publish"):
        plan_publication(round=round_, at=clock.now() + HOUR, by=coordinator)
    decide(round=round_, applications=[in_review(round_)], result="offer", by=coordinator)
    with pytest.raises(Refused, match="passed already"):
        plan_publication(round=round_, at=clock.now() - HOUR, by=coordinator)
    with pytest.raises(NotReady, match="answered has passed"):
        plan_publication(round=round_, at=clock.now() + datetime.timedelta(days=80), by=coordinator)


# --- what stays ---------------------------------------------------------------------------------------------------------
CHANGES = {
    "result": "rejection",
    "reasons": "Other words",
    "score": Decimal("1.00"),
    "rank": 99,
    "spread": Decimal("3.00"),
    "criteria_version": 7,
    "answer_by": datetime.date(2030, 1, 1),
    "version": 9,
    "source": DecisionSource.APPEAL,
    "published_at": None,
    "letter": None,
}


@pytest.mark.parametrize("column", CHANGES)
def test_the_database_refuses_to_change_a_published_decision(round_, coordinator, column):
    published(round_, coordinator, offers=[in_review(round_, 4, 5)])
    before = Decision.objects.values().get()
    with pytest.raises(Error), transaction.atomic():
        Decision.objects.update(**{column: CHANGES[column], **({"reasons": "x"} if column == "result" else {})})
    assert Decision.objects.values().get() == before


def test_a_pending_decision_can_change(pending):
    assert Decision.objects.filter(pk=pending[0].pk).update(reasons="Other words", rank=3) == 1


def test_score_rank_spread_and_version_of_the_criteria_stay_with_each_version(round_, coordinator):
    application = in_review(round_, 5, 2)
    published(round_, coordinator, waiting=[application])
    type(round_).objects.filter(pk=round_.pk).update(criteria_version=2)
    round_.refresh_from_db()
    application.reviews.update(total=500)  # marks never change after a publication; if they did, the old row stays
    published(round_, coordinator, offers=[application])
    found = application.decisions.order_by("version")
    assert [(each.version, each.score, each.spread, each.rank, each.criteria_version) for each in found] == [
        (1, Decimal("3.50"), Decimal("3.00"), 1, 1),
        (2, Decimal("5.00"), Decimal("0.00"), 1, 2),
    ]
    assert [each.source for each in found] == ["ranking", "waiting_list"]


def test_a_letter_is_the_file_that_was_published(round_, pending, coordinator):
    for decision in publish_decisions(round=round_, by=coordinator):
        with decision.letter.content.open("rb") as content:
            assert hashlib.sha256(content.read()).hexdigest() == decision.letter.sha256
        assert list(decision.mail.attachments.all()) == [decision.letter]


def test_a_rejection_without_a_criterion_is_never_published(round_, coordinator):
    DecisionFactory(application=in_review(round_), result="rejection", reasons="x")
    with pytest.raises(NotReady, match="needs the criterion"):
        publish_decisions(round=round_, by=coordinator)


def test_a_decision_made_after_the_page_was_opened_stops_the_publication(round_, pending, coordinator):
    seen_at = clock.now()
    late = in_review(round_)
    decide(round=round_, applications=[late], result="waiting_list", by=coordinator)
    with pytest.raises(Refused, match="since you opened this page"):
        publish_decisions(round=round_, by=coordinator, seen_at=seen_at)
    assert state_of(late) == "in_review"
    assert len(publish_decisions(round=round_, by=coordinator, seen_at=clock.now())) == 3


def test_every_change_of_a_pending_decision_is_kept_in_the_history(round_, pending, coordinator):
    decide(round=round_, applications=[pending[0].application], result="waiting_list", by=coordinator)
    kept = Decision.history.filter(id=pending[0].pk).order_by("history_date").values_list("result", flat=True)
    assert list(kept) == ["offer", "waiting_list"]


def test_a_colleague_of_another_office_is_no_head_here(round_, pending, coordinator):
    settings_for(round_.office, head_approves=True)
    round_.refresh_from_db()
    member(Role.HEAD)
    with pytest.raises(Refused, match="Nobody is head"):
        send_to_head(round=round_, by=coordinator)
