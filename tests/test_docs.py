"""The documents are true: diagrams come from the tables of moves, and what the README names exists."""

import re
from pathlib import Path

import pytest

from apprentices.workflow import APPLICATION_MOVES
from placements.workflow import PLACEMENT_MOVES

ROOT = Path(__file__).resolve().parents[1]
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def diagram(moves):
    """A state diagram that GitHub and others draw; moves in the order of the table."""
    lines = ["```mermaid", "stateDiagram-v2"]
    for move in moves:
        lines += [f"    {source} --> {move.target}: {move.name}" for source in sorted(move.sources)]
    return "\n".join([*lines, "```"])


@pytest.mark.parametrize("moves", [APPLICATION_MOVES, PLACEMENT_MOVES], ids=["application", "placement"])
def test_the_diagrams_of_the_architecture_are_those_of_the_code(moves):
    text = (ROOT / "docs" / "architecture.md").read_text()
    assert diagram(moves) in text, f"put this into docs/architecture.md:\n{diagram(moves)}"


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_links_between_the_documents_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_direct_dependency_has_its_reason():
    """Packages that only others ask for have none; those that the code imports must."""
    reasons = (ROOT / "docs" / "adr" / "0001-stack.md").read_text()
    imported = {
        "babel", "celery", "crispy-bootstrap5", "django", "django-allauth", "django-crispy-forms", "django-csp",
        "django-environ", "django-htmx", "django-phonenumber-field", "django-simple-history", "gunicorn", "icalendar",
        "pikepdf", "psycopg2-binary", "python-stdnum", "redis", "rules", "weasyprint", "whitenoise",
    }  # fmt: skip
    pinned = {line.split("==")[0].split("[")[0] for line in (ROOT / "requirements.txt").read_text().splitlines()}
    assert imported <= pinned
    assert [name for name in sorted(imported) if name not in reasons] == []
