"""``manage.py price_mobility``: one JSON line in, one out; every error and warning in a table."""

import json
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from mobility.grants.activities import ACTIVITIES
from mobility.grants.price_lines import AMOUNTS, OUTPUT, price_line

STAY = {
    "call_year": 2026,
    "activity": "long_term_learner",
    "sending_country": "NO",
    "receiving_country": "ES",
    "start": "2026-08-31",
    "end": "2026-12-06",
    "travel_days": 2,
    "interruption_days": 0,
    "days_not_requested": 0,
    "green": False,
    "distance_km": 2200,
    "base_rate": 110,
    "is_accompanying": False,
    "fewer_opportunities": False,
    "ols_available": True,
    "organisational_support_requested": True,
    "position_in_activity": 1,
}
STAFF = {"activity": "job_shadowing", "end": "2026-09-04", "base_rate": 150}
COURSE = {"activity": "courses_and_training", "end": "2026-09-04", "base_rate": 150, "course_days": 5}
NOTHING = dict.fromkeys(AMOUNTS, "0.00")


def priced(**changes):
    return price_line(json.dumps(STAY | changes))


def amounts(**changes):
    """What is paid beside nothing, after a line without errors."""
    answer = priced(**changes)
    assert answer["errors"] == []
    assert Decimal(answer["total"]) == sum(Decimal(answer[name]) for name in AMOUNTS)
    return {name: answer[name] for name in AMOUNTS if answer[name] != "0.00"}


def test_the_stay_in_spain_of_98_and_2_days():
    assert priced() == NOTHING | {
        "funded_days": 100,
        "full_days": 14,
        "reduced_days": 86,
        "reduced_rate": "77.00",
        "individual_support": "8162.00",
        "travel": "395.00",
        "organisational_support": "500.00",
        "linguistic_support": "150.00",
        "total": "9207.00",
        "warnings": [],
        "errors": [],
    }


@pytest.mark.parametrize(
    ("changes", "paid"),
    [
        (  # a week of job shadowing: staff rates, 350 until the 101st
            STAFF,
            {"individual_support": "1050.00", "travel": "395.00", "organisational_support": "350.00"},
        ),
        (
            STAFF | {"position_in_activity": 101, "ols_available": False},
            {
                "individual_support": "1050.00",
                "travel": "395.00",
                "organisational_support": "200.00",
                "linguistic_support": "150.00",
            },
        ),
        (
            COURSE,
            {
                "individual_support": "1050.00",
                "travel": "395.00",
                "organisational_support": "100.00",
                "course_fees": "400.00",
            },
        ),
        ({"is_accompanying": True, "base_rate": 150, "end": "2026-09-04"}, {"individual_support": "1050.00", "travel": "395.00"}),
        ({"activity": "preparatory_visit"}, {"preparatory_visit": "680.00"}),
        (
            {"activity": "group_mobility", "end": "2026-09-04", "fewer_opportunities": True},
            {
                "individual_support": "770.00",
                "travel": "395.00",
                "organisational_support": "100.00",
                "inclusion_organisation": "125.00",
            },
        ),
        (
            {"activity": "adu_group", "end": "2026-09-04"},
            {"individual_support": "770.00", "travel": "395.00", "organisational_support": "125.00"},
        ),
        (
            {"activity": "adu_long_term", "organisational_support_requested": False},
            {"individual_support": "8162.00", "travel": "395.00", "linguistic_support": "150.00"},
        ),
        (  # 211 of 302 is less than 70 %: 80 % of the real cost takes its place
            STAFF | {"distance_km": 300, "real_travel_cost": 302},
            {"individual_support": "1050.00", "organisational_support": "350.00", "expensive_travel": "241.60"},
        ),
        (  # exactly 70 % is covered
            STAFF | {"distance_km": 100, "real_travel_cost": "301.428571"} | {"real_travel_cost": 301.42},
            {"individual_support": "1050.00", "travel": "211.00", "organisational_support": "350.00"},
        ),
        (  # outside the programme: 500, whatever the place in the project
            STAFF | {"receiving_country": "UK", "accredited": True, "position_in_activity": 300, "distance_km": 1200},
            {"individual_support": "1050.00", "travel": "309.00", "organisational_support": "500.00"},
        ),
        (  # green: six travel days, the green amount
            {"green": True, "travel_days": 6, "receiving_country": "EL", "base_rate": 100},
            {
                "individual_support": "7700.00",
                "travel": "535.00",
                "organisational_support": "500.00",
                "linguistic_support": "150.00",
            },
        ),
    ],
)  # fmt: skip
def test_each_activity_is_paid_what_the_programme_says(changes, paid):
    assert amounts(**changes) == paid


def test_seventy_percent_of_the_cost_is_enough_and_a_cent_less_is_not():
    covered = amounts(**STAFF, distance_km=50, real_travel_cost=40)  # 28 of 40
    expensive = amounts(**STAFF, distance_km=50, real_travel_cost=40.01)
    assert (covered["travel"], "expensive_travel" in covered) == ("28.00", False)
    assert (expensive.get("travel"), expensive["expensive_travel"]) == (None, "32.01")


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"call_year": 2019}, ["There is no rate table for the call year 2019."]),
        ({"activity": "holiday"}, ["The activity holiday is unknown."]),
        ({"receiving_country": "QQ"}, ["receiving_country: the country QQ is unknown."]),
        ({"end": "2026-08-30"}, ["The stay ends before it starts."]),
        ({"end": "2026-02-30"}, ["end must be a date such as 2026-08-31."]),
        ({"receiving_country": "NO"}, ["The sending and the receiving country are the same."]),
        ({"receiving_country": "BY", "accredited": True}, ["Belarus and Russia cannot take part."]),
        ({"sending_country": "RU"}, ["Belarus and Russia cannot take part."]),
        (
            COURSE | {"receiving_country": "GB", "accredited": True},
            ["This activity cannot go to a country outside the programme."],
        ),
        (
            {"receiving_country": "CH", "accredited": False},
            ["Only accredited projects can go to a country outside the programme."],
        ),
        ({"end": "2026-10-01"}, ["The stay lasts 32 days; this activity allows 90 to 365."]),
        (
            {"activity": "short_term_learner", "end": "2026-09-04"},
            ["The stay lasts 5 days; this activity allows 10 to 89."],
        ),
        ({"travel_days": -1}, ["A number of days is below zero."]),
        ({"travel_days": 3}, ["At most 2 travel days can be paid for this journey."]),
        ({"travel_days": 7, "green": True}, ["At most 6 travel days can be paid for this journey."]),
        (
            {"travel_days": 5, "green": True, "call_year": 2022, "base_rate": 100},
            ["At most 4 travel days can be paid for this journey."],
        ),
        (
            {"interruption_days": 5, "days_not_requested": 94},
            ["The days without support are more than the days of the stay."],
        ),
        (
            {"base_rate": 111},
            ["The daily rate for country group 2 can be at most 110 EUR in call year 2026."],
        ),
        (
            {"is_accompanying": True},
            None,  # 110 is a staff rate of group 2
        ),
        (
            {"is_accompanying": True, "base_rate": 94},
            ["The daily rate for country group 2 must be at least 95 EUR in call year 2026."],
        ),
        (
            {"call_year": 2023, "base_rate": 100},
            ["The rate table of call year 2023 has no figure for this: linguistic support of long-term stays."],
        ),
        (
            {"call_year": 2023, "receiving_country": "GB"},
            ["The rate table of call year 2023 has no figure for this: country group of GB."],
        ),
        (
            STAFF | {"call_year": 2025, "real_travel_cost": 5000},
            ["The rate table of call year 2025 has no figure for this: when travel counts as expensive."],
        ),
        (COURSE | {"course_days": 11}, ["A course fee is paid for up to 10 days."]),
        (COURSE | {"course_days": 6}, ["The course lasts longer than the stay."]),
        ({"position_in_activity": 0}, ["The place in the order of stays begins at 1."]),
        ({"travel_days": 1.5}, ["travel_days must be a whole number."]),
        ({"green": 1}, ["green must be true or false."]),
        ({"base_rate": "110"}, ["base_rate must be a number."]),
        ({"distance_km": -3}, ["The distance is below zero."]),
    ],
)
def test_an_error_is_a_sentence_and_there_are_no_amounts(changes, errors):
    answer = priced(**changes)
    assert answer["errors"] == (errors or [])
    assert [answer[name] is None for name in OUTPUT] == [bool(errors)] * len(OUTPUT)


@pytest.mark.parametrize(
    "number",
    [
        "NaN",
        "Infinity",
        "-Infinity",
        "1e999",
        "1e-999",
        "1e-999999999",
        "9" * 5000,
        "true",
        '"110"',
        "[]",
        "{}",
        "null",
    ],
)
@pytest.mark.parametrize("key", ["distance_km", "base_rate", "travel_days", "position_in_activity", "call_year"])
def test_a_number_that_is_none_is_an_error_whatever_it_is(key, number):
    line = json.dumps(STAY | {key: "@"}).replace('"@"', number)
    answer = price_line(line)
    assert (len(answer["errors"]) >= 1, [answer[name] for name in OUTPUT]) == (True, [None] * len(OUTPUT))


@pytest.mark.parametrize(
    "day", ["2026-8-31", "20260831", "２０２６-08-31", " 2026-08-31", "2026-08-31T00:00", "2026-02-29"]
)
def test_a_day_is_written_in_one_way(day):
    assert priced(start=day)["errors"] == ["start must be a date such as 2026-08-31."]


@pytest.mark.parametrize("country", ["ﬁ", "ß", "es ", "ESP", "\udfff", "", "EU"])
def test_a_country_is_written_in_one_way(country):
    assert priced(receiving_country=country)["errors"] == [f"receiving_country: the country {country} is unknown."]


@pytest.mark.parametrize(
    ("rate", "support"),
    [
        ("109.99499999999999999999999999", "8161.93"),  # 14 x the rate + 86 x 77
        ("100.0003571428571428571428571428", "7420.00"),  # a hair below half a cent
        ("100.0003571428571428571428571429", "7420.01"),  # a hair above it
        ("100.71428571428571", "7430.00"),  # 70 % is a hair below 70.5
        ("100.71428571428572", "7516.00"),  # and a hair above: the reduced rate rounds up to 71
    ],
)
def test_decimals_are_exact_to_the_last_digit(rate, support):
    line = json.dumps(STAY | {"base_rate": "@"}).replace('"@"', rate)
    assert price_line(line)["individual_support"] == support


@pytest.mark.parametrize("key", sorted(STAY))
def test_each_key_that_matters_is_asked_for(key):
    answer = price_line(json.dumps({name: value for name, value in STAY.items() if name != key}))
    assert answer["errors"] == [f"{key} is missing."]


@pytest.mark.parametrize(
    "left_out",
    [
        {"activity": "preparatory_visit", **dict.fromkeys(set(STAY) - {"call_year", "activity", "sending_country", "receiving_country", "start", "end"})},
        {"is_accompanying": True, "fewer_opportunities": None, "ols_available": None, "organisational_support_requested": None, "position_in_activity": None},
        {"activity": "group_mobility", "end": "2026-09-04", "ols_available": None},
        {"organisational_support_requested": False, "position_in_activity": None},
    ],
)  # fmt: skip
def test_keys_without_a_meaning_for_the_activity_may_be_left_out(left_out):
    facts = {name: value for name, value in (STAY | left_out).items() if value is not None}
    assert price_line(json.dumps(facts))["errors"] == []


@pytest.mark.parametrize(
    ("changes", "warnings"),
    [
        ({"distance_km": 1999.5}, ["The distance is within 1 km of the edge of a distance band: check it."]),
        ({"distance_km": 8.5}, ["The distance is below 10 km: no travel support."]),
        (
            {"activity": "hosted_teacher", "base_rate": 150},
            ["An amount or a range was not read in an official source: it is unverified."],
        ),
        ({"call_year": 2025}, ["An amount or a range was not read in an official source: it is unverified."]),
        (
            STAFF | {"real_travel_cost": 5000},
            ["Expensive travel needs a reason and the approval of the agency."],
        ),
        (
            {"activity": "short_term_learner", "end": "2026-09-01", "fewer_opportunities": True},
            ["The stay is shorter than usual: give the reason (fewer opportunities)."],
        ),
    ],
)
def test_what_should_be_looked_at_is_a_warning(changes, warnings):
    answer = priced(**changes)
    assert (answer["errors"], answer["warnings"]) == ([], warnings)


@pytest.mark.parametrize("line", ["nope", "[1]", '{"call_year": NaN}', "{", '"text"', b"\xff\xfe{", '{"a":' * 9000])
def test_what_is_not_a_json_object_is_told(line):
    answer = price_line(line)
    assert [error.startswith("The line is not") for error in answer["errors"]] == [True]


KEYS = st.sampled_from([*sorted(STAY), "real_travel_cost", "course_days", "accredited"])
VALUES = st.none() | st.booleans() | st.integers(-400, 400) | st.floats(-10, 20_000) | st.sampled_from(
    ["", "NO", "GB", "2026-09-01", "2028-02-29", *ACTIVITIES]
)  # fmt: skip


@given(st.dictionaries(KEYS, VALUES, max_size=6))
def test_whatever_comes_in_one_sound_line_comes_out(changes):
    answer = price_line(json.dumps(STAY | changes))
    assert set(answer) == {*OUTPUT, "warnings", "errors"}
    if answer["errors"]:
        assert [answer[name] for name in OUTPUT] == [None] * len(OUTPUT)
    else:
        assert min(Decimal(answer[name]) for name in AMOUNTS) >= 0
        assert Decimal(answer["total"]) == sum(Decimal(answer[name]) for name in AMOUNTS)
        assert answer["full_days"] + answer["reduced_days"] == answer["funded_days"]


def test_the_command_answers_each_line_in_order_and_needs_no_database(tmp_path):
    lines = [
        "\N{ZERO WIDTH NO-BREAK SPACE}" + json.dumps(STAY), "", "nope\r", "   ", "\r", "[" * 100_000, "\0",
        json.dumps(STAY | {"note": "x" * 10_000_000}), json.dumps(STAY | {"activity": "\ud800"}),
        json.dumps(STAY | {"base_rate": 100}),
    ]  # fmt: skip
    done = subprocess.run(
        [sys.executable, Path(settings.BASE_DIR) / "manage.py", "price_mobility"],
        input="\n".join(lines).encode(),
        capture_output=True,
        env={
            "DJANGO_SETTINGS_MODULE": "mobility.settings.dev",
            "VAR_DIR": str(tmp_path),
            "DATABASE_URL": "postgres://nobody@127.0.0.1:9/none",
            "PATH": "/usr/bin:/bin",
        },
        check=False,
        timeout=60,
    )
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert (done.returncode, [answer["total"] for answer in answers]) == (
        0, ["9207.00", None, None, None, "9207.00", None, "8465.00"],
    )  # fmt: skip
