"""``./run lint``: every check runs, two at a time, each with its time; what failed is shown and named at the end."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
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
CHECKS = (  # name, what comes after "python", settings; the longest first
    ("mypy", ("-m", "mypy"), DEMO),
    ("ruff", ("-m", "ruff", "check", "."), DEMO),
    ("ruff format", ("-m", "ruff", "format", "--check", "."), DEMO),
    ("djlint", ("-m", "djlint", "--lint", "--quiet", "templates"), DEMO),
    ("migrations", ("manage.py", "makemigrations", "--check", "--dry-run"), DEMO),
    ("catalogues", ("manage.py", "catalogues", "check"), DEMO),
    ("production settings", ("manage.py", "check", "--deploy", "--fail-level", "WARNING"), PRODUCTION),
)


def run(check):
    """One check: the seconds it took, and what it said when it failed."""
    _name, words, settings = check
    began = time.monotonic()
    env = {**os.environ, **settings}
    done = subprocess.run([sys.executable, *words], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return time.monotonic() - began, f"{done.stdout} {done.stderr}" if done.returncode else ""


def main() -> int:
    failed = []
    with ThreadPoolExecutor(2) as pool:
        for (name, *_), (seconds, told) in zip(CHECKS, pool.map(run, CHECKS), strict=True):
            print(f"{'FAILED' if told else 'ok    '} {name} ({seconds:.0f} s)", flush=True)
            if told:
                failed.append(name)
                print(told, flush=True)
    if failed:
        print(f"Lint failed: {', '.join(failed)}.")
    return len(failed)


if __name__ == "__main__":
    sys.exit(main())
