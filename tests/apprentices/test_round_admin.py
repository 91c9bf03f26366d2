"""Rounds in the web admin: the office's own clock and projects, criteria until the opening, and who may make one."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from apprentices.enums import RoundStatus
from apprentices.models import Round
from apprentices.services.rounds import add_standard_criteria
from mobility.accounts.enums import Role
from tests.factories import (
    CriterionFactory,
    RoundFactory,
    member,
)


@pytest.fixture
def round_(office):
    return RoundFactory(office=office)


def round_data(**changes):
    return {
        "name": "Høst 2027",
        "places": "30",
        "reference_prefix": "UT",
        "opens_at": "2027-03-01T09:00",
        "closes_at": "2027-03-31T23:59",
        "departs_from": "2027-08-30",
        "departs_to": "2027-09-06",
        "returns_from": "2027-12-06",
        "returns_to": "2027-12-13",
        "answer_by": "2027-05-15",
        "start_with": "standard",
    } | changes


ADD_ROUND = "admin:apprentices_round_add"


CHANGE_ROUND = "admin:apprentices_round_change"


def test_a_round_begins_with_the_usual_criteria_in_the_office(sign_in, coordinator, office):
    sign_in(coordinator).post(reverse(ADD_ROUND), round_data())
    made = Round.objects.get()
    assert (made.office, made.status, made.criteria.count()) == (office, RoundStatus.PREPARED, 5)


def test_clock_times_are_the_offices_own(sign_in, coordinator, office):
    office.time_zone = "Europe/Helsinki"
    office.save()
    sign_in(coordinator).post(reverse(ADD_ROUND), round_data())
    made = Round.objects.get()
    assert made.closes_at == datetime.datetime(2027, 3, 31, 23, 59, tzinfo=ZoneInfo("Europe/Helsinki"))
    body = sign_in(coordinator).get(reverse(CHANGE_ROUND, args=[made.pk])).content.decode()
    assert 'value="2027-03-31T23:59"' in body


def test_the_hour_that_does_not_exist_is_refused_and_everything_typed_is_kept(sign_in, coordinator):
    body = sign_in(coordinator).post(reverse(ADD_ROUND), round_data(opens_at="2027-03-28T02:30")).content.decode()
    assert Round.objects.count() == 0
    assert "data-error-summary" in body
    assert ('value="2027-03-28T02:30"' in body, 'value="Høst 2027"' in body) == (True, True)


def test_a_round_that_closes_before_it_opens_is_refused(sign_in, coordinator):
    body = sign_in(coordinator).post(reverse(ADD_ROUND), round_data(closes_at="2027-02-01T12:00")).content.decode()
    assert ("The round closes before it opens." in body, Round.objects.count()) == (True, 0)


def test_only_own_projects_are_offered_and_taken(sign_in, coordinator, office, round_):
    foreign = RoundFactory().project
    browser = sign_in(coordinator)
    form = browser.get(reverse(ADD_ROUND)).context["adminform"].form
    assert list(form.fields["project"].queryset) == [round_.project]
    browser.post(reverse(ADD_ROUND), round_data(project=foreign.pk))
    assert not Round.objects.filter(project=foreign, office=office).exists()


def criteria_data(found, **changes):
    rows = list(found.criteria.all())
    data = {"criteria-TOTAL_FORMS": len(rows), "criteria-INITIAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        data |= {
            f"criteria-{number}-id": row.pk,
            f"criteria-{number}-round": found.pk,
            f"criteria-{number}-position": row.position,
            f"criteria-{number}-weight": row.weight,
            f"criteria-{number}-name_nb": row.name_nb,
        }
    return data | changes


def test_weights_can_be_changed_until_the_round_opens(sign_in, coordinator, office):
    prepared = RoundFactory(office=office, prepared=True)
    add_standard_criteria(round=prepared)
    data = round_data() | criteria_data(prepared, **{"criteria-0-weight": "30"})
    response = sign_in(coordinator).post(reverse(CHANGE_ROUND, args=[prepared.pk]), data)
    assert (response.status_code, prepared.criteria.first().weight) == (302, 30)


def test_criteria_of_an_open_round_cannot_be_changed_whatever_is_posted(sign_in, coordinator, round_):
    CriterionFactory(round=round_, weight=100, position=1)
    data = round_data(places="31") | criteria_data(round_, **{"criteria-0-weight": "10"})
    sign_in(coordinator).post(reverse(CHANGE_ROUND, args=[round_.pk]), data)
    round_.refresh_from_db()
    assert (round_.criteria.get().weight, round_.places) == (100, 31)


def test_a_page_loaded_before_the_opening_cannot_change_criteria(sign_in, coordinator, office, monkeypatch):
    opened = RoundFactory(office=office)
    CriterionFactory(round=opened, weight=100, position=1)
    monkeypatch.setattr("apprentices.admin.rounds._is_prepared", lambda found: True)
    data = round_data() | criteria_data(opened, **{"criteria-0-weight": "10"})
    body = sign_in(coordinator).post(reverse(CHANGE_ROUND, args=[opened.pk]), data).content.decode()
    assert "criteria and weights cannot be changed any more" in body
    assert opened.criteria.get().weight == 100


def test_five_lines_become_the_meaning_of_the_marks(sign_in, coordinator, office):
    prepared = RoundFactory(office=office, prepared=True)
    CriterionFactory(round=prepared, weight=100, position=1)
    url = reverse(CHANGE_ROUND, args=[prepared.pk])
    too_few = round_data() | criteria_data(prepared, **{"criteria-0-anchor_lines": "one\ntwo"})
    assert "Write five lines" in sign_in(coordinator).post(url, too_few).content.decode()
    enough = round_data() | criteria_data(prepared, **{"criteria-0-anchor_lines": "a\nb\nc\nd\ne"})
    sign_in(coordinator).post(url, enough)
    assert prepared.criteria.get().anchors == {"1": "a", "2": "b", "3": "c", "4": "d", "5": "e"}


@pytest.mark.parametrize("role", [Role.HEAD, Role.ASSISTANT, Role.AUDITOR])
def test_only_a_coordinator_makes_rounds(sign_in, office, role, round_):
    browser = sign_in(member(role, office))
    assert browser.get(reverse(CHANGE_ROUND, args=[round_.pk])).status_code == 200
    assert browser.post(reverse(ADD_ROUND), round_data()).status_code == 403
    assert browser.post(reverse(CHANGE_ROUND, args=[round_.pk]), round_data(places="1")).status_code == 403
    assert Round.objects.count() == 1
