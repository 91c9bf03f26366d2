"""A project with money, stays and marks."""

import datetime
from decimal import Decimal

import pytest

from placements.services.grants import price_placement
from tests.factories import (
    ApprenticeFactory,
    BaseRateFactory,
    BudgetLineFactory,
    CriterionFactory,
    CriterionOutcomeFactory,
    PartnerFactory,
    PlacementFactory,
    ProjectFactory,
    RoundFactory,
    days,
)


@pytest.fixture
def project(office):
    """Awarded 10,000 and 1,000 EUR; daily rates for groups 1 and 2."""
    project = ProjectFactory(office=office, code="2026-1-NO01-KA121-VET-000012345")
    BaseRateFactory(project=project)
    BaseRateFactory(project=project, country_group=1, eur_per_day=127)
    BudgetLineFactory(project=project, heading="individual_support", awarded=10_000)
    BudgetLineFactory(project=project, heading="travel", awarded=1_000)
    return project


@pytest.fixture
def stays(project, coordinator):
    """One closed stay in Spain, one abroad in Denmark, one planned without a distance, one cancelled."""
    office = project.office
    closed = PlacementFactory(
        office=office,
        project=project,
        apprentice=ApprenticeFactory(office=office, given_name="Łukasz", family_name="Żółć"),
        status="closed",
        starts_on=days(-150),
        ends_on=days(-53),
        returned_on=days(-53),
    )
    abroad = PlacementFactory(
        office=office,
        project=project,
        apprentice=ApprenticeFactory(office=office, given_name="Nguyễn Thị", family_name="Mỹ"),
        partner=PartnerFactory(office=office, country="DK", city="Odense"),
        host_company=None,
        status="abroad",
        starts_on=days(-10),
        ends_on=days(10),
        activity="short_term_learner",
        distance_km=Decimal(600),
    )
    planned = PlacementFactory(office=office, project=project, distance_km=None)
    cancelled = PlacementFactory(office=office, project=project, status="cancelled")
    for stay in (closed, abroad):
        price_placement(placement=stay, by=coordinator)
    return {"closed": closed, "abroad": abroad, "planned": planned, "cancelled": cancelled}


@pytest.fixture
def marks(stays):
    """Two rounds ask about motivation; the closed stay has marks of both kinds."""
    for at_selection, at_end in ((Decimal("4.50"), 4), (Decimal("3.00"), 5)):
        criterion = CriterionFactory(round=RoundFactory(office=stays["closed"].office), code="motivation")
        CriterionOutcomeFactory(
            placement=stays["closed"], criterion=criterion, mark_at_selection=at_selection, mark_at_end=at_end
        )


@pytest.fixture
def later(monkeypatch):
    """``later(minutes=2)`` moves the clock that the services read."""
    from mobility.common import clock  # the module is patched

    real = clock.now

    def move(**by):
        monkeypatch.setattr(clock, "now", lambda: real() + datetime.timedelta(**by))

    return move
