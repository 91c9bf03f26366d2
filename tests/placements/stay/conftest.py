"""A stay with its people: the apprentice's account, the instructor of the contract, the partner's contact."""

import pytest

from placements.enums import PlacementStatus
from tests import factories
from tests.factories import days


@pytest.fixture
def instructor(office, instructor_user):
    return factories.InstructorFactory(office=office, user=instructor_user, email=instructor_user.email)


@pytest.fixture
def stay(office, apprentice_user, instructor, partner_access):
    """A confirmed stay from 100 to 200 days ahead at the partner that ``partner_user`` speaks for."""
    apprentice = factories.ApprenticeFactory(
        office=office, user=apprentice_user, email=apprentice_user.email, phone="+4799990109"
    )
    factories.ContractFactory(apprentice=apprentice, instructor=instructor)
    return factories.PlacementFactory(
        office=office,
        apprentice=apprentice,
        partner=partner_access.partner,
        status=PlacementStatus.CONFIRMED,
        starts_on=days(100),
        ends_on=days(200),
    )


@pytest.fixture
def started(stay):
    """The same stay, begun yesterday; nobody has confirmed the arrival."""
    stay.starts_on, stay.ends_on = days(-1), days(90)
    stay.save()
    return stay


@pytest.fixture
def abroad(started):
    started.status, started.arrived_on = PlacementStatus.ABROAD, started.starts_on
    started.save()
    return started


@pytest.fixture
def returned(abroad):
    abroad.status, abroad.returned_on = PlacementStatus.RETURNED, days(0)
    abroad.ends_on = days(0)
    abroad.save()
    return abroad


@pytest.fixture
def visit_day(stay):
    return factories.VisitDayFactory(partner=stay.partner, on=days(120))
