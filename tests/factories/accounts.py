"""Offices, and people with a role in them."""

import factory
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from mobility.accounts import models as accounts
from mobility.accounts.enums import OfficeKind, Role
from tests.factories.base import days

PASSWORD = "fjord-og-multe-2027"
_HASH = make_password(PASSWORD)


class OfficeFactory(DjangoModelFactory):
    class Meta:
        model = accounts.Office

    name = factory.Sequence(lambda n: f"Servicekontor {n}")
    short_name = factory.Sequence(lambda n: f"SK{n}")
    slug = factory.Sequence(lambda n: f"sk{n}")
    kind = OfficeKind.COUNTY_SERVICE_OFFICE
    country = "NO"
    email = factory.LazyAttribute(lambda o: f"post@{o.slug}.example.org")
    phone = "+4799990001"
    has_appeals = True


class UserFactory(DjangoModelFactory):
    class Meta:
        model = accounts.User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    given_name = "Kari"
    family_name = factory.Sequence(lambda n: f"Haugseth {n}")
    password = _HASH
    language = "en"
    written_form = "nb"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = accounts.Membership

    user = factory.SubFactory(UserFactory)
    office = factory.SubFactory(OfficeFactory)
    role = Role.COORDINATOR
    starts_on = factory.LazyFunction(lambda: days(-30))


def member(role, office=None, **user):
    """A user who holds ``role`` in ``office``."""
    return MembershipFactory(role=role, office=office or OfficeFactory(), user=UserFactory(**user)).user
