"""A worker killed in the middle of a report: the next one finishes it, once. Real workers, on both brokers."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
import redis

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90  # s for anything to happen on a busy machine
BROKERS = [
    pytest.param("filesystem", marks=pytest.mark.embedded),
    pytest.param(
        "redis",
        marks=[
            pytest.mark.redis,
            pytest.mark.skipif(not os.environ.get("REDIS_URL"), reason="REDIS_URL names no Redis"),
        ],
    ),
]


@pytest.fixture
def environment(request, tmp_path):
    """A scratch installation: SQLite, files, clock and broker of its own; a worker counts as silent after 4 s."""
    broker = request.param
    prefix = f"test-{uuid.uuid4().hex}-"
    (tmp_path / "broker").mkdir()  # as ./run does
    yield {
        **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")},
        **({"REDIS_URL": os.environ["REDIS_URL"]} if broker == "redis" else {}),
        "DJANGO_SETTINGS_MODULE": "tests.reporting.worker_settings",
        "TEST_KEY_PREFIX": prefix,
        "VAR_DIR": str(tmp_path),
        "SWEEP_SECONDS": "1",
        "REPORT_SILENCE_SECONDS": "4",
    }
    if broker == "redis":
        with closing(redis.Redis.from_url(os.environ["REDIS_URL"])) as server:
            for key in server.scan_iter(f"{prefix}*"):
                server.delete(key)


@contextmanager
def worker(environment):
    """A real worker with the sweeper in it, in a session of its own; killed with all its children at the end."""
    log = Path(environment["VAR_DIR"]) / f"worker-{uuid.uuid4().hex}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "mobility", "worker", "-B", "--concurrency", "1", "-l", "INFO"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            kill(process)


def kill(process):
    """SIGKILL, as the kernel does when memory runs out: no handler runs, parent and children go at once."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def report(environment, job):
    """The row of the report: state, progress, tries, id of the result."""
    query = "SELECT state, progress, tries, result_id FROM reporting_reportjob WHERE id = ?"
    return rows(environment, query, job)[0]


def rows(environment, query, *values):
    with closing(sqlite3.connect(Path(environment["VAR_DIR"]) / "utferd.sqlite3", timeout=10)) as database:
        return database.execute(query, values).fetchall()


def wait_for(what, environment, job):
    began = time.monotonic()
    while not what(*report(environment, job)):
        if time.monotonic() - began > PATIENCE:
            logs = "\n".join(log.read_text()[-3000:] for log in Path(environment["VAR_DIR"]).glob("worker-*.log"))
            pytest.fail(f"nothing happened: {report(environment, job)}\n{logs}")
        time.sleep(0.01)


def files_on_disk(environment):
    return list((Path(environment["VAR_DIR"]) / "files").glob("*/report/*"))


@pytest.mark.parametrize("environment", BROKERS, indirect=True)
def test_a_report_whose_worker_is_killed_is_finished_once(environment):
    asked = subprocess.run(
        [sys.executable, "-m", "tests.reporting.ask_for_report"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    job = int(asked.stdout)
    with worker(environment) as first:
        wait_for(lambda state, progress, tries, result: state == "running" and progress >= 50, environment, job)
        kill(first)
    assert report(environment, job) == ("running", 50, 1, None)
    assert files_on_disk(environment) == []

    with worker(environment):
        wait_for(lambda state, *_: state == "done", environment, job)
        time.sleep(3)  # three more sweeps, and the broker may deliver the first message again
    state, progress, tries, result = report(environment, job)
    assert (state, progress, tries) == ("done", 100, 2)
    (stored,) = rows(environment, "SELECT id, sha256, size FROM common_storedfile")
    (file,) = files_on_disk(environment)
    content = file.read_bytes()
    assert stored == (result, hashlib.sha256(content).hexdigest(), len(content))
    assert content.startswith(b"%PDF-")
