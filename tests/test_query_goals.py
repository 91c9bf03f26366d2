"""How many queries a page may make, whatever the number of rows; ``./run bench pages`` measures the same pages."""

import pytest
from django.urls import reverse

from tests import factories
from tests.bench.pages import GOALS
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office)


def applications(round_, count):
    return [factories.ApplicationFactory(submitted=True, round=round_, status="in_review") for _ in range(count)]


def test_the_list_of_applications(sign_in, coordinator, round_):
    client = sign_in(coordinator)
    address = reverse("admin:apprentices_application_changelist")
    applications(round_, 1)
    one = queries_of(client, address)
    applications(round_, 2)
    assert queries_of(client, address) == one
    assert one <= GOALS["list"]
    assert client.get(address).content.decode().count('class="action-select"') == 3


def test_the_case_page(sign_in, coordinator, round_):
    (application,) = applications(round_, 1)
    address = reverse("admin:apprentices_application_change", args=[application.pk])
    assert queries_of(sign_in(coordinator), address) <= GOALS["detail"]


def test_the_ranking(sign_in, coordinator, round_):
    client = sign_in(coordinator)
    address = reverse("apprentices:ranking", args=[round_.pk])
    applications(round_, 1)
    one = queries_of(client, address)
    applications(round_, 2)
    assert queries_of(client, address) == one
    assert one <= GOALS["board"]


def test_the_public_form(client, round_):
    assert queries_of(client, reverse("apprentices:apply", args=[round_.pk])) <= GOALS["form"]


def test_the_status_page(sign_in, apprentice_user, round_):
    (application,) = applications(round_, 1)
    application.apprentice.user = apprentice_user
    application.apprentice.save(update_fields=["user"])
    address = reverse("apprentices:status", args=[application.pk])
    assert queries_of(sign_in(apprentice_user), address) <= GOALS["status"]
