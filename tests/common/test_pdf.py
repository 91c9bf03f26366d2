"""PDFs: valid as archive and for assistive technology, names whole, nothing fetched."""

import gc
import io
import logging

import pikepdf
import pypdfium2
import pytest

from mobility.common import pdf_engine
from mobility.common.charts import Bar, bar_chart
from mobility.common.pdf import EmbeddedFile, render_pdf
from tests.verapdf import broken_rules

NAMES = ["Łukasz Żółć", "Nguyễn Thị Mỹ", "Åse-Marie Øygården", "Søren Æbelø", "Đặng Văn Łódź", "Ŋilla Čáhci"]


def html(body, language="nb", title="Prosjektrapport"):
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>'
        f"<body>{body}</body></html>"
    )


def text_of(content):
    """The text as a reader's search finds it, page after page."""
    document = pypdfium2.PdfDocument(content)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


REPORT = html(
    '<section class="cover"><div class="cover__in"><h1>Rapport</h1><p>2026</p></div></section>'
    '<section class="chapter"><h2>Deltakere</h2><table><caption>Hvem</caption><thead><tr><th scope="col">Navn</th>'
    '<th scope="col" class="r">Dager</th></tr></thead><tbody>'
    + "".join(f'<tr><th scope="row">{name}</th><td class="r">98</td></tr>' for name in NAMES)
    + "</tbody></table><figure>"
    + bar_chart([Bar("Danmark", 3, 4, "3 av 4"), Bar("Østerrike", 2, 2, "2 av 2")], title="Opphold per land")
    + "</figure></section>"
)


@pytest.mark.verapdf
def test_a_report_with_an_attachment_is_valid_as_archive_and_for_assistive_technology(verapdf):
    verapdf(render_pdf(REPORT, attachments=[EmbeddedFile("deltakere.csv", b"a;b\r\n", "Deltakere")]))


@pytest.mark.verapdf
def test_the_engine_tells_what_is_wrong():
    content = render_pdf(html("<h1>Rapport</h1><svg viewBox='0 0 9 9'><rect width='9' height='9'/></svg>"))
    assert broken_rules(content, "ua1") != {}


def test_difficult_names_can_be_read_out_of_the_file():
    text = text_of(render_pdf(REPORT))
    assert [name for name in NAMES if name not in text] == []


def test_every_letter_comes_from_our_own_fonts():
    with pikepdf.open(io.BytesIO(render_pdf(REPORT))) as document:
        fonts = {
            str(font.BaseFont).split("+")[-1]
            for page in document.pages
            for font in (page.Resources.get("/Font") or {}).values()
        }
    assert fonts
    assert [font for font in fonts if not font.startswith(("Utferd-P", "Hanken-Grotesk"))] == []


def test_decomposed_letters_are_composed():
    text = text_of(render_pdf(html("<h1>A\u030ase</h1>")))
    assert "\u00c5se" in text


def test_each_chapter_begins_a_page():
    content = render_pdf(
        html("<h1>A</h1><section class='chapter'><h2>B</h2></section><section class='chapter'>x</section>")
    )
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages) == 3


def test_language_and_title_are_set():
    with pikepdf.open(io.BytesIO(render_pdf(html("<h1>A</h1>", "nn", "Vedtak")))) as document:
        assert str(document.Root.Lang) == "nn"
        assert str(document.docinfo["/Title"]) == "Vedtak"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle) is True


def test_an_attachment_travels_unchanged_with_its_description():
    with pikepdf.open(
        io.BytesIO(render_pdf(html("<h1>A</h1>"), attachments=[EmbeddedFile("p.csv", b"\xef\xbb\xbfa;b", "List")]))
    ) as document:
        (name,) = document.attachments
        spec = document.attachments[name]
        assert (name, spec.get_file().read_bytes(), spec.description) == ("p.csv", b"\xef\xbb\xbfa;b", "List")
        assert str(spec.obj.AFRelationship) == "/Data"


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/hostname",
        "http://127.0.0.1:1/x.png",
        "https://example.org/x.png",
        "ftp://example.org/x",
        "utferd-font:../css/tokens.css",
        "utferd-font:../../../manage.py",
        "relative.png",
    ],
)
def test_nothing_is_fetched_from_outside(address, caplog):
    body = f'<h1>A</h1><p><img src="{address}" alt="x"></p><a rel="attachment" href="{address}">y</a>'
    with caplog.at_level(logging.ERROR, "weasyprint"):
        content = render_pdf(html(body))
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.attachments) == 0
        assert [page for page in document.pages if len(page.Resources.get("/XObject", {}))] == []
    assert "Failed to load" in caplog.text or "Relative URI" in caplog.text


def test_only_fonts_have_our_private_address():
    with pytest.raises(ValueError, match="disallowed protocol"):
        pdf_engine.OwnFilesOnly().fetch("utferd-font:base.html")
    assert pdf_engine.OwnFilesOnly().fetch("utferd-font:hanken-grotesk-latin-400-normal.woff2").read()[:4] == b"wOF2"


def test_a_missing_style_sheet_is_named():
    with pytest.raises(FileNotFoundError, match=r"u/css/none\.css"):
        pdf_engine.static_path("u/css/none.css")


def test_the_garbage_collector_is_back_after_a_render_and_after_a_failure(monkeypatch):
    render_pdf(html("<h1>A</h1>"))
    assert gc.isenabled()
    monkeypatch.setattr(pdf_engine, "print_stylesheet", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        render_pdf(html("<h1>A</h1>"))
    assert gc.isenabled()
