"""Reports are asked for once, made once, and say what went wrong."""

import errno
import hashlib
import logging

import pytest
from django.core.files.storage import default_storage
from django.db import OperationalError
from django.utils.translation import get_language, gettext, override

from mobility.common.errors import TransitionNotAllowed
from mobility.common.models import StoredFile
from reporting.enums import ReportState
from reporting.models import ReportJob
from reporting.services import reports
from reporting.services.reports import LostClaim, due_ids, request_report, retry_report, run_report
from tests.factories import ReportJobFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(project, stays, coordinator):
    return ReportJobFactory(project=project, requested_by=coordinator)


@pytest.fixture
def light(monkeypatch):
    """Reports without the layout: a few bytes stand for the file."""
    monkeypatch.setattr(reports, "project_report_pdf", lambda figures, *, language: b"%PDF-light")


def broken_by(fault):
    def project_report_pdf(figures, *, language):
        raise fault

    return project_report_pdf


# --- asking -------------------------------------------------------------------------------------------------------


def test_asking_makes_a_row_and_wakes_a_worker_after_the_commit(
    project, coordinator, monkeypatch, django_capture_on_commit_callbacks
):
    woken = []
    monkeypatch.setattr("mobility.common.jobs._send", lambda name, pk: woken.append((name, pk)))
    with django_capture_on_commit_callbacks(execute=True):
        job = request_report(project=project, language="nn", by=coordinator)
        assert woken == []
    assert woken == [("reporting.run_report", job.pk)]
    assert (job.office, job.state, job.language, job.requested_by) == (project.office, "queued", "nn", coordinator)


def test_a_second_click_gives_the_same_report(project, coordinator):
    first = request_report(project=project, language="nb", by=coordinator)
    assert request_report(project=project, language="nb", by=coordinator) == first
    assert ReportJob.objects.count() == 1


def test_another_language_another_person_or_a_finished_report_makes_a_new_one(project, coordinator, head):
    finished = ReportJobFactory(project=project, requested_by=coordinator, done=True)
    jobs = {
        request_report(project=project, language=language, by=by).pk
        for language, by in (("nb", coordinator), ("sv", coordinator), ("nb", head))
    }
    assert len(jobs | {finished.pk}) == 4


def test_a_broker_that_does_not_answer_loses_no_report(
    project, coordinator, monkeypatch, django_capture_on_commit_callbacks
):
    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("celery.current_app.send_task", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        job = request_report(project=project, language="nb", by=coordinator)
    assert ReportJob.objects.get().pk == job.pk


# --- making -------------------------------------------------------------------------------------------------------


def test_a_report_is_made_and_kept_with_its_checksum(job):
    assert run_report(job.pk) is True
    job.refresh_from_db()
    assert (job.state, job.progress, job.tries, job.error) == (ReportState.DONE, 100, 1, "")
    with job.result.content.open("rb") as file:
        content = file.read()
    assert content.startswith(b"%PDF-")
    assert (job.result.sha256, job.result.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert (job.result.office, job.result.content_type) == (job.office, "application/pdf")
    with override(job.language):
        words = gettext("project report").replace(" ", "-")
    assert job.result.original_name.startswith(f"{words}-2026-1-NO01-KA121-VET-000012345-")


def test_open_stays_are_priced_before_they_are_summed_up(job, stays, light):
    stays["planned"].distance_km = 2200
    stays["planned"].save()
    run_report(job.pk)
    stays["planned"].refresh_from_db()
    assert stays["planned"].grant.total == 9207


def test_a_finished_report_is_not_made_again(job, light):
    assert (run_report(job.pk), run_report(job.pk)) == (True, False)
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize("state", ["failed", "running"])
def test_a_report_that_failed_or_that_somebody_is_at_is_left_alone(job, light, state):
    job.state, job.heartbeat_at = state, job.requested_at
    job.save()
    assert run_report(job.pk) is False
    assert StoredFile.objects.count() == 0


def test_a_missing_report_is_no_fault(db):
    assert run_report(4711) is False


def test_a_run_that_was_overtaken_keeps_nothing(job, monkeypatch):
    def overtaken(figures, *, language):
        ReportJob.objects.filter(pk=job.pk).update(tries=2)
        return b"%PDF-late"

    monkeypatch.setattr(reports, "project_report_pdf", overtaken)
    assert run_report(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.tries, job.result) == (ReportState.RUNNING, 2, None)
    assert StoredFile.objects.count() == 0


def test_the_commit_point_refuses_a_run_that_was_overtaken_at_the_last_moment(job):
    ReportJob.objects.filter(pk=job.pk).update(state=ReportState.RUNNING, tries=2)
    with pytest.raises(LostClaim):
        reports._finish(job, b"%PDF-late")
    assert StoredFile.objects.count() == 0


def test_a_file_whose_row_is_not_kept_leaves_the_disk(job, light, monkeypatch):
    kept = []
    monkeypatch.setattr(ReportJob, "save", broken_save(kept))
    reports._mine(job)
    ReportJob.objects.filter(pk=job.pk).update(state=ReportState.RUNNING)
    with pytest.raises(RuntimeError):
        reports._finish(job, b"%PDF-")
    assert kept
    assert [name for name in kept if default_storage.exists(name)] == []
    assert StoredFile.objects.count() == 0


def broken_save(kept):
    def save(self, *args, **kwargs):
        kept.append(self.result.content.name)
        assert default_storage.exists(self.result.content.name)
        raise RuntimeError

    return save


# --- faults -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (
            OSError(errno.ENOSPC, "No space left"),
            "The file could not be kept: the disk is full or cannot be written to. Tell who runs the system.",
        ),
        (FileNotFoundError(errno.ENOENT, "x"), "A fault in the program stopped the report. It is logged as report %s."),
        (ZeroDivisionError(), "A fault in the program stopped the report. It is logged as report %s."),
        (TransitionNotAllowed("Not now."), "Not now."),
    ],
)
def test_a_fault_is_told_in_words_and_nothing_is_kept(job, monkeypatch, caplog, fault, words):
    monkeypatch.setattr(reports, "project_report_pdf", broken_by(fault))
    with caplog.at_level(logging.CRITICAL):
        assert run_report(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.error) == (ReportState.FAILED, words % job.pk if "%s" in words else words)
    assert job.finished_at is not None
    assert StoredFile.objects.count() == 0


def test_a_database_that_is_away_is_raised_and_the_sweeper_finds_the_report(job, monkeypatch, later):
    monkeypatch.setattr(reports, "project_report_pdf", broken_by(OperationalError("restart")))
    with pytest.raises(OperationalError):
        run_report(job.pk)
    job.refresh_from_db()
    assert job.state == ReportState.RUNNING
    later(seconds=61)
    assert due_ids() == [job.pk]


def test_a_report_whose_workers_always_stop_is_given_up(job, light, later):
    for number in range(reports.MAX_TRIES):
        later(minutes=2 * number)
        assert reports._claim(job.pk).tries == number + 1
    later(minutes=20)
    assert run_report(job.pk) is False
    job.refresh_from_db()
    assert (job.state, job.error) == (ReportState.FAILED, "The worker stopped 5 times while it made this report.")


# --- trying again -------------------------------------------------------------------------------------------------


def test_a_failed_report_is_tried_again_in_the_name_of_whoever_asks(job, light, head):
    job.state, job.error, job.tries, job.finished_at = ReportState.FAILED, "Disk full", 5, job.requested_at
    job.save()
    retry_report(job=job, by=head)
    job.refresh_from_db()
    assert (job.state, job.error, job.tries, job.progress, job.requested_by) == ("queued", "", 0, 0, head)
    assert run_report(job.pk) is True


@pytest.mark.parametrize(
    "state", [state for state in ReportState if state not in (ReportState.FAILED, ReportState.DONE)]
)
def test_only_a_failed_report_is_tried_again(job, head, state):
    job.state = state
    job.save()
    with pytest.raises(TransitionNotAllowed):
        retry_report(job=job, by=head)
    job.refresh_from_db()
    assert (job.state, job.requested_by == head) == (state, False)


def test_a_finished_report_is_not_tried_again(project, head):
    with pytest.raises(TransitionNotAllowed):
        retry_report(job=ReportJobFactory(project=project, done=True), by=head)


# --- sweeping -----------------------------------------------------------------------------------------------------


def test_the_sweeper_finds_what_no_worker_heard_of_and_asks_once(job, later):
    assert due_ids() == []
    later(seconds=16)
    assert due_ids() == [job.pk]
    assert due_ids() == []
    later(seconds=80)
    assert due_ids() == [job.pk]


def test_the_sweeper_takes_over_from_a_silent_worker_only(job, later):
    reports._claim(job.pk)
    later(seconds=59)
    assert due_ids() == []
    later(seconds=61)
    assert due_ids() == [job.pk]


@pytest.mark.parametrize("state", ["done", "failed"])
def test_the_sweeper_leaves_finished_reports_alone(project, later, state):
    job = ReportJobFactory(project=project, done=True)
    job.state = state
    job.save()
    later(days=1)
    assert due_ids() == []


def test_a_worker_gives_signs_of_life_while_it_works(job, monkeypatch, transactional_beat):
    assert transactional_beat(job) > job.requested_at


@pytest.fixture
def transactional_beat(monkeypatch):
    """A fast heart; its writes are caught, because no other thread sees the rows of a test."""
    import time  # only here

    def run(job):
        from mobility.common import clock  # only here

        beats = []

        class Row:
            def update(self, **fields):
                beats.append(fields["heartbeat_at"])

        monkeypatch.setattr(reports, "BEATS", 6000)  # every 10 ms
        monkeypatch.setattr(reports, "_mine", lambda job: Row())
        with reports._signs_of_life(job):
            began = clock.now()
            while not beats and (clock.now() - began).total_seconds() < 5:
                time.sleep(0.01)
        counted = len(beats)
        time.sleep(0.05)
        assert len(beats) == counted
        return beats[-1]

    return run


def test_the_person_who_asked_reads_the_fault_in_the_own_language(project, monkeypatch, caplog):
    job = ReportJobFactory(project=project, requested_by=UserFactory(language="sv"))
    monkeypatch.setattr(reports, "project_report_pdf", broken_by(ValueError()))
    seen = []
    monkeypatch.setattr(reports, "_words", lambda fault, job: seen.append(get_language()) or "x")
    with caplog.at_level(logging.CRITICAL):
        run_report(job.pk)
    assert seen == ["sv"]
