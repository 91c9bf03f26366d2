"""Holding a mail and sending it, at the same moment: it is either held or sent, and the coordinator is told which."""

import pytest

from mobility.accounts.services import mails
from mobility.common import outbox
from mobility.common.errors import Refused
from mobility.common.models import OutboundMail
from mobility.common.outbox import To
from tests.at_once import together

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


def queued(office):
    to = To(address="ola@example.org", language="nb")
    return outbox.queue("accounts/email/plain", to=to, office=office, context={"subject": "Hei", "text": "Tekst"})


def test_a_mail_is_either_held_or_sent(many_connections, office, coordinator, mailoutbox):
    made = [queued(office) for _round in range(ROUNDS)]
    many_connections()
    for mail in made:
        before = len(mailoutbox)
        held, sent = together(
            lambda mail=mail: mails.hold_mail(mail=mail, by=coordinator), lambda mail=mail: outbox.send(mail.pk)
        )
        (state,) = together(OutboundMail.objects.filter(pk=mail.pk).values_list("state", flat=True).get)
        outcome = (state, isinstance(held, Refused), sent, len(mailoutbox) - before)
        assert outcome in {("held", False, False, 0), ("sent", True, True, 1)}


def test_a_mail_is_sent_once_more_only_once(many_connections, office, coordinator):
    mail = queued(office)
    mail.state = OutboundMail.State.SENT
    mail.save()
    many_connections()
    found = together(*[lambda: mails.send_again(mail=mail, by=coordinator, seen=0)] * 3)
    assert sorted(type(each).__name__ for each in found) == ["OutboundMail", "Refused", "Refused"]
    assert together(OutboundMail.objects.count) == [2]
