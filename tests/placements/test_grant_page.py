"""The page of a stay's price."""

import pytest
from django.urls import reverse

from mobility.accounts.enums import Role
from mobility.common import formats
from placements.enums import PlacementStatus
from placements.models import Grant
from placements.services.grants import freeze_grant
from tests import factories

pytestmark = pytest.mark.django_db
FACTS = {"distance_km": "2200", "travel_days": "2", "interruption_days": "0", "wants_organisational_support": "on"}


@pytest.fixture
def stay(office):
    project = factories.ProjectFactory(office=office)
    factories.BaseRateFactory(project=project)
    return factories.PlacementFactory(office=office, project=project, status=PlacementStatus.RETURNED, distance_km=None)


def address(stay):
    return reverse("placements:grant", args=[stay.pk])


def test_typing_the_distance_prices_the_stay_line_by_line(sign_in, coordinator, stay):
    response = sign_in(coordinator).post(address(stay), FACTS)
    assert response.status_code == 302
    lines = [(line.heading, line.amount) for line in Grant.objects.get().lines.all()]
    assert lines == [
        ("individual_support", 8162),
        ("travel", 395),
        ("organisational_support", 500),
        ("linguistic_support", 150),
    ]
    shown = sign_in(coordinator).get(stay.get_absolute_url()).content.decode()
    assert f"14 days at {formats.eur(110)} + 86 days at {formats.eur(77)}" in shown
    assert formats.eur(9207) in shown


def test_a_distance_without_a_rate_keeps_the_old_facts_and_says_which_rate_lacks(sign_in, coordinator, stay):
    stay.project.base_rates.all().delete()
    response = sign_in(coordinator).post(address(stay), FACTS)
    stay.refresh_from_db()
    assert stay.distance_km is None
    assert "daily rate for learners" in response.content.decode()


def test_a_closed_case_shows_its_price_and_takes_no_other(sign_in, coordinator, stay):
    sign_in(coordinator).post(address(stay), FACTS)
    freeze_grant(placement=stay, by=coordinator)
    shown = sign_in(coordinator).get(address(stay)).content.decode()
    assert "The case is closed: its price stays as it was." in shown
    sign_in(coordinator).post(address(stay), {**FACTS, "distance_km": "3500"})
    stay.refresh_from_db()
    assert stay.distance_km == 2200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"distance_km": ""}, "Enter the distance in km."),
        ({"travel_days": "4"}, "More than 2 travel days are for green travel only."),
        ({"interruption_days": "98"}, "The interruption is as long as the stay."),
    ],
)
def test_wrong_facts_are_told_at_the_field_and_nothing_is_kept(sign_in, coordinator, stay, wrong, words):
    response = sign_in(coordinator).post(address(stay), {**FACTS, **wrong})
    assert words in response.content.decode()
    assert Grant.objects.count() == 0


def test_a_stranger_finds_nothing_and_only_a_coordinator_prices(sign_in, other_coordinator, office, stay):
    assert sign_in(other_coordinator).get(address(stay)).status_code == 404
    for role in (Role.HEAD, Role.ASSISTANT, Role.AUDITOR):
        assert sign_in(factories.member(role, office)).post(address(stay), FACTS).status_code == 403
    assert Grant.objects.count() == 0


def test_an_assistant_sees_the_case_without_its_money(sign_in, coordinator, office, stay):
    sign_in(coordinator).post(address(stay), FACTS)
    shown = sign_in(factories.member(Role.ASSISTANT, office)).get(stay.get_absolute_url()).content.decode()
    assert stay.apprentice.full_name in shown
    assert formats.eur(9207) not in shown
    assert "14 days at" not in shown
