"""Pages of reports: who may, what is shown, what is kept."""

import pytest
from django.urls import reverse

from reporting.enums import ReportState
from reporting.models import ReportJob
from tests.factories import ProjectFactory, ReportJobFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
LIST = reverse("reporting:reports")
HTMX = {"HTTP_HX_REQUEST": "true"}


def at(name, job):
    return reverse(f"reporting:{name}", args=[job.pk])


@pytest.fixture
def job(project, coordinator):
    return ReportJobFactory(project=project, requested_by=coordinator)


@pytest.fixture
def finished(project, coordinator):
    return ReportJobFactory(project=project, requested_by=coordinator, done=True)


@pytest.fixture
def failed(project, coordinator):
    return ReportJobFactory(project=project, requested_by=coordinator, state="failed", error="The disk is full.")


# --- asking -------------------------------------------------------------------------------------------------------


def test_a_coordinator_asks_for_a_report_and_sees_how_far_it_is(sign_in, coordinator, project):
    client = sign_in(coordinator)
    response = client.post(LIST, {"project": project.pk, "language": "nn"})
    job = ReportJob.objects.get()
    assert (response.status_code, response["Location"]) == (302, at("report", job))
    assert (job.project, job.language, job.requested_by, job.state) == (project, "nn", coordinator, "queued")
    page = client.get(at("report", job)).content.decode()
    assert f'hx-get="{at("progress", job)}?seen=queued-0"' in page
    assert "<title>Project report" in page


def test_the_form_is_filled_in_for_the_project_and_the_office(sign_in, coordinator, project):
    page = sign_in(coordinator).get(f"{LIST}?project={project.pk}").content.decode()
    assert f'<option value="{project.pk}" selected>' in page
    assert '<option value="nb" selected>' in page


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (("project", ""), "Choose a project."),
        (("project", "99999"), "Choose one of your office&#x27;s projects."),
        (("project", "x"), "Choose one of your office&#x27;s projects."),
        (("language", ""), "Choose a language."),
        (("language", "fi"), "Choose one of the languages."),
    ],
)
def test_bad_input_is_told_in_a_summary_and_nothing_is_made(sign_in, coordinator, project, wrong, words):
    field, value = wrong
    page = sign_in(coordinator).post(LIST, {"project": project.pk, "language": "nb", field: value}).content.decode()
    assert page.count(words) == 2  # in the summary and at the field
    assert f'href="#id_{field}"' in page
    assert "<title>Error: Reports" in page
    assert ReportJob.objects.count() == 0


def test_a_project_of_another_office_cannot_be_chosen(sign_in, coordinator):
    foreign = ProjectFactory()
    page = sign_in(coordinator).post(LIST, {"project": foreign.pk, "language": "nb"}).content.decode()
    assert "Choose one of your office&#x27;s projects." in page
    assert foreign.code not in page
    assert ReportJob.objects.count() == 0


# --- the list -----------------------------------------------------------------------------------------------------


def test_a_finished_report_is_listed_with_checksum_size_and_download(sign_in, coordinator, finished):
    page = sign_in(coordinator).get(LIST).content.decode()
    assert finished.result.sha256 in page
    assert "5\u00a0bytes" in page
    assert f'href="{at("download", finished)}"' in page


def test_the_list_can_be_cut_down_to_one_project(sign_in, coordinator, finished, office):
    other = ReportJobFactory(project=ProjectFactory(office=office), done=True)
    client = sign_in(coordinator)
    assert [code in client.get(LIST).content.decode() for code in shown(finished, other)] == [True, True]
    page = client.get(f"{LIST}?project={other.project_id}").content.decode()
    assert [address in page for address in shown(finished, other)] == [False, True]


@pytest.mark.parametrize("nonsense", ["x", "-1", "99999", "", "1' or 1=1"])
def test_a_filter_that_means_nothing_shows_all(sign_in, coordinator, finished, nonsense):
    page = sign_in(coordinator).get(LIST, {"project": nonsense}).content.decode()
    assert at("report", finished) in page


def shown(*jobs):
    return [f'href="{at("report", job)}"' for job in jobs]


def test_a_long_list_has_pages_that_keep_the_filter(sign_in, coordinator, project):
    ReportJobFactory.create_batch(51, project=project)
    client = sign_in(coordinator)
    page = client.get(f"{LIST}?project={project.pk}").content.decode()
    assert f'href="?page=2&amp;project={project.pk}"' in page
    assert "Page 2 of 2" in client.get(f"{LIST}?project={project.pk}&page=2").content.decode()


def test_an_empty_list_says_what_will_be_here(sign_in, coordinator, office):
    assert "No report yet" in sign_in(coordinator).get(LIST).content.decode()


def test_the_list_asks_the_same_number_of_queries_for_one_and_for_three(sign_in, coordinator, office, finished):
    client = sign_in(coordinator)
    few = queries_of(client, LIST)
    ReportJobFactory(project=ProjectFactory(office=office), requested_by=coordinator, done=True)
    ReportJobFactory(project=ProjectFactory(office=office), state="failed", error="x")
    assert queries_of(client, LIST) == few


# --- progress -----------------------------------------------------------------------------------------------------


def test_progress_is_a_part_of_a_page_that_keeps_asking(sign_in, coordinator, job):
    job.state, job.progress = ReportState.RUNNING, 50
    job.save()
    response = sign_in(coordinator).get(f"{at('progress', job)}?seen=queued-0", **HTMX)
    page = response.content.decode()
    assert response.status_code == 200
    assert "50 %" in page
    assert f'hx-get="{at("progress", job)}?seen=running-50"' in page
    assert "<html" not in page


def test_nothing_new_leaves_the_page_as_it_is(sign_in, coordinator, job):
    response = sign_in(coordinator).get(f"{at('progress', job)}?seen=queued-0", **HTMX)
    assert (response.status_code, response.content) == (204, b"")


def test_polling_ends_with_the_finished_report(sign_in, coordinator, finished):
    response = sign_in(coordinator).get(at("progress", finished), **HTMX)
    page = response.content.decode()
    assert response.status_code == 286
    assert "hx-get" not in page
    assert f'href="{at("download", finished)}"' in page
    assert finished.result.sha256 in page


def test_polling_ends_with_the_reason_of_a_failure_and_a_button_that_posts(sign_in, coordinator, failed):
    response = sign_in(coordinator).get(at("progress", failed), **HTMX)
    page = response.content.decode()
    assert response.status_code == 286
    assert "The disk is full." in page
    assert f'<form method="post" action="{at("retry", failed)}">' in page
    assert "csrfmiddlewaretoken" in page


def test_a_browser_without_script_gets_the_page(sign_in, coordinator, job):
    response = sign_in(coordinator).get(at("progress", job))
    assert (response.status_code, response["Location"]) == (302, at("report", job))


# --- the file -----------------------------------------------------------------------------------------------------


def test_the_file_comes_as_an_attachment_that_nothing_runs_in(sign_in, coordinator, finished):
    response = sign_in(coordinator).get(at("download", finished))
    assert b"".join(response.streaming_content) == b"%PDF-"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="report.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Cache-Control"] == "no-store"


def test_a_report_that_is_not_ready_has_no_file(sign_in, coordinator, job):
    assert sign_in(coordinator).get(at("download", job)).status_code == 404


# --- trying again -------------------------------------------------------------------------------------------------


def test_a_failed_report_is_tried_again_by_a_button(sign_in, coordinator, failed):
    response = sign_in(coordinator).post(at("retry", failed))
    assert (response.status_code, response["Location"]) == (302, at("report", failed))
    failed.refresh_from_db()
    assert (failed.state, failed.error) == ("queued", "")


def test_a_get_tries_nothing_again(sign_in, coordinator, failed):
    assert sign_in(coordinator).get(at("retry", failed)).status_code == 405
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_a_report_in_another_state_is_told_to_be_so(sign_in, coordinator, finished):
    page = sign_in(coordinator).post(at("retry", finished), follow=True).content.decode()
    assert "Only a report that failed can be tried again." in page


# --- who may ------------------------------------------------------------------------------------------------------

PAGES = ["report", "progress", "download"]


@pytest.mark.parametrize("name", PAGES)
def test_a_report_of_another_office_is_as_missing_as_one_that_never_was(sign_in, other_coordinator, finished, name):
    client = sign_in(other_coordinator)
    foreign = client.get(at(name, finished))
    missing = client.get(reverse(f"reporting:{name}", args=[finished.pk + 99]))
    assert (foreign.status_code, missing.status_code) == (404, 404)


def test_a_stranger_tries_nothing_again_and_sees_nothing_in_the_list(sign_in, other_coordinator, failed):
    client = sign_in(other_coordinator)
    assert client.post(at("retry", failed)).status_code == 404
    assert failed.project.code not in client.get(LIST).content.decode()
    failed.refresh_from_db()
    assert failed.state == "failed"


@pytest.mark.parametrize("name", [*PAGES, "retry"])
def test_nobody_gets_in_without_signing_in(client, finished, name):
    response = client.get(at(name, finished))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))
    assert client.get(LIST)["Location"].startswith(reverse("account_login"))


def test_an_auditor_reads_and_asks_for_nothing(sign_in, auditor, finished, failed, project):
    client = sign_in(auditor)
    assert client.get(at("report", finished)).status_code == 200
    file = client.get(at("download", finished))
    assert b"".join(file.streaming_content) == b"%PDF-"
    page = client.get(LIST).content.decode()
    assert "Make the report" not in page
    assert "Try again" not in client.get(at("report", failed)).content.decode()
    assert client.post(LIST, {"project": project.pk, "language": "nb"}).status_code == 403
    assert client.post(at("retry", failed)).status_code == 403
    assert ReportJob.objects.count() == 2
    failed.refresh_from_db()
    assert failed.state == "failed"


def test_a_head_may_ask(sign_in, head, project):
    sign_in(head).post(LIST, {"project": project.pk, "language": "sv"})
    assert ReportJob.objects.get().requested_by == head


@pytest.mark.parametrize("name", ["assistant", "reviewer", "apprentice_user", "instructor_user", "partner_user"])
def test_others_have_no_reports(request, sign_in, finished, failed, name):
    client = sign_in(request.getfixturevalue(name))
    assert client.get(LIST).status_code == 403
    assert client.post(LIST, {"project": finished.project_id, "language": "nb"}).status_code == 403
    assert [client.get(at(page, finished)).status_code for page in PAGES] == [404] * 3
    assert client.post(at("retry", failed)).status_code == 404
    assert ReportJob.objects.count() == 2
