"""The outbox: a mail is a row of the transaction, goes out once, and its failures are seen."""

import ast
import datetime
import smtplib
from pathlib import Path

import pytest
import time_machine
from django.core import mail as django_mail
from django.core.mail.backends import locmem

from mobility.common import clock, files, jobs, outbox
from mobility.common.models import OutboundMail

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
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


# --- answers go to the office -------------------------------------------------------------------------------------
def calls_of_queue():
    """(module, names of the keywords) of every place that queues a mail."""
    for folder in ("mobility", "apprentices", "partners", "placements", "reporting"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "outbox.queue":
                    yield path.relative_to(ROOT).as_posix(), {keyword.arg for keyword in node.keywords}


def test_every_mail_names_its_office_or_who_helps():
    found = list(calls_of_queue())
    assert len(found) >= 8
    assert [module for module, keywords in found if not keywords & {"office", "reply_to"}] == []
    assert {module for module, keywords in found if "office" not in keywords} == {"mobility/accounts/adapter.py"}


def test_answers_to_a_code_for_signing_in_go_to_the_persons_office(client, coordinator, office):
    client.post("/account/login/code/", {"email": coordinator.email})
    mail = OutboundMail.objects.get()
    assert (mail.office, mail.reply_to) == (None, office.email)
