"""Lists of contracts, and Kari, whom they name."""

import datetime

import pytest

from apprentices.services import contract_imports
from tests import factories
from tests.apprentices.contracts.lists import BORN, HEADER


@pytest.fixture(autouse=True)
def trade(db):
    return factories.TradeFactory()


@pytest.fixture
def company(office):
    return factories.TrainingCompanyFactory(office=office, name="Furukollen", organisation_number="995810166")


@pytest.fixture
def kari(office, company, trade):
    """Kari as the row of KARI says, but for the number of the contract, which we do not know."""
    person = factories.ApprenticeFactory(
        office=office,
        given_name="Kari",
        family_name="Nordmann",
        birth_date=BORN,
        email="kari@example.net",
        phone="+4799990109",
        trade=trade,
    )
    factories.ContractFactory(
        apprentice=person,
        company=company,
        starts_on=datetime.date(2025, 8, 1),
        ends_on=datetime.date(2027, 7, 31),
    )
    return person


@pytest.fixture
def check(office, coordinator):
    """``check(row, row, ...)``: upload these rows and return the import."""

    def _check(*rows, header=HEADER, **more):
        content = "\r\n".join([header, *rows]).encode()
        return contract_imports.check_contracts(office=office, content=content, name="vigo.csv", by=coordinator, **more)

    return _check


@pytest.fixture
def decide(coordinator):
    def _decide(found, *, out=(), take=None, people=None):
        shown = {entry["number"] for entry in found.report}
        return contract_imports.decide_rows(
            contract_import=found, by=coordinator, shown=shown, out=set(out), take=take or {}, people=people or {}
        )

    return _decide


@pytest.fixture
def apply(coordinator):
    return lambda found: contract_imports.apply_import(contract_import=found, by=coordinator)
