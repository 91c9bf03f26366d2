"""What a coordinator does about a mail by hand: hold, release, correct, send once more, give up."""

import json
import logging

import pytest
from django.urls import reverse

from mobility.accounts import mail_text
from mobility.accounts.services import mails
from mobility.common import files, outbox
from mobility.common.errors import Refused
from mobility.common.models import OutboundMail
from mobility.common.outbox import To
from tests import factories

pytestmark = pytest.mark.django_db
State = OutboundMail.State
SECRET, CODE = "https://example.org/endorse/geheim123/", "123"


def queue(office, **facts):
    return outbox.queue(
        facts.pop("template", "accounts/email/plain"),
        to=To(address=facts.pop("address", "ola@example.org"), language="nb"),
        office=office,
        context={"subject": "Hei", "text": facts.pop("text", f"Lenke: {SECRET} og kode {CODE}.")},
        secrets=[CODE, SECRET],
        **facts,
    )


def in_state(mail, state, error=""):
    mail.state, mail.last_error = state, error
    mail.save()
    return mail


def address(name, mail):
    return reverse(f"accounts:{name}", args=[mail.pk])


def correction(mail, **changes):
    return {"to_address": mail.to_address, "subject": mail.subject, "body": mail_text.editable(mail), **changes}


def done(mail):
    return [(change.what, change.by.email) for change in mail.changes.all()]


# --- hold and release -------------------------------------------------------------------------------------------------
def test_a_held_mail_stays_until_it_is_released(sign_in, coordinator, office, send_mails, mailoutbox):
    mail, client = queue(office), sign_in(coordinator)
    client.post(address("hold_mail", mail))
    assert (send_mails(), outbox.send(mail.pk), len(mailoutbox)) == (0, False, 0)
    client.post(address("release_mail", mail))
    assert (send_mails(), len(mailoutbox)) == (1, 1)
    assert done(mail) == [("held", coordinator.email), ("released", coordinator.email)]


def test_a_mail_that_a_sender_has_in_hand_cannot_be_held(coordinator, office, monkeypatch):
    mail = queue(office)
    refusals = []

    def hold_meanwhile(message):
        with pytest.raises(Refused) as refused:
            mails.hold_mail(mail=mail, by=coordinator)
        refusals.append(str(refused.value))

    monkeypatch.setattr("mobility.common.outbox.EmailMessage.send", hold_meanwhile)
    assert outbox.send(mail.pk) is True
    mail.refresh_from_db()
    assert (mail.state, mail.claimed_at) == (State.SENT, None)
    assert refusals == ["This mail is being sent at this moment: it is too late to hold it."]


@pytest.mark.parametrize("state", [State.SENT, State.FAILED, State.HELD, State.DROPPED])
def test_only_a_queued_mail_is_held(coordinator, office, state):
    mail = in_state(queue(office), state)
    with pytest.raises(Refused):
        mails.hold_mail(mail=mail, by=coordinator)
    assert done(mail) == []


# --- correction -------------------------------------------------------------------------------------------------------
def test_a_failed_mail_is_corrected_and_goes_to_the_right_address(sign_in, coordinator, office, send_mails, mailoutbox):
    mail = in_state(queue(office), State.FAILED)
    data = correction(mail, to_address="ola@example.com", body=mail_text.editable(mail) + "Hilsen oss", send="on")
    assert sign_in(coordinator).post(address("correct_mail", mail), data).status_code == 302
    assert send_mails() == 1
    (sent,) = mailoutbox
    assert (sent.to, sent.body) == (["ola@example.com"], f"Lenke: {SECRET} og kode {CODE}.\nHilsen oss\n")
    assert done(mail) == [("corrected", coordinator.email), ("retried", coordinator.email)]


def test_the_log_of_a_correction_holds_before_and_after_and_no_link(coordinator, office):
    mail = in_state(queue(office), State.HELD)
    before = mail_text.editable(mail)
    mails.correct_mail(
        mail=mail, by=coordinator, to_address=mail.to_address, subject="Nytt\nemne", body=before.replace("Lenke", "Her")
    )
    (change,) = mail.changes.all()
    assert change.before == {"subject": "Hei", "body": "Lenke: [••••••1] og kode [••••••2].\n"}
    assert change.after == {"subject": "Nytt emne", "body": "Her: [••••••1] og kode [••••••2].\n"}
    mail.refresh_from_db()
    assert (mail.state, mail.body) == (State.HELD, f"Her: {SECRET} og kode {CODE}.\n")


def test_a_correction_that_loses_the_link_is_refused_with_everything_typed(sign_in, coordinator, office):
    mail = in_state(queue(office), State.FAILED)
    body = mail.body
    page = sign_in(coordinator).post(address("correct_mail", mail), correction(mail, body="Bare tekst", subject="Mitt"))
    assert "Keep [••••••1] in the text" in page.text
    assert ("Bare tekst" in page.text, 'value="Mitt"' in page.text) == (True, True)
    mail.refresh_from_db()
    assert (mail.body, mail.subject, done(mail)) == (body, "Hei", [])


@pytest.mark.parametrize("wrong", [{"to_address": "no address"}, {"subject": ""}, {"body": ""}])
def test_a_correction_without_sense_is_refused(sign_in, coordinator, office, wrong):
    mail = in_state(queue(office), State.FAILED)
    page = sign_in(coordinator).post(address("correct_mail", mail), correction(mail, **wrong))
    assert page.status_code == 200
    assert "data-error-summary" in page.text
    assert done(mail) == []


@pytest.mark.parametrize("state", [State.SENT, State.QUEUED, State.DROPPED])
def test_a_mail_that_is_out_or_on_its_way_is_never_altered(sign_in, coordinator, office, state):
    mail = in_state(queue(office), state)
    page = sign_in(coordinator).post(address("correct_mail", mail), correction(mail, subject="Annet"))
    assert "Only a mail that is held or has failed can be corrected." in page.text
    mail.refresh_from_db()
    assert (mail.subject, mail.state) == ("Hei", state)


def test_the_form_shows_no_link_in_the_demo_either(sign_in, coordinator, office):
    mail = in_state(queue(office), State.FAILED)
    assert "geheim123" not in sign_in(coordinator).get(address("correct_mail", mail)).text


# --- once more, and given up ------------------------------------------------------------------------------------------
def test_a_sent_mail_goes_out_once_more_as_a_new_one_with_its_files(
    sign_in, coordinator, office, send_mails, mailoutbox
):
    stored = files.store(office=office, kind="letter", name="brev.txt", content=b"hei", content_type="text/plain")
    mail = queue(office, text="Ingen lenke", attachments=[stored])
    send_mails()
    mail.refresh_from_db()
    before = OutboundMail.objects.filter(pk=mail.pk).values().get()
    client = sign_in(coordinator)
    page = client.get(address("send_mail_again", mail))
    assert "ola@example.org" in page.text
    for _click in range(2):  # twice the same page: one mail
        client.post(address("send_mail_again", mail), {"seen": "0"})
    assert send_mails() == 1
    first, second = mailoutbox
    assert (second.body, second.to, second.reply_to) == (first.body, first.to, [office.email])
    assert [name for name, *_rest in second.attachments] == ["brev.txt"]
    assert first.extra_headers["Message-ID"] != second.extra_headers["Message-ID"]
    assert OutboundMail.objects.filter(pk=mail.pk).values().get() == before
    assert mail.resends.get().resend_of == mail


def test_a_mail_whose_link_was_wiped_is_not_sent_once_more(sign_in, coordinator, office, send_mails, settings):
    settings.KEEP_MAIL_SECRETS = False
    mail = queue(office)
    send_mails()
    page = sign_in(coordinator).post(address("send_mail_again", mail), {"seen": "0"}, follow=True)
    assert "was wiped when it went out" in page.text
    assert OutboundMail.objects.count() == 1


def test_a_failed_mail_is_given_up_with_a_reason_and_never_sent(sign_in, coordinator, office, send_mails):
    mail = in_state(queue(office), State.FAILED)
    client = sign_in(coordinator)
    assert "data-error-summary" in client.post(address("give_up_mail", mail), {"note": ""}).text
    client.post(address("give_up_mail", mail), {"note": "Har sluttet"})
    client.post(address("retry_mail", mail))
    mail.refresh_from_db()
    assert (mail.state, mail.last_error, send_mails()) == (State.DROPPED, "Har sluttet", 0)


# --- rights, pages ----------------------------------------------------------------------------------------------------
MOVES = ("hold_mail", "release_mail", "correct_mail", "send_mail_again", "give_up_mail")


@pytest.mark.parametrize("move", MOVES)
def test_a_head_reads_and_moves_nothing_and_a_stranger_finds_nothing(sign_in, head, other_coordinator, office, move):
    mail = queue(office)
    assert sign_in(head).post(address(move, mail)).status_code == 403
    assert sign_in(other_coordinator).post(address(move, mail)).status_code == 404
    assert done(mail) == []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (State.QUEUED, {"Hold it"}),
        (State.HELD, {"Release it", "Correct it …", "Give it up …"}),
        (State.FAILED, {"Correct it …", "Try to send it again", "Give it up …"}),
        (State.SENT, {"Send once more …"}),
        (State.DROPPED, set()),
    ],
)
def test_a_mail_offers_what_its_state_allows(sign_in, coordinator, head, office, state, words):
    mail = in_state(queue(office), state)
    offered = {"Hold it", "Release it", "Correct it …", "Give it up …", "Try to send it again", "Send once more …"}
    page = sign_in(coordinator).get(address("mail", mail)).text
    assert {each for each in offered if each in page} == words
    page = sign_in(head).get(address("mail", mail)).text
    assert {each for each in offered if each in page} == set()


def test_the_list_is_searched_by_address_and_subject_and_keeps_the_words_in_its_tabs(sign_in, coordinator, office):
    mine, _other = queue(office, address="kari@example.org"), queue(office)
    page = sign_in(coordinator).get(reverse("accounts:outbox"), {"q": "KARI@"})
    assert list(page.context["page"]) == [mine]
    assert 'href="?q=KARI%40&amp;state=sent"' in page.text


# --- what a mail may say of itself ------------------------------------------------------------------------------------
def test_a_check_of_another_floor_drops_a_mail_whose_case_has_moved_on(office, monkeypatch, mailoutbox, caplog):
    monkeypatch.setattr(outbox, "_checks", [])
    outbox.checks(
        "accounts/email/pl", lambda mail: "The offer has lapsed." if mail.to_address.startswith("ola") else ""
    )
    gone, fine = queue(office), queue(office, address="kari@example.org")
    with caplog.at_level(logging.INFO):
        assert (outbox.send(gone.pk), outbox.send(fine.pk)) == (False, True)
    gone.refresh_from_db()
    assert (gone.state, gone.last_error, gone.tries) == (State.DROPPED, "The offer has lapsed.", 0)
    assert [message.to for message in mailoutbox] == [["kari@example.org"]]
    assert f"mail {gone.pk} dropped" in caplog.text
    assert "ola@" not in caplog.text


def test_a_failure_is_logged_by_number_and_never_by_person(office, monkeypatch, caplog):
    import smtplib

    from django.core.mail.backends import locmem

    def refuse(self, messages):
        raise smtplib.SMTPRecipientsRefused({"ola@example.org": (550, b"unknown user Ola Nordmann")})

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refuse)
    mail = queue(office)
    outbox.send(mail.pk)
    mail.refresh_from_db()
    assert "unknown user Ola Nordmann" in mail.last_error
    assert f"mail {mail.pk} not sent" in caplog.text
    assert ("ola" in caplog.text, "Nordmann" in caplog.text) == (False, False)
    assert json.dumps(mail.context_ids) == "{}"


# --- all mails of a round ---------------------------------------------------------------------------------------------
@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office)


@pytest.fixture
def of_round(office, round_):
    """Two that wait and one that is out, about applications of the round; one about the round itself; and three others."""
    mine = factories.ApplicationFactory(round=round_)
    other = factories.ApplicationFactory(round=factories.RoundFactory(office=office))
    waiting = [queue(office, about={"application": mine.pk}), queue(office, about={"round": round_.pk})]
    in_state(queue(office, about={"application": mine.pk}), State.SENT)
    queue(office, about={"application": other.pk})
    queue(office, about={"round": other.round_id})
    queue(office)
    return waiting


def of_the_round(name, round_):
    return f"{reverse(f'accounts:{name}')}?round={round_.pk}"


def states_of(mails):
    return [OutboundMail.objects.get(pk=mail.pk).state for mail in mails]


def test_every_mail_of_a_round_that_waits_is_held_and_released_again(
    sign_in, coordinator, round_, of_round, send_mails, mailoutbox
):
    client, hold, release = (
        sign_in(coordinator),
        of_the_round("hold_mails", round_),
        of_the_round("release_mails", round_),
    )
    outbox_page = client.get(of_the_round("outbox", round_))
    assert outbox_page.context["total"] == 3
    assert hold.replace("&", "&amp;") in outbox_page.text
    page = client.get(hold, headers={"accept-language": "en"})
    assert "2 of 3 chosen" in page.text
    (chosen,) = [value for name, value in page.context["hidden"] if name == "chosen"]
    assert client.post(hold, {"chosen": chosen}).url == f"{of_the_round('outbox', round_)}&state=held"
    assert states_of(of_round) == ["held", "held"]
    assert OutboundMail.objects.filter(state="queued").count() == 3
    assert (send_mails(), len(mailoutbox)) == (3, 3)  # of other rounds, and of none
    page = client.get(release, headers={"accept-language": "en"})
    assert [row["who"] for row in page.context["told"]] == ["ola@example.org"] * 2
    client.post(release, {"chosen": chosen})
    assert (states_of(of_round), send_mails()) == (["queued", "queued"], 2)
    assert done(of_round[0]) == [("held", coordinator.email), ("released", coordinator.email)]


def test_a_mail_that_was_not_shown_is_neither_held_nor_released(sign_in, coordinator, office, round_, of_round):
    client = sign_in(coordinator)
    late = queue(office, about={"round": round_.pk})
    client.post(of_the_round("hold_mails", round_), {"chosen": str(of_round[0].pk)})
    assert states_of([*of_round, late]) == ["held", "queued", "queued"]


def test_what_went_out_meanwhile_is_counted_and_left_alone(coordinator, of_round):
    in_state(of_round[0], State.SENT)
    assert mails.hold_mails(mails=of_round, by=coordinator) == (1, 1)
    assert mails.release_mails(mails=of_round, by=coordinator) == (1, 1)
    assert states_of(of_round) == ["sent", "queued"]


def test_the_page_says_how_many_went_out_while_it_was_read(sign_in, coordinator, round_, of_round):
    keys = {"chosen": ",".join(str(mail.pk) for mail in of_round)}
    in_state(of_round[0], State.SENT)
    told = sign_in(coordinator).post(of_the_round("hold_mails", round_), keys, follow=True).text
    assert "1 mail is held." in told
    assert "1 mail was out already, or in hand." in told
    assert states_of(of_round) == ["sent", "held"]


def test_holding_a_round_is_the_coordinators_and_a_strangers_round_is_not_there(
    sign_in, coordinator, head, other_coordinator, round_, of_round
):
    for name in ("hold_mails", "release_mails"):
        keys = {"chosen": ",".join(str(mail.pk) for mail in of_round)}
        assert sign_in(head).post(of_the_round(name, round_), keys).status_code == 403
        assert sign_in(other_coordinator).post(of_the_round(name, round_), keys).status_code == 404
        assert sign_in(coordinator).post(reverse(f"accounts:{name}"), keys).status_code == 404
    assert states_of(of_round) == ["queued", "queued"]
