"""A whole project at once: a thousand mobilities to the cent, prices that follow a change, closed ones that do not."""

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from mobility.common import clock, jobs
from mobility.grants.rates import rate_table
from mobility.grants.services.rates import change_figure, price_later
from placements.models import Grant, GrantLine, Placement
from placements.pricing import position_in_activity
from placements.services.closing import close_placement
from placements.services.grants import freeze_grant, price_again, price_placement
from placements.services.placements import cancel_placement
from placements.services.project_prices import (
    due_ids,
    positions_in,
    price_open_placements,
    price_project,
    renumber,
    step_adjustment,
)
from placements.tasks import price_project as task
from tests import factories
from tests.factories import days
from tests.grants import sums

pytestmark = pytest.mark.django_db
SUPPORT = {"heading": "organisational_support"}


@pytest.fixture
def project(office):
    return factories.BaseRateFactory(project__office=office).project


def queries_during(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def many(project, count, **facts):
    """Short stays of one person, one day after the other, without a history: only their prices matter here."""
    like = factories.PlacementFactory(office=project.office, project=project, status="cancelled")
    first = days(100)
    rows = [
        Placement(
            office=project.office,
            project=project,
            apprentice=like.apprentice,
            partner=like.partner,
            activity="short_term_learner",
            starts_on=first + datetime.timedelta(days=number % 200),
            ends_on=first + datetime.timedelta(days=number % 200 + 13),
            distance_km=2200,
            **facts,
        )
        for number in range(count)
    ]
    return Placement.objects.bulk_create(rows)


def living(project):
    return GrantLine.objects.filter(grant__placement__project=project).exclude(grant__placement__status="cancelled")


def test_a_thousand_mobilities_and_their_adjustment_are_the_project_to_the_cent(project):
    stays = many(project, 1000)
    assert price_open_placements(project=project) == []
    closed = [stay.pk for stay in stays if stay.pk % 3 == 0]
    Grant.objects.filter(placement__in=closed).update(frozen_at=clock.now())
    Placement.objects.filter(pk__in=closed).update(status="closed")
    kept = dict(Grant.objects.filter(placement__in=closed).values_list("placement", "total"))
    cancelled = [stay.pk for stay in stays if stay.pk % 3 == 1][:90]
    Placement.objects.filter(pk__in=cancelled).update(status="cancelled")
    renumber(project_id=project.pk)
    assert price_open_placements(project=project) == []
    shares = living(project).filter(**SUPPORT).aggregate(sum=Sum("amount"))["sum"]
    adjusted = step_adjustment(project)
    assert adjusted != 0
    assert shares + adjusted == sums.organisational_support(910)
    per_stay = 14 * 110 + 2 * 77 + 395  # 14 days and two of travel
    assert living(project).aggregate(sum=Sum("amount"))["sum"] + adjusted == 910 * per_stay + shares + adjusted
    assert dict(Grant.objects.filter(placement__in=closed).values_list("placement", "total")) == kept
    grants = Grant.objects.filter(placement__project=project).annotate(lines_sum=Sum("lines__amount"))
    assert [grant.pk for grant in grants if grant.total != grant.lines_sum] == []


def test_one_by_one_and_all_at_once_give_the_same_prices(project, coordinator):
    stays = many(project, 103)
    for stay in stays:
        price_placement(placement=stay, by=coordinator)
    one_by_one = list(living(project).order_by("grant__placement", "position").values_list("amount", "facts"))
    Grant.objects.all().delete()
    price_open_placements(project=project)
    assert list(living(project).order_by("grant__placement", "position").values_list("amount", "facts")) == one_by_one
    assert [positions_in(project.pk)[stay.pk] for stay in stays] == [position_in_activity(stay) for stay in stays]


def test_a_price_that_stays_the_same_is_not_written_again(project):
    many(project, 3)
    price_open_placements(project=project)
    before = list(Grant.objects.values_list("pk", "computed_at")), list(GrantLine.objects.values_list("pk", flat=True))
    price_open_placements(project=project)
    assert (
        list(Grant.objects.values_list("pk", "computed_at")),
        list(GrantLine.objects.values_list("pk", flat=True)),
    ) == before


def test_a_project_is_priced_with_the_same_queries_for_one_stay_and_for_three(project):
    many(project, 1)
    few = queries_during(lambda: price_open_placements(project=project))
    many(project, 2)
    Grant.objects.all().delete()
    assert queries_during(lambda: price_open_placements(project=project)) == few


def test_a_stay_without_organisational_support_takes_no_place_in_the_order(project, coordinator):
    first, second = many(project, 2)
    first.wants_organisational_support = False
    first.save()
    for stay in (first, second):
        price_placement(placement=stay, by=coordinator)
    assert first.grant.lines.filter(**SUPPORT).count() == 0
    assert second.grant.lines.get(**SUPPORT).facts["position"] == 1


# --- recomputed on change, frozen on close ---------------------------------------------------------------------------
def test_a_changed_figure_of_the_table_reprices_open_stays_by_a_job_and_no_closed_one(project, coordinator, office):
    project.rate_copy = copy = factories.rate_copy(office)
    project.save()
    open_one, closed = many(project, 2)
    for stay in (open_one, closed):
        price_placement(placement=stay, by=coordinator)
    frozen = freeze_grant(placement=closed, by=coordinator)
    band = copy.figures.get(kind="band", low=2000)
    change_figure(figure=band, by=coordinator, value=Decimal(400))
    assert due_ids() == [project.pk]
    task(project.pk)
    task(project.pk)
    assert due_ids() == []
    assert [g.lines.get(heading="travel").amount for g in (Grant.objects.get(placement=open_one), frozen)] == [400, 395]
    copy.refresh_from_db()
    assert (Grant.objects.get(placement=open_one).rate_table, frozen.rate_table == copy.version) == (
        copy.version,
        False,
    )


def test_the_sweeper_finds_a_project_that_nobody_woke(project, monkeypatch):
    sent = []
    monkeypatch.setattr(jobs, "_send", lambda name, pk: sent.append((name, pk)))
    price_later(project=project)
    jobs.sweep()
    assert ("placements.price_project", project.pk) in sent
    price_project(project.pk + 99)


def test_a_project_whose_table_is_missing_says_so_for_each_stay(office):
    project = factories.ProjectFactory(office=office, code="2019-1-NO01-KA121-VET-000000001")
    many(project, 2)
    left = price_open_placements(project=project)
    assert [each.reason for each in left] == [
        "The rate table of call year 2019 has no figure for this: all unit costs of the year."
    ] * 2


def test_cancelling_moves_the_others_over_the_step_at_once(project, coordinator):
    stays = many(project, 101)
    price_open_placements(project=project)
    assert stays[-1].grant.lines.get(**SUPPORT).amount == 200
    cancel_placement(placement=stays[0], reason="Broken leg", by=coordinator)
    assert Grant.objects.get(placement=stays[-1]).lines.get(**SUPPORT).amount == 350


def test_a_stay_that_lacks_something_loses_its_price_when_it_is_priced_again(project, coordinator):
    [stay] = many(project, 1)
    price_placement(placement=stay, by=coordinator)
    Placement.objects.filter(pk=stay.pk).update(distance_km=None)
    assert price_again(placement=stay, by=coordinator) is None
    assert Grant.objects.filter(placement=stay).count() == 0


def test_a_closed_case_keeps_its_price_and_the_version_of_its_table(project, coordinator, office):
    [stay] = many(project, 1, status="evaluated")
    price_placement(placement=stay, by=coordinator)
    close_placement(placement=stay, by=coordinator)
    before = Grant.objects.get(placement=stay)
    project.rate_copy = factories.rate_copy(office)
    project.save()
    project.base_rates.update(eur_per_day=90)
    price_open_placements(project=project)
    price_again(placement=stay, by=coordinator)
    after = Grant.objects.get(placement=stay)
    assert (after.total, after.rate_table, after.frozen_at) == (
        before.total,
        rate_table(2026).version,
        before.frozen_at,
    )
    assert after.frozen_at is not None
