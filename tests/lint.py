"""``./run lint``: every check runs, each with its time; what failed is shown and named at the end."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PRODUCTION = {  # values that let the production settings load for the check; none of them opens anything
    "DJANGO_SETTINGS_MODULE": "mobility.settings.production",
    "SECRET_KEY": "lint-only-" + "".join(chr(97 + (7 * n) % 26) for n in range(60)),
    "ALLOWED_HOSTS": "utferd.example",
    "SITE_URL": "https://utferd.example",
    "DATABASE_URL": "postgres://lint:lint@127.0.0.1:5432/lint",
    "REDIS_URL": "redis://127.0.0.1:6379/15",
    "DEFAULT_FROM_EMAIL": "no-reply@utferd.example",
    "EMAIL_URL": "smtp://localhost:25",
    "FIELD_ENCRYPTION_KEYS": "bGludC1vbmx5LS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0=",
}
DEMO = {"DJANGO_SETTINGS_MODULE": "mobility.settings.dev"}
CHECKS = (  # name, what comes after "python", settings
    ("ruff", ("-m", "ruff", "check", "."), DEMO),
    ("ruff format", ("-m", "ruff", "format", "--check", "."), DEMO),
    ("djlint", ("-m", "djlint", "--lint", "--quiet", "templates"), DEMO),
    ("mypy", ("-m", "mypy"), DEMO),
    ("migrations", ("manage.py", "makemigrations", "--check", "--dry-run"), DEMO),
    ("catalogues", ("manage.py", "catalogues", "check"), DEMO),
    ("production settings", ("manage.py", "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
)


def main() -> int:
    failed = []
    for name, words, settings in CHECKS:
        began = time.monotonic()
        env = {**os.environ, **settings}
        done = subprocess.run([sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
        print(f"{'FAILED' if done.returncode else 'ok    '} {name} ({time.monotonic() - began:.0f} s)", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout, done.stderr, flush=True)
    if failed:
        print(f"Lint failed: {', '.join(failed)}.")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
