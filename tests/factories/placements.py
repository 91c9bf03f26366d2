"""Stays, their real costs and their outcomes."""

import factory
from factory.django import DjangoModelFactory

from mobility.common import clock
from placements import models as placements
from placements.enums import PlacementStatus
from tests.factories.accounts import OfficeFactory
from tests.factories.apprentices import ApprenticeFactory, CriterionFactory
from tests.factories.base import days, stored
from tests.factories.grants import ProjectFactory
from tests.factories.partners import HostCompanyFactory, PartnerFactory


class PlacementFactory(DjangoModelFactory):
    """A stay of 98 days in 102 days' time, proposed to the partner; ``status=`` for what happened later."""

    class Meta:
        model = placements.Placement

    office = factory.SubFactory(OfficeFactory)
    apprentice = factory.SubFactory(ApprenticeFactory, office=factory.SelfAttribute("..office"))
    project = factory.SubFactory(ProjectFactory, office=factory.SelfAttribute("..office"))
    partner = factory.SubFactory(PartnerFactory, office=factory.SelfAttribute("..office"))
    host_company = factory.SubFactory(HostCompanyFactory, partner=factory.SelfAttribute("..partner"))
    status = PlacementStatus.PROPOSED
    starts_on = factory.LazyFunction(lambda: days(102))
    ends_on = factory.LazyFunction(lambda: days(199))
    distance_km = 2200


class RealCostFactory(DjangoModelFactory):
    """A visa that nobody has approved yet."""

    class Meta:
        model = placements.RealCost

    placement = factory.SubFactory(PlacementFactory)
    kind = "entry"
    what_for = "Visa"
    amount = 80
    evidence = factory.LazyAttribute(lambda o: stored(o.placement, "real-cost", "visa.pdf", "application/pdf"))


class CriterionOutcomeFactory(DjangoModelFactory):
    """A criterion of the selection, assessed again at the end of the stay."""

    class Meta:
        model = placements.CriterionOutcome

    placement = factory.SubFactory(PlacementFactory)
    criterion = factory.SubFactory(CriterionFactory, round__office=factory.SelfAttribute("...placement.office"))
    mark_at_selection = 4
    mark_at_end = 5
    assessed_at = factory.LazyFunction(clock.now)
