"""Two coordinators at once: one publication, one offer for the last place, on SQLite and on PostgreSQL."""

import threading

import pytest
from django.db import connections

from apprentices.models import Decision
from apprentices.services.decisions import decide, publish_decisions
from mobility.common.errors import Refused
from mobility.common.models import OutboundMail
from tests.factories import ApplicationFactory, DecisionFactory, RoundFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def race(many_connections):
    """``race(*acts, count=…)``: (what became of each act, sorted; what ``count()`` says afterwards)."""

    def _race(*acts, count):
        many_connections()
        start, results, counted = threading.Barrier(len(acts)), [], []

        def run(act):
            try:
                start.wait(timeout=20)
                act()
                results.append("done")
            except Refused as refused:
                results.append(str(refused))
            except Exception as error:  # noqa: BLE001 - whatever else happens is the finding
                results.append(repr(error))
            finally:
                connections.close_all()

        def look():
            counted.append(count())
            connections.close_all()

        for group in ([threading.Thread(target=run, args=[act]) for act in acts], [threading.Thread(target=look)]):
            for thread in group:
                thread.start()
            for thread in group:
                thread.join()
        return sorted(results), counted[0]

    return _race


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
