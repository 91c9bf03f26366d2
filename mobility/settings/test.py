"""Settings of the test run: fast hashing, no manifest, mails in memory; database and broker as the environment says."""

import tempfile
from pathlib import Path

from mobility.settings.dev import *  # noqa: F403
from mobility.settings.dev import DATABASES, REDIS_URL, STORAGES

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="utferd-test-"))
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
CLOCK_FILE = MEDIA_ROOT / "clock"
if "sqlite3" in DATABASES["default"]["ENGINE"]:  # a file: in memory, a browser's request locks the test out of a table
    DATABASES["default"]["TEST"] = {"NAME": str(MEDIA_ROOT / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += (
        " PRAGMA synchronous=OFF;"  # nothing here outlives a fall of power
    )
    DATABASES["default"]["OPTIONS"]["timeout"] = 60  # s; a busy machine is not a wrong result
else:
    DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off -c lock_timeout=30000"
WHITENOISE_AUTOREFRESH = True
if not REDIS_URL:
    CELERY_BROKER_URL = "memory://"
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {}
FIELD_ENCRYPTION_KEYS = ["b25seS1mb3ItdGhlLXRlc3RzLS0tLS0tLS0tLS0tLS0="]
