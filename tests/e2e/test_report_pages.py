"""Reports and projects, seen by a browser in four languages: axe, phone width, progress that ends with the file."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from reporting.models import ReportJob
from reporting.services import reports
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = ["nb", "nn", "sv", "en"]
LONG_TITLE = "Þórðardóttir-Sáŋŋá und Öffentlichkeitsbeauftragtenverbandsgesellschaft mbH"


@pytest.fixture
def pages(office, coordinator):
    """Addresses of the pages with rows, an error and each state of a report."""
    project = factories.ProjectFactory(office=office, title=LONG_TITLE)
    factories.ProjectFactory(office=office)
    factories.BaseRateFactory(project=project)
    factories.BudgetLineFactory(project=project)
    facts = {"project": project, "requested_by": coordinator}
    jobs = [
        factories.ReportJobFactory(**facts, done=True),
        factories.ReportJobFactory(**facts, state="failed", error="The disk is full."),
        factories.ReportJobFactory(**facts, state="running", progress=50),
    ]
    return [
        reverse("reporting:reports"),
        *(job.get_absolute_url() for job in jobs),
        reverse("admin:grants_project_changelist"),
        reverse("admin:grants_project_add"),
        reverse("admin:grants_project_change", args=[project.pk]),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_pages_of_reports_and_projects(
    page, live_server, enter, speak, axe, told, pages, coordinator, language
):
    enter(coordinator)
    speak(language)
    found = {}
    for address in pages:
        page.goto(live_server.url + address)
        found[address] = axe()
    page.goto(live_server.url + pages[0])
    page.select_option("#id_project", "")
    page.click("form[method=post] .u-btn--primary")
    expect(page.locator(".u-errors")).to_be_focused()
    found["with an error"] = axe()
    assert {address: rules for address, rules in found.items() if rules} == {}
    assert told == []


def test_pages_fit_a_phone(page, live_server, enter, pages, coordinator):
    page.set_viewport_size({"width": 390, "height": 844})
    enter(coordinator)
    widths = {}
    for address in pages:
        page.goto(live_server.url + address)
        widths[address] = page.evaluate("document.documentElement.scrollWidth")
    assert {address: width for address, width in widths.items() if width > 390} == {}


def test_progress_ends_with_the_finished_report_without_a_click(
    page, live_server, enter, told, coordinator, monkeypatch
):
    monkeypatch.setattr(reports, "project_report_pdf", lambda figures, *, language: b"%PDF-light")
    project = factories.ProjectFactory(office=coordinator.memberships.get().office)
    enter(coordinator)
    page.goto(f"{live_server.url}{reverse('reporting:reports')}?project={project.pk}")
    page.keyboard.press("Tab")
    page.locator("#id_language").select_option("sv")
    page.locator("form[method=post] .u-btn--primary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[hx-get]")).to_be_visible()
    job = ReportJob.objects.get()
    reports.run_report(job.pk)
    link = page.locator(f'a[href="{reverse("reporting:download", args=[job.pk])}"]')
    expect(link).to_be_visible(timeout=20_000)
    expect(page.locator("[hx-get]")).to_have_count(0)
    with page.expect_download() as download:
        link.click()
    assert download.value.path().read_bytes() == b"%PDF-light"
    assert told == []
