"""Two at once: one report for two clicks, one file for two workers, on SQLite and on PostgreSQL."""

import pytest

from mobility.accounts.enums import Role
from mobility.common.models import StoredFile
from reporting.models import ReportJob
from reporting.services import reports
from tests import factories
from tests.at_once import together

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 4


@pytest.fixture
def race(many_connections):
    """``race(act, count)``: what ``act`` gave in each of four threads, sorted; and what ``count`` says afterwards."""

    def _race(act, count):
        many_connections()
        results = [repr(each) if isinstance(each, Exception) else each for each in together(*[act] * TIMES)]
        return sorted(results, key=str), together(count)[0]

    return _race


def test_two_clicks_at_once_ask_for_one_report(office, race):
    project = factories.ProjectFactory(office=office)
    coordinator = factories.member(Role.COORDINATOR, office)
    given, rows = race(
        lambda: reports.request_report(project=project, language="nb", by=coordinator).pk, ReportJob.objects.count
    )
    assert (len(set(given)), rows) == (1, 1)


def test_two_workers_at_once_make_one_report(office, race, monkeypatch):
    monkeypatch.setattr(reports, "project_report_pdf", lambda figures, *, language: b"%PDF-light")
    job = factories.ReportJobFactory(project=factories.ProjectFactory(office=office))
    made, files = race(lambda: reports.run_report(job.pk), StoredFile.objects.count)
    assert (made, files) == ([False, False, False, True], 1)
