"""The house stands: imports run down the floors, and inside an app from the outside in."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

FLOORS = {
    "mobility.common": 0,
    "mobility.accounts": 1,
    "mobility.grants": 2,
    "apprentices": 3,
    "partners": 3,
    "placements": 4,
    "reporting": 5,
}
"""Higher floors may import lower ones; two apps on one floor do not import each other."""

# enums, workflow -> models -> permissions, selectors, notifications, documents -> services -> forms -> views, admin -> urls
LAYERS = {
    "enums": 0,
    "workflow": 0,
    "models": 1,
    "permissions": 2,
    "selectors": 2,
    "notifications": 2,
    "documents": 2,
    "services": 3,
    "forms": 4,
    "views": 5,
    "admin": 5,
    "urls": 6,
}
LAYERED_APPS = ("mobility.grants", "apprentices", "partners", "placements", "reporting")
BANNED_NAMES = {"utils", "helpers", "misc"}


def app_of(module):
    return next((app for app in FLOORS if module == app or module.startswith(app + ".")), None)


def sources():
    for folder in ("mobility", "apprentices", "partners", "placements", "reporting"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def module_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def edges():
    return [(module_of(path), target) for path in sources() for target in imports_of(path)]


EDGES = edges()


def upward(source, target):
    """Whether an import from module ``source`` to module ``target`` breaks the order of the floors."""
    here, there = app_of(source), app_of(target)
    if here is None or there is None or here == there:
        return False
    return FLOORS[there] >= FLOORS[here]


def layer_of(module, app):
    rest = module[len(app) + 1 :].split(".")[0]
    return LAYERS.get(rest)


def test_the_rule_itself_tells_up_from_down():
    assert upward("mobility.common.jobs", "reporting.models")
    assert upward("apprentices.services.rounds", "partners.models")
    assert not upward("placements.models", "partners.models")
    assert not upward("mobility.admin_site", "reporting.selectors")


def test_there_are_imports_to_judge():
    assert len(EDGES) > 300


def test_imports_run_down_the_floors():
    assert [f"{source} -> {target}" for source, target in EDGES if upward(source, target)] == []


@pytest.mark.parametrize("app", LAYERED_APPS)
def test_imports_inside_an_app_run_from_the_outside_in(app):
    wrong = []
    for source, target in EDGES:
        if app_of(source) != app or app_of(target) != app:
            continue
        here, there = layer_of(source, app), layer_of(target, app)
        if here is not None and there is not None and there > here:
            wrong.append(f"{source} -> {target}")
    assert wrong == []


def test_services_and_models_know_no_web():
    web = ("django.http", "django.shortcuts", "django.contrib.messages", "django.views")
    wrong = [
        f"{source} -> {target}"
        for source, target in EDGES
        if (".services" in source or ".models" in source) and target.startswith(web) and not target.endswith("Http404")
    ]
    assert wrong == []


def test_services_never_import_tasks():
    assert [f"{s} -> {t}" for s, t in EDGES if ".services" in s and ".tasks" in t] == []


def test_only_the_clock_asks_for_the_time():
    asking = ("timezone.now(", "timezone.localdate(", "datetime.now(", "date.today(", "time.time(", "datetime.utcnow(")
    wrong = [
        f"{module_of(path)}: {word}"
        for path in sources()
        if module_of(path) != "mobility.common.clock"
        for word in asking
        if word in path.read_text(encoding="utf-8")
    ]
    assert wrong == []


def test_there_is_no_room_for_odds_and_ends():
    assert [module_of(path) for path in sources() if path.stem in BANNED_NAMES] == []


def test_modules_stay_readable():
    long = {
        module_of(path): count
        for path in sources()
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 450
    }
    assert long == {}


def test_nothing_names_psycopg_3():
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert "psycopg2-binary==" in pins
    assert not [line for line in pins.splitlines() if line.startswith(("psycopg=", "psycopg["))]
