"""The workflow of decisions under any order of steps: what never becomes untrue (hypothesis)."""

import datetime
import hashlib
from unittest import mock

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from apprentices import documents, workflow
from apprentices.enums import DecisionResult
from apprentices.models import Application, Decision
from apprentices.selectors import ranking
from apprentices.services import offers, planned, waiting_list
from apprentices.services.answers import accept_offer, decline_offer, withdraw_application
from apprentices.services.approval import approve_decisions, send_to_head
from apprentices.services.decisions import decide, take_back_decisions
from apprentices.services.publication import publish_decisions
from apprentices.services.selection_settings import save_selection_settings
from mobility.accounts.enums import Role
from mobility.common import clock
from mobility.common.errors import Refused
from mobility.common.models import OutboundMail
from tests.apprentices.deciding import in_review
from tests.factories import CriterionFactory, RoundFactory, member

PEOPLE, PLACES = 5, 2
MOVES = {(move.name, source, move.target) for move in workflow.APPLICATION_MOVES for source in move.sources}
PUBLISHED = ("pk", "version", "result", "reasons", "score", "rank", "answer_by", "letter__sha256", "published_at")
who = st.integers(0, PEOPLE - 1)


def words_of(letter, *, office):
    """Instead of the PDF its words: every letter is laid out in test_decisions and test_letters."""
    return repr(letter).encode()


class Decisions(RuleBasedStateMachine):
    @initialize(marks=st.lists(st.integers(1, 5), min_size=PEOPLE, max_size=PEOPLE))
    def open_a_round(self, marks):
        self.block = transaction.atomic()
        self.block.__enter__()
        self.now = clock.now()
        self.patches = [
            mock.patch.object(clock, "now", side_effect=lambda: self.now),
            mock.patch.object(documents, "letter_pdf", words_of),
        ]
        for patch in self.patches:
            patch.start()
        self.round = RoundFactory(places=PLACES)
        self.office = self.round.office
        self.criterion = CriterionFactory(round=self.round, weight=100)
        self.coordinator, self.head = member(Role.COORDINATOR, self.office), member(Role.HEAD, self.office)
        self.people = [in_review(self.round, mark) for mark in marks]
        self.seen = {}

    def teardown(self):
        if hasattr(self, "block"):
            for patch in self.patches:
                patch.stop()
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def attempt(self, service, **arguments):
        try:
            with transaction.atomic():
                return service(**arguments)
        except Refused:
            return None

    # --- what people and the clock do -------------------------------------------------------------------------------
    @rule(chosen=st.sets(who, min_size=1), result=st.sampled_from(DecisionResult.values), words=st.booleans())
    def decide(self, chosen, result, words):
        reasons = {"criterion": self.criterion, "reasons": "Others had more."} if words else {}
        people = [self.people[number] for number in chosen]
        self.attempt(decide, round=self.round, applications=people, result=result, by=self.coordinator, **reasons)

    @rule(number=who)
    def take_back(self, number):
        self.attempt(take_back_decisions, round=self.round, applications=[self.people[number]], by=self.coordinator)

    @rule()
    def publish(self):
        self.attempt(publish_decisions, round=self.round, by=self.coordinator)

    @rule(hours=st.integers(1, 48))
    def plan(self, hours):
        moment = self.now + datetime.timedelta(hours=hours)
        self.attempt(planned.plan_publication, round=self.round, at=moment, by=self.coordinator)

    @rule(approval=st.booleans(), alone=st.booleans())
    def settings_change(self, approval, alone):
        chosen = {"head_approves": approval, "letters_go_alone": alone}
        self.attempt(save_selection_settings, office=self.office, by=self.head, **chosen)
        self.round = type(self.round).objects.get(pk=self.round.pk)

    @rule()
    def approve(self):
        sent = self.attempt(send_to_head, round=self.round, by=self.coordinator) or []
        keys = [decision.pk for decision in sent]
        self.attempt(approve_decisions, round=self.round, decisions=keys, seen_at=self.now, by=self.head)

    @rule(number=who, act=st.sampled_from([accept_offer, decline_offer]))
    def answer(self, number, act):
        person = self.people[number]
        self.attempt(act, application=person, by=person.apprentice.user)

    @rule(number=who)
    def withdraw(self, number):
        person = self.people[number]
        self.attempt(withdraw_application, application=person, by=person.apprentice.user, reason="Moves")

    @rule(days=st.sampled_from([0, 1, 8, 51]))
    def the_clock_runs(self, days):
        self.now += datetime.timedelta(days=days, hours=1)
        for due, task in (
            (planned.due_plans, planned.publish_planned),
            (offers.due_reminders, offers.remind_offer),
            (offers.due_to_lapse, offers.lapse_offer),
            (waiting_list.due_to_go, waiting_list.send_moved_up),
        ):
            for key in due():
                task(key)

    # --- what never becomes untrue ------------------------------------------------------------------------------------
    @invariant()
    def never_more_offers_than_places(self):
        if hasattr(self, "round"):
            assert ranking.seats(self.round).left >= 0

    @invariant()
    def no_rejection_without_criterion_and_reasons(self):
        refused = Decision.objects.filter(result=DecisionResult.REJECTION)
        assert all(decision.criterion_id and decision.reasons for decision in refused)

    @invariant()
    def every_move_is_logged_and_stands_in_the_table(self):
        for application in Application.objects.filter(round=getattr(self, "round", None)):
            at = "in_review"
            for move in application.status_changes.all():
                assert (move.name, move.from_status, move.to_status) in MOVES
                assert move.from_status == at
                at = move.to_status
            assert application.status == at

    @invariant()
    def a_published_letter_equals_its_decision(self):
        decisions = Decision.objects.published().filter(application__round=getattr(self, "round", None))
        for decision in decisions.select_related("application__office", "application__round", "letter", "published_by"):
            on = decision.published_at.astimezone(self.office.tz).date()
            words = documents.decision_letter(decision, by=decision.published_by, on=on)
            assert decision.letter.sha256 == hashlib.sha256(words_of(words, office=self.office)).hexdigest()
        now = {row[0]: row for row in decisions.values_list(*PUBLISHED)}
        assert {key: now.get(key) for key in self.seen} == self.seen  # what was published stays
        self.seen = now
        mails = OutboundMail.objects.filter(template="apprentices/email/decision")
        assert sorted(mails.values_list("context_ids__decision", flat=True)) == sorted(now)


def test_whatever_happens_in_whatever_order(db):
    run_state_machine_as_test(
        Decisions,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.generate],  # shrinking a machine on a database takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
