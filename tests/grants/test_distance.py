"""Places by name, and the kilometres between them."""

import random
from decimal import Decimal

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from mobility.grants import distance
from mobility.grants.distance import find_place, km_between, plain_name, search_places


def first(text):
    return search_places(text)[0]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hamar", "Hamar, NO"),
        ("hamar", "Hamar, NO"),
        ("Trysil", "Innbygda, NO"),  # the village bears another name than the municipality
        ("lodz", "Łódź, PL"),
        ("Łódź", "Łódź, PL"),
        ("Cologne", "Köln, DE"),
        ("Koeln", "Köln, DE"),
        ("München", "Munich, DE"),
        ("Roma", "Rome, IT"),
        ("Lom, NO", "Fossbergom, NO"),
        ("  Aarhus ", "Århus, DK"),
    ],
)
def test_a_place_is_found_by_each_of_its_names(text, found):
    assert str(first(text)) == found


def test_the_exact_name_comes_before_the_longer_one_and_the_larger_before_the_smaller():
    names = [str(place) for place in search_places("Cork")]
    assert names[0] == "Cork, IE"
    sizes = [place.population for place in search_places("Lom") if plain_name(place.name) == "lom"]
    assert sizes == sorted(sizes, reverse=True)


def test_a_country_narrows_the_search():
    assert {place.country for place in search_places("San", country="ES")} == {"ES"}


@pytest.mark.parametrize("text", ["", " ", "S", ",", "Qwertyuiopå"])
def test_what_names_no_place_finds_none(text):
    assert search_places(text) == []


def test_a_key_leads_back_to_its_place():
    hamar = first("Hamar")
    assert (hamar.key, find_place(hamar.key)) == ("NO:Hamar:60.7945:11.0680", hamar)
    assert find_place("NO:Nowhere:0.0000:0.0000") is None


def test_madrid_to_rome_is_as_far_as_the_guide_says():
    km = km_between(first("Madrid"), first("Rome"))
    assert abs(km - Decimal("1365.28")) / Decimal("1365.28") < Decimal("0.01")


def test_two_hundred_pairs_of_towns_are_as_far_apart_as_the_library_says():
    chance = random.Random(2026)
    places = [place for place, _names in distance._rows() if place.population > 50_000]
    for _pair in range(200):
        a, b = chance.sample(places, 2)
        there = Geodesic.WGS84.Inverse(a.latitude, a.longitude, b.latitude, b.longitude)["s12"] / 1000
        assert km_between(a, b) == km_between(b, a) == round(Decimal(there), 2)


PLACES = st.sampled_from([place for place, _names in distance._rows()[::37]])


@given(PLACES, PLACES)
def test_a_way_is_never_negative_and_no_way_leads_to_itself(a, b):
    assert km_between(a, b) >= 0
    assert km_between(a, a) == 0


@given(st.text(max_size=20))
def test_any_text_is_a_search(text):
    assert len(search_places(text)) <= distance.FOUND_AT_ONCE
