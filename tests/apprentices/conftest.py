"""What the tests of applications share."""

import threading

import pytest
from django.db import connections

from apprentices.notifications import states
from mobility.common import outbox
from mobility.common.errors import Refused


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


@pytest.fixture(autouse=True)
def every_mail_says_the_state_its_case_is_in(monkeypatch):
    """A mail that is queued in a state which its text does not fit fails the test that queued it."""
    queue = outbox.queue

    def queue_and_look(template, **arguments):
        mail = queue(template, **arguments)
        if template.startswith("apprentices/email/"):
            assert states.why_not(mail) == "", template
        return mail

    monkeypatch.setattr(outbox, "queue", queue_and_look)
