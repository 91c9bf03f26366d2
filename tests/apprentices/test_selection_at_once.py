"""Two coordinators at once: one publication, one offer for the last place, on SQLite and on PostgreSQL."""

import pytest

from apprentices.models import Decision
from apprentices.services.decisions import decide
from apprentices.services.publication import publish_decisions
from mobility.common.models import OutboundMail
from tests.factories import ApplicationFactory, DecisionFactory, RoundFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_publish_at_once_send_every_letter_once(office, coordinator, head, race):
    round_ = RoundFactory(office=office)
    for _ in range(2):
        DecisionFactory(application=ApplicationFactory(round=round_, submitted=True, status="in_review"))
    result, mails = race(
        lambda: publish_decisions(round=round_, by=coordinator),
        lambda: publish_decisions(round=round_, by=head),
        count=lambda: OutboundMail.objects.filter(template="apprentices/email/decision").count(),
    )
    assert (result, mails) == (["There is nothing to publish.", "done"], 2)


def test_two_offers_at_once_for_the_last_place_make_one(office, coordinator, head, race):
    round_ = RoundFactory(office=office, places=1)
    first, second = (ApplicationFactory(round=round_, submitted=True, status="in_review") for _ in range(2))
    result, offers = race(
        lambda: decide(round=round_, applications=[first], result="offer", by=coordinator),
        lambda: decide(round=round_, applications=[second], result="offer", by=head),
        count=Decision.objects.pending().count,
    )
    assert (result, offers) == (["That is 1 offer too many (places: 1).", "done"], 1)
