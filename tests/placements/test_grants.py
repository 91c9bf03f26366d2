"""The stored price of a stay."""

import datetime
from decimal import Decimal

import pytest
from django.utils.translation import override

from mobility.common.errors import NotReady, Refused
from mobility.grants.rates import MissingRate, rate_table
from mobility.grants.words import explain, source_of
from placements.models import Grant, GrantLine
from placements.pricing import last_paid_day, missing_for_price, paid_days, position_in_activity
from placements.services.grants import change_price_facts, freeze_grant, price_placement
from placements.services.project_prices import price_open_placements, step_adjustment
from tests.factories import BaseRateFactory, PlacementFactory, ProjectFactory, days
from tests.grants import sums

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(office):
    project = ProjectFactory(office=office)
    BaseRateFactory(project=project)
    return project


def words_of(line):
    return explain(line).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def stay(project):
    """98 days and 2 of travel in Spain, 2,200 km."""
    return PlacementFactory(office=project.office, project=project)


def short_stays(project, count, **facts):
    first = days(100)
    return [
        PlacementFactory(
            office=project.office,
            project=project,
            activity="short_term_learner",
            starts_on=first + datetime.timedelta(days=number),
            ends_on=first + datetime.timedelta(days=number + 13),
            **facts,
        )
        for number in range(count)
    ]


def test_a_stay_in_spain_is_priced_line_by_line(stay, coordinator):
    grant = price_placement(placement=stay, by=coordinator)
    assert [(line.heading, line.amount, words_of(line)) for line in grant.lines.all()] == [
        (
            "individual_support",
            Decimal("8162.00"),
            "14 days at 110 € + 86 days at 77 € (70 % of the daily rate, in whole euros)",
        ),
        ("travel", Decimal("395.00"), "2 200 km, band 2 000–2 999 km, standard travel"),
        ("organisational_support", Decimal("500.00"), "participant 1 of the activity in the project"),
        ("linguistic_support", Decimal("150.00"), "fixed sum for every long-term stay"),
    ]
    assert (grant.total, grant.rate_table, grant.frozen_at) == (Decimal("9207.00"), rate_table(2026).version, None)


def test_a_line_says_where_its_rule_is_written(stay, coordinator):
    line = price_placement(placement=stay, by=coordinator).lines.first()
    assert line.source == source_of(line) == "Programme Guide 2026, VET learners, individual support"


def test_a_line_keeps_facts_and_not_a_sentence_of_one_language(stay, coordinator):
    with override("nb"):
        grant = price_placement(placement=stay, by=coordinator)
    assert grant.lines.get(heading="travel").source == "Programme Guide 2026, travel support by distance band"


def test_a_stay_is_priced_again_while_it_is_open(stay, coordinator):
    price_placement(placement=stay, by=coordinator)
    stay.distance_km = Decimal(1500)
    stay.save()
    grant = price_placement(placement=stay, by=coordinator)
    assert (grant.lines.get(heading="travel").amount, grant.total) == (Decimal("309.00"), Decimal("9121.00"))
    assert (Grant.objects.count(), GrantLine.objects.count()) == (1, 4)


def test_an_early_return_is_paid_to_the_day_of_the_return(stay, coordinator):
    stay.returned_on = stay.starts_on + datetime.timedelta(days=51)
    stay.save()
    grant = price_placement(placement=stay, by=coordinator)
    assert (
        words_of(grant.lines.get(heading="individual_support"))
        == "14 days at 110 € + 40 days at 77 € (70 % of the daily rate, in whole euros)"
    )
    assert (last_paid_day(stay), paid_days(stay)) == (stay.returned_on, 52)


def test_a_late_return_pays_no_more_than_the_stay(stay):
    stay.returned_on = stay.ends_on + datetime.timedelta(days=2)
    assert (last_paid_day(stay), paid_days(stay)) == (stay.ends_on, 98)


def test_everything_that_is_missing_is_listed(stay, coordinator):
    stay.project, stay.ends_on, stay.distance_km = None, None, None
    stay.save()
    with pytest.raises(NotReady) as refusal:
        price_placement(placement=stay, by=coordinator)
    assert refusal.value.missing == missing_for_price(stay)
    assert refusal.value.missing == [
        "Choose the project that pays for the stay.",
        "Enter the last day of the stay.",
        "Enter the distance in km.",
    ]
    assert Grant.objects.count() == 0


def test_a_project_without_a_daily_rate_prices_nothing_and_keeps_the_old_price(stay, coordinator):
    price_placement(placement=stay, by=coordinator)
    stay.project.base_rates.all().delete()
    with pytest.raises(MissingRate, match="country group 2"):
        price_placement(placement=stay, by=coordinator)
    assert GrantLine.objects.count() == 4


@pytest.mark.parametrize("status", ["refused", "cancelled"])
def test_a_stay_that_does_not_happen_has_no_price(stay, coordinator, status):
    stay.status = status
    stay.save()
    with pytest.raises(Refused, match="refused or cancelled"):
        price_placement(placement=stay, by=coordinator)
    assert Grant.objects.count() == 0


def test_a_frozen_price_survives_new_rates(stay, coordinator):
    frozen = freeze_grant(placement=stay, by=coordinator)
    stay.project.base_rates.update(eur_per_day=90)
    with pytest.raises(Refused, match="closed"):
        price_placement(placement=stay, by=coordinator)
    again = freeze_grant(placement=stay, by=coordinator)
    assert (again.pk, again.total, again.frozen_at) == (frozen.pk, Decimal("9207.00"), frozen.frozen_at)
    assert again.frozen_at is not None


def test_freezing_a_stay_that_cannot_be_priced_keeps_nothing(stay, coordinator):
    stay.distance_km = None
    stay.save()
    with pytest.raises(NotReady):
        freeze_grant(placement=stay, by=coordinator)
    assert Grant.objects.count() == 0


def test_stays_of_an_activity_are_ordered_by_start_then_id(project):
    late, early, same_day = (
        PlacementFactory(office=project.office, project=project, starts_on=days(start)) for start in (120, 110, 120)
    )
    PlacementFactory(office=project.office, project=project, starts_on=days(100), status="cancelled")
    PlacementFactory(office=project.office, project=project, starts_on=days(100), activity="short_term_learner")
    PlacementFactory(office=project.office, starts_on=days(100))
    assert [position_in_activity(stay) for stay in (early, late, same_day)] == [1, 2, 3]


def test_an_earlier_stay_moves_the_open_ones_over_the_step(project, coordinator):
    stays = short_stays(project, 101)
    assert price_open_placements(project=project) == []
    last, before = stays[-1], stays[-2]
    assert [stay.grant.lines.get(heading="organisational_support").amount for stay in (before, last)] == [350, 200]
    total = before.grant.total
    earliest = short_stays(project, 1)[0]
    earliest.starts_on = days(50)
    earliest.save()
    price_placement(placement=earliest, by=coordinator)
    moved = before.grant.lines.get(heading="organisational_support")
    assert (moved.amount, moved.facts["position"]) == (200, 101)
    assert Grant.objects.get(placement=before).total == total - 150
    support = GrantLine.objects.filter(heading="organisational_support").values_list("amount", flat=True)
    assert sum(support) == 100 * 350 + 2 * 200


def test_a_frozen_stay_keeps_its_share_when_the_order_changes(project, coordinator):
    (stay,) = short_stays(project, 1)
    freeze_grant(placement=stay, by=coordinator)
    earlier = short_stays(project, 1)[0]
    earlier.starts_on = days(50)
    earlier.save()
    price_placement(placement=earlier, by=coordinator)
    assert stay.grant.lines.get(heading="organisational_support").facts["position"] == 1


def test_the_open_stays_of_a_project_are_priced_and_the_others_named(project, stay, coordinator):
    without = PlacementFactory(office=project.office, project=project, distance_km=None)
    closed = PlacementFactory(office=project.office, project=project)
    freeze_grant(placement=closed, by=coordinator)
    PlacementFactory(office=project.office, project=project, status="cancelled")
    left = price_open_placements(project=project)
    assert [(each.placement, each.reason) for each in left] == [(without, "Enter the distance in km.")]
    assert set(Grant.objects.values_list("placement", flat=True)) == {stay.pk, closed.pk}


FACTS = {"distance_km": Decimal(2200), "travel_days": 2, "interruption_days": 0, "is_green": False, "ols_lacks": False}


def test_linguistic_support_comes_twice_where_the_online_course_is_lacking(stay, coordinator):
    grant = change_price_facts(placement=stay, **{**FACTS, "ols_lacks": True}, by=coordinator)
    lines = grant.lines.filter(heading="linguistic_support")
    assert [(line.amount, words_of(line)) for line in lines] == [
        (Decimal("150.00"), "fixed sum for every long-term stay"),
        (Decimal("150.00"), "fixed sum, because the online course lacks the language or the level"),
    ]


def test_changed_facts_are_kept_with_their_price(stay, coordinator):
    facts = {"distance_km": Decimal(600), "travel_days": 4, "interruption_days": 7, "is_green": True, "ols_lacks": True}
    grant = change_price_facts(placement=stay, **facts, by=coordinator)
    stay.refresh_from_db()
    assert {name: getattr(stay, name) for name in facts} == facts
    assert [words_of(line) for line in grant.lines.all()[:2]] == [
        "14 days at 110 € + 81 days at 77 € (70 % of the daily rate, in whole euros)",
        "600 km, band 500–1 999 km, green travel",
    ]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"travel_days": 3}, "At most 2 travel days can be paid for this journey."),
        ({"interruption_days": 99}, "The days without support are more than the days of the stay."),
        ({"distance_km": None}, "Enter the distance in km."),
    ],
)
def test_facts_without_a_price_are_not_kept(stay, coordinator, wrong, words):
    with pytest.raises(Refused) as refusal:
        change_price_facts(placement=stay, **{**FACTS, **wrong}, by=coordinator)
    stay.refresh_from_db()
    assert str(refusal.value) == words
    assert {name: getattr(stay, name) for name in FACTS} == FACTS
    assert Grant.objects.count() == 0


def test_what_a_frozen_stay_no_longer_carries_is_the_projects_adjustment(project, coordinator):
    stays = short_stays(project, 101)
    price_open_placements(project=project)
    freeze_grant(placement=stays[-1], by=coordinator)
    assert step_adjustment(project) == 0
    stays[0].status = "cancelled"
    stays[0].save()
    price_open_placements(project=project)
    living = GrantLine.objects.filter(heading="organisational_support").exclude(grant__placement=stays[0])
    assert step_adjustment(project) == 150
    assert sum(living.values_list("amount", flat=True)) + 150 == sums.organisational_support(100)


def test_a_frozen_stay_without_the_step_needs_no_adjustment(stay, coordinator):
    freeze_grant(placement=stay, by=coordinator)
    PlacementFactory(office=stay.office, project=stay.project, starts_on=days(50))
    assert step_adjustment(stay.project) == 0
