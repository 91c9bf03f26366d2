"""A published rejection beside an offer, and the appeal against it, in time or late."""

import datetime

import pytest

from apprentices.selectors.status import published_decision
from apprentices.services.appeals import receive_appeal
from apprentices.services.decisions import decide
from apprentices.services.publication import publish_decisions
from mobility.common import clock
from mobility.common.models import OutboundMail
from tests.apprentices.appeals.acts import TEXT
from tests.apprentices.deciding import at, in_review, with_account
from tests.factories import CriterionFactory, RoundFactory


@pytest.fixture
def round_(office):
    round_ = RoundFactory(office=office, places=2)
    CriterionFactory(round=round_, weight=100)
    return round_


@pytest.fixture
def rejected(round_, coordinator):
    """Published: a rejection, beside an offer."""
    application, other = with_account(in_review(round_, 2)), in_review(round_, 5)
    decide(round=round_, applications=[other], result="offer", by=coordinator)
    no = {"criterion": round_.criteria.get(), "reasons": "No certificate."}
    decide(round=round_, applications=[application], result="rejection", by=coordinator, **no)
    publish_decisions(round=round_, by=coordinator)
    application.refresh_from_db()
    return application


@pytest.fixture
def appeal(rejected):
    return receive_appeal(application=rejected, by=rejected.apprentice.user, text=TEXT)


@pytest.fixture
def late(rejected):
    OutboundMail.objects.filter(pk=published_decision(rejected).mail_id).update(sent_at=clock.now())
    with at(clock.now() + datetime.timedelta(days=60)):
        yield receive_appeal(application=rejected, by=rejected.apprentice.user, text=TEXT)
