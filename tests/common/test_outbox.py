"""The outbox: a mail is a row of the transaction, goes out once, and its failures are seen."""

import datetime
import smtplib

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.mail.backends import locmem

from mobility.common import clock, files, jobs, outbox
from mobility.common.models import OutboundMail

pytestmark = pytest.mark.django_db
TO = outbox.To(address="ase@example.net", language="nb", name="Åse")


def queue(office, **kwargs):
    values = {"text": "Hei, her er 123456 og\n\nhttps://x.example/secret", "subject": "Koden\ndin"}
    return outbox.queue("accounts/email/plain", to=TO, office=office, context=values, **kwargs)


def test_a_queued_mail_is_rendered_at_once_with_a_subject_of_one_line(office):
    mail = queue(office)
    assert mail.subject == "Koden din"
    assert mail.body == "Hei, her er 123456 og\n\nhttps://x.example/secret\n"
    assert mail.state == OutboundMail.State.QUEUED
    assert mail.reply_to == office.email


def test_a_mail_goes_out_once_with_its_own_message_id(office):
    mail = queue(office)
    assert [outbox.send(mail.pk), outbox.send(mail.pk)] == [True, False]
    sent = django_mail.outbox
    assert [message.to for message in sent] == [["ase@example.net"]]
    assert sent[0].extra_headers["Message-ID"] == mail.message_id
    assert sent[0].reply_to == [office.email]


def test_attachments_travel_along(office):
    stored = files.store(
        office=office, kind="letter", name="Søknad – Øyvind.pdf", content=b"%PDF-", content_type="application/pdf"
    )
    mail = queue(office, attachments=[stored])
    outbox.send(mail.pk)
    assert django_mail.outbox[0].attachments[0].filename == "Søknad – Øyvind.pdf"


def test_secrets_are_wiped_once_the_mail_is_out(office, settings):
    settings.KEEP_MAIL_SECRETS = False
    mail = queue(office, secrets=["123456", "https://x.example/secret"])
    outbox.send(mail.pk)
    mail.refresh_from_db()
    assert "123456" in django_mail.outbox[0].body
    assert mail.body == f"Hei, her er {outbox.WIPED} og\n\n{outbox.WIPED}\n"
    assert mail.secrets == []


def failing(error):
    def send_messages(self, messages):
        raise error

    return send_messages


def test_a_mail_server_that_is_down_loses_no_mail(office, monkeypatch):
    mail = queue(office)
    with monkeypatch.context() as down:
        down.setattr(locmem.EmailBackend, "send_messages", failing(ConnectionRefusedError("no server")))
        assert outbox.send(mail.pk) is False
    mail.refresh_from_db()
    assert (mail.state, mail.tries) == (OutboundMail.State.QUEUED, 1)
    assert mail.last_error == "ConnectionRefusedError: no server"
    assert outbox.due_ids() == []
    with time_machine.travel(clock.now() + datetime.timedelta(minutes=3), tick=False):
        assert outbox.due_ids() == [mail.pk]
        assert outbox.send(mail.pk) is True


def test_an_address_that_the_server_will_never_take_fails_at_once(office, monkeypatch):
    mail = queue(office)
    refused = smtplib.SMTPRecipientsRefused({"ase@example.net": (550, b"no such user")})
    monkeypatch.setattr(locmem.EmailBackend, "send_messages", failing(refused))
    outbox.send(mail.pk)
    mail.refresh_from_db()
    assert mail.state == OutboundMail.State.FAILED


def test_a_mail_that_failed_often_enough_waits_for_a_person(office, monkeypatch):
    mail = queue(office)
    monkeypatch.setattr(locmem.EmailBackend, "send_messages", failing(TimeoutError()))
    for _try in range(outbox.MAX_TRIES):
        OutboundMail.objects.update(next_try_at=clock.now())
        outbox.send(mail.pk)
    mail.refresh_from_db()
    assert mail.state == OutboundMail.State.FAILED


def test_the_sweeper_wakes_what_nobody_sent(office, monkeypatch):
    mail = queue(office)
    woken = []
    monkeypatch.setattr(jobs, "_send", lambda name, pk: woken.append((name, pk)))
    jobs.sweep()
    assert ("common.send_mail", mail.pk) in woken


def test_a_broker_that_refuses_is_logged_and_not_raised(monkeypatch, caplog):
    def send_task(*args, **kwargs):
        raise ConnectionError("refused")

    monkeypatch.setattr(jobs.current_app, "send_task", send_task)
    jobs._send("common.send_mail", 5)
    assert "did not take common.send_mail 5" in caplog.text


def test_a_mail_of_a_transaction_that_fails_is_never_sent(office, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        queue(office)
    assert len(callbacks) == 1
