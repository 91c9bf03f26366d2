"""Filters of a list by name: own and shared, what is kept of an address, what is gone meanwhile."""

import pytest
from django.urls import reverse

from apprentices.models import Application, Round
from mobility.common.models import SavedFilter
from mobility.common.workflow import possible  # noqa: F401 - the app is loaded
from tests.factories import ApplicationFactory, RoundFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
LIST = "admin:apprentices_application_changelist"
SAVE, OPEN, CHANGE = (f"admin:apprentices_application_{name}" for name in ("save_filter", "filter", "change_filter"))


@pytest.fixture
def round_(office):
    return RoundFactory(office=office)


def save(client, query, name="Mine", **more):
    return client.post(reverse(SAVE), {"query": query, "name": name, **more}, follow=True)


def saved(office, owner, name="Mine", query="status__exact=submitted", **facts):
    return SavedFilter.objects.create(
        office=office, owner=owner, of_list="apprentices.application", name=name, query=query, **facts
    )


def names(page):
    return [row["name"] for row in page.context["saved_filters"]]


def test_the_filters_of_an_address_get_a_name_and_open_the_same_list(sign_in, coordinator, office, round_):
    wanted = ApplicationFactory(round=round_, submitted=True)
    ApplicationFactory(round=RoundFactory(office=office), submitted=True)
    client = sign_in(coordinator)
    page = save(
        client, f"round__id__exact={round_.pk}&o=-1&p=3&q=Kari&status__exact=submitted&evil=1", "  Klare  søknader "
    )
    assert "The filter “Klare søknader” is saved." in page.text
    row = SavedFilter.objects.get()
    assert row.query == f"o=-1&round__id__exact={round_.pk}&status__exact=submitted"
    assert (row.owner, row.office, row.is_shared) == (coordinator, office, False)
    page = client.get(reverse(OPEN, args=[row.pk]), follow=True)
    assert list(page.context["cl"].result_list) == [wanted]
    assert (names(page), 'aria-current="true"' in page.text) == (["Klare søknader"], True)


def test_the_same_name_again_is_the_same_filter(sign_in, coordinator):
    client = sign_in(coordinator)
    save(client, "status__exact=submitted")
    page = save(client, "status__exact=offered", is_shared="on")
    assert "is changed" in page.text
    assert SavedFilter.objects.values_list("query", "is_shared").get() == ("status__exact=offered", True)


@pytest.mark.parametrize("query", ["", "q=Kari", "p=2", "given_name__startswith=A", "office__exact=1"])
def test_what_is_no_filter_is_not_saved(sign_in, coordinator, query):
    assert "Set a filter first" in save(sign_in(coordinator), query).text
    assert SavedFilter.objects.count() == 0


def test_a_filter_without_a_name_is_refused_and_can_be_named_at_once(sign_in, coordinator):
    client = sign_in(coordinator)
    page = save(client, "status__exact=offered", "x" * 61, is_shared="on")
    assert "at most 60 characters" in page.text
    assert ("x" * 61 in page.text, 'value="status__exact=offered"' in page.text) == (True, True)


def test_shared_filters_are_the_offices_and_own_ones_mine(sign_in, coordinator, head, other_coordinator, office):
    saved(office, head, "Shared", is_shared=True)
    private = saved(office, head, "Private")
    saved(other_coordinator.working_office, other_coordinator, "Foreign", is_shared=True)
    client = sign_in(coordinator)
    assert names(client.get(reverse(LIST))) == ["Shared"]
    assert client.get(reverse(OPEN, args=[private.pk])).status_code == 404
    assert sorted(names(sign_in(head).get(reverse(LIST)))) == ["Private", "Shared"]


def test_the_owner_renames_shares_and_deletes(sign_in, coordinator, office):
    row = saved(office, coordinator)
    saved(office, coordinator, "Taken")
    client, address = sign_in(coordinator), reverse(CHANGE, args=[row.pk])
    assert 'value="Mine"' in client.get(address).text
    assert "You have a filter of this name already." in client.post(address, {"name": "Taken"}).text
    client.post(address, {"name": "Ours", "is_shared": "on"})
    row.refresh_from_db()
    assert (row.name, row.is_shared) == ("Ours", True)
    client.post(address, {"name": "Ours", "delete": "on"})
    assert list(SavedFilter.objects.values_list("name", flat=True)) == ["Taken"]


def test_nobody_else_changes_a_filter(sign_in, coordinator, head, other_coordinator, office):
    row = saved(office, head, is_shared=True)
    for user, status in ((coordinator, 403), (other_coordinator, 404)):
        assert sign_in(user).post(reverse(CHANGE, args=[row.pk]), {"name": "X", "delete": "on"}).status_code == status
    row.refresh_from_db()
    assert row.name == "Mine"


def test_a_filter_whose_round_or_state_is_gone_says_so_and_opens_the_rest(sign_in, coordinator, office):
    foreign = RoundFactory()
    query = f"round__id__exact={foreign.pk}&status__exact=submitted"
    page = sign_in(coordinator).get(reverse(OPEN, args=[saved(office, coordinator, query=query).pk]), follow=True)
    assert "A part of the filter “Mine” is gone" in page.text
    assert page.request["QUERY_STRING"] == "status__exact=submitted"
    row = saved(office, coordinator, "Old", query="status__exact=abolished&trade__id__exact=987654")
    page = sign_in(coordinator).get(reverse(OPEN, args=[row.pk]), follow=True)
    assert (page.status_code, page.request["QUERY_STRING"]) == (200, "")
    assert Round.objects.filter(pk=foreign.pk).exists()


def test_a_filter_of_nonsense_does_not_fail(sign_in, coordinator, office):
    row = saved(office, coordinator, query="o=x.y&round__id__exact=abc&eligibility=%00")
    assert sign_in(coordinator).get(reverse(OPEN, args=[row.pk]), follow=True).status_code == 200


def test_filters_belong_to_one_list(sign_in, coordinator, office):
    row = saved(office, coordinator)
    client = sign_in(coordinator)
    assert client.get(reverse("admin:apprentices_round_filter", args=[row.pk])).status_code == 404
    assert client.get(reverse("admin:apprentices_round_changelist")).context["saved_filters"] == []
    client.post(reverse("admin:apprentices_round_save_filter"), {"query": "status__exact=open", "name": "Open"})
    assert [row.name for row in client.get(reverse("admin:apprentices_round_changelist")).context["saved_filters"]] == [
        "Open"
    ]


def test_a_reviewer_has_no_list_and_no_filters(sign_in, reviewer, office, coordinator):
    row = saved(office, coordinator, is_shared=True)
    client = sign_in(reviewer)
    assert client.get(reverse(OPEN, args=[row.pk])).status_code == 403
    assert client.post(reverse(SAVE), {"query": "status__exact=offered", "name": "X"}).status_code == 403


def test_saved_filters_cost_the_list_no_query(sign_in, coordinator, office, round_):
    ApplicationFactory(round=round_, submitted=True)
    client, counts = sign_in(coordinator), []
    for number in range(3):
        counts.append(queries_of(client, reverse(LIST)))
        saved(office, coordinator, f"Number {number}")
    assert len(set(counts)) == 1
    assert counts[0] <= 8


# --- pages of the list ------------------------------------------------------------------------------------------------
def test_every_page_shows_its_rows_once_and_the_last_is_found_from_the_end(sign_in, coordinator, round_, monkeypatch):
    from apprentices.admin.applications import ApplicationAdmin

    monkeypatch.setattr(ApplicationAdmin, "list_per_page", 3)
    ApplicationFactory.create_batch(11, round=round_, submitted=True)
    client = sign_in(coordinator)
    for order in ("", "1", "-1", "5", "2"):
        shown = []
        for page in (1, 2, 3, 4):
            result = client.get(reverse(LIST), {"p": page, "o": order}).context["cl"]
            shown += [row.pk for row in result.result_list]
        assert len(shown) == len(set(shown)) == 11
        everything = client.get(reverse(LIST), {"all": "", "o": order}).context["cl"].result_list
        assert shown == [row.pk for row in everything]
    assert Application.objects.count() == 11
