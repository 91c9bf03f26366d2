"""The renderer behind ``mobility.common.pdf``, which imports it when the first PDF is made: it is slow to load.

Nothing is fetched: only ``data:`` and our own fonts are served to WeasyPrint, so that text typed by a user can never
pull a file of the server into a PDF.
"""

import gc
import io
import re
import threading
import unicodedata
from collections.abc import Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from mobility.common import clock
from mobility.common.pdf import EmbeddedFile

FONT_SCHEME = "utferd-font"
FONT_URL = re.compile(rf"^{FONT_SCHEME}:([a-z0-9-]+\.woff2)$")
FONT_PATH_IN_CSS = "../fonts/"
SHORT_HTML = 30_000  # characters: letters and agreements, not reports

# XMP that names PDF/UA-1; PDF/A wants every schema it does not know described, hence the second part.
PDF_UA_XMP = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about=""
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
 <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
   <pdfaProperty:name>part</pdfaProperty:name>
   <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
   <pdfaProperty:category>internal</pdfaProperty:category>
   <pdfaProperty:description>Part of the PDF/UA standard</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
 </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""

# The renderer keeps state per process (font map, switched-off collector): one document at a time.
_one_at_a_time = threading.Lock()


def render(html: str, *, attachments: Sequence[EmbeddedFile]) -> bytes:
    """One document, alone in this process, with the collector off."""
    with _one_at_a_time, _collector_paused(is_short=len(html) < SHORT_HTML):
        return HTML(string=unicodedata.normalize("NFC", html), url_fetcher=OwnFilesOnly()).write_pdf(
            stylesheets=[print_stylesheet()],
            font_config=fonts(),
            pdf_variant="pdf/a-3a",
            finisher=_declare_pdf_ua,
            attachments=[_embed(file) for file in attachments],
        )


class OwnFilesOnly(URLFetcher):
    """Serves ``data:`` addresses and the fonts of this project; refuses files, hosts and everything else."""

    def __init__(self):
        super().__init__(allowed_protocols=["data"], allow_redirects=False)

    def fetch(self, url, headers=None):
        font = FONT_URL.match(url)
        if font is None:
            return super().fetch(url, headers)
        return URLFetcherResponse(url, static_path(f"u/fonts/{font[1]}").read_bytes(), {"Content-Type": "font/woff2"})


@cache
def fonts() -> FontConfiguration:
    """One font map per process: building it anew costs more than a one-page letter."""
    return FontConfiguration()


@cache
def print_stylesheet() -> CSS:
    """The parsed print style sheet, with its fonts registered in ``fonts()``."""
    return CSS(string=print_css(), font_config=fonts(), url_fetcher=OwnFilesOnly(), base_url=f"{FONT_SCHEME}:")


@cache
def print_css() -> str:
    """Colours of the light theme and the rules for paper; font files by our private scheme.

    Of tokens.css only its first ``:root`` block is taken: its web fonts are variable ones, which paper cannot use.
    """
    tokens = static_path("u/css/tokens.css").read_text(encoding="utf-8")
    start = tokens.index(":root{")
    colours = tokens[start : tokens.index("}", start) + 1]
    rules = static_path("u/css/print.css").read_text(encoding="utf-8")
    return colours + rules.replace(FONT_PATH_IN_CSS, f"{FONT_SCHEME}:")


def static_path(name: str) -> Path:
    """A file of ours below ``static/``. Raises FileNotFoundError."""
    found = finders.find(name)
    if not found:
        raise FileNotFoundError(name)
    return Path(found)


@contextmanager
def _collector_paused(*, is_short):
    """Layout makes millions of objects that live until its end: the collector finds nothing and costs 40 % of the time.

    After a letter only the new objects are looked at: walking the whole process costs twice the letter itself.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
            gc.collect(0 if is_short else 2)


def _embed(file: EmbeddedFile) -> Attachment:
    now = clock.now()
    return Attachment(
        file_obj=io.BytesIO(file.content),
        name=file.name,
        description=file.description,
        relationship="Data",
        created=now,
        modified=now,
    )


def _declare_pdf_ua(document, pdf):
    """Last touch before the file is written: name PDF/UA-1 in the metadata that WeasyPrint wrote for PDF/A."""
    number = int(pdf.catalog["Metadata"].split()[0])
    metadata = pdf.objects[number]
    packet = b"".join(part if isinstance(part, bytes) else part.data for part in metadata.stream)
    metadata.stream = [packet.replace(b"</rdf:RDF>", PDF_UA_XMP + b"</rdf:RDF>", 1)]
    metadata.compress = False  # archives read the metadata as plain text
