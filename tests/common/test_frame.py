"""The frame of every page: base.html, the menu by role, the languages, the pages that say what went wrong."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.base import Message
from django.contrib.sessions.models import Session
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from mobility import context_processors
from mobility.accounts.enums import Role
from tests import factories


@pytest.fixture
def page():
    """``page(user)`` draws a page that extends base.html; more context by name."""

    def _page(user=None, source="", path="/", **context):
        request = RequestFactory().get(path)
        request.user = user or AnonymousUser()
        request.session = {}
        if "office" in context:
            request.office = context.pop("office")
        template = engines["django"].from_string(
            '{% extends "base.html" %}{% block title %}My page{% endblock %}{% block content %}'
            + source
            + "{% endblock %}"
        )
        return template.render({"messages": [], **context}, request)

    return _page


def labels(user, path="/"):
    request = RequestFactory().get(path)
    request.user = user
    with translation.override("en"):
        return [str(link["label"]) for link in context_processors.frame(request)["frame_nav"]()]


def test_a_page_has_language_title_skip_link_and_one_main(page):
    with translation.override("nn"):
        text = page()
    assert '<html lang="nn">' in text
    assert "<title>My page – Utferd</title>" in re.sub(r"\s+", " ", text)
    assert '<a class="u-skip" href="#content">' in text
    assert text.count("<main ") == 1
    assert '<main id="content" tabindex="-1">' in text


def test_the_title_begins_with_error_when_the_form_has_errors(page):
    from mobility.accounts.sign_in_forms import ResetPasswordForm

    with translation.override("en"):
        assert "<title>Error: My page – Utferd</title>" in page(form=ResetPasswordForm({}))
        assert "<title>Error: My page – Utferd</title>" in page(has_errors=True)
        assert "<title>My page – Utferd</title>" in page(form=ResetPasswordForm())


def test_a_page_has_no_inline_script_and_no_inline_style(page, coordinator):
    text = page(coordinator)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


def test_a_stranger_is_asked_nothing_of_the_database(page, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        text = page()
    assert "Sign in" in text
    assert "csrfmiddlewaretoken" not in text


def test_the_context_alone_costs_no_query(coordinator, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user = type(coordinator).objects.get(pk=coordinator.pk)
    with django_assert_num_queries(0):
        context_processors.frame(request)
    with django_assert_num_queries(1):
        context = context_processors.frame(request)
        assert context["frame_office"]().name == "Internasjonalt servicekontor"
        context["frame_nav"]()
        context["frame_nav"]()


def test_the_context_survives_a_request_that_never_reached_the_session():
    context = context_processors.frame(RequestFactory().get("/"))
    assert context["frame_office"]() is None
    assert context["frame_nav"]() == []


def test_a_public_page_shows_the_contact_of_its_office(page, office):
    text = page(office=office)
    assert office.name in text
    assert f'<a href="mailto:{office.email}">' in text
    assert f'<a href="tel:{office.phone}">' in text


def test_a_page_without_an_office_leads_to_the_front_page(page):
    with translation.override("en"):
        assert "Find your office" in page()


def test_an_office_name_is_escaped(page, office):
    office.name = "<script>x</script>"
    assert "<script>x</script>" not in page(office=office)


def test_the_workbench_is_shown_to_those_who_work_in_the_admin(coordinator, apprentice_user):
    assert labels(coordinator)[0] == "Workbench"
    assert "Workbench" not in labels(apprentice_user)


def test_each_portal_role_sees_its_own_page_and_no_other(monkeypatch, db):
    monkeypatch.setattr(context_processors, "url_or_none", lambda name: f"/{name}/")
    told = {}
    for role in (Role.APPRENTICE, Role.PARTNER, Role.INSTRUCTOR):
        told[role] = labels(factories.member(role))
    assert told == {
        Role.APPRENTICE: ["My application", "My stay", "My account"],
        Role.PARTNER: ["Candidates", "Openings and visit days", "My account"],
        Role.INSTRUCTOR: ["Visits", "My account"],
    }


def test_a_page_that_does_not_exist_here_is_left_out(monkeypatch, apprentice_user):
    monkeypatch.setattr(context_processors, "url_or_none", lambda name: None)
    assert labels(apprentice_user) == []


def test_the_link_of_the_page_one_is_on_is_current(monkeypatch, apprentice_user):
    monkeypatch.setattr(context_processors, "url_or_none", lambda name: f"/{name.replace(':', '/')}/")
    request = RequestFactory().get("/accounts/profile/")
    request.user = apprentice_user
    current = {link["url"]: link["current"] for link in context_processors.frame(request)["frame_nav"]()}
    assert current == {
        "/apprentices/status_list/": False,
        "/placements/my_stay/": False,
        "/accounts/profile/": True,
    }


def test_the_sign_in_page_does_not_ask_to_sign_in(db):
    assert labels(AnonymousUser()) == ["Sign in"]
    assert labels(AnonymousUser(), "/account/login/") == []
    assert labels(AnonymousUser(), "/account/login/code/") == []


def test_every_language_is_named_in_itself():
    with translation.override("sv"):
        languages = context_processors.frame(RequestFactory().get("/"))["frame_languages"]()
    assert [language["name"] for language in languages] == ["Bokmål", "Nynorsk", "Svenska", "English"]
    assert [language["code"] for language in languages if language["current"]] == ["sv"]


def test_the_language_switch_is_a_form_that_comes_back_here(page, monkeypatch):
    monkeypatch.setattr(context_processors, "url_or_none", lambda name: "/somewhere/")
    with translation.override("nb"):
        text = page(path="/page/?q=1")
    form = text[text.index('<form class="u-lang"') :]
    form = form[: form.index("</form>")]
    assert 'method="post" action="/somewhere/"' in form
    assert 'name="next" value="/page/?q=1"' in form
    assert re.findall(r'name="language" value="(\w+)" lang="(\w+)"', form) == [(x, x) for x in ("nb", "nn", "sv", "en")]
    assert form.count('aria-current="true"') == 1
    assert "NB<span" in form


@pytest.mark.parametrize(
    ("level", "role", "look"),
    [(25, "status", "u-msg--ok"), (30, "status", "u-msg--you"), (40, "alert", "u-msg--stop"), (20, "status", "u-msg")],
)
def test_messages_are_told_by_word_icon_and_role(page, level, role, look):
    text = page(messages=[Message(level, "Saved <14:32>")])
    assert "Saved &lt;14:32&gt;" in text
    assert f'role="{role}"' in text
    assert look in text


def test_who_is_signed_in_signs_out_by_a_form(page, coordinator):
    text = page(coordinator)
    assert '<form method="post" action="/account/logout/">' in text
    assert 'href="/account/logout/"' not in text


def test_the_page_of_a_fault_needs_neither_request_nor_database():
    with translation.override("en"):
        text = render_to_string("500.html")
    assert '<h1 class="u-h1">Something failed on our side</h1>' in text


@pytest.mark.parametrize("name", ["404", "403", "403_csrf", "429"])
def test_pages_that_refuse_have_a_title_of_their_own_and_one_heading(name, db):
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    request.session = {}
    with translation.override("en"):
        text = render_to_string(f"{name}.html", {"messages": []}, request)
    heading = re.findall(r"<h1[^>]*>([^<]+)</h1>", text)
    assert len(heading) == 1
    assert f"<title>{heading[0]} – Utferd</title>" in text


def test_an_unknown_address_is_told_on_our_page(client, db):
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "We cannot find the page" in response.text


def test_a_stranger_reads_and_switches_language_without_a_session(db):
    strict = Client(enforce_csrf_checks=True)
    page = strict.get("/")
    assert page.cookies.keys() == set()
    response = strict.post(reverse("accounts:set_language"), {"language": "sv", "next": "/"}, follow=True)
    assert '<html lang="sv">' in response.text
    assert list(strict.cookies) == ["django_language"]
    assert Session.objects.count() == 0
