"""What ``axe()`` reports: a page with two faults has them named, so that an empty list of the other tests says something."""

import pytest

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="en"><title>Two faults</title>
<main><h1>Faults</h1><img src="data:,"><p style="color: #ccc; background: #fff">pale</p></main></html>"""
PICTURE = ("image-alt", '<img src="data:,">')
PALE = ("color-contrast", '<p style="color: #ccc; background: #fff">')


@pytest.mark.parametrize("language", ["en", "nn"])
def test_what_is_wrong_is_named_and_colours_in_english_only(page, axe, language):
    page.set_content(PAGE)
    found = [(rule, place.partition("pale")[0]) for rule, place in axe()]
    assert sorted(found) == ([PALE, PICTURE] if language == "en" else [PICTURE])
    assert len(axe()) == len(found)  # the second look at the same page sees the same
