"""Answers, reminders and codes in the same moment, on SQLite and on PostgreSQL."""

import datetime

import pytest

from apprentices.models import Endorsement, EndorsementReply
from apprentices.services.chasing import remind_if_due
from apprentices.services.endorsements import answer_endorsement
from mobility.accounts import link_codes, links
from mobility.accounts.enums import LinkPurpose
from mobility.accounts.models import AccessLink
from mobility.common import clock
from mobility.common.models import OutboundMail
from tests.factories import EndorsementFactory

pytestmark = pytest.mark.django_db(transaction=True)


def link_to(endorsement):
    return links.create(
        purpose=LinkPurpose.ENDORSE,
        object_id=endorsement.pk,
        office=endorsement.application.office,
        address=endorsement.email,
        language="en",
    ).link


def test_two_answers_at_once_by_one_link_are_one_answer(race):
    link = link_to(EndorsementFactory())
    result, replies = race(
        lambda: answer_endorsement(link=link, answer="yes", wages="full", name="Gunn"),
        lambda: answer_endorsement(link=link, answer="no", name="Gunn"),
        count=EndorsementReply.objects.count,
    )
    assert (result, replies) == (["This link has been used. What you sent was received.", "done"], 1)


def test_two_answers_at_once_by_the_first_link_and_a_reminders_are_one_answer(race):
    """Neither waits for the other's link: no deadlock, and the loser is told that an answer was received."""
    endorsement = EndorsementFactory()
    first, second = link_to(endorsement), link_to(endorsement)
    result, replies = race(
        lambda: answer_endorsement(link=first, answer="yes", wages="full", name="Gunn"),
        lambda: answer_endorsement(link=second, answer="no", name="Gunn"),
        count=EndorsementReply.objects.count,
    )
    assert (result, replies) == (["This link has been used. What you sent was received.", "done"], 1)


def test_two_sweepers_at_once_remind_once(race):
    endorsement = EndorsementFactory(asked_at=clock.now() - datetime.timedelta(days=8))
    result, found = race(
        *[lambda: remind_if_due(endorsement.pk)] * 2,
        count=lambda: (OutboundMail.objects.count(), Endorsement.objects.get().reminders),
    )
    assert (result, found) == (["done", "done"], (1, 1))


def test_wrong_codes_from_everywhere_at_once_are_all_counted(race):
    link = link_to(EndorsementFactory())
    link_codes.mail_code(link)
    right = OutboundMail.objects.get().secrets[0]
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    _result, found = race(
        *[lambda: link_codes.enter_code(link, wrong)] * 7,
        count=lambda: (AccessLink.objects.get().code_tries, link_codes.enter_code(link, right)),
    )
    assert found == (5, link_codes.Entry.USED_UP)
