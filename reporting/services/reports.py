"""Reports that a worker makes. The row is the truth; whatever happens to a worker, a report is finished once.

A run claims its row (a new ``tries`` is its token), gives signs of life while it works, and has one commit point: the
row is locked, the token compared, the file kept and the row finished, all in one transaction. A run that lost its row
to another one keeps nothing.
"""

import datetime
import errno
import logging
import threading
from contextlib import contextmanager

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from mobility.common import clock, files, jobs
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.workflow import lock
from placements.services.project_prices import price_open_placements
from reporting.documents import project_report_pdf
from reporting.enums import ReportState
from reporting.models import ReportJob
from reporting.selectors.reports import report_of

logger = logging.getLogger(__name__)

TASK = "reporting.run_report"
MAX_TRIES = 5
BEATS = 6  # signs of life in the time after which a worker counts as silent
DATABASE_IS_AWAY = (OperationalError, InterfaceError)
DISK_FAULTS = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES)
UNWOKEN = datetime.timedelta(seconds=15)  # a report that waits longer was not heard of by any worker


class LostClaim(Exception):
    """Another run has taken the report over: this one keeps nothing."""


@transaction.atomic
def request_report(*, project, language, by) -> ReportJob:
    """Ask for a project report and wake a worker. Asked again before it is made, the same row is given back."""
    lock(project)  # two clicks at once come here one after the other
    waiting = ReportJob.objects.filter(
        project=project,
        language=language,
        requested_by=by,
        state__in=[ReportState.QUEUED, ReportState.RUNNING],
    ).first()
    if waiting is not None:
        return waiting
    job = ReportJob.objects.create(
        office_id=project.office_id,
        project=project,
        language=language,
        requested_at=clock.now(),
        requested_by=by,
    )
    jobs.wake(TASK, job.pk)
    return job


@transaction.atomic
def retry_report(*, job, by) -> ReportJob:
    """Try a failed report once more, in the name of whoever asks now. Raises TransitionNotAllowed in another state."""
    job = lock(job)
    if job.state != ReportState.FAILED:
        raise TransitionNotAllowed(_("Only a report that failed can be tried again."))
    job.state = ReportState.QUEUED
    job.progress, job.tries, job.error, job.heartbeat_at, job.finished_at = 0, 0, "", None, None
    job.requested_at, job.requested_by = clock.now(), by
    job.save()
    jobs.wake(TASK, job.pk)
    return job


def run_report(job_id: int) -> bool:
    """Make the report and keep it. Safe to run twice and at once; returns whether this run finished it.

    A fault is written on the row in the words of whoever asked. A database that does not answer is raised: the row
    stays as it is and the sweeper finds it.
    """
    job = _claim(job_id)
    if job is None:
        return False
    with override(job.requested_by.language):
        try:
            with _signs_of_life(job):
                content = _make(job)
            _finish(job, content)
        except LostClaim:
            logger.info("report %s was taken over by another run", job.pk)
            return False
        except DATABASE_IS_AWAY:
            raise
        except Exception as fault:  # whatever it was, somebody has to read it on the page
            logger.exception("report %s failed", job.pk)
            _fail(job, _words(fault, job))
            return False
    return True


def due_ids() -> list[int]:
    """Reports that no worker is at: never heard of, or their worker gives no sign of life.

    A waiting one is marked as woken, so that a busy worker does not find it in the queue a hundred times.
    """
    now = clock.now()
    silent = Q(heartbeat_at__lt=now - _silence())
    unheard = Q(heartbeat_at=None, requested_at__lt=now - UNWOKEN)
    waiting = ReportJob.objects.filter(state=ReportState.QUEUED).filter(unheard | silent)
    ids = list(waiting.values_list("pk", flat=True))
    ReportJob.objects.filter(pk__in=ids, state=ReportState.QUEUED).update(heartbeat_at=now)
    return ids + list(ReportJob.objects.filter(silent, state=ReportState.RUNNING).values_list("pk", flat=True))


def _silence():
    """How long a worker may be silent before its report is given to another one."""
    return datetime.timedelta(seconds=settings.REPORT_SILENCE_SECONDS)


@transaction.atomic
def _claim(job_id):
    """Take the report for this run, or None: it is finished, somebody is at it, or it was tried too often."""
    job = ReportJob.objects.select_for_update().filter(pk=job_id).first()
    if job is None or job.state in (ReportState.DONE, ReportState.FAILED):
        return None
    now = clock.now()
    if job.state == ReportState.RUNNING and job.heartbeat_at and job.heartbeat_at > now - _silence():
        return None
    if job.tries >= MAX_TRIES:
        with override(job.requested_by.language):
            job.error = _("The worker stopped %(times)s times while it made this report.") % {"times": job.tries}
        job.state, job.finished_at = ReportState.FAILED, now
        job.save(update_fields=["state", "error", "finished_at"])
        return None
    job.state, job.heartbeat_at, job.progress = ReportState.RUNNING, now, 5
    job.tries += 1
    job.save(update_fields=["state", "heartbeat_at", "progress", "tries"])
    return job


def _make(job) -> bytes:
    """Price what is open, gather the figures, lay them out. Nothing of the report is kept yet."""
    price_open_placements(project=job.project)
    _tell(job, 25)
    with override(job.language):
        figures = report_of(job.project)
    _tell(job, 50)
    content = project_report_pdf(figures, language=job.language)
    _tell(job, 90)
    return content


def _tell(job, progress):
    """A step is done. Raises LostClaim when another run has the report."""
    if not _mine(job).update(progress=progress, heartbeat_at=clock.now()):
        raise LostClaim


@files.only_if_kept()
@transaction.atomic
def _finish(job, content):
    """The commit point. A file whose row is not kept is taken off the disk again."""
    row = lock(job)
    if row.state != ReportState.RUNNING or row.tries != job.tries:
        raise LostClaim
    row.result = files.store(
        office=row.office,
        kind="report",
        name=_file_name(row),
        content=content,
        content_type="application/pdf",
        by=row.requested_by,
        language=row.language,
    )
    row.state, row.progress = ReportState.DONE, 100
    row.error, row.finished_at = "", clock.now()
    row.save(update_fields=["result", "state", "progress", "error", "finished_at"])


def _fail(job, words):
    _mine(job).update(state=ReportState.FAILED, error=words[:500], finished_at=clock.now())


def _mine(job):
    """The row, as long as this run holds it."""
    return ReportJob.objects.filter(pk=job.pk, state=ReportState.RUNNING, tries=job.tries)


def _words(fault, job):
    if isinstance(fault, Refused):
        return str(fault)
    if isinstance(fault, OSError) and fault.errno in DISK_FAULTS:
        return _("The file could not be kept: the disk is full or cannot be written to. Tell who runs the system.")
    return _("A fault in the program stopped the report. It is logged as report %(number)s.") % {"number": job.pk}


def _file_name(job):
    with override(job.language):
        name = _("project report")
    return f"{name.replace(' ', '-')}-{job.project.code}-{clock.today(job.office.tz):%Y-%m-%d}.pdf"


@contextmanager
def _signs_of_life(job):
    """Keep the row's heartbeat fresh while a long layout keeps this thread busy."""
    done = threading.Event()

    def beat():
        try:
            while not done.wait(_silence().total_seconds() / BEATS):
                _mine(job).update(heartbeat_at=clock.now())
        except DATABASE_IS_AWAY:
            logger.warning("report %s: no sign of life could be written", job.pk)
        finally:
            connection.close()  # the thread's own

    thread = threading.Thread(target=beat, name=f"report-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
