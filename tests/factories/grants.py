"""Projects, their rates and their budget."""

import factory
from factory.django import DjangoModelFactory

from mobility.grants import models as grants
from mobility.grants.rates import rate_table
from mobility.grants.services.rates import copy_table
from tests.factories.accounts import OfficeFactory
from tests.factories.base import days


class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = grants.Project

    office = factory.SubFactory(OfficeFactory)
    code = factory.Sequence(lambda n: f"2026-1-NO01-KA121-VET-{n:09d}")
    title = "Ut i Europa"
    starts_on = factory.LazyFunction(lambda: days(-200))
    ends_on = factory.LazyFunction(lambda: days(400))
    awarded = 300_000


class BaseRateFactory(DjangoModelFactory):
    class Meta:
        model = grants.BaseRate

    project = factory.SubFactory(ProjectFactory)
    participant_kind = "vet_learner"
    country_group = 2
    eur_per_day = 110


def rate_copy(office, year=2026, name="Avtalen", by=None):
    """An office's own copy of a shipped table."""
    return copy_table(office=office, table=rate_table(year), name=name, source="Vedlegg 3", by=by)


class BudgetLineFactory(DjangoModelFactory):
    class Meta:
        model = grants.BudgetLine

    project = factory.SubFactory(ProjectFactory)
    heading = "travel"
    awarded = 38_400
