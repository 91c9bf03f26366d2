"""The demo settings with what the measurements compare against: a bare view, a floor list, a stock admin."""

import tempfile
from pathlib import Path

from mobility.settings.dev import *  # noqa: F403
from mobility.settings.dev import CACHES, STORAGES, TEMPLATES

ROOT_URLCONF = "tests.bench.urls"
TEMPLATES = [
    *TEMPLATES,
    {  # Django's own templates, without ours in front of them
        "NAME": "stock",
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": TEMPLATES[0]["OPTIONS"]["context_processors"][:3]},
    },
]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
CACHES = {**CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
_scratch = tempfile.TemporaryDirectory(prefix="utferd-bench-")  # gone when the process ends
MEDIA_ROOT = Path(_scratch.name)
CLOCK_FILE = MEDIA_ROOT / "clock"
LOGGING = {"version": 1, "disable_existing_loggers": True}
