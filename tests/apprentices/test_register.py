"""Somebody who applies and stands in the county's register already is found there, and not doubled."""

import pytest

from apprentices.enums import ContractSource
from apprentices.models import Apprentice, Contract
from apprentices.services.applications import submit_application
from mobility.common import clock
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(office):
    return factories.ApplicationFactory(
        round__office=office, email_confirmed_at=clock.now(), company_number="995810166", company_name="Furukollen"
    )


@pytest.fixture
def registered(office, draft):
    """The same person and contract, as the county's register has them, without an address."""
    company = factories.TrainingCompanyFactory(office=office, organisation_number="995810166")
    person = factories.ApprenticeFactory(
        office=office,
        given_name=draft.family_name.upper(),
        family_name=draft.given_name,
        birth_date=draft.birth_date,
        email="",
    )
    return factories.ContractFactory(
        apprentice=person,
        company=company,
        source=ContractSource.IMPORT,
        external_id="K-1",
        register_office=office,
        training_manager=None,
        ends_on=factories.days(200),
    )


def test_the_person_and_the_contract_of_the_register_are_linked_and_its_dates_stay(draft, registered):
    sent = submit_application(application=draft)
    assert sent.apprentice == registered.apprentice
    assert (sent.apprentice.email, sent.apprentice.user.email) == (draft.email, draft.email)
    contract = Contract.objects.get()
    assert (contract.external_id, contract.ends_on) == ("K-1", factories.days(200))
    assert contract.training_manager.email == draft.manager_email


def test_the_first_day_of_the_contract_is_enough_where_the_company_has_another_name(draft, registered):
    draft.company_number, draft.contract_starts_on = "", registered.starts_on
    draft.save()
    assert submit_application(application=draft).apprentice == registered.apprentice


@pytest.mark.parametrize(
    "change",
    [
        {"user": True},
        {"email": "another@example.net"},
        {"birth_date": factories.days(-7000)},
        {"family_name": "Somebody"},
        {"applied": True},
        {"contract": True},
    ],
)
def test_a_name_and_a_birthday_that_others_may_know_are_not_enough(draft, registered, change):
    person = registered.apprentice
    if change.pop("user", None):
        person.user = factories.UserFactory()
    if change.pop("applied", None):
        factories.ApplicationFactory(round__office=draft.office, submitted=True, apprentice=person)
    if change.pop("contract", None):
        registered.company = factories.TrainingCompanyFactory(office=draft.office)
        registered.starts_on = factories.days(-300)
        registered.save()
    for name, value in change.items():
        setattr(person, name, value)
    person.save()
    sent = submit_application(application=draft)
    assert sent.apprentice != person
    assert sent.apprentice.contracts.get().source == ContractSource.APPLICATION


def test_two_people_of_one_name_and_birthday_are_not_guessed_between(draft, registered):
    person = registered.apprentice
    registered.pk, registered.external_id = None, "K-2"
    registered.apprentice = factories.ApprenticeFactory(
        office=draft.office,
        given_name=person.given_name,
        family_name=person.family_name,
        birth_date=person.birth_date,
        email="",
    )
    registered.save()
    assert submit_application(application=draft).apprentice not in Apprentice.objects.filter(email="")
    assert Apprentice.objects.count() == 3


def test_an_address_that_was_merged_leads_to_the_person_that_was_kept(draft, office):
    kept = factories.ApprenticeFactory(office=office, user=factories.UserFactory())
    factories.ApprenticeFactory(office=office, email=draft.email, merged_into=kept)
    sent = submit_application(application=draft)
    assert (sent.apprentice, sent.apprentice.user) == (kept, kept.user)
    assert sent.apprentice.email != draft.email
