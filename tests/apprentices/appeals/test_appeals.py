"""Appeals: received with the last day, late ones, the outcome, a new decision; the first and the ranking stay."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from apprentices.enums import ApplicationStatus
from apprentices.models import Appeal, Decision
from apprentices.notifications import appeals as notifications
from apprentices.selectors.appeals import answers_to, appeal_of, can_appeal, last_day
from apprentices.selectors.ranking import standings
from apprentices.selectors.status import published_decision
from apprentices.selectors.turns import turn_of
from apprentices.services.appeals import (
    admit_late_appeal,
    decide_appeal,
    receive_appeal,
    refuse_late_appeal,
    send_on_appeal,
)
from apprentices.services.decisions import decide, take_back_decisions
from apprentices.services.publication import publish_decisions
from mobility.common import clock
from mobility.common.errors import AlreadyTaken, Refused, TransitionNotAllowed
from mobility.common.models import OutboundMail, StoredFile
from tests.apprentices.appeals.acts import BODY, TEXT, mails, uphold, with_body
from tests.apprentices.deciding import at, in_review, settings_for, state_of
from tests.factories import AppealFactory, DecisionFactory


# --- receiving ----------------------------------------------------------------------------------------------------------
def test_an_appeal_is_received_with_its_moment_and_the_last_day(rejected, appeal, office):
    assert (appeal.text, appeal.status, appeal.is_late) == (TEXT, "received", False)
    assert appeal.due_on == last_day(published_decision(rejected))
    (mail,) = mails("appeal_received")
    assert mail.to_address == rejected.apprentice.email
    assert TEXT in mail.body
    assert str(appeal.due_on.year) in mail.body
    rejected.refresh_from_db()
    assert (rejected.news_at, turn_of(rejected).who, turn_of(rejected).since) == (
        appeal.received_at, "office", appeal.received_at,
    )  # fmt: skip


def test_the_weeks_count_from_the_mail_and_not_from_the_publication(rejected, office):
    decision = published_decision(rejected)
    decision.mail.sent_at = datetime.datetime(2027, 2, 1, 22, 30, tzinfo=datetime.UTC)  # 23.30 in Oslo
    assert last_day(decision) == datetime.date(2027, 2, 22)
    decision.mail.sent_at = datetime.datetime(2027, 2, 1, 23, 30, tzinfo=datetime.UTC)  # the next day in Oslo
    assert last_day(decision) == datetime.date(2027, 2, 23)
    decision.mail.sent_at = datetime.datetime(2027, 3, 4, 9, tzinfo=datetime.UTC)  # three weeks later: Maundy Thursday
    assert last_day(decision) == datetime.date(2027, 3, 30)
    decision.mail.sent_at = None
    with at(datetime.datetime(2027, 6, 1, 9, tzinfo=datetime.UTC)):
        assert last_day(decision) == datetime.date(2027, 6, 22)  # it has not begun: counted from today
    decision.mail, decision.published_at = None, datetime.datetime(2027, 2, 1, 9, tzinfo=datetime.UTC)
    assert last_day(decision) == datetime.date(2027, 2, 22)


def test_it_is_late_from_the_day_after_the_last(rejected, office):
    decision = published_decision(rejected)
    OutboundMail.objects.filter(pk=decision.mail_id).update(sent_at=clock.now())
    day = last_day(published_decision(rejected))
    for days, is_late in ((0, False), (1, True)):
        moment = datetime.datetime.combine(day, datetime.time(23, 59), office.tz) + datetime.timedelta(days=days)
        with at(moment), transaction.atomic():
            found = receive_appeal(application=rejected, by=rejected.apprentice.user, text=TEXT)
            assert (found.is_late, found.due_on) == (is_late, day)
            transaction.set_rollback(True)


def test_the_same_words_twice_are_one_appeal_and_others_are_refused(rejected, appeal):
    again = receive_appeal(application=rejected, by=rejected.apprentice.user, text=f" {TEXT} ")
    assert (again, len(mails("appeal_received"))) == (appeal, 1)
    with pytest.raises(AlreadyTaken, match="appealed already"):
        receive_appeal(application=rejected, by=rejected.apprentice.user, text="Something else")
    assert Appeal.objects.get().text == TEXT


@pytest.mark.parametrize("status", [each for each in ApplicationStatus if each not in ("rejected", "waiting_list")])
def test_against_nothing_else_one_can_appeal(round_, status):
    application = in_review(round_, status=status)
    DecisionFactory(application=application, result="rejection", reasons="x", published_at=clock.now())
    with pytest.raises(Refused, match="no decision to appeal against"):
        receive_appeal(application=application, by=application.apprentice.user, text=TEXT)


def test_a_pending_decision_an_office_without_appeals_and_no_words_are_refused(rejected, round_, office):
    waiting = in_review(round_, status="waiting_list")
    DecisionFactory(application=waiting, result="waiting_list")
    for application, text, words in ((waiting, TEXT, "no decision"), (rejected, "  ", "Write what you want")):
        with pytest.raises(Refused, match=words):
            receive_appeal(application=application, by=application.apprentice.user, text=text)
    office.has_appeals = False
    office.save()
    with pytest.raises(Refused, match="no decision"):
        receive_appeal(application=rejected, by=rejected.apprentice.user, text=TEXT)
    assert Appeal.objects.count() == 0


# --- late ---------------------------------------------------------------------------------------------------------------
def test_a_late_one_is_admitted_or_refused_before_anything_else(late, coordinator, office):
    assert (late.is_late, answers_to(late)) == (True, ["admitted", "refused"])
    with_body(office)
    for act in (
        lambda: uphold(late, coordinator),
        lambda: send_on_appeal(appeal=late, by=coordinator, words="x"),
    ):
        with pytest.raises(Refused, match="came late: admit it or refuse it first"):
            act()
    admitted = admit_late_appeal(appeal=late, by=coordinator, words="You were in hospital.")
    assert (admitted.status, admitted.late_words) == ("admitted", "You were in hospital.")
    assert "You were in hospital." in mails("appeal_moved")[0].body
    assert uphold(admitted, coordinator).status == "upheld"


def test_a_late_one_is_refused_with_a_letter(late, coordinator):
    with pytest.raises(Refused, match="why"):
        refuse_late_appeal(appeal=late, by=coordinator, words=" ")
    found = refuse_late_appeal(appeal=late, by=coordinator, words="Five weeks late, without a reason.")
    assert (found.status, found.answered_by, found.letter.kind) == ("refused", coordinator, "appeal-letter")
    (mail,) = mails("appeal_answered")
    assert [*mail.attachments.all()] == [found.letter]
    assert Decision.objects.pending().count() == 0


def test_one_in_time_is_neither_admitted_nor_refused_as_late(appeal, coordinator):
    for service in (admit_late_appeal, refuse_late_appeal):
        with pytest.raises(Refused, match="came in time"):
            service(appeal=appeal, by=coordinator, words="x")


# --- the outcome --------------------------------------------------------------------------------------------------------
def test_upheld_makes_a_new_decision_and_leaves_the_first_and_the_ranking(rejected, appeal, round_, coordinator, head):
    first = Decision.objects.filter(pk=appeal.decision_id).values().get()
    ranking = [(line.application_id, line.rank, line.score) for line in standings(round_)]
    answered = uphold(appeal, coordinator)
    assert (answered.status, answered.words, answered.answered_by) == ("upheld", "You are right.", coordinator)
    new = Decision.objects.pending().get()
    assert (new.source, new.result, new.version, new.reasons) == ("appeal", "offer", 2, "You are right.")
    assert (new.score, new.rank, new.criteria_version) == (first["score"], first["rank"], first["criteria_version"])
    assert state_of(rejected) == "rejected"  # nothing is said of the new decision before it is published
    settings_for(round_.office, answer_days=9)
    publish_decisions(round=round_, by=head)
    new.refresh_from_db()
    assert (state_of(rejected), new.answer_by) == (
        "offered",
        clock.today(round_.office.tz) + datetime.timedelta(days=9),
    )
    assert rejected.status_changes.last().name == "offer_on_appeal"
    assert Decision.objects.filter(pk=appeal.decision_id).values().get() == first
    assert [(line.application_id, line.rank, line.score) for line in standings(round_)] == ranking


def test_upheld_in_part_gives_the_waiting_list(rejected, appeal, round_, coordinator):
    uphold(appeal, coordinator, outcome="partly", result="waiting_list")
    publish_decisions(round=round_, by=coordinator)
    assert state_of(rejected) == "waiting_list"
    newest = published_decision(rejected)
    assert can_appeal(rejected, newest, appeal_of(rejected)) is True  # the new decision can be appealed against, too


def test_against_a_place_on_the_waiting_list_only_a_place_helps(round_, coordinator):
    application = in_review(round_, 3)
    decide(round=round_, applications=[application], result="waiting_list", by=coordinator)
    publish_decisions(round=round_, by=coordinator)
    found = receive_appeal(application=application, by=application.apprentice.user, text=TEXT)
    for result in ("waiting_list", "rejection", ""):
        with pytest.raises(Refused):
            uphold(found, coordinator, result=result)
    uphold(found, coordinator)
    publish_decisions(round=round_, by=coordinator)
    assert state_of(application) == "offered"


def test_an_offer_after_an_appeal_needs_a_place(appeal, round_, coordinator):
    round_.places = 1
    round_.save()
    files = StoredFile.objects.count()
    with pytest.raises(Refused, match="1 offer too many"):
        uphold(appeal, coordinator)
    appeal.refresh_from_db()
    assert (appeal.status, Decision.objects.pending().count(), StoredFile.objects.count()) == ("received", 0, files)


def test_not_upheld_leaves_everything_and_says_why(appeal, coordinator):
    with pytest.raises(Refused, match="why"):
        decide_appeal(appeal=appeal, outcome="rejected", words="", by=coordinator)
    found = decide_appeal(appeal=appeal, outcome="rejected", words="The file is of somebody else.", by=coordinator)
    assert (found.status, Decision.objects.pending().count()) == ("rejected", 0)
    assert "The file is of somebody else." in mails("appeal_answered")[0].body
    assert turn_of(found.application).who == "nobody"


def test_what_the_office_does_not_change_goes_to_the_body(appeal, coordinator, office):
    with pytest.raises(Refused, match="named nobody"):
        send_on_appeal(appeal=appeal, by=coordinator, words="We stand by it.")
    with_body(office)
    with pytest.raises(Refused, match="Klagenemnda decides"):
        decide_appeal(appeal=appeal, outcome="rejected", words="No.", by=coordinator)
    sent = send_on_appeal(appeal=appeal, by=coordinator, words="We stand by it.")
    assert sent.status == "sent_on"
    assert answers_to(sent) == ["upheld", "partly", "rejected"]
    assert BODY in mails("appeal_moved")[0].body
    assert decide_appeal(appeal=sent, outcome="rejected", words="The body agrees.", by=coordinator).status == "rejected"


@pytest.mark.parametrize("status", ["refused", "upheld", "partly", "rejected"])
def test_what_is_answered_is_not_answered_again(status, coordinator):
    with transaction.atomic():
        found = AppealFactory(
            status=status, is_late=status == "refused", words="x", answered_at=clock.now(), answered_by=coordinator
        )
    assert answers_to(found) == []
    act = {"appeal": found, "by": coordinator, "words": "x"}
    for service, more in (
        (admit_late_appeal, {}),
        (refuse_late_appeal, {}),
        (send_on_appeal, {}),
        (decide_appeal, {"outcome": "rejected"}),
    ):
        with pytest.raises(TransitionNotAllowed):
            service(**act, **more)


def test_the_new_decision_is_neither_decided_over_nor_taken_back(round_, coordinator):
    application = in_review(round_, 3)
    decide(round=round_, applications=[application], result="waiting_list", by=coordinator)
    publish_decisions(round=round_, by=coordinator)
    uphold(receive_appeal(application=application, by=application.apprentice.user, text=TEXT), coordinator)
    for act in (
        lambda: decide(round=round_, applications=[application], result="offer", by=coordinator),
        lambda: take_back_decisions(round=round_, applications=[application], by=coordinator),
    ):
        with pytest.raises(Refused, match="to be published as it is"):
            act()
    assert Decision.objects.pending().get().source == "appeal"


def test_the_head_approves_it_as_every_other(appeal, round_, coordinator, office):
    settings_for(office, head_approves=True)
    uphold(appeal, coordinator)
    with pytest.raises(Refused):
        publish_decisions(round=round_, by=coordinator)
    assert Decision.objects.pending().count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"status": "upheld"},
        {"status": "admitted", "late_words": "x"},
        {"status": "sent_on"},
        {"status": "sent_on", "is_late": True, "sent_on_at": datetime.datetime(2027, 1, 1, tzinfo=datetime.UTC)},
    ],
)
def test_the_database_keeps_the_order(appeal, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(**wrong)


def test_an_answer_that_is_not_kept_leaves_no_letter_on_the_disk(appeal, coordinator, monkeypatch):
    stored = []

    def no_mail(answered):
        stored.append(answered.letter.content.name)
        assert default_storage.exists(stored[0])
        raise RuntimeError("the outbox is gone")

    monkeypatch.setattr(notifications, "appeal_answered", no_mail)
    with pytest.raises(RuntimeError):
        decide_appeal(appeal=appeal, outcome="rejected", words="x", by=coordinator)
    assert (len(stored), [name for name in stored if default_storage.exists(name)]) == (1, [])
    assert StoredFile.objects.filter(kind="appeal-letter").count() == 0
