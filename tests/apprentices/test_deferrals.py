"""Waiting for a later round: asked, answered, carried over with priority, and the old case as it was."""

import datetime

import pytest
from django.urls import reverse

from apprentices.enums import DeferralState
from apprentices.models import Application, Decision, Deferral
from apprentices.selectors.ranking import standings
from apprentices.selectors.status import published_decision
from apprentices.services import offers
from apprentices.services.deferrals import (
    ask_to_defer,
    carry_over,
    confirm_deferral,
    defer_application,
    letter_of,
    refuse_deferral,
)
from mobility.common import clock
from mobility.common.errors import AlreadyTaken, Refused, TransitionNotAllowed
from mobility.common.models import OutboundMail
from tests.apprentices.deciding import at, in_review, published, state_of, with_account
from tests.factories import ApplicationFactory, AttachmentFactory, CriterionFactory, ReviewFactory, RoundFactory, days

LATER = {
    "departs_from": days(300), "departs_to": days(307), "returns_from": days(390), "returns_to": days(400),
}  # fmt: skip


@pytest.fixture
def round_(office):
    return RoundFactory(office=office, places=1)


@pytest.fixture
def later_round(office):
    round_ = RoundFactory(office=office, **LATER)
    CriterionFactory(round=round_, weight=100)
    return round_


@pytest.fixture
def wish(round_):
    application = with_account(in_review(round_, 4))
    return ask_to_defer(application=application, by=application.apprentice.user, reason="I broke my leg.")


def mails(name):
    return list(OutboundMail.objects.filter(template=f"apprentices/email/{name}").order_by("pk"))


def test_a_wish_changes_nothing_and_is_asked_once(wish):
    application = wish.application
    assert (wish.state, state_of(application)) == ("asked", "in_review")
    with pytest.raises(Refused, match="asked for it already"):
        ask_to_defer(application=application, by=application.apprentice.user, reason="Again")
    assert OutboundMail.objects.count() == 0


@pytest.mark.parametrize("status", ["submitted", "rejected", "declined", "lapsed", "withdrawn", "deferred"])
def test_only_a_living_application_that_was_read_is_deferred(round_, coordinator, status):
    application = in_review(round_, status=status)
    with pytest.raises(TransitionNotAllowed):
        ask_to_defer(application=application, by=coordinator, reason="x")
    assert Deferral.objects.count() == 0


def test_a_yes_moves_the_case_with_letter_and_mail_and_drops_what_was_pending(round_, wish, coordinator):
    from apprentices.services.decisions import decide  # only here

    decide(round=round_, applications=[wish.application], result="offer", by=coordinator)
    confirmed = confirm_deferral(deferral=wish, by=coordinator, words="Get well soon.")
    assert (state_of(wish.application), confirmed.state, confirmed.settled_by) == ("deferred", "confirmed", coordinator)
    assert Decision.objects.count() == 0
    (mail,) = mails("deferral_confirmed")
    assert list(mail.attachments.all()) == [confirmed.letter]
    assert "Get well soon." in mail.body
    with pytest.raises(TransitionNotAllowed, match="answered already"):
        confirm_deferral(deferral=wish, by=coordinator)


def test_a_no_needs_words_and_the_case_stays(wish, coordinator):
    with pytest.raises(Refused, match="Write to the applicant"):
        refuse_deferral(deferral=wish, by=coordinator, words=" ")
    refused = refuse_deferral(deferral=wish, by=coordinator, words="Your contract ends in spring.")
    assert (state_of(wish.application), refused.state) == ("in_review", "refused")
    assert "Your contract ends in spring." in mails("deferral_refused")[0].body
    again = ask_to_defer(application=wish.application, by=wish.asked_by, reason="My mother is ill.")
    assert again.state == "asked"


def test_an_offer_that_is_deferred_frees_the_place_and_does_not_lapse_before_the_answer(round_, coordinator):
    first, second = with_account(in_review(round_, 5)), in_review(round_, 4)
    published(round_, coordinator, offers=[first], waiting=[second])
    wish = ask_to_defer(application=first, by=first.apprentice.user, reason="Ill")
    with at(clock.now() + datetime.timedelta(days=60)):
        assert (offers.due_to_lapse(), offers.lapse_offer(first.pk), offers.due_reminders()) == ([], False, [])
    confirm_deferral(deferral=wish, by=coordinator)
    assert Decision.objects.pending().get().application == second
    assert published_decision(first).result == "offer"  # the old case stays as it was


def test_the_office_defers_on_its_own_account(round_, coordinator):
    application = in_review(round_)
    done = defer_application(application=application, by=coordinator, reason="The host has closed.")
    assert (state_of(application), done.asked_by, done.settled_by) == ("deferred", coordinator, coordinator)


# --- carried over -------------------------------------------------------------------------------------------------------
def carried(wish, later_round, coordinator):
    return carry_over(deferral=confirm_deferral(deferral=wish, by=coordinator), round=later_round, by=coordinator)


def test_the_new_application_has_its_own_reference_and_everything_that_was_written(wish, later_round, coordinator):
    old = wish.application
    AttachmentFactory(application=old)
    old.language_skills.create(language="de", level="B1")
    before = Application.objects.filter(pk=old.pk).values("reference", "motivation", "round", "submitted_at").get()
    new = carried(wish, later_round, coordinator)
    assert (new.round, new.status, new.apprentice) == (later_round, "submitted", old.apprentice)
    assert new.reference not in {None, old.reference}
    assert [getattr(new, name) for name in ("motivation", "trade", "email", "birth_date", "manager_email")] == [
        getattr(old, name) for name in ("motivation", "trade", "email", "birth_date", "manager_email")
    ]
    assert [(each.kind, each.file.sha256) for each in new.attachments.all()] == [
        (each.kind, each.file.sha256) for each in old.attachments.all()
    ]
    assert new.language_skills.get().language == "de"
    assert (
        Application.objects.filter(pk=old.pk).values("reference", "motivation", "round", "submitted_at").get() == before
    )
    assert (old.deferrals.get().carried_to, new.deferred_from.application) == (new, old)
    assert new.endorsements.count() >= 1
    assert new.reference in mails("carried_over")[0].body
    assert new.status_changes.get().note == f"Carried over from {old.reference}"


def test_it_is_carried_over_once_and_only_into_a_later_round_of_the_office(wish, later_round, round_, coordinator):
    with pytest.raises(TransitionNotAllowed):
        carry_over(deferral=wish, round=later_round, by=coordinator)
    confirmed = confirm_deferral(deferral=wish, by=coordinator)
    for wrong in (round_, RoundFactory(**LATER), RoundFactory(office=round_.office, **LATER, status="published")):
        with pytest.raises(Refused, match="Choose a later round"):
            carry_over(deferral=confirmed, round=wrong, by=coordinator)
    carry_over(deferral=confirmed, round=later_round, by=coordinator)
    with pytest.raises(TransitionNotAllowed):
        carry_over(deferral=confirmed, round=later_round, by=coordinator)
    assert later_round.applications.count() == 1


def test_whoever_has_applied_there_already_is_not_carried_over(wish, later_round, coordinator):
    ApplicationFactory(round=later_round, submitted=True, apprentice=wish.application.apprentice)
    confirmed = confirm_deferral(deferral=wish, by=coordinator)
    with pytest.raises(AlreadyTaken, match="applied in that round already"):
        carry_over(deferral=confirmed, round=later_round, by=coordinator)


def test_priority_goes_before_equals_and_never_changes_the_score(wish, later_round, coordinator):
    equal_before = in_review(later_round, 4, reference="AA-000001")
    better = in_review(later_round, 5)
    new = carried(wish, later_round, coordinator)
    Application.objects.filter(pk=new.pk).update(status="in_review")
    ReviewFactory(application=new, marks=4)
    lines = [(each.application_id, each.rank, each.has_priority) for each in standings(later_round)]
    assert lines == [(better.pk, 1, False), (new.pk, 2, True), (equal_before.pk, 2, False)]
    assert len({each.score for each in standings(later_round)}) == 2


# --- pages --------------------------------------------------------------------------------------------------------------
def at_page(name, *args):
    return reverse(f"apprentices:{name}", args=args)


def test_the_applicant_asks_on_the_status_page_and_reads_where_it_stands(sign_in, round_, apprentice_user, coordinator):
    application = in_review(round_)
    application.apprentice.user = apprentice_user
    application.apprentice.save()
    client, status = sign_in(apprentice_user), at_page("status", application.pk)
    assert at_page("ask_to_defer", application.pk) in client.get(status).content.decode()
    empty = client.post(at_page("ask_to_defer", application.pk), {"reason": ""})
    assert "Write in a few words why you want to wait" in empty.content.decode()
    assert client.post(at_page("ask_to_defer", application.pk), {"reason": "Ill"}).url == status
    page = client.get(status).content.decode()
    assert "The office has not answered yet" in page
    assert at_page("ask_to_defer", application.pk) not in page
    confirm_deferral(deferral=Deferral.objects.get(), by=coordinator)
    assert at_page("own_deferral_letter", application.pk) in client.get(status).content.decode()
    letter = client.get(at_page("own_deferral_letter", application.pk))
    assert b"".join(letter.streaming_content)[:5] == b"%PDF-"
    letter.close()


def test_the_letter_of_a_yes_is_shown_before_it_goes_out_and_nothing_is_saved(sign_in, coordinator, wish):
    client, page, mails = sign_in(coordinator), at_page("answer_deferral", wish.pk), OutboundMail.objects.count()
    shown = client.post(page, {"answer": "yes", "words": "Come in spring.", "look": "1"}).text
    assert f'<h2 class="u-h2">{letter_of(wish, by=coordinator).title}</h2>' in shown
    assert shown.count("Come in spring.") == 2  # in the field, and in the letter
    told = client.post(page, {"answer": "no", "words": "The round is full.", "look": "1"}).text
    assert "No letter goes with this answer" in told
    own = client.post(
        at_page("defer_application", wish.application_id), {"reason": "The host closes.", "look": "1"}
    ).text
    assert own.count("The host closes.") == 2
    wish.refresh_from_db()
    assert (wish.state, OutboundMail.objects.count(), Deferral.objects.count()) == (DeferralState.ASKED, mails, 1)


def test_the_office_answers_and_carries_over_on_its_pages(sign_in, coordinator, wish, later_round):
    client, page = sign_in(coordinator), at_page("deferrals", wish.application.round_id)
    assert "I broke my leg." in client.get(page).content.decode()
    refused = client.post(at_page("answer_deferral", wish.pk), {"answer": "no", "words": ""})
    assert "Write to the applicant why." in refused.content.decode()
    assert client.post(at_page("answer_deferral", wish.pk), {"answer": "yes", "words": ""}).url == page
    assert at_page("carry_over", wish.pk) in client.get(page).content.decode()
    assert client.post(at_page("carry_over", wish.pk), {"round": later_round.pk}).url == page
    new = later_round.applications.get()
    assert new.reference in client.get(page).content.decode()
    case = client.get(reverse("admin:apprentices_application_change", args=[new.pk])).content.decode()
    assert wish.application.reference in case
