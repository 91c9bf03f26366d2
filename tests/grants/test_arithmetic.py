"""The euros of one stay, checked against published examples and by properties."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mobility.grants.arithmetic import (
    CannotPrice,
    Mobility,
    activity_for,
    base_rate_problem,
    duration_problem,
    funded_days,
    price,
    reduced_rate,
)
from mobility.grants.enums import ActivityType, BudgetHeading
from mobility.grants.rates import MissingRate, rate_table
from mobility.grants.words import explain, source_of
from tests.grants import sums

RATES = rate_table(2026)
STAY_IN_SPAIN = Mobility(
    activity=ActivityType.LONG_TERM_LEARNER,
    receiving_country="ES",
    start=date(2026, 8, 31),
    end=date(2026, 12, 6),
    base_rate=Decimal(110),
    distance_km=Decimal(2200),
    position_in_activity=1,
    travel_days=2,
)


def explained(line):
    return explain(line).replace("\N{NO-BREAK SPACE}", " ")


REDUCED = "(70 % of the daily rate, in whole euros)"


def lines_of(mobility, rates=RATES):
    return {line.rule: line for line in price(mobility, rates=rates).lines}


def test_ninety_eight_days_in_spain_and_two_of_travel():
    pricing = price(STAY_IN_SPAIN, rates=RATES)
    assert [(line.heading, line.amount, explained(line)) for line in pricing.lines] == [
        (
            "individual_support",
            Decimal("8162.00"),
            "14 days at 110 € + 86 days at 77 € (70 % of the daily rate, in whole euros)",
        ),
        ("travel", Decimal("395.00"), "2 200 km, band 2 000–2 999 km, standard travel"),
        ("organisational_support", Decimal("500.00"), "participant 1 of the activity in the project"),
        ("linguistic_support", Decimal("150.00"), "fixed sum for every long-term stay"),
    ]
    assert pricing.total == Decimal("9207.00")
    assert pricing.table_version == RATES.version


def test_ninety_one_days_and_two_of_travel_in_group_two():
    stay = replace(STAY_IN_SPAIN, end=STAY_IN_SPAIN.start + timedelta(days=90))
    line = lines_of(stay)["individual_support"]
    assert (line.amount, explained(line)) == (Decimal("7623.00"), f"14 days at 110 € + 79 days at 77 € {REDUCED}")


@pytest.mark.parametrize(("base", "reduced"), [(117, 82), (104, 73), (91, 64), (64, 45), (56, 39), (48, 34)])
def test_reduced_rates_published_in_poland(base, reduced):
    assert reduced_rate(Decimal(base), 70) == reduced


def test_half_a_euro_of_the_reduced_rate_is_rounded_up():
    assert reduced_rate(Decimal(65), 70) == 46  # 45.50; banker's rounding would also give 46
    assert reduced_rate(Decimal(55), 70) == 39  # 38.50; banker's rounding would give 38


def test_the_first_fourteen_days_are_paid_in_full_and_travel_days_count_among_them():
    stay = replace(STAY_IN_SPAIN, activity=ActivityType.SHORT_TERM_LEARNER, end=date(2026, 9, 11))  # 12 days
    assert explained(lines_of(stay)["individual_support"]) == "14 days at 110 €"
    longer = replace(stay, end=date(2026, 9, 12))
    assert explained(lines_of(longer)["individual_support"]) == f"14 days at 110 € + 1 day at 77 € {REDUCED}"


def test_interruption_and_days_not_requested_are_not_paid():
    stay = replace(STAY_IN_SPAIN, interruption_days=5, days_not_requested=3)
    assert funded_days(stay) == 98 - 5 - 3 + 2
    assert lines_of(stay)["individual_support"].amount == 14 * 110 + 78 * 77


def test_one_day_counts_as_one():
    stay = replace(STAY_IN_SPAIN, end=STAY_IN_SPAIN.start, travel_days=0)
    assert funded_days(stay) == 1


def test_green_travel_pays_more_and_allows_more_travel_days():
    stay = replace(STAY_IN_SPAIN, is_green=True, travel_days=6)
    line = lines_of(stay)["travel"]
    assert (line.amount, explained(line)) == (Decimal("535.00"), "2 200 km, band 2 000–2 999 km, green travel")


def test_below_ten_kilometres_travel_pays_nothing_and_says_so():
    line = lines_of(replace(STAY_IN_SPAIN, distance_km=Decimal("9.9")))["travel_too_near"]
    assert (line.amount, explained(line)) == (Decimal("0.00"), "9.90 km is below 10 km: no travel support")


def test_the_last_band_has_no_upper_end():
    line = lines_of(replace(STAY_IN_SPAIN, distance_km=Decimal(9000)))["travel"]
    assert explained(line) == "9 000 km, band from 8 000 km, standard travel"


@pytest.mark.parametrize(("position", "amount"), [(1, 350), (100, 350), (101, 200), (102, 200)])
def test_organisational_support_of_short_stays_steps_down_at_the_101st(position, amount):
    stay = replace(STAY_IN_SPAIN, activity=ActivityType.SHORT_TERM_LEARNER, position_in_activity=position)
    assert lines_of(stay)["organisational_support"].amount == amount


def test_organisational_support_of_long_stays_has_no_step():
    assert lines_of(replace(STAY_IN_SPAIN, position_in_activity=250))["organisational_support"].amount == 500


def test_a_stay_outside_the_programme_countries_gets_the_high_sum():
    stay = replace(STAY_IN_SPAIN, activity=ActivityType.SHORT_TERM_LEARNER, receiving_country="GB")
    line = lines_of(stay)["organisational_non_associated"]
    assert (line.heading, line.amount) == (BudgetHeading.ORGANISATIONAL_SUPPORT, 500)


def test_support_that_was_not_asked_for_has_no_line():
    stay = replace(STAY_IN_SPAIN, wants_organisational_support=False)
    assert "organisational_support" not in lines_of(stay)


def shares_of(participants):
    """The organisational support of so many short stays, one after the other."""
    stay = replace(STAY_IN_SPAIN, activity=ActivityType.SHORT_TERM_LEARNER)
    return sum(
        price(replace(stay, position_in_activity=position), rates=RATES).amount("organisational_support")
        for position in range(1, participants + 1)
    )


@pytest.mark.parametrize(("participants", "amount"), [(100, 35_000), (101, 35_200)])
def test_organisational_support_of_a_whole_project(participants, amount):
    assert shares_of(participants) == amount


@pytest.mark.parametrize(
    ("activity", "ols_lacks", "rules"),
    [
        (ActivityType.SHORT_TERM_LEARNER, False, []),
        (ActivityType.SHORT_TERM_LEARNER, True, ["linguistic_support"]),
        (ActivityType.LONG_TERM_LEARNER, False, ["linguistic_reinforced"]),
        (ActivityType.LONG_TERM_LEARNER, True, ["linguistic_reinforced", "linguistic_support"]),
    ],
)
def test_linguistic_support_follows_the_length_and_the_online_course(activity, ols_lacks, rules):
    pricing = price(replace(STAY_IN_SPAIN, activity=activity, ols_lacks=ols_lacks), rates=RATES)
    lines = [line for line in pricing.lines if line.heading == BudgetHeading.LINGUISTIC_SUPPORT]
    assert [(line.rule, line.amount) for line in lines] == [(rule, 150) for rule in rules]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"end": date(2026, 8, 30)}, "The stay ends before it starts."),
        ({"travel_days": 3}, "At most 2 travel days can be paid for this journey."),
        ({"travel_days": 7, "is_green": True}, "At most 6 travel days can be paid for this journey."),
        ({"travel_days": -1}, "A number of days is below zero."),
        ({"interruption_days": -1}, "A number of days is below zero."),
        (
            {"interruption_days": 90, "days_not_requested": 9},
            "The days without support are more than the days of the stay.",
        ),
        ({"distance_km": None}, "The distance in km is missing."),
        ({"distance_km": Decimal(-1)}, "The distance is below zero."),
        ({"position_in_activity": 0}, "The place in the order of stays begins at 1."),
        ({"real_travel_cost": Decimal(-1)}, "The real cost of the journey is below zero."),
    ],
)
def test_facts_that_contradict_each_other_are_refused_in_words(change, sentence):
    with pytest.raises(CannotPrice) as refusal:
        price(replace(STAY_IN_SPAIN, **change), rates=RATES)
    assert str(refusal.value) == sentence


def test_a_project_without_a_daily_rate_is_named_and_not_paid_zero():
    with pytest.raises(MissingRate) as refusal:
        price(replace(STAY_IN_SPAIN, base_rate=None), rates=RATES)
    assert str(refusal.value) == (
        "The rate table of call year 2026 has no figure for this: "
        "the project's daily rate for learners, country group 2."
    )


def test_a_long_stay_of_an_old_call_lacks_its_linguistic_support():
    with pytest.raises(MissingRate, match="linguistic support of long-term stays"):
        price(STAY_IN_SPAIN, rates=rate_table(2023))


def test_a_source_names_the_guide_of_the_year_or_says_that_it_was_read_elsewhere():
    assert source_of(lines_of(STAY_IN_SPAIN)["individual_support"]) == (
        "Programme Guide 2026, VET learners, individual support"
    )
    assert source_of(lines_of(STAY_IN_SPAIN, rate_table(2025))["travel"]) == (
        "Programme Guide 2025, travel support by distance band (amounts as national agencies publish them)"
    )


@pytest.mark.parametrize(
    ("last", "activity"),
    [(date(2026, 3, 30), ActivityType.SHORT_TERM_LEARNER), (date(2026, 3, 31), ActivityType.LONG_TERM_LEARNER)],
)
def test_ninety_days_make_a_stay_long(last, activity):
    assert activity_for(date(2026, 1, 1), last) == activity


def test_an_interruption_makes_a_stay_shorter():
    assert activity_for(date(2026, 1, 1), date(2026, 3, 31), 1) == ActivityType.SHORT_TERM_LEARNER


def test_a_stay_outside_the_length_of_its_activity_is_told():
    assert duration_problem(ActivityType.SHORT_TERM_LEARNER, date(2026, 1, 1), date(2026, 1, 10)) is None
    assert str(duration_problem(ActivityType.SHORT_TERM_LEARNER, date(2026, 1, 1), date(2026, 1, 9))) == (
        "The stay lasts 9 days; this activity allows 10 to 89."
    )


@pytest.mark.parametrize(
    ("rate", "sentence"),
    [
        (41, None),
        (110, None),
        (40, "The daily rate for country group 2 must be at least 41 EUR in call year 2026."),
        (111, "The daily rate for country group 2 can be at most 110 EUR in call year 2026."),
    ],
)
def test_a_daily_rate_outside_the_range_of_the_guide_is_told(rate, sentence):
    assert base_rate_problem(Decimal(rate), "vet_learner", 2, rates=RATES) == sentence


def test_a_range_without_a_lower_end_only_has_an_upper_one():
    assert base_rate_problem(Decimal(1), "vet_learner", 2, rates=rate_table(2025)) is None


STAYS = st.builds(
    Mobility,
    activity=st.sampled_from([ActivityType.SHORT_TERM_LEARNER, ActivityType.LONG_TERM_LEARNER]),
    receiving_country=st.sampled_from(["DK", "ES", "PL", "GB"]),
    start=st.dates(date(2026, 1, 1), date(2027, 6, 1)),
    end=st.just(date(2028, 1, 1)),
    base_rate=st.integers(36, 127).map(Decimal),
    distance_km=st.decimals(0, 19000, places=2),
    position_in_activity=st.integers(1, 300),
    travel_days=st.integers(0, 2),
    is_green=st.booleans(),
    ols_lacks=st.booleans(),
)


@given(STAYS, st.integers(1, 365))
def test_a_price_is_the_sum_of_its_lines_in_whole_cents(stay, days):
    stay = replace(stay, end=stay.start + timedelta(days=days - 1))
    pricing = price(stay, rates=RATES)
    assert pricing.total == sum(line.amount for line in pricing.lines)
    assert all(line.amount >= 0 and line.amount == line.amount.quantize(Decimal("0.01")) for line in pricing.lines)
    facts = pricing.lines[0].facts
    assert facts["full_days"] + facts["reduced_days"] == facts["funded_days"] == days + stay.travel_days


@given(STAYS, st.integers(1, 364))
def test_one_more_day_adds_the_full_or_the_reduced_rate(stay, days):
    shorter = replace(stay, end=stay.start + timedelta(days=days - 1))
    longer = replace(stay, end=stay.start + timedelta(days=days))
    before, after = (price(each, rates=RATES).amount("individual_support") for each in (shorter, longer))
    expected = stay.base_rate if funded_days(longer) <= 14 else reduced_rate(stay.base_rate, 70)
    assert after - before == expected


@given(st.decimals(0, 20000, places=2), st.decimals(0, 20000, places=2))
def test_a_longer_way_never_pays_less(one, other):
    near, far = sorted((one, other))
    paid = [price(replace(STAY_IN_SPAIN, distance_km=km), rates=RATES).amount("travel") for km in (near, far)]
    assert paid[0] <= paid[1]


@settings(max_examples=20)
@given(st.integers(1, 300))
def test_the_shares_of_the_stays_add_up_to_the_project(participants):
    assert shares_of(participants) == sums.organisational_support(participants)
