"""Two people, or two workers, who do the same thing in the same moment: one wins, and the other is told so."""

import datetime

import pytest

from apprentices.models import Apprentice, Contract, DraftReminder, LateAdmission, PersonMerge, SamePersonHint
from apprentices.services.contract_imports import apply_import, check_contracts
from apprentices.services.duplicates import look_for_pairs
from apprentices.services.late_drafts import admit_late, remind_draft
from apprentices.services.merging import merge_people
from mobility.common import clock
from mobility.common.models import OutboundMail
from tests import factories
from tests.apprentices.contracts.lists import HEADER, KARI

pytestmark = pytest.mark.django_db(transaction=True)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def colleague(office):
    return factories.member("coordinator", office)


def test_one_of_two_coordinators_imports_a_list(race, office, coordinator, colleague):
    factories.TradeFactory()
    found = check_contracts(office=office, content=f"{HEADER}\r\n{KARI}".encode(), name="vigo.csv", by=coordinator)
    result, rows = race(
        lambda: apply_import(contract_import=found, by=coordinator),
        lambda: apply_import(contract_import=found, by=colleague),
        count=lambda: (Apprentice.objects.count(), Contract.objects.count()),
    )
    assert (result, rows) == (["This list was imported or given up already.", "done"], (1, 1))


def test_one_of_two_coordinators_merges_a_pair_whichever_way_round(race, office, coordinator, colleague):
    born = datetime.date(2007, 6, 5)
    for name in ("Nordmann", "Nordman"):
        factories.ApprenticeFactory(office=office, given_name="Kari", family_name=name, birth_date=born)
    look_for_pairs(office=office)
    hint = SamePersonHint.objects.get()
    result, rows = race(
        lambda: merge_people(hint=hint, kept=hint.first, take=(), by=coordinator),
        lambda: merge_people(hint=hint, kept=hint.second, take=(), by=colleague),
        count=lambda: (PersonMerge.objects.count(), Apprentice.objects.filter(merged_into=None).count()),
    )
    assert (result, rows) == (["Somebody has decided about these two meanwhile.", "done"], (1, 1))


def test_one_of_two_coordinators_lets_a_late_draft_in(race, office, coordinator, colleague):
    round_ = factories.RoundFactory(office=office, closes_at=clock.now() - DAY)
    draft = factories.ApplicationFactory(round=round_)
    result, rows = race(
        lambda: admit_late(application=draft, until=clock.now() + DAY, reason="Was ill", by=coordinator),
        lambda: admit_late(application=draft, until=clock.now() + 2 * DAY, reason="Is ill", by=colleague),
        count=lambda: (LateAdmission.history.count(), OutboundMail.objects.count()),
    )
    refused = "Somebody has let this applicant in meanwhile. Please look at it again."
    assert (result, rows) == ([refused, "done"], (1, 1))


def test_two_sweepers_remind_of_a_draft_once(race, office):
    round_ = factories.RoundFactory(office=office, closes_at=clock.now() + 6 * DAY)
    draft = factories.ApplicationFactory(round=round_, created_at=clock.now() - 5 * DAY)
    said = []
    result, rows = race(
        *[lambda: said.append(remind_draft(application_id=draft.pk))] * 2,
        count=lambda: (DraftReminder.objects.count(), OutboundMail.objects.count()),
    )
    assert (result, sorted(said), rows) == (["done", "done"], [False, True], (1, 1))
