"""Pages of the stay: who may open them, and what the case page and the own page offer."""

import pytest
from django.urls import reverse

from mobility.common import clock
from placements.models import Evaluation, WeeklyLog
from placements.services.evaluations import ask_for_evaluations
from placements.services.visits import book_visit
from tests.factories import days

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"placements:{name}", args=args)


def body(response):
    return response.content.decode()


def a_log(placement):
    return WeeklyLog.objects.create(
        placement=placement, week_starts_on=days(-7), days_present=3, mood=2, text="Hei", wants_call=True
    )


# --- who may open what ------------------------------------------------------------------------------------------------
CAST = ["coordinator", "head", "assistant", "auditor", "reviewer", "apprentice_user", "instructor_user", "partner_user",
        "other_coordinator"]  # fmt: skip
MATRIX = {
    "visits": (False, {"instructor_user": 200}, 403),
    "book_visit": (True, {"coordinator": 200, "instructor_user": 200}, 403),
    "confirm_arrival": (True, {"coordinator": 200, "partner_user": 200}, 403),
    "confirm_return": (True, {"coordinator": 200}, 403),
    "weekly_log": (True, {"apprentice_user": 200}, 403),
    "outcomes": (True, {"coordinator": 200, "head": 200, "auditor": 200}, 403),
    "finish_evaluation": (True, {"coordinator": 200}, 403),
    "close_placement": (True, {"coordinator": 200}, 403),
    "who_is_abroad": (False, {"coordinator": 200, "head": 200, "assistant": 200, "auditor": 200,
                              "other_coordinator": 200}, 403),
    "export_who_is_abroad": (False, {"coordinator": 200, "head": 200, "assistant": 200, "auditor": 200,
                                     "other_coordinator": 200}, 403),
}  # fmt: skip
STRANGERS = {"other_coordinator", "reviewer"}  # of a page about one stay: it is not there


@pytest.mark.parametrize("person", CAST)
@pytest.mark.parametrize("name", MATRIX)
def test_each_page_opens_for_those_who_may_and_for_nobody_else(name, person, abroad, sign_in, request):
    is_about_one, allowed, otherwise = MATRIX[name]
    client = sign_in(request.getfixturevalue(person))
    expected = allowed.get(person, 404 if is_about_one and person in STRANGERS else otherwise)
    address = at(name, abroad.pk) if is_about_one else at(name)
    assert client.get(address).status_code == expected
    if expected != 200:
        assert client.post(address, {}).status_code in {expected, 405}


@pytest.mark.parametrize("name", MATRIX)
def test_whoever_is_not_signed_in_goes_to_the_door(name, abroad, client):
    address = at(name, abroad.pk) if MATRIX[name][0] else at(name)
    response = client.get(address)
    assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize("name", [name for name, (is_about_one, *_rest) in MATRIX.items() if is_about_one])
def test_a_missing_stay_is_a_missing_page(name, coordinator, sign_in):
    assert sign_in(coordinator).get(at(name, 4711)).status_code == 404


# --- the case page and the own stay -----------------------------------------------------------------------------------
def test_the_case_page_offers_what_is_next(abroad, instructor, visit_day, coordinator, sign_in):
    abroad.ends_on = days(150)
    abroad.save()
    book_visit(placement=abroad, visit_day=visit_day, instructor=instructor, by=coordinator)
    log = a_log(abroad)
    page = body(sign_in(coordinator).get(abroad.get_absolute_url()))
    for address in (at("confirm_return", abroad.pk), at("book_visit", abroad.pk), at("note_call", log.pk)):
        assert address in page
    assert at("confirm_arrival", abroad.pk) not in page


def test_the_assistant_sees_no_evaluations_on_the_case_page(returned, assistant, coordinator, sign_in):
    ask_for_evaluations(placement=returned)
    Evaluation.objects.update(given_at=clock.now(), comment="Bare for kontoret", overall=2)
    assert "Bare for kontoret" in body(sign_in(coordinator).get(returned.get_absolute_url()))
    assert "Bare for kontoret" not in body(sign_in(assistant).get(returned.get_absolute_url()))


def test_the_own_page_leads_to_the_weekly_log(abroad, apprentice_user, sign_in):
    page = body(sign_in(apprentice_user).get(at("my_stay", abroad.pk)))
    assert at("weekly_log", abroad.pk) in page
    assert "Write this week" in page
