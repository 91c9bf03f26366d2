"""The apprentice's page of the own stay."""

import pytest

from placements.enums import PlacementStatus
from placements.models import Placement
from tests.factories import days
from tests.placements.pages import url

pytestmark = pytest.mark.django_db


def test_the_host_is_told_when_the_office_has_confirmed_it(stay, apprentice_user, sign_in):
    placement = stay(PlacementStatus.HOST_FOUND)
    client = sign_in(apprentice_user)
    assert placement.host.name not in client.get(url("my_stay")).content.decode()
    Placement.objects.update(status=PlacementStatus.CONFIRMED)
    assert placement.host.name in client.get(url("my_stay", placement.pk)).content.decode()


def test_nobody_opens_another_ones_stay(confirmed, coordinator, instructor_user, sign_in):
    for user in (coordinator, instructor_user):
        assert sign_in(user).get(url("my_stay", confirmed.pk)).status_code == 404


def test_without_a_stay_the_page_says_what_will_be_there(apprentice_user, sign_in):
    assert "You have no stay yet" in sign_in(apprentice_user).get(url("my_stay")).content.decode()


@pytest.mark.parametrize("status", PlacementStatus)
def test_the_own_page_opens_in_every_state(stay, apprentice_user, sign_in, status):
    placement = stay(status, arrived_on=days(0), returned_on=days(1))
    assert sign_in(apprentice_user).get(url("my_stay", placement.pk)).status_code == 200
