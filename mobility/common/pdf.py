"""HTML to PDF. One file is valid as PDF/A-3a (to keep) and PDF/UA-1 (to be read aloud). Knows no model and no request.

What the HTML owes: ``lang`` and ``<title>``, no skipped heading level, a ``<title>`` in every inline SVG. Colours of
SVG shapes are attributes, because the style sheet does not reach them. Nothing from outside is fetched.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.translation import override


@dataclass(frozen=True)
class EmbeddedFile:
    """A file that travels inside the PDF, with the words a reader sees beside its name."""

    name: str
    content: bytes
    description: str


def render_pdf(html: str, *, attachments: Sequence[EmbeddedFile] = ()) -> bytes:
    """The PDF of a whole HTML document, laid out by the print style sheet."""
    from mobility.common import pdf_engine  # slow import: most processes never make a PDF

    return pdf_engine.render(html, attachments=attachments)


def document_html(template: str, context: dict, *, language: str) -> str:
    """A document template in a person's language; templates in ``pdf/`` extend ``pdf/base.html``."""
    with override(language):
        return render_to_string(template, {**context, "document_language": language})
