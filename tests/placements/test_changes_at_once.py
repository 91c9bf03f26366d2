"""Two change one stay at once, two stays move to one last place, a change and a pricing meet: on SQLite and PostgreSQL."""

import datetime

import pytest

from placements.enums import PlacementStatus
from placements.models import Grant, Placement
from placements.services import changes as services
from placements.services.changes import Change
from placements.services.grants import price_placement
from placements.services.project_prices import price_open_placements
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def shorter(placement, by):
    return Change(placement.starts_on, placement.ends_on - datetime.timedelta(days=by))


def prepared(placement, change, by):
    """The act of confirming what was shown now."""
    fingerprint = services.effect_of(placement, change).fingerprint
    return lambda: services.change_placement(placement=placement, change=change, fingerprint=fingerprint, by=by)


@pytest.fixture
def priced(project, coordinator):
    """``priced()``: one more confirmed stay of the project, with its price."""
    factories.BaseRateFactory(project=project)

    def make():
        placement = factories.PlacementFactory(
            office=project.office, project=project, status=PlacementStatus.CONFIRMED, distance_km=2200
        )
        factories.ContractFactory(apprentice=placement.apprentice)
        price_placement(placement=placement, by=coordinator)
        return Placement.objects.select_related("office", "partner", "project", "apprentice").get(pk=placement.pk)

    return make


def test_of_two_different_changes_at_once_one_is_shown_anew(priced, coordinator, at_once):
    placement = priced()
    acts = [prepared(placement, shorter(placement, by), coordinator) for by in (9, 16)]

    def found():  # in a thread of its own: on SQLite this connection reads what was before
        stay = Placement.objects.get(pk=placement.pk)
        paid = stay.grant.lines.get(heading="individual_support").facts["stay_days"]
        return stay.status_changes.count(), stay.days in {89, 82}, stay.days == paid

    assert at_once(*acts, count=found) == (["ChangedMeanwhile", "done"], (1, True, True))


def test_the_last_place_of_an_opening_is_moved_to_once(priced, project, coordinator, at_once):
    opening = factories.OpeningFactory(partner=factories.PartnerFactory(office=project.office), places=1)
    acts = [
        prepared(placement, Change(placement.starts_on, placement.ends_on, opening), coordinator)
        for placement in (priced(), priced())
    ]
    outcome, taken = at_once(*acts, count=Placement.objects.filter(opening=opening).count)
    assert (outcome, taken) == (["NotReady", "done"], 1)


def test_a_change_and_the_pricing_of_the_project_end_in_the_same_price(priced, project, coordinator, at_once):
    placement = priced()
    priced()
    acts = [
        prepared(placement, shorter(placement, 9), coordinator),
        lambda: price_open_placements(project=project),
        lambda: price_open_placements(project=project),
    ]

    def found():
        grant = Grant.objects.get(placement=placement)
        fresh = services.reckon(Placement.objects.get(pk=placement.pk)).total
        return grant.total == fresh, grant.total == sum(line.amount for line in grant.lines.all())

    assert at_once(*acts, count=found) == (["done"] * 3, (True, True))
