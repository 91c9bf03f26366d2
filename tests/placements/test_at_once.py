"""Two at once: one signature for one link, one stay for the last place, on SQLite and on PostgreSQL."""

import pytest

from apprentices.enums import ApplicationStatus
from placements.models import Placement
from placements.services import placements as services
from placements.services import signatures
from tests import factories
from tests.factories import days
from tests.placements.conftest import link_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_link_that_is_used_twice_at_once_signs_once(confirmed, make, sign_all, at_once):
    agreement = make(confirmed)
    sign_all(agreement, upto=2)
    signature = agreement.signatures.get(party="employer")
    link = link_of(signature)

    def sign():
        signatures.sign(signature=signature, typed_name="Gunn", link=link)

    outcome = at_once(*[sign] * 4, count=lambda: agreement.signatures.exclude(signed_at=None).count())
    assert outcome == (["LinkSpent", "LinkSpent", "LinkSpent", "done"], 3)


def test_the_last_place_of_an_opening_is_given_once(office, project, opening, coordinator, at_once):
    round_ = factories.RoundFactory(office=office, project=project)
    applications = [
        factories.ApplicationFactory(round=round_, submitted=True, status=ApplicationStatus.ACCEPTED) for _n in range(4)
    ]

    def propose(application):
        services.propose_placement(
            application=application, opening=opening, project=project, by=coordinator,
            starts_on=days(102), ends_on=days(199),
        )  # fmt: skip

    acts = [lambda application=application: propose(application) for application in applications]
    outcome = at_once(*acts, count=Placement.objects.filter(opening=opening).count)
    assert outcome == (["AlreadyTaken", "AlreadyTaken", "AlreadyTaken", "done"], 1)


def test_one_application_sent_twice_at_once_is_one_stay(accepted, opening, project, coordinator, at_once):
    other = factories.OpeningFactory(partner=opening.partner)

    def propose(target):
        services.propose_placement(
            application=accepted, opening=target, project=project, by=coordinator,
            starts_on=days(102), ends_on=days(199),
        )  # fmt: skip

    outcome = at_once(lambda: propose(opening), lambda: propose(other), count=Placement.objects.count)
    assert outcome == (["TransitionNotAllowed", "done"], 1)
