"""Charts as inline SVG for PDFs and pages: no script, no style, every bar also in words and in the ``<title>``."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

INK, WHOLE, PART = "#13252b", "#a3ccd0", "#0f4c5c"  # text, --u-c3, --u-c1
FONT = "Utferd P, Utferd P Ext, Utferd P Viet"
WIDTH, LABELS, WORDS, ROW, BAR = 470, 120, 70, 27, 18  # user units
LONGEST_LABEL = 24  # characters that fit before the bars


@dataclass(frozen=True)
class Bar:
    """One row: ``part`` (dark) of ``whole`` (light), and the words that stand at its end."""

    label: str
    part: float
    whole: float
    words: str


def bar_chart(bars: Sequence[Bar], *, title: str) -> SafeString:
    """Horizontal bars on one scale. The accessible name is the title followed by every row in words."""
    largest = max((bar.whole for bar in bars), default=0) or 1
    scale = (WIDTH - LABELS - WORDS) / largest
    spoken = ", ".join(f"{bar.label}: {bar.words}" for bar in bars)
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img"><title>{}</title>{}</svg>',
        WIDTH,
        len(bars) * ROW + 4,
        f"{title}. {spoken}" if spoken else title,
        format_html_join("", "{}", ((_row(bar, index * ROW + 6, scale),) for index, bar in enumerate(bars))),
    )


def _row(bar, top, scale):
    """Label, light bar, dark bar over it, words."""
    whole, part = round(bar.whole * scale), round(min(bar.part, bar.whole) * scale)
    return format_html(
        '<text x="0" y="{base}" font-size="11" fill="{ink}" font-family="{font}">{label}</text>'
        '<rect x="{left}" y="{top}" width="{whole}" height="{high}" rx="3" fill="{light}"/>'
        '<rect x="{left}" y="{top}" width="{part}" height="{high}" rx="3" fill="{dark}"/>'
        '<text x="{end}" y="{base}" font-size="11" font-weight="600" fill="{ink}" font-family="{font}">{words}</text>',
        base=top + 13,
        top=top,
        left=LABELS,
        whole=whole,
        part=part,
        end=LABELS + whole + 8,
        high=BAR,
        ink=INK,
        light=WHOLE,
        dark=PART,
        font=FONT,
        label=_short(bar.label),
        words=bar.words,
    )


def _short(label):
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
