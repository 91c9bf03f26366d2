"""Projects in the web admin: who may, what is checked, what is shown."""

from decimal import Decimal

import pytest
from django.urls import reverse

from mobility.grants.models import BaseRate, BudgetLine, Project
from tests.factories import BaseRateFactory, ProjectFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
LIST = reverse("admin:grants_project_changelist")
ADD = reverse("admin:grants_project_add")


def change(project):
    return reverse("admin:grants_project_change", args=[project.pk])


def form(rates=(), lines=(), **project):
    """What the browser posts: the project, rows of rates (kind, group, EUR), rows of budget lines (heading, EUR)."""
    data = {
        "code": "2026-1-NO01-KA121-VET-000012345",
        "title": "Ut i Europa",
        "starts_on": "2026-06-01",
        "ends_on": "2027-08-31",
        "awarded": "297700",
        "base_rates-TOTAL_FORMS": len(rates),
        "base_rates-INITIAL_FORMS": 0,
        "budget_lines-TOTAL_FORMS": len(lines),
        "budget_lines-INITIAL_FORMS": 0,
        **project,
    }
    for number, (kind, group, eur) in enumerate(rates):
        prefix = f"base_rates-{number}-"
        data |= {f"{prefix}participant_kind": kind, f"{prefix}country_group": group, f"{prefix}eur_per_day": eur}
    for number, (heading, eur) in enumerate(lines):
        data |= {f"budget_lines-{number}-heading": heading, f"budget_lines-{number}-awarded": eur}
    return data


def test_a_coordinator_enters_a_project_with_rates_and_budget(sign_in, coordinator, office):
    data = form(rates=[("vet_learner", 2, "110")], lines=[("travel", "38400")])
    response = sign_in(coordinator).post(ADD, data)
    assert (response.status_code, response["Location"]) == (302, LIST)
    project = Project.objects.get()
    assert (project.office, project.call_year, project.awarded) == (office, 2026, Decimal(297700))
    assert list(BaseRate.objects.values_list("project", "country_group", "eur_per_day")) == [(project.pk, 2, 110)]
    assert list(BudgetLine.objects.values_list("project", "heading", "awarded")) == [(project.pk, "travel", 38400)]


@pytest.mark.parametrize(
    ("rate", "sentence"),
    [
        (("vet_learner", 2, "111"), "The daily rate for country group 2 can be at most 110 EUR in call year 2026."),
        (("vet_learner", 3, "35"), "The daily rate for country group 3 must be at least 36 EUR in call year 2026."),
        (("staff", 1, "192"), "The daily rate for country group 1 can be at most 191 EUR in call year 2026."),
    ],
)
def test_a_rate_outside_the_range_of_the_guide_is_told_and_nothing_is_kept(sign_in, coordinator, rate, sentence):
    response = sign_in(coordinator).post(ADD, form(rates=[rate]))
    assert sentence in response.content.decode()
    assert f'value="{rate[2]}"' in response.content.decode()
    assert Project.objects.count() == 0


def test_a_call_year_without_a_table_is_named(sign_in, coordinator):
    data = form(rates=[("vet_learner", 2, "100")], code="2020-1-NO01-KA121-VET-000012345")
    response = sign_in(coordinator).post(ADD, data)
    assert "The rate table of call year 2020 has no figure for this" in response.content.decode()
    assert Project.objects.count() == 0


def test_a_code_of_another_shape_is_refused(sign_in, coordinator):
    response = sign_in(coordinator).post(ADD, form(code="2026-NO-1", rates=[("vet_learner", 2, "999")]))
    assert "This is not a project code of the programme." in response.content.decode()
    assert Project.objects.count() == 0


def test_the_project_shows_where_its_rates_come_from(sign_in, coordinator, office):
    project = ProjectFactory(office=office, code="2025-1-NO01-KA121-VET-000000001", awarded=1000)
    BudgetLine.objects.create(project=project, heading="travel", awarded=400)
    page = sign_in(coordinator).get(change(project)).content.decode()
    assert "Call year 2025, read on pages of national agencies, not in the Guide" in page
    assert "Learner, country group 2: – to 110 EUR a day" in page
    assert "400\u00a0€; the awarded grant is 1\u00a0000\u00a0€" in page


def test_the_list_links_to_the_reports_of_a_project(sign_in, coordinator, office):
    project = ProjectFactory(office=office)
    page = sign_in(coordinator).get(LIST).content.decode()
    assert f'href="{reverse("reporting:reports")}?project={project.pk}"' in page


def test_the_list_asks_the_same_number_of_queries_for_one_and_for_three(sign_in, coordinator, office):
    client = sign_in(coordinator)
    ProjectFactory(office=office)
    few = queries_of(client, LIST)
    ProjectFactory.create_batch(2, office=office)
    assert queries_of(client, LIST) == few


def test_head_and_auditor_read_and_do_not_change(sign_in, head, auditor, office):
    project = BaseRateFactory(project__office=office).project
    for reader in (head, auditor):
        client = sign_in(reader)
        page = client.get(change(project))
        assert (page.status_code, b'name="_save"' in page.content) == (200, False)
        assert client.post(change(project), form(title="X")).status_code == 403
        assert client.get(ADD).status_code == 403
    project.refresh_from_db()
    assert project.title == "Ut i Europa"


@pytest.mark.parametrize("name", ["assistant", "reviewer", "apprentice_user", "partner_user"])
def test_others_see_no_projects(request, sign_in, office, name):
    project = ProjectFactory(office=office)
    client = sign_in(request.getfixturevalue(name))
    assert [client.get(address).status_code in (302, 403) for address in (LIST, ADD, change(project))] == [True] * 3


def test_a_stranger_finds_neither_the_project_nor_its_row(sign_in, other_coordinator, office):
    project = ProjectFactory(office=office)
    client = sign_in(other_coordinator)
    missing = client.get(reverse("admin:grants_project_change", args=[project.pk + 99]))
    foreign = client.get(change(project))
    assert (foreign.status_code, foreign.get("Location")) == (missing.status_code, missing.get("Location"))
    assert project.code not in client.get(LIST).content.decode()


def test_nobody_deletes_a_project(sign_in, coordinator, office):
    project = ProjectFactory(office=office)
    client = sign_in(coordinator)
    assert client.post(reverse("admin:grants_project_delete", args=[project.pk]), {"post": "yes"}).status_code == 403
    assert Project.objects.count() == 1
