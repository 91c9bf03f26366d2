"""The mail says the state that the case is in: template by state, when it is queued and when it is sent."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail as django_mail

from apprentices.enums import ApplicationStatus as S
from apprentices.enums import DecisionResult
from apprentices.models import Application
from apprentices.notifications.states import AFTER, STATES, why_not
from apprentices.services.answers import accept_offer
from apprentices.workflow import APPLICATION_MOVES
from mobility.common import outbox
from mobility.common.models import OutboundMail
from tests.apprentices.deciding import in_review, published
from tests.factories import DecisionFactory, RoundFactory

pytestmark = pytest.mark.django_db

NOT_ABOUT_ONE_STATE = {
    "decision",  # by its result: below
    "reviews_assigned",
    "reviews_reminder",
    "decisions_sent_to_head",
    "decisions_sent_back",
    "publication_failed",
}
"""Mails to colleagues about several applications; and the decision."""

TRUE_ONLY_IN = {
    "draft_code": {S.DRAFT},
    "draft_reminder": {S.DRAFT},
    "late_admission": {S.DRAFT},
    "entry_asked": {S.DRAFT},
    "completion_asked": {S.RETURNED},
    "completion_reminder": {S.RETURNED},
    "offer_reminder": {S.OFFERED},
    "offer_accepted": {S.ACCEPTED},
    "offer_declined": {S.DECLINED},
    "offer_lapsed": {S.LAPSED},
    "withdrawn": {S.WITHDRAWN},
    "interview_invited": {S.IN_REVIEW, S.RETURNED},
    "interview_reminder": {S.IN_REVIEW, S.RETURNED},
    "interview_booked": {S.IN_REVIEW, S.RETURNED},
    "details_reminder": {S.ACCEPTED},
    "deferral_confirmed": {S.DEFERRED},
    "deferral_refused": {S.IN_REVIEW, S.OFFERED, S.WAITING_LIST, S.ACCEPTED},
    "accepted_withdrawn": {S.WITHDRAWN},
}
"""Written out a second time on purpose: the words of these templates name one state."""


@pytest.fixture
def round_(office):
    return RoundFactory(office=office)


def row(application, name, **about):
    return OutboundMail(
        office=application.office,
        template=f"apprentices/email/{name}",
        context_ids={"application": application.pk, **about},
    )


def test_every_template_has_its_line():
    folder = Path(settings.BASE_DIR) / "templates" / "apprentices" / "email"
    names = {path.name.removesuffix(".subject.txt") for path in folder.glob("*.subject.txt")}
    assert names - NOT_ABOUT_ONE_STATE - set(STATES) == set()
    assert set(STATES) - names == set()


@pytest.mark.parametrize("status", list(S))
def test_a_template_goes_out_in_the_states_that_its_words_fit(round_, status):
    application = in_review(round_, status=status)
    going = {name for name in TRUE_ONLY_IN if why_not(row(application, name)) == ""}
    assert going == {name for name, states in TRUE_ONLY_IN.items() if status in states}


@pytest.mark.parametrize("result", DecisionResult.values)
@pytest.mark.parametrize("status", [status for status in S if status != S.DRAFT])
def test_the_mail_with_a_decision_goes_out_where_that_decision_put_the_case(round_, result, status):
    application = in_review(round_, status=status)
    decision = DecisionFactory(application=application, result=result, reasons="x")
    assert (why_not(row(application, "decision", decision=decision.pk)) == "") == (status == AFTER[result])


def test_every_state_after_a_decision_is_the_target_of_a_move():
    assert set(AFTER.values()) <= {move.target for move in APPLICATION_MOVES}


def test_a_mail_that_waited_while_the_case_moved_on_is_dropped_with_the_reason(round_, coordinator, settings):
    application = in_review(round_)
    published(round_, coordinator, offers=[application])
    accept_offer(application=application, by=application.apprentice.user)
    letter, yes = OutboundMail.objects.order_by("pk")
    django_mail.outbox.clear()
    assert (outbox.send(letter.pk), outbox.send(yes.pk)) == (False, True)
    letter.refresh_from_db()
    assert letter.state == OutboundMail.State.DROPPED
    assert letter.last_error != ""
    assert [message.subject for message in django_mail.outbox] == [yes.subject]
    assert application.decisions.get().letter is not None  # the letter stays on the status page


def test_a_mail_that_is_true_goes_out(round_, coordinator):
    application = in_review(round_)
    published(round_, coordinator, offers=[application])
    assert outbox.send(OutboundMail.objects.get().pk) is True
    assert Application.objects.get().status == S.OFFERED
