"""The limits of a whole project, at their edges."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from mobility.common import formats
from mobility.grants.caps import CourseSeat, ProjectFacts, checks_of

FACTS = ProjectFacts(
    is_accredited=True,
    starts_on=date(2026, 6, 1),
    ends_on=date(2027, 8, 31),
    awarded=Decimal(100_000),
    awarded_for={},
    participants=20,
    outside=Decimal(0),
    stays_outside=0,
)
SHORT = replace(FACTS, is_accredited=False, ends_on=FACTS.starts_on + timedelta(days=539))


def check(title, **changes):
    facts = replace(SHORT if "participants" in changes or "ends_on" in changes else FACTS, **changes)
    return next(each for each in checks_of(facts) if each.title == title)


def state(title, **changes):
    return check(title, **changes).state


OUTSIDE, COURSES = "Stays outside the programme countries", "Course fees"


@pytest.mark.parametrize(
    ("outside", "awarded_for", "expected"),
    [
        ("0", {}, "nothing"),
        ("20000", {}, "ok"),
        ("20000.01", {}, "over"),
        ("18000", {"inclusion_support_participants": Decimal(10_000)}, "ok"),
        ("18000.01", {"inclusion_support_participants": Decimal(10_000)}, "over"),
        ("16000.01", {"inclusion_support_participants": Decimal(10_000), "exceptional_costs": Decimal(10_000)}, "over"),
    ],
)
def test_a_fifth_of_the_grant_may_go_outside_the_programme(outside, awarded_for, expected):
    assert state(OUTSIDE, outside=Decimal(outside), awarded_for=awarded_for) == expected


def test_a_short_term_project_sends_nobody_outside():
    assert [state(OUTSIDE, is_accredited=False, stays_outside=count) for count in (0, 1)] == ["ok", "over"]


@pytest.mark.parametrize(
    ("awarded", "fees", "expected"),
    [(100_000, 50_000, "ok"), (100_000, 50_001, "over"), (40_000, 20_000, "ok"), (40_000, 20_001, "over"),
     (40_002, 20_001, "ok"), (30_000, 20_000, "ok"), (30_000, 0, "nothing")],
)  # fmt: skip
def test_course_fees_are_half_of_the_grant_at_most(awarded, fees, expected):
    assert state(COURSES, awarded=Decimal(awarded), course_fees=Decimal(fees)) == expected
    assert state(COURSES, awarded=Decimal(awarded), awarded_for={"course_fees": Decimal(fees)}) == expected


def test_a_limit_says_figure_limit_rule_and_source():
    found = check(OUTSIDE, outside=Decimal(500))
    assert (found.figure, found.limit, found.state) == (formats.eur(500), formats.eur(20_000), "ok")
    assert found.words == "At most 20 % of the awarded grant, without inclusion support and exceptional costs."
    assert found.source == "Programme Guide, countries not associated"


@pytest.mark.parametrize(
    ("title", "seats", "expected"),
    [
        ("Persons of one sender in the same course", [("a", "x", 1), ("b", "x", 1), ("c", "x", 1)], "ok"),
        (
            "Persons of one sender in the same course",
            [("a", "x", 1), ("b", "x", 1), ("c", "x", 1), ("d", "x", 1)],
            "over",
        ),
        ("Persons of the project in the same course", [(n, "x", n) for n in range(10)], "ok"),
        ("Persons of the project in the same course", [(n, "x", n) for n in range(11)], "over"),
        ("Courses of one person", [("a", "x", 1), ("a", "y", 1)], "over"),
        ("Courses of one person", [], "nothing"),
    ],
)
def test_how_many_may_sit_in_a_course(title, seats, expected):
    assert state(title, courses=tuple(CourseSeat(*seat) for seat in seats)) == expected


@pytest.mark.parametrize(
    ("title", "visits", "expected"),
    [
        ("Persons of one preparatory visit", {"h": (3,)}, "ok"),
        ("Persons of one preparatory visit", {"h": (4,)}, "over"),
        ("Preparatory visits to one host", {"h": (1, 2)}, "over"),
        ("Preparatory visits to one host", {"h": (1,), "i": (2,)}, "ok"),
        ("Preparatory visits to one host", {}, "nothing"),
    ],
)
def test_preparatory_visits_are_few_and_small(title, visits, expected):
    assert state(title, visits=visits) == expected


@pytest.mark.parametrize(("people", "expected"), [(0, "nothing"), (30, "ok"), (31, "over")])
def test_a_short_term_project_has_thirty_participants(people, expected):
    assert state("Participants", participants=people) == expected


@pytest.mark.parametrize(("days", "expected"), [(179, "over"), (180, "ok"), (540, "ok"), (541, "over")])
def test_a_short_term_project_lasts_six_to_eighteen_months(days, expected):
    ends_on = SHORT.starts_on + timedelta(days=days - 1)
    assert state("Length of the project", ends_on=ends_on) == expected


def test_an_accredited_project_has_no_such_limits_and_a_short_one_no_consortium():
    assert "Participants" not in [each.title for each in checks_of(FACTS)]
    title = "Members that send participants"
    assert [state(title, participants=1, members_sending=count) for count in (0, 1)] == ["ok", "over"]
