"""``./run bench [part]``: every module here with ``measure()`` runs, and one JSON says what it found.

Absolute times drift with the machine and its neighbours; only the ratios of figures of one run count.
"""

import importlib
import json
import os
import pkgutil
import platform
import sys
import time
from importlib.metadata import version

from tests import bench

PACKAGES = ("django", "weasyprint", "gunicorn", "celery", "pikepdf")


def parts() -> list[str]:
    """The names of the measurements: the modules of this package that have ``measure``."""
    names = sorted(module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_"))
    return [name for name in names if hasattr(importlib.import_module(f"tests.bench.{name}"), "measure")]


def machine() -> dict:
    load = os.getloadavg()
    return {"system": platform.platform(), "cores": os.cpu_count(), "load_at_start": [round(x, 1) for x in load]}


def main(words: list[str]) -> int:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.settings"
    import django  # after the settings are chosen

    django.setup()
    known = parts()
    unknown = [word for word in words if word not in known]
    if unknown:
        print(f"There is no measurement {', '.join(unknown)}; there are {', '.join(known)}.", file=sys.stderr)
        return 2
    figures = {
        "machine": machine(),
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
    }
    for name in words or known:
        began = time.monotonic()
        print(f"Measuring {name}", file=sys.stderr, flush=True)
        figures[name] = importlib.import_module(f"tests.bench.{name}").measure()
        figures[name]["seconds"] = round(time.monotonic() - began)
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
