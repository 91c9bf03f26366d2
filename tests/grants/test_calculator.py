"""The grant calculator: a public page whose address keeps what was asked."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse

from mobility.common import formats
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
HAMAR_TO_SEVILLE = {
    "origin": "Hamar",
    "venue": "Sevilla",
    "start": "2026-08-31",
    "end": "2026-12-06",
    "activity": "long_term_learner",
    "travel_days": 2,
    "rate": 110,
    "year": 2026,
}


def ask(client, **changes):
    return client.get(reverse("grants:calculator"), HAMAR_TO_SEVILLE | changes, headers=ENGLISH)


def amounts(answer):
    return [(line.heading, str(line.amount)) for line in answer.context["lines"]]


def test_the_empty_page_asks_and_tells_no_errors(client):
    answer = client.get(reverse("grants:calculator"), headers=ENGLISH)
    assert (answer.status_code, answer.context["form"].is_bound) == (200, False)


def test_a_stay_in_seville_is_priced_line_by_line(client):
    answer = ask(client)
    assert amounts(answer) == [
        ("individual support", "8162.00"),
        ("travel support", "395.00"),
        ("organisational support", "500.00"),
        ("linguistic support", "150.00"),
    ]
    assert f"14 days at {formats.eur(110)} + 86 days at {formats.eur(77)}" in answer.content.decode()


def test_green_travel_and_the_boundary_of_90_days_are_shown_beside_it(client):
    found = ask(client).context["found"]
    assert found.green.difference == 535 - 395
    assert found.boundary.mobility.end.isoformat() == "2026-11-27"  # day 89
    assert found.boundary.difference == -9 * 77 - 150 - 150  # nine days, 500 to 350, and no reinforced language support
    assert ask(client, end="2027-02-01").context["found"].boundary is None


def test_without_a_daily_rate_the_highest_is_taken_and_the_page_says_so(client):
    answer = ask(client, rate="")
    assert answer.context["assumed_rate"] == 110
    assert "the highest that the programme allows" in answer.content.decode()


def test_another_place_of_the_same_name_is_a_link_that_keeps_the_rest(client):
    answer = ask(client, origin="Lom, NO", venue="Lom, BG", rate="")
    assert [str(answer.context[end]) for end in ("origin", "venue")] == ["Fossbergom, NO", "Lom, BG"]
    [other, *_more] = ask(client, venue="Lom", rate="").context["others"]
    again = client.get(reverse("grants:calculator") + other["url"], headers=ENGLISH)
    assert (again.context["venue"], amounts(again)[0][0]) == (other["place"], "individual support")


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"venue": "Qwertyuiop"}, "venue", "We know no place of this name. Try a larger town near it."),
        ({"venue": "Oslo"}, "venue", "The sending and the receiving country are the same."),
        ({"end": "2026-09-30"}, "end", "The stay lasts 31 days; this activity allows 90 to 365."),
        ({"end": "2026-08-01"}, "end", "The stay ends before it starts."),
        ({"travel_days": 4}, "travel_days", "At most 2 travel days can be paid for this journey."),
        ({"rate": 111}, "rate", "The daily rate for country group 2 can be at most 110 EUR in call year 2026."),
        (
            {"year": 2023, "rate": 100},
            "year",
            "The rate table of call year 2023 has no figure for this: linguistic support of long-term stays.",
        ),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_typed_is_lost(client, changes, field, sentence):
    answer = ask(client, **changes)
    form = answer.context["form"]
    assert (dict(form.errors), "found" in answer.context) == ({field: [sentence]}, False)
    assert form["origin"].value() == "Hamar"


def test_the_page_asks_the_database_nothing(client):
    assert queries_of(client, reverse("grants:calculator") + "?" + urlencode(HAMAR_TO_SEVILLE)) == 0
