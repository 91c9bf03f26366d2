"""The project report as a file: valid, whole, in the language chosen."""

import io
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from reporting.documents import participants_csv, project_report_html, project_report_pdf
from tests.bench.report import sample
from tests.reporting.test_figures import REPORT


def pages_of(content):
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@pytest.mark.verapdf
@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_the_report_is_valid_as_archive_and_for_assistive_technology(verapdf, language):
    verapdf(project_report_pdf(sample(10), language=language))


@pytest.mark.verapdf
def test_a_report_of_a_hundred_and_an_empty_one_are_valid(verapdf):
    verapdf(project_report_pdf(sample(100), language="nb"))
    verapdf(project_report_pdf(replace(REPORT, stays=[], money=[], criteria=[], given_up=0), language="nb"))


CHAPTERS = ("Participants", "Money by heading", "Evaluation")


def first_pages(pages):
    """Numbers of the pages that begin with the heading of a chapter."""
    return [n for chapter in CHAPTERS for n, page in enumerate(pages, start=1) if page.startswith(f"{chapter}\r\n")]


def test_cover_and_chapters_each_begin_a_page():
    pages = pages_of(project_report_pdf(sample(10), language="en"))
    assert "10 stays, 8 home again" in pages[0]
    assert "In short" in pages[1]
    assert first_pages(pages) == [3, 5, 6]
    assert len(pages) == 6


def test_the_contents_name_the_pages_of_the_chapters():
    pages = pages_of(project_report_pdf(sample(100), language="en"))
    assert pages[1].split("\r\n")[:3] == [str(number) for number in first_pages(pages)]


def test_every_name_can_be_read_out_of_the_file():
    report = sample(30)
    text = "\n".join(pages_of(project_report_pdf(report, language="en")))
    assert [stay.name for stay in report.stays if stay.name not in text] == []


def test_the_list_of_participants_is_inside():
    report = sample(10)
    with pikepdf.open(io.BytesIO(project_report_pdf(report, language="en"))) as document:
        attached = document.attachments["participants.csv"].get_file().read_bytes()
    assert attached == participants_csv(report)
    lines = attached.decode("utf-8-sig").splitlines()
    assert len(lines) == 11
    assert lines[1] == "Łukasz Żółć 0;Health worker;Denmark;Host 0 GmbH;2026-09-07;2026-12-13;98;Closed;9207"


def test_a_name_that_looks_like_a_formula_is_defused_in_the_list():
    report = replace(REPORT, stays=[replace(REPORT.stays[0], name="=HYPERLINK(1)")])
    assert "'=HYPERLINK(1);" in participants_csv(report).decode()


def test_a_name_is_text_and_never_markup():
    report = replace(REPORT, stays=[replace(REPORT.stays[0], name="<b>Kari</b>", country="ES")])
    html = project_report_html(report, language="en")
    assert "&lt;b&gt;Kari&lt;/b&gt;" in html
    assert "<b>Kari" not in html


def test_the_chart_is_told_in_words():
    assert "<title>Stays by country. Denmark: 1 of 3, Austria: 1 of 1</title>" in project_report_html(
        REPORT, language="en"
    )


def test_a_missing_date_or_price_is_said():
    stay = replace(REPORT.stays[0], end=None, days=None, grant=None)
    html = project_report_html(replace(REPORT, stays=[stay]), language="en")
    assert "date missing" in html
    assert "not priced" in html
    assert "1 stay has no price yet" in html
