"""Applications, rounds and registers in the web admin: what is shown to whom, what can be changed, how much is read."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus, EndorsementAnswer, RoundStatus
from apprentices.models import Apprentice, EligibilityCheck, Instructor, Round, Trade, TrainingCompany
from apprentices.selectors.turns import Turn, turn_of
from apprentices.services.eligibility import check_eligibility
from apprentices.services.rounds import add_standard_criteria
from mobility.accounts.enums import Role
from mobility.common import clock
from tests.factories import (
    ApplicationFactory,
    ApprenticeFactory,
    ContractFactory,
    CriterionFactory,
    EndorsementFactory,
    InstructorFactory,
    ReviewFactory,
    RoundFactory,
    TrainingCompanyFactory,
    TrainingManagerFactory,
    days,
    member,
)
from tests.queries import queries_of

LIST = "admin:apprentices_application_changelist"
CASE = "admin:apprentices_application_change"


@pytest.fixture
def round_(office):
    return RoundFactory(office=office)


def endorsed(application, answer=EndorsementAnswer.WAITING):
    given = "" if answer == EndorsementAnswer.WAITING else answer
    return EndorsementFactory(application=application, name="Gunn Helen", answered=given)


def shown(response):
    """References of the rows that a change list shows."""
    return [application.reference for application in response.context["cl"].result_list]


# --- list of applications -----------------------------------------------------------------------------------------
def test_the_list_shows_what_was_sent_to_the_office_and_no_drafts(sign_in, coordinator, round_):
    mine = ApplicationFactory(round=round_, submitted=True)
    ApplicationFactory(round=round_)
    ApplicationFactory(submitted=True)
    response = sign_in(coordinator).get(reverse(LIST))
    assert shown(response) == [mine.reference]
    assert "draft" not in [
        choice["display"] for choice in response.context["cl"].filter_specs[0].choices(response.context["cl"])
    ]


@pytest.mark.parametrize(
    "words",
    [
        "øygården",
        "ØYGÅRDEN",
        "UT-77",
        "ase.marie@example.net",
        "furukollen",
        "Øygården Åse",
        "åse",
        "asa oygar",
        "0109",
    ],
)
def test_search_finds_name_reference_address_and_company(sign_in, coordinator, round_, words):
    wanted = ApplicationFactory(
        round=round_,
        submitted=True,
        reference="UT-77",
        given_name="Åsa",
        call_name="Åse",
        family_name="Øygården",
        email="ase.marie@example.net",
        company_name="Furukollen",
    )
    ApplicationFactory(
        round=round_, submitted=True, reference="XX-1", given_name="Per", family_name="Eide", company_name="Bakeriet",
        phone="+4791234567",
    )  # fmt: skip
    assert shown(sign_in(coordinator).get(reverse(LIST), {"q": words})) == [wanted.reference]


def test_filters_offer_own_rounds_and_trades_in_use(sign_in, coordinator, round_, office):
    RoundFactory(name="Foreign round")
    other = RoundFactory(office=office, name="Own second round")
    application = ApplicationFactory(round=other, submitted=True)
    ApplicationFactory(round=round_, submitted=True, trade=Trade.objects.get(code="RMKOK3----"))
    body = sign_in(coordinator).get(reverse(LIST)).content.decode()
    assert ("Own second round" in body, "Foreign round" in body) == (True, False)
    assert ("Cook" in body or "Kokkfaget" in body, "Hairdressing" in body) == (True, False)
    filtered = sign_in(coordinator).get(reverse(LIST), {"round__id__exact": other.pk})
    assert shown(filtered) == [application.reference]


def test_the_list_asks_at_most_eight_queries_the_same_at_any_size(sign_in, coordinator, round_):
    RoundFactory(office=round_.office)
    browser = sign_in(coordinator)
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            endorsed(ApplicationFactory(round=round_, submitted=True))
        counts.append(queries_of(browser, reverse(LIST)))
    assert (len(set(counts)), counts[0] <= 8) == (1, True)


@pytest.mark.parametrize(
    ("status", "answer", "open_reviews", "turn"),
    [
        (ApplicationStatus.SUBMITTED, EndorsementAnswer.WAITING, 0, "employer"),
        (ApplicationStatus.SUBMITTED, EndorsementAnswer.YES, 0, "office"),
        (ApplicationStatus.SUBMITTED, None, 0, "office"),
        (ApplicationStatus.IN_REVIEW, EndorsementAnswer.YES, 1, "reviewer"),
        (ApplicationStatus.IN_REVIEW, EndorsementAnswer.NO, 0, "office"),
        (ApplicationStatus.OFFERED, None, 0, "apprentice"),
        (ApplicationStatus.WAITING_LIST, None, 0, "nobody"),
        (ApplicationStatus.REJECTED, None, 0, "nobody"),
        (ApplicationStatus.ACCEPTED, None, 0, "nobody"),
        (ApplicationStatus.LAPSED, None, 0, "nobody"),
        (ApplicationStatus.DEFERRED, None, 0, "nobody"),
    ],
)
def test_every_state_says_whose_turn_it_is(round_, status, answer, open_reviews, turn):
    application = ApplicationFactory(round=round_, submitted=True, status=status)
    if answer:
        endorsed(application, answer)
    ReviewFactory.create_batch(open_reviews, application=application)
    assert turn_of(application).who == turn


def test_a_turn_counts_whole_days():
    assert Turn("office", clock.now() - datetime.timedelta(days=3, hours=5)).days == 3


# --- CSV ----------------------------------------------------------------------------------------------------------
def export(browser, applications):
    """The confirm page first, then what its button gives."""
    chosen = {"action": "export_csv", "index": 0, "_selected_action": [each.pk for each in applications]}
    page = browser.post(reverse(LIST), chosen)
    response = browser.post(reverse(LIST), dict(page.context["hidden"])) if "hidden" in page.context else page
    return b"".join(response.streaming_content).decode() if response.streaming else ""


def test_the_csv_holds_the_chosen_rows_defused(sign_in, coordinator, round_):
    bad = ApplicationFactory(round=round_, submitted=True, given_name='=HYPERLINK("http://x")', reference="UT-1")
    ApplicationFactory(round=round_, submitted=True, reference="UT-2")
    foreign = ApplicationFactory(submitted=True, reference="UT-3")
    lines = export(sign_in(coordinator), [bad, foreign]).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("\ufeffReference;Given name;Family name")
    assert lines[1].startswith("UT-1;\"'=HYPERLINK(")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_csv_reads_the_same_number_of_queries(sign_in, coordinator, round_, rows, django_assert_max_num_queries):
    made = ApplicationFactory.create_batch(rows, round=round_, submitted=True)
    browser = sign_in(coordinator)
    with django_assert_max_num_queries(24):  # two pages, who was asked, what stands above the list
        assert len(export(browser, made).splitlines()) == rows + 1


def test_an_assistant_gets_no_csv_and_no_reviewers_to_choose(sign_in, assistant, round_):
    application = ApplicationFactory(round=round_, submitted=True)
    browser = sign_in(assistant)
    assert export(browser, [application]) == ""
    assert "export_csv" not in browser.get(reverse(LIST)).content.decode()


# --- case page ----------------------------------------------------------------------------------------------------
def test_the_case_page_shows_the_application_and_its_log(sign_in, coordinator, round_):
    application = ApplicationFactory(round=round_, submitted=True, motivation="Eg vil lære meir.")
    endorsed(application, EndorsementAnswer.YES)
    body = sign_in(coordinator).get(reverse(CASE, args=[application.pk])).content.decode()
    for words in (application.reference, "Eg vil lære meir.", "Employer: consents", "Choose reviewers"):
        assert words in body


def test_a_foreign_case_and_a_draft_are_not_found(sign_in, coordinator, other_coordinator, round_):
    application = ApplicationFactory(round=round_, submitted=True)
    draft = ApplicationFactory(round=round_)
    for user, pk in ((other_coordinator, application.pk), (coordinator, draft.pk), (coordinator, 10**6)):
        for name in (CASE, "admin:apprentices_application_history"):
            assert sign_in(user).get(reverse(name, args=[pk]), follow=True).status_code == 404


def test_nothing_of_an_application_is_changed_by_posting_the_form(sign_in, coordinator, round_):
    application = ApplicationFactory(round=round_, submitted=True)
    response = sign_in(coordinator).post(
        reverse(CASE, args=[application.pk]), {"given_name": "Changed", "status": "accepted", "office": 1}
    )
    application.refresh_from_db()
    assert (response.status_code, application.given_name, application.status) == (403, "Åse-Marie", "submitted")


def test_scores_stay_hidden_from_an_assistant(sign_in, coordinator, assistant, round_):
    CriterionFactory(round=round_, weight=100)
    application = ApplicationFactory(round=round_, submitted=True, status=ApplicationStatus.IN_REVIEW)
    ReviewFactory(application=application, marks=4)
    url = reverse(CASE, args=[application.pk])
    assert "4.00" in sign_in(coordinator).get(url).content.decode()
    body = sign_in(assistant).get(url).content.decode()
    assert ("4.00" in body, "Ranking list" in body, application.full_name in body) == (False, False, True)


def test_an_assistant_does_not_find_the_own_application(sign_in, assistant, round_):
    application = ApplicationFactory(round=round_, submitted=True)
    application.apprentice.user = assistant
    application.apprentice.save()
    assert sign_in(assistant).get(reverse(CASE, args=[application.pk]), follow=True).status_code == 404
    assert shown(sign_in(assistant).get(reverse(LIST))) == []


def test_the_case_page_stays_within_fifteen_queries(sign_in, coordinator, round_):
    CriterionFactory(round=round_, weight=100)
    application = ApplicationFactory(round=round_, submitted=True, status=ApplicationStatus.IN_REVIEW)
    endorsed(application, EndorsementAnswer.YES)
    ReviewFactory.create_batch(2, application=application, marks=4)
    assert queries_of(sign_in(coordinator), reverse(CASE, args=[application.pk])) <= 15


def test_the_history_names_who_changed_what(sign_in, coordinator, office):
    apprentice = ApprenticeFactory(office=office, municipality="Hamar")
    browser = sign_in(coordinator)
    apprentice.municipality = "Gjøvik"
    apprentice.save()
    body = browser.get(reverse("admin:apprentices_apprentice_history", args=[apprentice.pk])).content.decode()
    assert ("Municipality" in body, "Hamar" in body, "Gjøvik" in body) == (True, True, True)


# --- rounds -------------------------------------------------------------------------------------------------------
def round_data(**changes):
    return {
        "name": "Høst 2027",
        "places": "30",
        "reference_prefix": "UT",
        "opens_at": "2027-03-01T09:00",
        "closes_at": "2027-03-31T23:59",
        "departs_from": "2027-08-30",
        "departs_to": "2027-09-06",
        "returns_from": "2027-12-06",
        "returns_to": "2027-12-13",
        "answer_by": "2027-05-15",
        "start_with": "standard",
    } | changes


ADD_ROUND = "admin:apprentices_round_add"
CHANGE_ROUND = "admin:apprentices_round_change"


def test_a_round_begins_with_the_usual_criteria_in_the_office(sign_in, coordinator, office):
    sign_in(coordinator).post(reverse(ADD_ROUND), round_data())
    made = Round.objects.get()
    assert (made.office, made.status, made.criteria.count()) == (office, RoundStatus.PREPARED, 5)


def test_clock_times_are_the_offices_own(sign_in, coordinator, office):
    office.time_zone = "Europe/Helsinki"
    office.save()
    sign_in(coordinator).post(reverse(ADD_ROUND), round_data())
    made = Round.objects.get()
    assert made.closes_at == datetime.datetime(2027, 3, 31, 23, 59, tzinfo=ZoneInfo("Europe/Helsinki"))
    body = sign_in(coordinator).get(reverse(CHANGE_ROUND, args=[made.pk])).content.decode()
    assert 'value="2027-03-31T23:59"' in body


def test_the_hour_that_does_not_exist_is_refused_and_everything_typed_is_kept(sign_in, coordinator):
    body = sign_in(coordinator).post(reverse(ADD_ROUND), round_data(opens_at="2027-03-28T02:30")).content.decode()
    assert Round.objects.count() == 0
    assert "data-error-summary" in body
    assert ('value="2027-03-28T02:30"' in body, 'value="Høst 2027"' in body) == (True, True)


def test_a_round_that_closes_before_it_opens_is_refused(sign_in, coordinator):
    body = sign_in(coordinator).post(reverse(ADD_ROUND), round_data(closes_at="2027-02-01T12:00")).content.decode()
    assert ("The round closes before it opens." in body, Round.objects.count()) == (True, 0)


def test_only_own_projects_are_offered_and_taken(sign_in, coordinator, office, round_):
    foreign = RoundFactory().project
    browser = sign_in(coordinator)
    form = browser.get(reverse(ADD_ROUND)).context["adminform"].form
    assert list(form.fields["project"].queryset) == [round_.project]
    browser.post(reverse(ADD_ROUND), round_data(project=foreign.pk))
    assert not Round.objects.filter(project=foreign, office=office).exists()


def criteria_data(found, **changes):
    rows = list(found.criteria.all())
    data = {"criteria-TOTAL_FORMS": len(rows), "criteria-INITIAL_FORMS": len(rows)}
    for number, row in enumerate(rows):
        data |= {
            f"criteria-{number}-id": row.pk,
            f"criteria-{number}-round": found.pk,
            f"criteria-{number}-position": row.position,
            f"criteria-{number}-weight": row.weight,
            f"criteria-{number}-name_nb": row.name_nb,
        }
    return data | changes


def test_weights_can_be_changed_until_the_round_opens(sign_in, coordinator, office):
    prepared = RoundFactory(office=office, prepared=True)
    add_standard_criteria(round=prepared)
    data = round_data() | criteria_data(prepared, **{"criteria-0-weight": "30"})
    response = sign_in(coordinator).post(reverse(CHANGE_ROUND, args=[prepared.pk]), data)
    assert (response.status_code, prepared.criteria.first().weight) == (302, 30)


def test_criteria_of_an_open_round_cannot_be_changed_whatever_is_posted(sign_in, coordinator, round_):
    CriterionFactory(round=round_, weight=100, position=1)
    data = round_data(places="31") | criteria_data(round_, **{"criteria-0-weight": "10"})
    sign_in(coordinator).post(reverse(CHANGE_ROUND, args=[round_.pk]), data)
    round_.refresh_from_db()
    assert (round_.criteria.get().weight, round_.places) == (100, 31)


def test_a_page_loaded_before_the_opening_cannot_change_criteria(sign_in, coordinator, office, monkeypatch):
    opened = RoundFactory(office=office)
    CriterionFactory(round=opened, weight=100, position=1)
    monkeypatch.setattr("apprentices.admin.rounds._is_prepared", lambda found: True)
    data = round_data() | criteria_data(opened, **{"criteria-0-weight": "10"})
    body = sign_in(coordinator).post(reverse(CHANGE_ROUND, args=[opened.pk]), data).content.decode()
    assert "criteria and weights cannot be changed any more" in body
    assert opened.criteria.get().weight == 100


def test_five_lines_become_the_meaning_of_the_marks(sign_in, coordinator, office):
    prepared = RoundFactory(office=office, prepared=True)
    CriterionFactory(round=prepared, weight=100, position=1)
    url = reverse(CHANGE_ROUND, args=[prepared.pk])
    too_few = round_data() | criteria_data(prepared, **{"criteria-0-anchor_lines": "one\ntwo"})
    assert "Write five lines" in sign_in(coordinator).post(url, too_few).content.decode()
    enough = round_data() | criteria_data(prepared, **{"criteria-0-anchor_lines": "a\nb\nc\nd\ne"})
    sign_in(coordinator).post(url, enough)
    assert prepared.criteria.get().anchors == {"1": "a", "2": "b", "3": "c", "4": "d", "5": "e"}


@pytest.mark.parametrize("role", [Role.HEAD, Role.ASSISTANT, Role.AUDITOR])
def test_only_a_coordinator_makes_rounds(sign_in, office, role, round_):
    browser = sign_in(member(role, office))
    assert browser.get(reverse(CHANGE_ROUND, args=[round_.pk])).status_code == 200
    assert browser.post(reverse(ADD_ROUND), round_data()).status_code == 403
    assert browser.post(reverse(CHANGE_ROUND, args=[round_.pk]), round_data(places="1")).status_code == 403
    assert Round.objects.count() == 1


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
