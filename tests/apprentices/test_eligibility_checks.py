"""Keeping the outcome of the rules: at sending, anew when facts or rules change, never after a decision; exceptions."""

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus as S
from apprentices.models import Application, Decision, EligibilityCheck
from apprentices.selectors import eligibility as rules
from apprentices.selectors.eligibility_facts import outdated_ids
from apprentices.services.applications import submit_application
from apprentices.services.contract_imports import apply_import, check_contracts
from apprentices.services.eligibility import (
    check_eligibility,
    check_one,
    make_exception,
    recheck_apprentice,
    recheck_round,
)
from mobility.common import clock
from mobility.common.errors import Refused, TransitionNotAllowed
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office, minimum_months_served=6)


@pytest.fixture
def application(round_):
    return factories.ApplicationFactory(submitted=True, round=round_, has_earlier_stays=False)


def level(application, code):
    found = EligibilityCheck.objects.get(application=application).findings
    return next((each["level"] for each in found if each["code"] == code), None)


def decide(application, coordinator, **fields):
    return Decision.objects.create(
        application=application, result="offer", decided_at=clock.now(), decided_by=coordinator, **fields
    )


def test_sending_keeps_what_the_rules_said(round_):
    draft = factories.ApplicationFactory(round=round_, email_confirmed_at=clock.now())
    submit_application(application=draft)
    check = EligibilityCheck.objects.get(application=draft)
    assert check.rules_version == rules.RULES_VERSION
    assert level(draft, "months") == "ok"
    assert (check.level, check.is_blocked) == ("unknown", False)


def test_a_rule_that_changes_is_computed_anew_while_nobody_has_decided(application, round_):
    check_eligibility(application=application)
    round_.minimum_months_served = 24
    round_.save()
    assert recheck_round(round=round_) == 1
    assert level(application, "few_months") == "block"
    assert EligibilityCheck.objects.get().is_blocked
    assert EligibilityCheck.history.count() == 2


@pytest.mark.parametrize("published", [False, True], ids=["pending", "published"])
def test_a_rule_that_changes_later_never_reopens_a_decided_case(application, round_, coordinator, published):
    check_eligibility(application=application)
    before = EligibilityCheck.objects.get()
    out = {"published_at": clock.now(), "published_by": coordinator} if published else {}
    decide(application, coordinator, **out)
    if published:
        Application.objects.filter(pk=application.pk).update(status=S.OFFERED)
    round_.minimum_months_served = 24
    round_.save()
    assert recheck_round(round=round_) == 0
    check_one(application.pk)
    after = EligibilityCheck.objects.get()
    assert (after.findings, after.level, after.computed_at) == (before.findings, before.level, before.computed_at)


def test_a_new_version_of_the_rules_wakes_the_undecided_and_nobody_else(application, round_, coordinator, monkeypatch):
    decided = factories.ApplicationFactory(submitted=True, round=round_)
    for each in (application, decided):
        check_eligibility(application=each)
    decide(decided, coordinator)
    assert outdated_ids() == []
    EligibilityCheck.objects.update(rules_version="2025.1")
    assert outdated_ids() == [application.pk]
    check_one(application.pk)
    assert outdated_ids() == []
    assert EligibilityCheck.objects.get(application=decided).rules_version == "2025.1"


def test_what_was_never_checked_is_found_by_the_sweeper(application):
    assert outdated_ids() == [application.pk]


def test_the_contract_of_the_register_counts_once_it_is_there(application):
    check_eligibility(application=application)
    assert level(application, "contract_not_in_register") == "unknown"
    factories.ContractFactory(apprentice=application.apprentice, approved_on=factories.days(-300))
    assert recheck_apprentice(apprentice=application.apprentice) == 1
    assert level(application, "contract_approved") == "ok"
    assert level(application, "contract_covers") == "ok"


def test_a_contract_approved_by_an_import_counts_at_once_and_never_for_a_decided_case(application, coordinator):
    person = application.apprentice
    contract = factories.ContractFactory(apprentice=person, source="application")
    decided = factories.ApplicationFactory(
        round=factories.RoundFactory(office=person.office), submitted=True, apprentice=person, status=S.OFFERED
    )
    for each in (application, decided):
        check_eligibility(application=each)
    before = EligibilityCheck.objects.filter(application=decided).values().first()
    header = "sysId;fornavn;etternavn;fdato;type;promrkode;bnr;bedrnavn;start;slutt;godkjent"
    row = (
        f"K-1;{person.given_name};{person.family_name};{person.birth_date:%d.%m.%Y};Lærling;{person.trade.code};;"
        f"{contract.company.name};{contract.starts_on:%d.%m.%Y};{contract.ends_on:%d.%m.%Y};"
        f"{factories.days(-300):%d.%m.%Y}"
    )
    content = f"{header}\r\n{row}".encode()
    found = check_contracts(office=person.office, content=content, name="vigo.csv", by=coordinator)
    assert level(application, "contract_not_in_register") == "unknown"
    apply_import(contract_import=found, by=coordinator)
    assert level(application, "contract_approved") == "ok"
    assert EligibilityCheck.objects.filter(application=decided).values().first() == before


def test_what_the_applicant_wrote_about_the_contract_is_no_proof(application):
    factories.ContractFactory(apprentice=application.apprentice, source="application")
    check_eligibility(application=application)
    assert level(application, "contract_not_in_register") == "unknown"


def test_an_exception_is_kept_with_its_reason_and_lasts_until_a_finding_changes(application, round_, coordinator):
    round_.minimum_months_served = 24
    round_.save()
    check_eligibility(application=application)
    make_exception(application=application, by=coordinator, reason="Has two years from another county.")
    check = EligibilityCheck.objects.get()
    assert (check.is_blocked, check.level, check.excepted_by) == (False, "block", coordinator)
    check_eligibility(application=application)
    assert EligibilityCheck.objects.get().exception_reason == "Has two years from another county."
    round_.minimum_months_served = 36
    round_.save()
    recheck_round(round=round_)
    assert EligibilityCheck.objects.get().is_blocked
    reasons = set(EligibilityCheck.history.values_list("exception_reason", flat=True))
    assert "Has two years from another county." in reasons


def test_there_is_no_exception_from_nothing_and_none_after_a_decision(application, round_, coordinator):
    check_eligibility(application=application)
    with pytest.raises(Refused):
        make_exception(application=application, by=coordinator, reason="x")
    round_.minimum_months_served = 24
    round_.save()
    recheck_round(round=round_)
    decide(application, coordinator)
    with pytest.raises(TransitionNotAllowed):
        make_exception(application=application, by=coordinator, reason="x")
    assert EligibilityCheck.objects.get().excepted_at is None


# --- pages ------------------------------------------------------------------------------------------------------------
def test_the_coordinator_makes_an_exception_on_a_page_of_its_own(sign_in, coordinator, application, round_):
    round_.minimum_months_served = 24
    round_.save()
    check_eligibility(application=application)
    client = sign_in(coordinator)
    case = client.get(reverse("admin:apprentices_application_change", args=[application.pk])).content.decode()
    address = reverse("apprentices:make_exception", args=[application.pk])
    assert address in case
    assert "Months served at the first departure: 16; the round asks for at least 24." in case
    assert "16; the round asks for at least 24." in client.get(address).content.decode()
    client.post(address, {"reason": ""})
    assert EligibilityCheck.objects.get().excepted_at is None
    client.post(address, {"reason": "Agreed with the county."})
    assert EligibilityCheck.objects.get().exception_reason == "Agreed with the county."
    case = client.get(reverse("admin:apprentices_application_change", args=[application.pk])).content.decode()
    assert "Agreed with the county." in case
    assert address not in case


def test_the_list_filters_by_eligibility_without_more_queries(sign_in, coordinator, application, round_):
    other = factories.ApplicationFactory(submitted=True, round=round_, contract_starts_on=factories.days(1))
    for each in (application, other):
        check_eligibility(application=each)
    client = sign_in(coordinator)
    address = reverse("admin:apprentices_application_changelist")
    shown = client.get(address, {"eligibility": "block"}).context["cl"].result_list
    assert [each.pk for each in shown] == [other.pk]
    make_exception(application=other, by=coordinator, reason="x")
    shown = client.get(address, {"eligibility": "excepted"}).context["cl"].result_list
    assert [each.pk for each in shown] == [other.pk]
    assert client.get(address, {"eligibility": "block"}).context["cl"].result_count == 0


def test_changing_the_rules_of_a_round_in_the_admin_computes_anew_and_is_logged(
    sign_in, coordinator, application, round_
):
    check_eligibility(application=application)
    client = sign_in(coordinator)
    address = reverse("admin:apprentices_round_change", args=[round_.pk])
    form = client.get(address).context["adminform"].form
    data = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    data = {name: value.strftime("%Y-%m-%dT%H:%M") if hasattr(value, "hour") else value for name, value in data.items()}
    data |= {"minimum_months_served": 30, "trades": [application.trade_id]}
    data = {name: value for name, value in data.items() if value is not False}
    response = client.post(address, data)
    assert response.status_code == 302, response.context["errors"]
    assert level(application, "few_months") == "block"
    assert level(application, "trade") == "ok"
    newest = round_.history.first()
    assert (newest.minimum_months_served, newest.history_user) == (30, coordinator)
    assert [row.trade_id for row in newest.trades.all()] == [application.trade_id]
