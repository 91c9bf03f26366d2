"""The list of stays in the admin: filters, export, queries."""

import pytest
from django.urls import reverse

from placements.enums import PlacementStatus
from tests import factories
from tests.factories import days
from tests.placements.pages import url
from tests.queries import assert_same_queries

pytestmark = pytest.mark.django_db


LIST, EXPORT = "admin:placements_placement_changelist", "admin:placements_placement_export"


def test_the_list_shows_the_offices_stays_and_opens_the_case(stay, coordinator, other_coordinator, sign_in):
    placement = stay()
    page = sign_in(coordinator).get(reverse(LIST))
    assert page.context["cl"].result_count == 1
    assert f'href="{url("placement", placement.pk)}"' in page.content.decode()
    assert sign_in(other_coordinator).get(reverse(LIST)).context["cl"].result_count == 0


@pytest.mark.parametrize(
    ("query", "count"),
    [("status__exact=proposed", 1), ("status__exact=abroad", 0), ("arrival=overdue", 0), ("q=Øygården", 1),
     ("q=nobody", 0), ("start=1999-1", 0)],
)  # fmt: skip
def test_the_list_is_filtered_by_its_address(stay, coordinator, sign_in, query, count):
    stay()
    assert sign_in(coordinator).get(reverse(LIST) + "?" + query).context["cl"].result_count == count


def test_the_red_group_is_a_filter(stay, coordinator, sign_in):
    stay(PlacementStatus.READY, starts_on=days(-1))
    assert sign_in(coordinator).get(reverse(LIST) + "?arrival=overdue").context["cl"].result_count == 1


def test_the_export_is_the_filtered_list_without_formulas(stay, office, coordinator, sign_in):
    placement = stay()
    placement.apprentice.given_name = "=cmd()"
    placement.apprentice.save()
    factories.PlacementFactory(office=office, status=PlacementStatus.ABROAD)
    factories.PlacementFactory()
    response = sign_in(coordinator).get(reverse(EXPORT) + "?status__exact=proposed")
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "'=cmd()" in lines[1]


@pytest.mark.parametrize(("who", "status"), [("head", 200), ("reviewer", 403), ("partner_user", 302)])
def test_the_export_is_for_the_office(request, stay, sign_in, who, status):
    stay()
    assert sign_in(request.getfixturevalue(who)).get(reverse(EXPORT)).status_code == status


def test_the_list_costs_the_same_queries_for_1_and_3(stay, office, coordinator, sign_in):
    stay()

    def more():
        for _number in range(2):
            factories.PlacementFactory(office=office)

    assert_same_queries(sign_in(coordinator), reverse(LIST), more)
