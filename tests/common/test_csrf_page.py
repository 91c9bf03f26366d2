"""A form whose token was too old: what was typed comes back with a fresh token, and only to our own pages."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from apprentices.models import Application
from tests import factories

pytestmark = pytest.mark.django_db
OURS = {"sec-fetch-site": "same-origin", "accept-language": "en"}
TYPED = {"given_name": 'Åse "<b>"', "email": "ase@example.net", "written_form": "nb", "consent": "on"}


@pytest.fixture
def address(office):
    return reverse("apprentices:apply_contact", args=[factories.RoundFactory(office=office).pk])


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True)


def test_sending_again_from_the_page_loses_nothing(strict, address):
    answer = strict.post(address, TYPED, headers=OURS)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert f'action="{address}"' in page
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert fields["given_name"] == "Åse &quot;&lt;b&gt;&quot;"
    again = TYPED | {"csrfmiddlewaretoken": fields["csrfmiddlewaretoken"]}
    assert strict.post(address, again, headers=OURS).status_code == 302
    assert Application.objects.get().given_name == 'Åse "<b>"'


def test_a_password_is_never_echoed(strict):
    page = strict.post(
        reverse("account_login"), {"login": "a@example.net", "password": "hemmelig-1", "new_password2": "hemmelig-2"},
        headers=OURS,
    ).content.decode()  # fmt: skip
    assert 'value="a@example.net"' in page
    assert "hemmelig" not in page


def test_files_are_named_as_lost(strict, address):
    upload = SimpleUploadedFile("Vitnemål.pdf", b"%PDF")
    page = strict.post(address, TYPED | {"file_cv": upload}, headers=OURS).content.decode()
    assert "Vitnemål.pdf" in page
    assert "Choose them again" in page


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"}, {}],
)
def test_what_another_site_made_the_browser_send_gets_no_second_chance(strict, address, headers):
    page = strict.post(address, TYPED, headers=headers | {"accept-language": "en"}).content.decode()
    assert "Send again" not in page
    assert "ase@example.net" not in page


def test_an_older_browser_says_the_origin(strict, address):
    page = strict.post(address, TYPED, headers={"origin": "http://testserver", "accept-language": "en"})
    assert "Send again" in page.content.decode()
