"""A browser without a screen for the demo and the fault tests: real HTTP, cookies, forms as the pages write them.

It fills in forms the way a person does: fields keep the value that the page gave them unless they are named, a field
that the page does not have is an error, and the hidden fields (CSRF token, row versions) travel along.
"""

import http.client
import mimetypes
import re
import urllib.error
import urllib.parse
import urllib.request
import uuid
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from pathlib import Path

VOID_INPUTS = {"submit", "button", "image", "reset"}


class Form:
    """One ``<form>`` of a page: where it goes, and what it would send now."""

    def __init__(self, attributes):
        self.id = attributes.get("id", "")
        self.action = attributes.get("action", "")
        self.method = attributes.get("method", "get").lower()
        self.values: list[tuple[str, str]] = []  # what the page has filled in
        self.names: set[str] = set()
        self.options: dict[str, dict[str, str]] = {}  # select or radio -> value: words
        self.buttons: list[tuple[str, str, str]] = []  # name, value, words

    def data(self, chosen):
        """The pairs to send: the page's own values, with ``chosen`` in their place (a list sends several)."""
        self._add_rows(chosen)
        unknown = set(chosen) - self.names - {name for name, _value, _words in self.buttons}
        if unknown:
            raise AssertionError(f"the form at {self.action!r} has no {sorted(unknown)}, only {sorted(self.names)}")
        pairs = [(name, value) for name, value in self.values if name not in chosen]
        for name, value in chosen.items():
            values = value if isinstance(value, list) else [value]
            pairs += [(name, one if isinstance(one, Path) else str(one)) for one in values if one is not None]
        return pairs

    def _add_rows(self, chosen):
        """Add rows of a list of forms as the page's own script does: from its empty row, and count them."""
        for name in chosen:
            found = re.fullmatch(r"(\w+)-(\d+)-\w+", name)
            if not found or name in self.names or f"{found[1]}-__prefix__-{name.rsplit('-', 1)[1]}" not in self.names:
                continue
            empty, row = f"{found[1]}-__prefix__-", f"{found[1]}-{found[2]}-"
            self.names |= {row + each.removeprefix(empty) for each in self.names if each.startswith(empty)}
            self.values += [(row + each.removeprefix(empty), v) for each, v in self.values if each.startswith(empty)]
            total = f"{found[1]}-TOTAL_FORMS"
            self.values = [(each, str(int(found[2]) + 1) if each == total else v) for each, v in self.values]


class Page(HTMLParser):
    """What a page says: its text, title, links and forms."""

    def __init__(self, url, status, body):
        super().__init__(convert_charrefs=True)
        self.url, self.status, self.body = url, status, body
        self.title, self.text_parts, self.links, self.forms = "", [], [], []
        self._form = self._select = self._textarea = self._link = self._button = self._option = None
        self._silent = 0
        self._in_title = False
        self.feed(body)

    @property
    def text(self):
        return " ".join(" ".join(self.text_parts).split())

    def form(self, *, action=None, having=None):
        """The one form whose action contains ``action``, or that has a field named ``having``."""
        found = [
            form
            for form in self.forms
            if (action is None or action in (form.action or self.url)) and (having is None or having in form.names)
        ]
        if action is None and having is None:
            frame = ("/language/", "/logout/", "/office/")
            found = [form for form in found if form.method == "post" and not form.action.endswith(frame)]
        if len(found) != 1:
            raise AssertionError(f"{len(found)} forms on {self.url} ({self.title}): {[f.action for f in self.forms]}")
        return found[0]

    def link(self, words):
        """The address behind the first link whose words contain ``words`` or whose address does."""
        for href, text in self.links:
            if words in text or words in href:
                return urllib.parse.urljoin(self.url, href)
        raise AssertionError(f"no link {words!r} on {self.url}: {[text for _href, text in self.links]}")

    # --- parsing ---------------------------------------------------------------------------------------------------
    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        handler = getattr(self, f"_start_{tag}", None)
        if handler:
            handler(attributes)

    def handle_endtag(self, tag):
        handler = getattr(self, f"_end_{tag}", None)
        if handler:
            handler()

    def handle_data(self, data):
        if self._in_title:
            self.title += data
        if self._textarea is not None:
            self._textarea[1] += data
        if self._option is not None:
            self._option[1] += data
        if self._link is not None:
            self._link[1] += data
        if self._button is not None:
            self._button[2] += data
        if not self._silent:
            self.text_parts.append(data)

    def _start_title(self, attributes):
        self._in_title = True

    def _end_title(self):
        self._in_title = False

    def _start_script(self, attributes):
        self._silent += 1

    def _end_script(self):
        self._silent -= 1

    def _start_form(self, attributes):
        self._form = Form(attributes)
        self.forms.append(self._form)

    def _end_form(self):
        self._form = None

    def _start_a(self, attributes):
        self._link = [attributes.get("href", ""), ""]

    def _end_a(self):
        if self._link is not None:
            self.links.append((self._link[0], " ".join(self._link[1].split())))
        self._link = None

    def _owner(self, attributes):
        wanted = attributes.get("form")
        if wanted:
            return next((form for form in self.forms if form.id == wanted), None)
        return self._form

    def _start_input(self, attributes):
        form, name, kind = self._owner(attributes), attributes.get("name"), attributes.get("type", "text")
        if form is None or not name or "disabled" in attributes:
            return
        if kind in VOID_INPUTS:
            form.buttons.append((name, attributes.get("value", ""), attributes.get("value", "")))
            return
        form.names.add(name)
        if kind == "radio":
            form.options.setdefault(name, {})[attributes.get("value", "")] = ""
        if kind in {"checkbox", "radio"}:
            if "checked" in attributes:
                form.values.append((name, attributes.get("value", "on")))
        elif kind != "file":
            form.values.append((name, attributes.get("value", "")))

    def _start_button(self, attributes):
        form = self._owner(attributes)
        self._button = [attributes.get("name", ""), attributes.get("value", ""), ""]
        if form is not None and self._button[0]:
            form.buttons.append((self._button[0], self._button[1], ""))

    def _end_button(self):
        self._button = None

    def _start_textarea(self, attributes):
        if self._form is not None and attributes.get("name"):
            self._textarea = [attributes["name"], ""]
            self._form.names.add(attributes["name"])

    def _end_textarea(self):
        if self._textarea is not None:
            self._form.values.append((self._textarea[0], self._textarea[1].removeprefix("\n")))
        self._textarea = None

    def _start_select(self, attributes):
        if self._form is not None and attributes.get("name"):
            self._select = attributes["name"], "multiple" in attributes, []
            self._form.names.add(self._select[0])
            self._form.options.setdefault(self._select[0], {})

    def _start_option(self, attributes):
        if self._select is None:
            return
        self._option = [attributes.get("value", ""), "", "selected" in attributes]
        self._form.options[self._select[0]][self._option[0]] = ""
        self._select[2].append(self._option)

    def _end_option(self):
        if self._select is not None and self._option is not None:
            self._form.options[self._select[0]][self._option[0]] = " ".join(self._option[1].split())
        self._option = None

    def _end_select(self):
        if self._select is None:
            return
        name, multiple, options = self._select
        chosen = [option[0] for option in options if option[2]]
        if not chosen and options and not multiple:
            chosen = [options[0][0]]
        self._form.values += [(name, value) for value in chosen]
        self._select = None


class KeepErrors(urllib.request.HTTPErrorProcessor):
    """Answers of 400 and more are pages like any other."""

    def http_response(self, request, response):
        return super().http_response(request, response) if response.status < 400 else response

    https_response = http_response


class Browser:
    """One person's browser: cookies, the page that is open, and what to do on it."""

    def __init__(self, site, language="en"):
        self.site = site.rstrip("/")
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies), KeepErrors, urllib.request.ProxyHandler({})
        )
        self.opener.addheaders = [("Accept-Language", language), ("User-Agent", "utferd-demo")]
        self.page: Page | None = None

    def open(self, address, *, expect=200):
        """GET a page; redirects are followed. Raises AssertionError for another status than ``expect``."""
        return self._go(urllib.request.Request(urllib.parse.urljoin(self.site + "/", address)), expect)

    def submit(self, *, action=None, having=None, expect=200, form=None, **chosen):
        """Fill in a form of the open page and send it; a Path as value uploads that file."""
        form = form or self.page.form(action=action, having=having)
        address = urllib.parse.urldefrag(urllib.parse.urljoin(self.page.url, form.action or self.page.url)).url
        pairs = form.data(chosen)
        if form.method == "get":
            return self.open(f"{address.split('?')[0]}?{urllib.parse.urlencode(pairs)}", expect=expect)
        body, content_type = encode(pairs)
        request = urllib.request.Request(address, data=body, method="POST")
        request.add_header("Content-Type", content_type)
        request.add_header("Referer", self.page.url)
        return self._go(request, expect)

    def download(self, address):
        """GET a file: (bytes, content type)."""
        with self.opener.open(urllib.parse.urljoin(self.site + "/", address), timeout=60) as response:
            assert response.status == 200, f"{response.status} for {address}"
            return response.read(), response.headers.get_content_type()

    def _go(self, request, expect):
        with self.opener.open(request, timeout=60) as response:
            body = response.read().decode()
            self.page = Page(response.geturl(), response.status, body)
        if expect is not None and self.page.status != expect:
            raise AssertionError(f"{self.page.status} instead of {expect} at {self.page.url}: {self.page.text[:600]}")
        return self.page


def encode(pairs):
    """The body of a POST: urlencoded, or multipart when a file goes with it."""
    if not any(isinstance(value, Path) for _name, value in pairs):
        return urllib.parse.urlencode(pairs).encode(), "application/x-www-form-urlencoded"
    boundary = uuid.uuid4().hex
    parts = []
    for name, value in pairs:
        parts.append(f"--{boundary}\r\n".encode())
        if isinstance(value, Path):
            kind = mimetypes.guess_type(value.name)[0] or "application/octet-stream"
            head = f'Content-Disposition: form-data; name="{name}"; filename="{value.name}"\r\nContent-Type: {kind}\r\n\r\n'
            parts += [head.encode(), value.read_bytes(), b"\r\n"]
        else:
            parts.append(f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    parts.append(f"--{boundary}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"


NOT_ANSWERED = (urllib.error.URLError, http.client.HTTPException, ConnectionError)
"""What a site that is not up yet raises."""
