"""Partners abroad: hosts, openings, days for visits, who signs in."""

import datetime

import factory
from factory.django import DjangoModelFactory

from mobility.accounts.enums import Role
from partners import models as partners
from tests.factories.accounts import MembershipFactory, OfficeFactory
from tests.factories.base import days


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = partners.Partner

    office = factory.SubFactory(OfficeFactory)
    name = factory.Sequence(lambda n: f"Casa Puente {n}")
    country = "ES"
    city = "Sevilla"
    email = factory.Sequence(lambda n: f"partner{n}@example.com")


class HostCompanyFactory(DjangoModelFactory):
    class Meta:
        model = partners.HostCompany

    partner = factory.SubFactory(PartnerFactory)
    name = factory.Sequence(lambda n: f"Residencia {n}")
    city = "Sevilla"
    contact_name = "Łukasz Żółć"
    contact_email = factory.Sequence(lambda n: f"mentor{n}@example.com")


class OpeningFactory(DjangoModelFactory):
    class Meta:
        model = partners.Opening

    partner = factory.SubFactory(PartnerFactory)
    host_company = factory.SubFactory(HostCompanyFactory, partner=factory.SelfAttribute("..partner"))
    starts_on = factory.LazyFunction(lambda: days(90))
    ends_on = factory.LazyFunction(lambda: days(220))
    places = 2


class ContactAccessFactory(DjangoModelFactory):
    class Meta:
        model = partners.ContactAccess

    partner = factory.SubFactory(PartnerFactory)
    membership = factory.SubFactory(
        MembershipFactory, role=Role.PARTNER, office=factory.SelfAttribute("..partner.office")
    )


class VisitDayFactory(DjangoModelFactory):
    """A day with one place; ``places=3`` for three."""

    class Meta:
        model = partners.VisitDay
        skip_postgeneration_save = True

    partner = factory.SubFactory(PartnerFactory)
    on = factory.LazyFunction(lambda: days(120))
    from_time = datetime.time(9)
    to_time = datetime.time(15)

    @factory.post_generation
    def places(self, create, extracted, **kwargs):
        for number in range(1, (extracted or 1) + 1):
            partners.VisitSlot.objects.create(visit_day=self, number=number)


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = partners.Contact

    partner = factory.SubFactory(PartnerFactory)
    name = factory.Sequence(lambda n: f"Paloma Núñez {n}")
    email = factory.Sequence(lambda n: f"contact{n}@example.com")
