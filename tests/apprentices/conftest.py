"""What the tests of applications share."""

import pytest

from apprentices.notifications import states
from mobility.common import outbox
from tests.at_once import outcomes, together


@pytest.fixture
def race(many_connections):
    """``race(*acts, count=…)``: (what became of each act, sorted; what ``count()`` says afterwards)."""

    def _race(*acts, count):
        many_connections()
        return outcomes(*acts, refusal=str), together(count)[0]

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
