"""Walking through pages without a mouse, in any language: places are found by what they do, not by their words."""

from django.urls import reverse
from django.utils import translation

LANGUAGES = ["en", "nb", "nn", "sv"]
OWN_BUTTON = "#content form[method=post] button.u-btn--primary"
"""The one button of a page's own form."""
STEPS = 120  # Tab presses: more than any page has places to stop at


class Keyboard:
    """Tab until the wanted thing has the focus, then a key."""

    def __init__(self, page):
        self.page = page

    def go_to(self, selector):
        """Tab to what the selector names; it must be reachable, and the focus must be seen there."""
        wanted = self.page.wait_for_selector(selector)
        for _step in range(STEPS):
            self.page.keyboard.press("Tab")
            if wanted.evaluate("node => node === document.activeElement"):
                assert wanted.evaluate("node => getComputedStyle(node).outlineStyle") != "none", selector
                return
        raise AssertionError(f"{selector} cannot be reached by Tab on {self.page.url}")

    def press(self, selector, key="Enter"):
        """Go to it, press, and wait for the page that follows."""
        self.go_to(selector)
        self.follow(key)

    def follow(self, key="Enter"):
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def write(self, selector, words):
        self.go_to(selector)
        self.page.keyboard.type(words)

    def focused(self):
        """The name of the field that has the focus."""
        return self.page.evaluate("document.activeElement.name")


def link(name, *args):
    """What leads to this view."""
    return f'a[href^="{reverse(name, args=args)}"]'


def said(language, sentence, **values):
    """An English sentence of the pages as they say it in this language."""
    with translation.override(language):
        return translation.gettext(sentence) % values
