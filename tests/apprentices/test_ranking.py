"""The ranking: score, spread, ties, order, and the sums in view."""

import random
from decimal import ROUND_HALF_UP, Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apprentices.enums import ApplicationStatus
from apprentices.models import Application, Review
from apprentices.selectors.ranking import first_rows, is_line_tied, lines_of, shares, standings
from mobility.common import clock
from tests import factories
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office, places=2)


@pytest.fixture
def people(office):
    return [factories.UserFactory() for _ in range(3)]


def with_totals(round_, people, *totals, **fields):
    """An application with given reviews of these totals (hundredths)."""
    application = factories.ApplicationFactory(
        round=round_, submitted=True, **{"status": ApplicationStatus.IN_REVIEW, **fields}
    )
    for person, total in zip(people, totals, strict=False):
        Review.objects.create(
            application=application, reviewer=person, assigned_at=clock.now(), given_at=clock.now(), total=total
        )
    return application


def test_the_spread_is_the_difference_and_wide_from_one_on(round_, people):
    for totals in ((400, 301), (400, 300), (400,), ()):
        with_totals(round_, people, *totals)
    assert {(line.given, line.spread, line.is_wide) for line in standings(round_)} == {
        (2, Decimal("0.99"), False),
        (2, Decimal("1.00"), True),
        (1, None, False),
        (0, None, False),
    }


def test_the_mean_is_rounded_half_up(round_, people):
    with_totals(round_, people, 333, 334)
    assert standings(round_)[0].score == Decimal("3.34")


def test_withdrawn_ones_leave_the_list_and_the_sums(round_, people):
    with_totals(round_, people, 400)
    with_totals(round_, people, 500, status=ApplicationStatus.WITHDRAWN, gender="male")
    assert [line.score for line in standings(round_)] == [Decimal("4.00")]
    assert [share.value for share in shares(round_, first_rows(round_, 2))["gender"]] == ["female"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    piles=st.lists(st.lists(st.integers(100, 500), max_size=3), min_size=1, max_size=8),
    seed=st.integers(0, 10**6),
)
def test_the_order_of_rows_decides_nothing_and_ties_share_a_rank(office, people, piles, seed):
    """However the rows were written: the same scores and ranks; equal scores have one rank, and the next counts on."""

    def written(order):
        round_ = factories.RoundFactory(office=office, project=None)
        trade = factories.TradeFactory()
        made = {n: with_totals(round_, people, *piles[n], trade=trade) for n in order}
        name = {application.pk: n for n, application in made.items()}
        return {name[line.application_id]: line for line in standings(round_)}

    order = list(range(len(piles)))
    shuffled = random.Random(seed).sample(order, len(order))
    one, two = written(order), written(shuffled)
    for n, totals in enumerate(piles):
        exact = Decimal(sum(totals)) / len(totals) / 100 if totals else None
        score = exact.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP) if totals else None
        assert one[n].score == two[n].score == score
        better = sum(
            1 for other in one.values() if other.score is not None and score is not None and other.score > score
        )
        assert one[n].rank == two[n].rank == (better + 1 if score is not None else None)
        alike = sum(1 for other in one.values() if other.score == score)
        assert one[n].is_tied == two[n].is_tied == (score is not None and alike > 1)
    assert sorted(line.position for line in one.values()) == list(range(1, len(piles) + 1))


def test_a_page_of_the_list_is_a_part_of_the_whole(round_, people):
    for total in range(100, 500, 40):
        with_totals(round_, people, total)
    assert lines_of(first_rows(round_, 7))[:6] == standings(round_)[:6]


def test_a_tie_across_the_line_is_seen(round_, people):
    for total in (500, 400, 400):
        with_totals(round_, people, total)
    assert is_line_tied(first_rows(round_, 3), 2) is True
    assert is_line_tied(first_rows(round_, 2), 1) is False
    assert is_line_tied(first_rows(round_, 4), 3) is False


def test_sums_count_those_above_the_line_and_all(round_, people):
    nurse = factories.TradeFactory(code="NURSE", name_nb="Helse", name_en="Care")
    baker = factories.TradeFactory(code="BAK", name_nb="Bakerfaget", name_en="Baker")
    for total, fields in (
        (500, {"trade": baker, "gender": "male", "municipality": "Hamar", "first_country": "IT"}),
        (400, {"trade": baker, "gender": "female", "municipality": "Hamar", "has_protected_address": True}),
        (300, {"trade": nurse, "gender": "female", "municipality": "Gjøvik"}),
    ):
        with_totals(round_, people, total, **fields)
    found = {
        name: [(share.value, share.above, share.all) for share in parts]
        for name, parts in shares(round_, first_rows(round_, 2)).items()
    }
    assert found == {
        "trade": [("Baker", 2, 2), ("Care", 0, 1)],
        "municipality": [("", 1, 1), ("Gjøvik", 0, 1), ("Hamar", 1, 1)],
        "gender": [("female", 1, 2), ("male", 1, 1)],
        "first_country": [("ES", 1, 2), ("IT", 1, 1)],
    }


def test_the_board_shows_the_sums_the_spread_and_at_most_twelve_queries(sign_in, coordinator, round_, people):
    with_totals(round_, people, 500, 300)
    browser, url = sign_in(coordinator), reverse("apprentices:ranking", args=[round_.pk])
    one = queries_of(browser, url)
    for _ in range(3):
        with_totals(round_, people, 450, 440)
    body = browser.get(url).content.decode()
    assert ("far apart" in body, "2.00" in body, "How the places are spread" in body, "Lillehammer" in body) == (
        True,
    ) * 4
    assert (queries_of(browser, url), one <= 12) == (one, True)


def test_a_page_is_a_hundred_lines(sign_in, coordinator, round_):
    trade = factories.TradeFactory()
    apprentice = factories.ApprenticeFactory(office=round_.office)
    made = [
        factories.ApplicationFactory.build(
            round=round_, office=round_.office, submitted=True, status="in_review", trade=trade, apprentice=None,
            reference=f"X{n}",
        )
        for n in range(101)
    ]  # fmt: skip
    for number, application in enumerate(made):
        application.apprentice = apprentice if number == 0 else factories.ApprenticeFactory(office=round_.office)
    Application.objects.bulk_create(made)
    page = sign_in(coordinator).get(reverse("apprentices:ranking", args=[round_.pk]) + "?page=2")
    assert (len(page.context["lines"]), page.context["total"]) == (1, 101)
