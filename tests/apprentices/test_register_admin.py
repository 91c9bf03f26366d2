"""Registers and trades in the web admin: own rows, own choices, the history, and who may only read."""

import pytest
from django.urls import reverse

from apprentices.models import Apprentice, EligibilityCheck, Instructor, Trade, TrainingCompany
from apprentices.services.eligibility import check_eligibility
from mobility.accounts.enums import Role
from tests.factories import (
    ApplicationFactory,
    ApprenticeFactory,
    ContractFactory,
    InstructorFactory,
    TrainingCompanyFactory,
    TrainingManagerFactory,
    days,
    member,
)
from tests.queries import queries_of

LIST = "admin:apprentices_application_changelist"


def test_the_history_names_who_changed_what(sign_in, coordinator, office):
    apprentice = ApprenticeFactory(office=office, municipality="Hamar")
    browser = sign_in(coordinator)
    apprentice.municipality = "Gjøvik"
    apprentice.save()
    body = browser.get(reverse("admin:apprentices_apprentice_history", args=[apprentice.pk])).content.decode()
    assert ("Municipality" in body, "Hamar" in body, "Gjøvik" in body) == (True, True, True)


# --- registers ----------------------------------------------------------------------------------------------------
REGISTERS = {
    "apprentice": ApprenticeFactory,
    "trainingcompany": TrainingCompanyFactory,
    "trainingmanager": TrainingManagerFactory,
    "instructor": InstructorFactory,
}


@pytest.mark.parametrize("name", REGISTERS)
def test_registers_show_own_rows_with_the_same_queries_at_any_size(sign_in, coordinator, office, name):
    REGISTERS[name]()
    browser = sign_in(coordinator)
    url = reverse(f"admin:apprentices_{name}_changelist")
    REGISTERS[name](office=office)
    one = queries_of(browser, url)
    REGISTERS[name].create_batch(2, office=office)
    assert queries_of(browser, url) == one
    own = REGISTERS[name]._meta.model.objects.filter(office=office)
    assert set(browser.get(url).context["cl"].result_list) == set(own)


@pytest.mark.parametrize("name", REGISTERS)
def test_a_foreign_row_of_a_register_is_not_found(sign_in, coordinator, name):
    foreign = REGISTERS[name]()
    for page in ("change", "history"):
        url = reverse(f"admin:apprentices_{name}_{page}", args=[foreign.pk])
        assert sign_in(coordinator).get(url, follow=True).status_code == 404


def test_a_new_company_belongs_to_the_working_office(sign_in, coordinator, office, other_coordinator):
    other = other_coordinator.working_office
    sign_in(coordinator).post(
        reverse("admin:apprentices_trainingcompany_add"), {"name": "Furukollen", "office": other.pk}
    )
    assert TrainingCompany.objects.get().office == office


def test_a_second_company_with_the_same_number_is_told_so(sign_in, coordinator, office):
    TrainingCompanyFactory(office=office, organisation_number="310201375")
    body = (
        sign_in(coordinator)
        .post(reverse("admin:apprentices_trainingcompany_add"), {"name": "Again", "organisation_number": "310201375"})
        .content.decode()
    )
    assert "A company with this organisation number is here already." in body
    assert TrainingCompany.objects.count() == 1


def test_choices_of_a_register_are_the_offices_own(sign_in, coordinator, office):
    mine, foreign = TrainingCompanyFactory(office=office), TrainingCompanyFactory()
    browser = sign_in(coordinator)
    url = reverse("admin:apprentices_instructor_add")
    assert list(browser.get(url).context["adminform"].form.fields["company"].queryset) == [mine]
    person = {"given_name": "Berit", "family_name": "Nord", "email": "berit@example.com", "written_form": "nb"}
    browser.post(url, person | {"company": foreign.pk})
    assert Instructor.objects.count() == 0
    browser.post(url, person | {"company": mine.pk})
    assert Instructor.objects.get().company == mine


def test_a_contract_is_kept_with_its_apprentice(sign_in, coordinator, office):
    contract = ContractFactory(apprentice__office=office)
    apprentice = contract.apprentice
    data = {
        "given_name": apprentice.given_name,
        "family_name": apprentice.family_name,
        "birth_date": apprentice.birth_date.isoformat(),
        "email": apprentice.email,
        "written_form": "nn",
        "contracts-TOTAL_FORMS": 1,
        "contracts-INITIAL_FORMS": 1,
        "contracts-0-id": contract.pk,
        "contracts-0-apprentice": apprentice.pk,
        "contracts-0-kind": "training",
        "contracts-0-company": contract.company.pk,
        "contracts-0-starts_on": contract.starts_on.isoformat(),
        "contracts-0-ends_on": days(500).isoformat(),
    }
    response = sign_in(coordinator).post(reverse("admin:apprentices_apprentice_change", args=[apprentice.pk]), data)
    contract.refresh_from_db()
    assert (response.status_code, contract.kind, contract.ends_on) == (302, "training", days(500))
    assert Apprentice.objects.get().written_form == "nn"


def test_a_contract_that_a_coordinator_approves_counts_at_once_for_what_is_undecided(sign_in, coordinator, office):
    application = ApplicationFactory(round__office=office, submitted=True)
    contract = ContractFactory(apprentice=application.apprentice, source="application")
    check_eligibility(application=application)
    facts = {
        "given_name": "Åse-Marie",
        "family_name": "Øygården",
        "birth_date": application.birth_date.isoformat(),
        "email": application.email,
        "written_form": "nb",
        "contracts-TOTAL_FORMS": 1,
        "contracts-INITIAL_FORMS": 1,
        "contracts-0-id": contract.pk,
        "contracts-0-apprentice": application.apprentice_id,
        "contracts-0-kind": contract.kind,
        "contracts-0-company": contract.company.pk,
        "contracts-0-starts_on": contract.starts_on.isoformat(),
        "contracts-0-ends_on": contract.ends_on.isoformat(),
        "contracts-0-approved_on": contract.starts_on.isoformat(),
    }

    def said():
        findings = EligibilityCheck.objects.get(application=application).findings
        return {each["code"] for each in findings if each["code"].startswith("contract_")}

    assert said() == {"contract_not_in_register"}
    address = reverse("admin:apprentices_apprentice_change", args=[application.apprentice_id])
    assert sign_in(coordinator).post(address, facts).status_code == 302
    assert "contract_approved" in said()


@pytest.mark.parametrize("role", [Role.HEAD, Role.ASSISTANT, Role.AUDITOR])
def test_who_may_only_read_a_register_cannot_write(sign_in, office, role):
    company = TrainingCompanyFactory(office=office, name="Before")
    browser = sign_in(member(role, office))
    url = reverse("admin:apprentices_trainingcompany_change", args=[company.pk])
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"name": "After"}).status_code == 403
    company.refresh_from_db()
    assert company.name == "Before"


def test_a_reviewer_has_no_registers_and_no_list(sign_in, reviewer):
    browser = sign_in(reviewer)
    for name in (LIST, "admin:apprentices_round_changelist", "admin:apprentices_apprentice_changelist"):
        assert browser.get(reverse(name)).status_code == 403


# --- trades -------------------------------------------------------------------------------------------------------
def test_the_list_of_trades_is_there_and_read_only(sign_in, coordinator):
    trade = Trade.objects.get(code="HSHEA3----")
    assert (Trade.objects.count() >= 98, trade.name_nb, trade.name_en) == (
        True,
        "Helsearbeiderfaget",
        "Health care work",
    )
    browser = sign_in(coordinator)
    url = reverse("admin:apprentices_trade_change", args=[trade.pk])
    assert browser.get(url).status_code == 200
    assert browser.post(url, {"name_nb": "Changed"}).status_code == 403
