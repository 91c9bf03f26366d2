"""A real installation refuses to start without its secrets and hosts, and says which is missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "mobility.settings.production",
    "SECRET_KEY": "x" * 60,
    "ALLOWED_HOSTS": "utferd.example.org",
    "SITE_URL": "https://utferd.example.org",
    "DATABASE_URL": "postgres://utferd@db.example.org/utferd",
    "REDIS_URL": "redis://redis.example.org/0",
    "DEFAULT_FROM_EMAIL": "Utferd <post@utferd.example.org>",
    "EMAIL_URL": "smtp+tls://user:secret@mail.example.org:587",
    "FIELD_ENCRYPTION_KEYS": "b25seS1mb3ItdGhlLXRlc3RzLS0tLS0tLS0tLS0tLS0=",
}


def start(environment):
    path = {"PATH": os.environ["PATH"]}
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup(); print('started')"],
        cwd=ROOT, env={**path, **environment}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_complete_environment_starts():
    result = start(COMPLETE)
    assert (result.returncode, result.stdout) == (0, "started\n"), result.stderr


@pytest.mark.parametrize("name", sorted(set(COMPLETE) - {"DJANGO_SETTINGS_MODULE"}))
def test_a_missing_value_stops_the_start_and_is_named(name):
    result = start({key: value for key, value in COMPLETE.items() if key != name})
    assert result.returncode != 0
    assert name in result.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", "*"),
        ("FIELD_ENCRYPTION_KEYS", "short"),
        ("FIELD_ENCRYPTION_KEYS", COMPLETE["FIELD_ENCRYPTION_KEYS"] + ",short"),
        ("SITE_URL", "http://utferd.example.org"),
        ("CLOCK_FILE", "/tmp/clock"),  # noqa: S108 - only named
    ],
)
def test_an_unsafe_value_stops_the_start_and_is_named(name, value):
    result = start({**COMPLETE, name: value})
    assert result.returncode != 0
    assert name in result.stderr.splitlines()[-1]


def test_files_lie_where_the_environment_says():
    environment = COMPLETE | {
        "FILE_STORAGE": "django.core.files.storage.InMemoryStorage",
        "FILE_STORAGE_OPTIONS": '{"base_url": "/kept/"}',
    }
    ask = "import django; django.setup(); from django.core.files.storage import default_storage as s; print(s.base_url)"
    result = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=ROOT, env={"PATH": os.environ["PATH"], **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (result.stdout, result.stderr) == ("/kept/\n", "")
