"""The grant on the apprentice's own page: once the host is told, in words, without what the office gets for its work."""

import pytest
from django.urls import reverse

from placements.enums import PlacementStatus as S
from placements.models import Grant, Placement
from placements.selectors.my_stay import own_grant
from placements.services.grants import price_placement
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def stay(office, coordinator, apprentice_user):
    project = factories.BaseRateFactory(project__office=office).project
    stay = factories.PlacementFactory(office=office, project=project, status=S.CONFIRMED)
    stay.apprentice.user = apprentice_user
    stay.apprentice.save()
    price_placement(placement=stay, by=coordinator)
    return stay


def page(client, stay):
    return client.get(reverse("placements:my_stay", args=[stay.pk])).content.decode()


def test_the_apprentice_reads_the_lines_and_their_sum(stay, sign_in, apprentice_user):
    lines = {line.heading: line.amount for line in Grant.objects.get().lines.all()}
    office_share = lines["organisational_support"]
    found = own_grant(stay)
    assert (found.total, office_share > 0) == (sum(lines.values()) - office_share, True)
    assert [line.heading for line in found.lines] == ["individual support", "travel support", "linguistic support"]
    html = page(sign_in(apprentice_user), stay)
    assert "The grant for your stay" in html
    assert "organisational support" not in html.lower()


@pytest.mark.parametrize("status", [S.PROPOSED, S.HOST_FOUND, S.REFUSED, S.CANCELLED])
def test_before_the_host_is_told_there_is_no_figure_that_would_tell_it(stay, sign_in, apprentice_user, status):
    Placement.objects.filter(pk=stay.pk).update(status=status)
    assert "The grant for your stay" not in page(sign_in(apprentice_user), stay)


def test_a_stay_without_a_price_has_no_card(stay, sign_in, apprentice_user):
    Grant.objects.all().delete()
    assert "The grant for your stay" not in page(sign_in(apprentice_user), stay)
