"""The design's values: both dark lists say the same, and the pairs that carry text are readable."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = Path(settings.BASE_DIR, "static/u/css/tokens.css").read_text(encoding="utf-8")


def values(block):
    return dict(re.findall(r"(--u-[a-z0-9-]+):\s*([^;]+);", block))


def block(start):
    """The declarations of the rule that begins with ``start``."""
    rest = TOKENS[TOKENS.index(start) + len(start) :]
    return rest[: rest.index("\n}")]


LIGHT = values(block("\n:root{"))
DARK_BY_SYSTEM = values(block("@media (prefers-color-scheme:dark){:root:not([data-theme=light]){"))
DARK_BY_CHOICE = values(block(":root[data-theme=dark]{"))
DARK = LIGHT | DARK_BY_CHOICE


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """WCAG 2.2: 4.5 for text, 3 for borders of controls and for the focus ring."""
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


TEXT = [
    ("text", "bg"), ("text", "surface"), ("text-2", "bg"), ("text-2", "surface"), ("text-2", "sunken"),
    ("link", "surface"), ("link", "bg"), ("on-brand", "brand"), ("on-brand", "brand-hover"),
    ("brand-text", "brand-soft"), ("brand-text", "surface"), ("on-you", "you"), ("you-text", "you-soft"),
    ("ok-text", "ok-soft"), ("stop-text", "stop-soft"), ("stop-text", "surface"), ("wait-text", "wait-soft"),
    ("news-text", "news-soft"), ("quiet-text", "quiet-soft"), ("on-deep", "deep"), ("on-deep-2", "deep"),
    ("text", "selected"), ("text", "hover"), ("text-2", "hover"), ("on-stop", "stop"),
]  # fmt: skip
LINES = [("line-strong", "surface"), ("line-strong", "bg"), ("focus", "surface"), ("focus", "bg")]


def test_both_dark_lists_are_the_same():
    assert DARK_BY_SYSTEM == DARK_BY_CHOICE
    assert len(DARK_BY_CHOICE) > 50


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), TEXT)
def test_text_can_be_read(theme, words, ground):
    colours = LIGHT if theme == "light" else DARK
    assert contrast(colours[f"--u-{words}"], colours[f"--u-{ground}"]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("line", "ground"), LINES)
def test_borders_of_controls_and_the_focus_ring_can_be_seen(theme, line, ground):
    colours = LIGHT if theme == "light" else DARK
    assert contrast(colours[f"--u-{line}"], colours[f"--u-{ground}"]) >= 3


def test_every_value_that_a_sheet_asks_for_exists():
    sheets = Path(settings.BASE_DIR, "static/u/css").glob("*.css")
    asked = {name for sheet in sheets for name in re.findall(r"var\((--u-[a-z0-9-]+)", sheet.read_text("utf-8"))}
    own = {"--u-pad"}  # set and used inside .u-wrap
    assert sorted(asked - set(LIGHT) - own) == []


def test_every_file_that_a_sheet_names_is_there():
    for sheet in Path(settings.BASE_DIR, "static").rglob("*.css"):
        for name in re.findall(r"url\(\"?([^)\"#:]+)\"?\)", sheet.read_text("utf-8")):
            assert (sheet.parent / name).is_file(), f"{sheet.name} names {name}"


def test_every_icon_that_a_template_asks_for_is_drawn():
    icons = Path(settings.BASE_DIR, "static/u/img/icons.svg").read_text("utf-8")
    drawn = set(re.findall(r'<symbol id="([a-z-]+)"', icons))
    templates = Path(settings.BASE_DIR, "templates").rglob("*.html")
    asked = {name for page in templates for name in re.findall(r'{% i "([a-z-]+)"', page.read_text("utf-8"))}
    assert sorted(asked - drawn) == []
