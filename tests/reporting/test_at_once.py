"""Two at once: one report for two clicks, one file for two workers, on SQLite and on PostgreSQL."""

import threading

import pytest
from django.db import connections

from mobility.accounts.enums import Role
from mobility.common.models import StoredFile
from reporting.models import ReportJob
from reporting.services import reports
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 4


@pytest.fixture
def race(many_connections):
    """``race(act, count)``: what ``act`` gave in each of four threads, sorted; and what ``count`` says afterwards."""

    def _race(act, count):
        many_connections()
        start, results, counted = threading.Barrier(TIMES), [], []

        def run():
            try:
                start.wait(timeout=20)
                results.append(act())
            except Exception as fault:  # noqa: BLE001 - whatever happens is the finding
                results.append(repr(fault))
            finally:
                connections.close_all()

        def look():
            counted.append(count())
            connections.close_all()

        threads = [threading.Thread(target=run) for _ in range(TIMES)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        looking = threading.Thread(target=look)
        looking.start()
        looking.join()
        return sorted(results, key=str), counted[0]

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
