"""Free places, the waiting list, offers that lapse, and reminders before the last day."""

import datetime

import pytest

from apprentices.models import ApplicationStatusChange, Decision, LapsedOffer, OfferReminder
from apprentices.selectors.status import published_decision
from apprentices.services import offers, waiting_list
from apprentices.services.answers import accept_offer, decline_offer, withdraw_application
from apprentices.services.decisions import decide, take_back_decisions
from apprentices.services.publication import publish_decisions
from apprentices.services.selection_settings import save_selection_settings
from mobility.accounts.models import Membership
from mobility.common import clock
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.models import OutboundMail
from tests.apprentices.deciding import at, in_review, published, settings_for, state_of
from tests.factories import RoundFactory, days

DAY = datetime.timedelta(days=1)


@pytest.fixture
def round_(office):
    return RoundFactory(office=office, places=1)


@pytest.fixture
def offered(round_, coordinator):
    """(who has the offer, the first and the second of the waiting list)."""
    first, second, third = in_review(round_, 5), in_review(round_, 4), in_review(round_, 3)
    published(round_, coordinator, offers=[first], waiting=[third, second])
    return first, second, third


def morning(day, office, hour=9):
    return datetime.datetime(day.year, day.month, day.day, hour, tzinfo=office.tz)


def after_the_last_day(application):
    return morning(application.round.answer_by + DAY, application.office, hour=0)


def mails(name):
    return list(OutboundMail.objects.filter(template=f"apprentices/email/{name}").order_by("pk"))


# --- moving up ----------------------------------------------------------------------------------------------------
def test_a_no_proposes_the_next_by_score_and_tells_nobody(offered, coordinator):
    first, second, _third = offered
    before = OutboundMail.objects.count()
    decline_offer(application=first, by=first.apprentice.user)
    proposal = Decision.objects.pending().get()
    assert (proposal.application, proposal.result, proposal.source, proposal.freed_by) == (
        second, "offer", "waiting_list", first,
    )  # fmt: skip
    assert (proposal.decided_by, proposal.goes_alone, proposal.version) == (None, False, 2)
    assert [state_of(each) for each in offered] == ["declined", "waiting_list", "waiting_list"]
    assert [mail.to_address for mail in OutboundMail.objects.order_by("pk")[before:]] == [first.apprentice.email]


@pytest.mark.parametrize("is_accepted", [False, True])
def test_whoever_leaves_after_an_offer_frees_the_place(offered, is_accepted):
    first, second, _third = offered
    if is_accepted:
        accept_offer(application=first, by=first.apprentice.user)
    withdraw_application(application=first, by=first.apprentice.user, reason="Moves")
    assert Decision.objects.pending().get().application == second


def test_whoever_leaves_without_a_place_frees_none(offered):
    withdraw_application(application=offered[2], by=offered[2].apprentice.user, reason="Moves")
    assert Decision.objects.pending().count() == 0


def test_a_proposal_passes_on_when_its_person_leaves(offered):
    first, second, third = offered
    decline_offer(application=first, by=first.apprentice.user)
    withdraw_application(application=second, by=second.apprentice.user, reason="Moves")
    assert [each.application for each in Decision.objects.pending().exclude(application=second)] == [third]


def test_a_proposal_that_is_taken_back_does_not_come_again(offered, coordinator, round_):
    first, second, _third = offered
    decline_offer(application=first, by=first.apprentice.user)
    take_back_decisions(round=round_, applications=[second], by=coordinator)
    assert offers.due_to_lapse() == waiting_list.due_to_go() == []
    assert Decision.objects.pending().count() == 0


def test_no_place_no_proposal(offered, round_):
    round_.places = 0
    type(round_).objects.filter(pk=round_.pk).update(places=0)
    decline_offer(application=offered[0], by=offered[0].apprentice.user)
    assert Decision.objects.pending().count() == 0


def test_publishing_a_proposal_makes_the_publisher_the_one_who_decided(offered, round_, head):
    first, second, _third = offered
    settings_for(round_.office, answer_days=5)
    decline_offer(application=first, by=first.apprentice.user)
    (decision,) = publish_decisions(round=round_, by=head)
    today = clock.today(round_.office.tz)
    assert (decision.decided_by, decision.answer_by) == (head, today + 5 * DAY)
    assert state_of(second) == "offered"
    assert OutboundMail.objects.get(context_ids__decision=decision.pk).to_address == second.email


# --- a letter goes by itself ----------------------------------------------------------------------------------------
def switch_on(office, by):
    return save_selection_settings(office=office, by=by, letters_go_alone=True, answer_days=4)


def test_where_it_is_switched_on_the_letter_goes_in_the_name_of_who_switched_it_on(offered, round_, head):
    first, second, _third = offered
    switch_on(round_.office, head)
    decline_offer(application=first, by=first.apprentice.user)
    proposal = Decision.objects.pending().get()
    assert waiting_list.due_to_go() == [proposal.pk]
    assert [waiting_list.send_moved_up(proposal.pk) for _ in range(2)] == [True, False]
    proposal.refresh_from_db()
    assert (proposal.decided_by, proposal.published_by) == (head, head)
    assert proposal.answer_by == clock.today(round_.office.tz) + 4 * DAY
    assert state_of(second) == "offered"
    assert len([mail for mail in mails("decision") if mail.to_address == second.email]) == 2  # list, then place


def test_switched_off_or_gone_meanwhile_it_stays_a_proposal(offered, round_, head):
    first, second, _third = offered
    switch_on(round_.office, head)
    decline_offer(application=first, by=first.apprentice.user)
    proposal = Decision.objects.pending().get()
    Membership.objects.filter(user=head).update(ends_on=days(-1))
    assert waiting_list.send_moved_up(proposal.pk) is False
    proposal.refresh_from_db()
    assert (proposal.goes_alone, proposal.decided_by, proposal.published_at) == (False, None, None)
    assert state_of(second) == "waiting_list"


def test_what_a_coordinator_decides_anew_never_goes_alone(offered, round_, head, coordinator):
    first, second, _third = offered
    switch_on(round_.office, head)
    decline_offer(application=first, by=first.apprentice.user)
    proposal = Decision.objects.pending().get()
    decide(round=round_, applications=[second], result="offer", reasons="We talked.", by=coordinator)
    assert (waiting_list.due_to_go(), waiting_list.send_moved_up(proposal.pk)) == ([], False)
    assert state_of(second) == "waiting_list"


def test_switching_on_names_who_and_when_and_the_history_keeps_it(office, head, coordinator):
    kept = switch_on(office, head)
    assert (kept.switched_on_by, kept.switched_on_at is not None) == (head, True)
    save_selection_settings(office=office, by=coordinator, answer_days=9)
    kept.refresh_from_db()
    assert kept.switched_on_by == head  # only who switches it on stands for it
    off = save_selection_settings(office=office, by=coordinator, letters_go_alone=False)
    assert (off.switched_on_by, off.switched_on_at) == (None, None)
    assert [row.history_user for row in off.history.order_by("history_date")] == [head, coordinator, coordinator]
    with pytest.raises(Refused, match="no letter goes out by itself"):
        save_selection_settings(office=office, by=head, letters_go_alone=True, head_approves=True)


# --- lapsing --------------------------------------------------------------------------------------------------------
def test_an_offer_lapses_when_its_last_day_has_passed_in_the_office_and_not_before(offered):
    first, second, _third = offered
    last = morning(first.round.answer_by, first.office, hour=23)
    with at(last):
        assert (offers.due_to_lapse(), offers.lapse_offer(first.pk)) == ([], False)
    with at(after_the_last_day(first)):
        assert offers.due_to_lapse() == [first.pk]
        assert [offers.lapse_offer(first.pk) for _ in range(2)] == [True, False]
        assert offers.due_to_lapse() == []
    assert state_of(first) == "lapsed"
    move = ApplicationStatusChange.objects.get(application=first, name="lapse")
    assert (move.by, move.note != "") == (None, True)
    (mail,) = mails("offer_lapsed")
    assert (mail.to_address, list(mail.attachments.all())) == (
        first.apprentice.email,
        [LapsedOffer.objects.get().letter],
    )
    assert Decision.objects.pending().get().application == second


def test_a_yes_on_the_last_day_holds(offered):
    first = offered[0]
    with at(morning(first.round.answer_by, first.office, hour=23)):
        accept_offer(application=first, by=first.apprentice.user)
    with at(after_the_last_day(first)):
        assert offers.lapse_offer(first.pk) is False
    assert state_of(first) == "accepted"


def test_nobody_says_yes_to_a_lapsed_offer(offered):
    first = offered[0]
    with at(after_the_last_day(first)):
        offers.lapse_offer(first.pk)
    with pytest.raises(TransitionNotAllowed):
        accept_offer(application=first, by=first.apprentice.user)


def test_an_office_of_another_zone_has_its_own_midnight(office, coordinator):
    office.time_zone = "America/St_Johns"
    office.save()
    first = in_review(RoundFactory(office=office))
    published(first.round, coordinator, offers=[first])
    midnight_in_oslo = datetime.datetime.combine(first.round.answer_by + DAY, datetime.time(0, 30), datetime.UTC)
    with at(midnight_in_oslo):
        assert (offers.due_to_lapse(), offers.lapse_offer(first.pk)) == ([], False)


# --- reminders --------------------------------------------------------------------------------------------------------
def sent_on(office, application, count):
    """Days before the last day on which a reminder went out, when the clock runs through the days, four times each."""
    decision = published_decision(application)
    found = []
    for ahead in range(count, -2, -1):
        for hour in (0, 7, 9, 15):
            with at(morning(decision.answer_by - ahead * DAY, office, hour=hour)):
                for pk in offers.due_reminders():
                    offers.remind_offer(pk)
                    found.append((ahead, hour))
    return found


def test_reminders_go_once_each_in_the_morning_of_their_day(office, offered):
    assert sent_on(office, offered[0], 10) == [(3, 9), (1, 9)]
    assert OfferReminder.objects.count() == 2
    assert len(mails("offer_reminder")) == 2


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_the_subject_of_a_reminder_begins_with_the_same_words_as_every_action_that_is_needed(
    round_, coordinator, language
):
    from django.utils.translation import gettext, override  # the words of the catalogue

    application = in_review(round_, written_form=language)
    application.apprentice.written_form = language
    application.apprentice.save()
    published(round_, coordinator, offers=[application])
    with at(morning(application.round.answer_by - DAY, application.office)):
        offers.remind_offer(published_decision(application).pk)
    (mail,) = mails("offer_reminder")
    with override(language):
        first_words = gettext("Action needed: complete your application %(reference)s").split(":")[0]
    assert mail.language == language
    if language == "en":
        assert first_words == "Action needed"
    assert mail.subject.startswith(first_words)


def test_the_office_sets_the_days_and_zero_means_none(office, offered):
    settings_for(office, first_reminder_days=7, second_reminder_days=0)
    assert sent_on(office, offered[0], 10) == [(7, 9)]


def test_after_an_answer_nobody_is_reminded(office, offered):
    accept_offer(application=offered[0], by=offered[0].apprentice.user)
    assert sent_on(office, offered[0], 5) == []


def test_a_reminder_whose_day_lies_before_the_letter_is_left_out(office, round_, coordinator):
    application = in_review(round_)
    settings_for(office, first_reminder_days=30, second_reminder_days=1)
    type(round_).objects.filter(pk=round_.pk).update(answer_by=days(9))
    round_.refresh_from_db()
    published(round_, coordinator, offers=[application])
    assert sent_on(office, application, 9) == [(1, 9)]


def test_after_a_silent_week_only_the_last_reminder_goes(office, offered):
    decision = published_decision(offered[0])
    with at(morning(decision.answer_by - DAY, office)):
        assert [offers.remind_offer(decision.pk) for _ in range(2)] == [True, False]
    assert OfferReminder.objects.get().number == 2
