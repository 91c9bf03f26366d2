"""The rules of eligibility on plain facts: tables, and what must hold for every date."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apprentices.ages import age_on
from apprentices.enums import SEVERITY
from apprentices.selectors import eligibility as rules
from apprentices.selectors.eligibility import Facts, Finding, RegisteredContract, Rules
from apprentices.selectors.eligibility_words import TO_APPLICANT, TO_OFFICE, lines, sentence

D = datetime.date
ROUND = Rules(
    departs_from=D(2027, 9, 1),
    departs_to=D(2027, 9, 7),
    returns_from=D(2027, 11, 30),
    returns_to=D(2027, 12, 7),
)
FACTS = Facts(
    today=D(2027, 2, 1),
    birth_date=D(2007, 5, 17),
    trade=7,
    training_starts_on=D(2026, 8, 15),
    training_ends_on=D(2028, 8, 14),
    contract=RegisteredContract(D(2026, 8, 15), D(2028, 8, 14), D(2026, 9, 1)),
    has_earlier_stays=False,
)
days = st.dates(D(1990, 1, 1), D(2040, 12, 31))


def levels(facts=FACTS, round_=ROUND, **changes):
    """{code: level} of everything that is found."""
    return {f.code: f.level for f in rules.check(replace(facts, **changes), round_)}


def test_somebody_who_fulfils_everything():
    assert levels() == {
        "age": "ok",
        "months": "ok",
        "training_lasts": "ok",
        "contract_approved": "ok",
        "contract_covers": "ok",
        "no_earlier_stays": "ok",
    }
    assert rules.worst(rules.check(FACTS, ROUND)) == "ok"


def test_nothing_known_blocks_nobody():
    found = rules.check(Facts(today=D(2027, 2, 1)), replace(ROUND, minimum_months_served=6, trades=frozenset({7})))
    assert {f.code: f.level for f in found} == {
        "age_unknown": "unknown",
        "months_unknown": "unknown",
        "trade_unknown": "unknown",
        "training_end_unknown": "unknown",
        "contract_not_in_register": "unknown",
        "earlier_stays_unknown": "unknown",
    }
    assert rules.worst(found) == "unknown"


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (D(2008, 2, 29), D(2026, 2, 28), 17),  # one grows older on 1 March in ordinary years
        (D(2008, 2, 29), D(2026, 3, 1), 18),
        (D(2008, 2, 29), D(2028, 2, 28), 19),
        (D(2008, 2, 29), D(2028, 2, 29), 20),
        (D(2009, 9, 1), D(2027, 8, 31), 17),
        (D(2009, 9, 1), D(2027, 9, 1), 18),
    ],
)
def test_age(born, day, age):
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (D(2009, 9, 1), {"age": "ok"}),  # 18 on the first departure
        (D(2009, 9, 2), {"too_young": "warn"}),  # on the second only
        (D(2009, 9, 7), {"too_young": "warn"}),  # on the last only: the window is inclusive
        (D(2009, 9, 8), {"too_young": "block"}),
        (D(2001, 9, 8), {"age": "ok"}),  # 25 on the last departure
        (D(2001, 9, 7), {"too_old": "warn"}),  # 26 on it
        (D(2001, 9, 1), {"too_old": "block"}),  # 26 on every one
    ],
)
def test_the_rounds_ages_on_both_ends_of_the_departure_window(born, expected):
    found = levels(round_=replace(ROUND, minimum_age=18, maximum_age=25), birth_date=born)
    assert {code: level for code, level in found.items() if code in {"age", "too_young", "too_old"}} == expected


@pytest.mark.parametrize(("today", "asks"), [(D(2027, 9, 30), False), (D(2027, 8, 31), True)])
def test_a_guardian_consents_with_those_who_are_under_age_when_they_sign_or_leave(today, asks):
    assert ("guardian_consents" in levels(birth_date=D(2009, 9, 1), today=today)) is asks


@pytest.mark.parametrize(
    ("start", "day", "months"),
    [
        (D(2027, 1, 31), D(2027, 2, 27), 0),
        (D(2027, 1, 31), D(2027, 2, 28), 1),  # February has no 31st
        (D(2028, 1, 31), D(2028, 2, 28), 0),
        (D(2028, 1, 31), D(2028, 2, 29), 1),
        (D(2028, 2, 29), D(2029, 2, 28), 12),
        (D(2027, 3, 1), D(2027, 8, 31), 5),
        (D(2027, 3, 1), D(2027, 9, 1), 6),
        (D(2027, 9, 2), D(2027, 9, 1), -1),
    ],
)
def test_whole_months_served(start, day, months):
    assert rules.months_between(start, day) == months


@pytest.mark.parametrize(
    ("start", "level"),
    [(D(2027, 3, 1), "ok"), (D(2027, 3, 2), "warn"), (D(2027, 3, 7), "warn"), (D(2027, 3, 8), "block")],
)
def test_months_served_at_departure(start, level):
    found = levels(round_=replace(ROUND, minimum_months_served=6), training_starts_on=start)
    assert found.get("few_months", found.get("months")) == level


@pytest.mark.parametrize(
    ("ends_on", "code", "level"),
    [
        (D(2027, 11, 29), "training_ends_before_return", "block"),
        (D(2027, 11, 30), "training_ends_in_return_window", "warn"),  # home on the last day is in time
        (D(2027, 12, 6), "training_ends_in_return_window", "warn"),
        (D(2027, 12, 7), "return_near_final_test", "warn"),
        (D(2028, 3, 6), "return_near_final_test", "warn"),
        (D(2028, 3, 7), "training_lasts", "ok"),  # three months to the day
    ],
)
def test_the_end_of_the_training_period(ends_on, code, level):
    assert levels(training_ends_on=ends_on)[code] == level


def test_three_months_before_the_end_of_may_is_the_end_of_february():
    round_ = replace(ROUND, returns_from=D(2028, 2, 20), returns_to=D(2028, 2, 29))
    assert levels(round_=round_, training_ends_on=D(2028, 5, 31))["training_lasts"] == "ok"
    assert levels(round_=round_, training_ends_on=D(2028, 5, 28))["return_near_final_test"] == "warn"


@pytest.mark.parametrize(
    ("contract", "expected"),
    [
        (None, {"contract_not_in_register": "unknown"}),
        ((D(2026, 8, 15), D(2028, 8, 14), None), {"contract_not_approved": "warn", "contract_covers": "ok"}),
        ((D(2026, 8, 15), None, D(2026, 9, 1)), {"contract_approved": "ok", "contract_without_end": "unknown"}),
        (
            (D(2026, 8, 15), D(2027, 11, 29), D(2026, 9, 1)),
            {"contract_approved": "ok", "contract_does_not_cover": "block"},
        ),
        (
            (D(2026, 8, 15), D(2027, 12, 1), D(2026, 9, 1)),
            {"contract_approved": "ok", "contract_covers_partly": "warn"},
        ),
        ((D(2027, 9, 2), D(2028, 8, 14), D(2026, 9, 1)), {"contract_approved": "ok", "contract_covers_partly": "warn"}),
        (
            (D(2027, 9, 8), D(2029, 8, 14), D(2026, 9, 1)),
            {"contract_approved": "ok", "contract_does_not_cover": "block"},
        ),
    ],
)
def test_the_contract_of_the_register(contract, expected):
    found = levels(contract=contract and RegisteredContract(*contract))
    assert {code: level for code, level in found.items() if code.startswith("contract_")} == expected


@pytest.mark.parametrize(
    ("has", "earlier", "first_only", "expected"),
    [
        (None, None, False, {"earlier_stays_unknown": "unknown"}),
        (False, None, True, {"no_earlier_stays": "ok"}),
        (True, None, False, {"earlier_days_unknown": "unknown"}),
        (True, 267, False, {"earlier_stays": "ok"}),  # the longest stay of the round has 98 days, both ends counted
        (True, 268, False, {"many_days_abroad": "warn"}),
        (True, 14, True, {"not_the_first_stay": "block", "earlier_stays": "ok"}),
    ],
)
def test_earlier_stays(has, earlier, first_only, expected):
    found = levels(round_=replace(ROUND, first_stay_only=first_only), has_earlier_stays=has, earlier_days=earlier)
    names = {"no_earlier_stays", "not_the_first_stay", "many_days_abroad"}
    assert {c: level for c, level in found.items() if "earlier" in c or c in names} == expected


def test_a_round_for_some_trades():
    some = replace(ROUND, trades=frozenset({7, 8}))
    assert levels(round_=some)["trade"] == "ok"
    assert levels(round_=some, trade=9)["trade_not_in_round"] == "block"


# --- what holds for every date ----------------------------------------------------------------------------------------
@given(days, st.integers(-240, 240))
def test_adding_months_keeps_the_day_or_takes_the_last_of_the_month(day, months):
    found = rules.add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    is_last = (found + datetime.timedelta(days=1)).day == 1
    assert found.day == day.day or (found.day < day.day and is_last)


@given(days, days)
def test_months_served_is_the_largest_number_that_fits(start, day):
    months = rules.months_between(start, day)
    assert rules.add_months(start, months) <= day < rules.add_months(start, months + 1)


@given(days, st.integers(0, 80))
def test_one_grows_older_on_the_birthday_and_not_the_day_before(born, years):
    try:
        birthday = born.replace(year=born.year + years)
    except ValueError:  # 29 February in an ordinary year
        birthday = D(born.year + years, 3, 1)
    assert age_on(born, birthday) == years
    assert age_on(born, birthday - datetime.timedelta(days=1)) == years - 1


@given(days, st.integers(0, 500))
def test_both_ends_of_a_stay_count(first, more):
    assert rules.days_inclusive(first, first + datetime.timedelta(days=more)) == more + 1


@given(days, days)
def test_a_later_end_of_the_training_period_is_never_worse(one, other):
    def severity(ends_on):
        found = list(rules.check(replace(FACTS, contract=None, training_ends_on=ends_on), ROUND))
        return max(SEVERITY.index(f.level) for f in found if "training" in f.code or f.code == "return_near_final_test")

    assert severity(max(one, other)) <= severity(min(one, other))


@given(days, days)
def test_being_born_earlier_never_makes_one_too_young(one, other):
    def severity(born):
        found = {f.code: f.level for f in rules.check(replace(FACTS, birth_date=born), replace(ROUND, minimum_age=18))}
        return SEVERITY.index(found.get("too_young", "ok"))

    assert severity(min(one, other)) <= severity(max(one, other))


@given(
    st.builds(
        Facts,
        today=days,
        birth_date=st.none() | days,
        trade=st.none() | st.integers(1, 9),
        training_starts_on=st.none() | days,
        training_ends_on=st.none() | days,
        contract=st.none() | st.builds(RegisteredContract, days, st.none() | days, st.none() | days),
        has_earlier_stays=st.none() | st.booleans(),
        earlier_days=st.none() | st.integers(0, 2000),
    ),
    st.builds(
        Rules,
        departs_from=st.just(ROUND.departs_from),
        departs_to=st.just(ROUND.departs_to),
        returns_from=st.just(ROUND.returns_from),
        returns_to=st.just(ROUND.returns_to),
        minimum_age=st.none() | st.integers(14, 30),
        maximum_age=st.none() | st.integers(14, 70),
        minimum_months_served=st.none() | st.integers(0, 48),
        first_stay_only=st.booleans(),
        trades=st.frozensets(st.integers(1, 9)),
    ),
)
def test_whatever_the_facts_each_finding_has_a_sentence_for_both_readers_and_survives_storing(facts, round_):
    found = rules.check(facts, round_)
    assert found == tuple(Finding.from_json(f.as_json()) for f in found)
    for to_office in (False, True):
        sentences = [line.sentence for line in lines(found, to_office=to_office)]
        assert all(sentences)
        assert "%(" not in " ".join(sentences)


def test_both_readers_have_the_same_findings():
    assert set(TO_APPLICANT) == set(TO_OFFICE)


def test_a_date_in_a_sentence_is_written_as_the_reader_writes_it():
    finding = Finding("contract_approved", "ok", {"approved_on": "2026-09-01"})
    assert sentence(finding, to_office=True) == "The contract was approved on 1 September 2026."
