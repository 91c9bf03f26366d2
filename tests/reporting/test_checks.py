"""The page of a project's limits: figures from the rows, who may read it."""

from decimal import Decimal

import pytest
from django.urls import reverse

from mobility.common import formats
from placements.models import Grant
from placements.services.grants import freeze_grant, price_placement
from placements.services.project_prices import price_open_placements
from reporting.selectors.checks import checks_of_project, facts_of, support_of
from tests import factories
from tests.factories import days
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(office):
    project = factories.ProjectFactory(office=office, awarded=20_000)
    factories.BaseRateFactory(project=project, country_group=1, eur_per_day=120)
    factories.BaseRateFactory(project=project)
    return project


def stay(project, country="ES", **facts):
    partner = factories.PartnerFactory(office=project.office, country=country)
    return factories.PlacementFactory(office=project.office, project=project, partner=partner, **facts)


def found(project):
    return {check.title: (check.figure, check.state) for check in checks_of_project(project)}


def test_what_stays_outside_the_programme_cost_is_held_against_a_fifth(project, coordinator):
    stay(project)
    british = stay(project, "GB", distance_km=1200)
    price_open_placements(project=project)
    cost = factories.RealCostFactory(placement=british, approved_by=coordinator, approved_at=british.status_since)
    price_placement(placement=british, by=coordinator)
    total = Grant.objects.get(placement=british).total
    facts = facts_of(project)
    assert (facts.participants, facts.stays_outside, facts.outside) == (2, 1, total)
    assert total > cost.amount
    assert found(project)["Stays outside the programme countries"] == (formats.eur(total), "over")


def test_what_does_not_count_for_the_fifth_is_left_out(project, coordinator):
    british = stay(project, "GB", distance_km=300, has_fewer_opportunities=True)
    approved = {"placement": british, "approved_by": coordinator, "approved_at": british.status_since}
    price_placement(placement=british, by=coordinator)
    before = facts_of(project).outside
    factories.RealCostFactory(kind="inclusion", what_for="Companion", amount=900, **approved)
    factories.RealCostFactory(kind="expensive_travel", what_for="Flight", amount=2000, **approved)
    price_placement(placement=british, by=coordinator)
    assert Grant.objects.get(placement=british).total > before + 900
    assert facts_of(project).outside == before - 211  # the band that expensive travel replaces


def test_rows_that_are_wrong_are_counted(project):
    stay(project, starts_on=days(350), ends_on=days(450))
    stay(project, distance_km=None)
    stay(project, status="cancelled", starts_on=days(350), ends_on=days(450))
    project.base_rates.filter(country_group=2).update(eur_per_day=500)
    price_open_placements(project=project)
    rows = found(project)
    assert rows["Stays outside the dates of the project"] == ("1", "over")
    assert rows["Stays without a price"] == ("1", "over")
    assert rows["Daily rates outside the range of the Guide"] == ("1", "over")
    assert rows["Stays priced with a figure that nobody has read"] == ("0", "ok")


def test_shares_and_adjustment_are_the_organisational_support(project, coordinator):
    first = stay(project, activity="short_term_learner", starts_on=days(100), ends_on=days(120))
    price_open_placements(project=project)
    freeze_grant(placement=first, by=coordinator)
    support = support_of(project)
    assert (support.shares, support.adjustment, support.total) == (Decimal(350), 0, Decimal(350))


def test_the_page_says_state_figure_and_rule(sign_in, coordinator, project):
    page = sign_in(coordinator).get(reverse("reporting:checks", args=[project.pk])).content.decode()
    for words in ("Every limit is kept.", "nothing to check", "Programme Guide, VET, course fees", project.code):
        assert words in page
    listed = sign_in(coordinator).get(reverse("admin:grants_project_changelist")).content.decode()
    assert reverse("reporting:checks", args=[project.pk]) in listed


def test_a_call_year_without_a_table_is_told(sign_in, coordinator, office):
    project = factories.ProjectFactory(office=office, code="2019-1-NO01-KA121-VET-000000001")
    page = sign_in(coordinator).get(reverse("reporting:checks", args=[project.pk]))
    assert (page.status_code, "call year 2019 has no figure" in page.content.decode()) == (200, True)


def test_who_reads_projects_reads_their_limits(sign_in, project, head, auditor, assistant, reviewer, other_coordinator):
    address = reverse("reporting:checks", args=[project.pk])
    answers = [sign_in(who).get(address).status_code for who in (head, auditor, assistant, reviewer, other_coordinator)]
    assert answers == [200, 200, 404, 404, 404]


def test_the_page_asks_the_same_for_one_stay_and_for_three(sign_in, coordinator, project):
    client, address = sign_in(coordinator), reverse("reporting:checks", args=[project.pk])
    stay(project)
    price_open_placements(project=project)
    few = queries_of(client, address)
    stay(project)
    stay(project)
    price_open_placements(project=project)
    assert queries_of(client, address) == few
