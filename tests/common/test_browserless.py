"""The demo's own browser reads and fills in forms as a real one does."""

import pytest

from tests.browserless import Page, encode

HTML = """<html><head><title>A page</title></head><body><script>var nothing = "seen";</script>
<form method="post" action="/language/"><button name="language" value="nb">NB</button></form>
<form method="post" id="main"><input type="hidden" name="csrf" value="t0ken"><input name="who" value="Kari">
<select name="country"><option value="">Choose</option><option value="ES" selected>Spain</option></select>
<input type="checkbox" name="anywhere" value="1"><input type="radio" name="mood" value="4" checked>
<input type="radio" name="mood" value="5"><textarea name="why">
because &amp; so</textarea></form>
<a href="/next/">Go <b>on</b></a></body></html>"""


@pytest.fixture
def page():
    return Page("http://site.example/here/", 200, HTML)


def test_a_form_keeps_what_the_page_filled_in(page):
    form = page.form(having="who")
    assert form.data({"who": "Åse", "anywhere": "1"}) == [
        ("csrf", "t0ken"),
        ("country", "ES"),
        ("mood", "4"),
        ("why", "because & so"),
        ("who", "Åse"),
        ("anywhere", "1"),
    ]


def test_a_field_that_the_page_does_not_have_is_an_error(page):
    with pytest.raises(AssertionError, match="colour"):
        page.form(having="who").data({"colour": "red"})


def test_text_links_and_title_are_read_and_scripts_are_not(page):
    assert page.title == "A page"
    assert page.link("Go on") == "http://site.example/next/"
    assert "nothing" not in page.text


def test_a_file_makes_the_body_multipart(tmp_path):
    path = tmp_path / "cv.pdf"
    path.write_bytes(b"%PDF-1.7")
    body, content_type = encode([("who", "Åse"), ("file", path)])
    assert content_type.startswith("multipart/form-data; boundary=")
    assert b'filename="cv.pdf"' in body
    assert "Åse".encode() in body


def test_a_row_is_added_from_the_empty_one_and_counted():
    html = """<form method="post"><input name="contacts-TOTAL_FORMS" value="0"><input name="contacts-__prefix__-name">
    <input name="contacts-__prefix__-language" value="en"></form>"""
    form = Page("http://site.example/", 200, html).form()
    sent = form.data({"contacts-0-name": "Lucía"})
    assert ("contacts-TOTAL_FORMS", "1") in sent
    assert ("contacts-0-language", "en") in sent
    assert ("contacts-0-name", "Lucía") in sent
