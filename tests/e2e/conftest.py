"""What tests in a real browser share: Debian's chromium, a session without the sign-in page, axe, the browser's log."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")  # the first does the same with half the work
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(os.path.exists, BROWSERS), BROWSERS[0])
RUN_AXE = "asked => axe.run(asked).then(told => told.violations.map(each => [each.id, each.nodes[0].html]))"

# Playwright's synchronous interface runs a loop of its own: Django would refuse the database beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if not Path(CHROMIUM).exists():
        pytest.skip(
            f"no browser at {CHROMIUM}: install the package chromium-headless-shell, or say where it is with CHROMIUM"
        )
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    }


@pytest.fixture
def enter(context, live_server):
    """``enter(user)`` gives the browser a session of this person, as if the second password question was just answered."""

    def _enter(user):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": live_server.url}]
        )

    return _enter


@pytest.fixture
def speak(context, live_server):
    """``speak("nn")`` lets the browser ask for a language."""

    def _speak(language):
        context.add_cookies([{"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url}])

    return _speak


@pytest.fixture
def told(page):
    """What the browser complains about: scripts that failed, what the content security policy stopped."""
    lines = []
    page.on("console", lambda message: lines.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: lines.append(str(error)))
    return lines


@pytest.fixture
def axe(page, request):
    """``axe()`` lists what axe finds on the page that is open: (rule, first place).

    Colours are the same in every language: a test that goes through all four compares them in English only.
    """
    asked = getattr(request.node, "callspec", None)
    language = asked.params.get("language") if asked and "scheme" not in asked.params else None
    rules = {"color-contrast": {"enabled": language in {None, "en"}}}

    def _axe():
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE_SCRIPT)
        # Without preload: axe would write a <style> of its own, which our policy stops and the browser complains about.
        # Only what is wrong is described and handed over: telling of all that is right takes longer than finding it.
        options = {"preload": False, "resultTypes": ["violations"], "rules": rules}
        return [tuple(found) for found in page.evaluate(RUN_AXE, options)]

    return _axe
