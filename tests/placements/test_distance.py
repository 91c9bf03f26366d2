"""The way of a stay: places by name, the km between them, another place with a reason, green by its share."""

from decimal import Decimal

import pytest
from django.urls import reverse

from mobility.grants.distance import find_place, is_green_share, km_between, search_places
from placements.selectors.distance import origin_of, suggested_origin, suggested_venue
from tests import factories

pytestmark = pytest.mark.django_db
DAYS = {"travel_days": "2", "interruption_days": "0", "wants_organisational_support": "on"}


@pytest.fixture
def stay(office):
    office.postal_place = "Hamar"
    office.save()
    project = factories.BaseRateFactory(project__office=office).project
    return factories.PlacementFactory(office=office, project=project, distance_km=None)


@pytest.fixture
def send(sign_in, coordinator, stay):
    def _send(**facts):
        return sign_in(coordinator).post(reverse("placements:grant", args=[stay.pk]), DAYS | facts)

    return _send


def test_the_places_are_suggested_from_the_home_and_the_host(office, stay):
    assert (str(suggested_origin(stay)), str(suggested_venue(stay))) == ("Hamar, NO", "Sevilla, ES")
    application = factories.ApplicationFactory(round__office=office, submitted=True, postal_place="Lillehammer")
    stay.application = application
    assert str(origin_of(stay)) == "Lillehammer, NO"


def test_a_home_that_nobody_knows_falls_back_to_the_office(office, stay):
    stay.application = factories.ApplicationFactory(
        round__office=office, submitted=True, postal_place="Qwertyuiop", municipality=""
    )
    assert str(suggested_origin(stay)) == "Hamar, NO"


def test_the_km_follow_from_two_places(send, stay):
    assert send(origin="Hamar", venue="Sevilla").status_code == 302
    stay.refresh_from_db()
    places = find_place(stay.origin_place), find_place(stay.venue_place)
    assert [str(place) for place in places] == ["Hamar, NO", "Sevilla, ES"]
    assert stay.distance_km == km_between(*places)
    assert stay.grant.lines.get(heading="travel").amount == 395


def test_a_name_is_looked_for_in_the_countries_of_the_stay_first(send, stay):
    send(origin="Lom", venue="Santiago", distance_reason="The course is there.")
    stay.refresh_from_db()
    assert [find_place(key).country for key in (stay.origin_place, stay.venue_place)] == ["NO", "ES"]


def test_another_place_asks_for_its_reason_which_is_kept_with_who(send, stay, coordinator):
    page = send(origin="Oslo", venue="Sevilla").content.decode()
    assert "Say why it is another place than Hamar, NO." in page
    assert 'value="Oslo"' in page
    send(origin="Oslo", venue="Sevilla", distance_reason="Lives there during the week")
    stay.refresh_from_db()
    assert stay.distance_reason == "Lives there during the week"
    assert stay.history.first().history_user == coordinator


def test_km_of_ones_own_beside_two_places_ask_for_the_reason(send, stay):
    page = send(origin="Hamar", venue="Sevilla", distance_km="2900").content.decode()
    assert "Say why the distance is not" in page
    send(origin="Hamar", venue="Sevilla", distance_km="2900", distance_reason="The Commission's calculator says so")
    stay.refresh_from_db()
    assert stay.distance_km == 2900


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"origin": "Hamar"}, "venue", "Enter both places, or none and the km."),
        ({"venue": "Sevilla"}, "origin", "Enter both places, or none and the km."),
        ({}, "distance_km", "Enter the distance in km."),
        ({"origin": "Qwertyuiop", "venue": "Sevilla"}, "origin", "We know no place of this name. Try a larger town near it."),
        ({"distance_km": "NaN"}, "distance_km", "Enter a number."),
        ({"distance_km": "-1"}, "distance_km", "Ensure this value is greater than or equal to 0."),
        ({"distance_km": "500", "green_percent": "101"}, "green_percent", "Ensure this value is less than or equal to 100."),
        ({"distance_km": "500", "green_percent": "49", "travel_days": "3"}, "travel_days", "More than 2 travel days are for green travel only."),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_beside_its_field(send, stay, facts, field, words):
    assert send(**facts).context["form"].errors[field] == [words]
    stay.refresh_from_db()
    assert (stay.distance_km, stay.origin_place) == (None, "")


@pytest.mark.parametrize(("percent", "is_green"), [(None, False), (0, False), (49, False), (50, True), (100, True)])
def test_half_of_the_round_trip_makes_a_journey_green(send, stay, percent, is_green):
    assert is_green_share(percent) is is_green
    send(distance_km="2200", green_percent="" if percent is None else percent)
    stay.refresh_from_db()
    assert (stay.green_percent, stay.is_green) == (percent, is_green)


def test_a_place_of_the_same_name_is_a_button(sign_in, coordinator, send, stay):
    send(origin="Lom", venue="Sevilla", distance_reason="Home of the family")
    page = sign_in(coordinator).get(reverse("placements:grant", args=[stay.pk])).content.decode()
    other = next(place for place in search_places("Lom") if place.country == "BG")
    assert f'name="pick_origin" value="{other.key}"' in page
    send(origin="Lom", venue="Sevilla", distance_reason="Home", pick_origin=other.key)
    stay.refresh_from_db()
    assert stay.origin_place == other.key


def test_a_distance_at_an_edge_is_told_on_the_page_and_on_the_case(sign_in, coordinator, send, stay):
    send(distance_km="1999.4")
    for address in (reverse("placements:grant", args=[stay.pk]), stay.get_absolute_url()):
        page = sign_in(coordinator).get(address).content.decode()
        assert "The distance is within 1 km of the edge of a distance band: check it." in page
    send(distance_km="1990")
    assert "within 1 km" not in sign_in(coordinator).get(stay.get_absolute_url()).content.decode()
    stay.refresh_from_db()
    assert stay.distance_km == Decimal(1990)
