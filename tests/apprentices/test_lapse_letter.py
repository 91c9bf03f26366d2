"""An offer that nobody answered: its letter, on the page, with the mail, in the export; never twice, never half."""

import datetime

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from apprentices import documents
from apprentices.models import Application, LapsedOffer
from apprentices.notifications import offers as notifications
from apprentices.selectors.own_data import parts_of
from apprentices.selectors.status import published_decision
from apprentices.services import offers
from apprentices.services.deferrals import ask_to_defer, confirm_deferral
from mobility.common import formats
from mobility.common.models import OutboundMail, StoredFile
from tests.apprentices.deciding import at, in_review, published, state_of, with_account
from tests.factories import RoundFactory

DAY = datetime.timedelta(days=1)


@pytest.fixture
def offered(office, coordinator):
    """Somebody with an account whose offer is out, and the next of the waiting list."""
    round_ = RoundFactory(office=office, places=1)
    first, second = with_account(in_review(round_, 5, owner=coordinator, written_form="en")), in_review(round_, 4)
    published(round_, coordinator, offers=[first], waiting=[second])
    return first


def lapse(application):
    """The clock comes by on the day after the last one."""
    last_day = published_decision(application).answer_by
    moment = datetime.datetime.combine(last_day + DAY, datetime.time(0, 5), application.office.tz)
    with at(moment):
        return offers.lapse_offer(application.pk)


def words_of(letter):
    return " ".join(paragraph for _heading, paragraphs in letter.sections for paragraph in paragraphs)


def letter_of(application):
    decision = published_decision(application)
    return documents.lapse_letter(decision, last_day=decision.answer_by, on=decision.answer_by + DAY)


def test_the_letter_is_kept_once_with_the_day_and_in_the_language_of_the_application(offered):
    assert [lapse(offered) for _ in range(2)] == [True, False]
    found = LapsedOffer.objects.get()
    decision = published_decision(offered)
    assert (found.decision, found.last_day) == (decision, decision.answer_by)
    assert (found.letter.kind, found.letter.language, found.letter.created_by) == ("lapse-letter", "en", None)
    assert found.letter.original_name == f"offer-{offered.reference}.pdf"
    assert StoredFile.objects.filter(kind="lapse-letter").count() == 1
    assert OutboundMail.objects.filter(template="apprentices/email/offer_lapsed").count() == 1


def test_it_names_the_round_the_stay_both_days_and_whom_to_ask(offered, coordinator):
    letter, decision = letter_of(offered), published_decision(offered)
    facts = dict(letter.facts)
    assert offered.round.name in letter.opening
    assert facts["Last day to answer"] == formats.day(decision.answer_by)
    assert facts["Our offer is of"] == formats.day(decision.published_at.astimezone(offered.office.tz).date(), "plain")
    assert set(facts) >= {"Application", "Departure", "Return"}
    words = words_of(letter)
    assert "The place goes to whoever is next in line." in words
    assert offered.office.email in words
    assert str(coordinator) in words
    assert (letter.signed_by, letter.signed_for) == ("", offered.office.name)


@pytest.mark.parametrize("has_appeals", [True, False])
def test_where_decisions_carry_appeal_rights_it_says_why_there_is_nothing_to_appeal_against(offered, has_appeals):
    offered.office.has_appeals = has_appeals
    offered.office.save()
    offered.refresh_from_db()
    assert ("no new decision to appeal against" in words_of(letter_of(offered))) is has_appeals


def test_the_applicant_finds_it_on_the_status_page_and_nobody_elses(sign_in, offered, other_coordinator, coordinator):
    own, of_office = (
        reverse("apprentices:own_lapse_letter", args=[offered.pk]),
        reverse("apprentices:lapse_letter", args=[published_decision(offered).pk]),
    )
    client = sign_in(offered.apprentice.user)
    status = reverse("apprentices:status", args=[offered.pk])
    assert (own in client.get(status).content.decode(), client.get(own).status_code) == (False, 404)
    lapse(offered)
    assert own in client.get(status).content.decode()
    letter = client.get(own)
    assert b"".join(letter.streaming_content)[:5] == b"%PDF-"
    letter.close()
    client = sign_in(coordinator)
    case = reverse("admin:apprentices_application_change", args=[offered.pk])
    assert of_office in client.get(case).content.decode()
    letter = client.get(of_office)
    assert b"".join(letter.streaming_content)[:5] == b"%PDF-"
    letter.close()
    assert sign_in(other_coordinator).get(of_office).status_code == 404


def test_my_data_holds_it(offered):
    lapse(offered)
    kept = LapsedOffer.objects.get().letter
    assert [part.name for part in parts_of(offered.apprentice.user) if part.file == kept] == [
        f"applications/{offered.reference}/letters/{kept.pk}-{kept.original_name}"
    ]


def test_my_data_holds_the_letter_of_a_later_round_too(offered, coordinator):
    deferral = confirm_deferral(
        deferral=ask_to_defer(application=offered, by=offered.apprentice.user, reason="Exam"), by=coordinator
    )
    parts = list(parts_of(offered.apprentice.user))
    assert len([part for part in parts if part.file == deferral.letter]) == 1
    (case,) = [part.data for part in parts if part.name.endswith("/application.json")]
    assert [(row["state"], row["reason"]) for row in case["deferrals"]] == [("confirmed", "Exam")]


def test_a_lapse_that_is_not_kept_leaves_no_letter_and_no_move(offered, monkeypatch):
    stored = []

    def no_mail(application, found):
        stored.append(found.letter.content.name)
        assert default_storage.exists(stored[0])
        raise RuntimeError("the outbox is gone")

    monkeypatch.setattr(notifications, "offer_lapsed", no_mail)
    with pytest.raises(RuntimeError):
        lapse(offered)
    assert (state_of(offered), LapsedOffer.objects.count()) == ("offered", 0)
    assert (len(stored), [name for name in stored if default_storage.exists(name)]) == (1, [])


def test_the_letter_is_laid_out_before_anything_is_locked_and_once(offered, monkeypatch):
    steps = []
    real_pdf, real_lock = documents.letter_pdf, offers.lock
    monkeypatch.setattr(documents, "letter_pdf", lambda *a, **k: steps.append("letter") or real_pdf(*a, **k))
    monkeypatch.setattr(offers, "lock", lambda row: steps.append("lock") or real_lock(row))
    assert lapse(offered) is True
    assert steps == ["letter", "lock", "lock"]


def test_a_letter_whose_words_change_meanwhile_is_laid_out_again(offered, monkeypatch):
    real_lock, real_pdf, laid_out = offers.lock, documents.letter_pdf, []

    def rename(row):
        Application.objects.filter(pk=offered.pk).update(given_name="Another")
        return real_lock(row)

    def lay_out(letter, *, office):
        laid_out.append(letter.opening.split(".")[0])
        return real_pdf(letter, office=office)

    monkeypatch.setattr(offers, "lock", rename)
    monkeypatch.setattr(documents, "letter_pdf", lay_out)
    assert lapse(offered) is True
    assert laid_out == [f"Hello {offered.given_name}", "Hello Another"]


def test_who_has_asked_to_wait_gets_no_letter(offered):
    ask_to_defer(application=offered, by=offered.apprentice.user, reason="Exam")
    assert (lapse(offered), LapsedOffer.objects.count()) == (False, 0)
