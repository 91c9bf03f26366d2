"""The mailed code before a signed link: what a stranger sees, what a code is worth, whose browser it opens."""

import datetime

import pytest
from django.core.cache import cache
from django.test import Client

from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.accounts.models import AccessLink
from mobility.accounts.views import gate
from mobility.common import clock
from mobility.common.models import OutboundMail
from tests import factories
from tests.gate import mailed_code, open_gate, path_of

pytestmark = pytest.mark.django_db
ANSWER = {"answer": "yes", "wages": "part", "conditions": "Ikke i juli", "opinion": "", "name": "Kari Nordmann"}


@pytest.fixture(autouse=True)
def fresh_throttle():
    cache.clear()


@pytest.fixture
def endorsement(office):
    return factories.EndorsementFactory(
        application__round__office=office, name="Kari Nordmann", email="kari@firma.example.org"
    )


@pytest.fixture
def new_link(endorsement):
    return make_link(endorsement)


def make_link(endorsement):
    return links.create(
        purpose=LinkPurpose.ENDORSE,
        object_id=endorsement.pk,
        office=endorsement.application.office,
        address=endorsement.email,
        language="en",
        name=endorsement.name,
    )


@pytest.fixture
def path(new_link):
    return path_of(new_link)


def test_a_stranger_with_the_link_sees_the_office_and_a_masked_address(client, path, endorsement):
    page = client.get(path).content.decode()
    application = endorsement.application
    assert application.office.name in page
    assert "k…@firma.example.org" in page
    for hidden in (
        application.given_name, application.family_name, application.reference, application.company_name,
        str(application.trade), application.round.name, "Kari", "kari@firma",
    ):  # fmt: skip
        assert hidden not in page


def test_opening_mails_nothing_and_writes_nothing(client, path):
    before = list(AccessLink.objects.values())
    assert client.get(path).status_code == 200
    assert list(AccessLink.objects.values()) == before
    assert OutboundMail.objects.count() == 0


def test_one_click_and_one_code_open_the_link(client, path, endorsement):
    assert client.post(path, {"gate": "ask"}).url == path
    mail = OutboundMail.objects.get()
    assert (mail.to_address, mail.language) == ("kari@firma.example.org", "en")
    assert endorsement.application.full_name not in mail.subject + mail.body
    assert mailed_code() not in mail.subject
    assert 'autocomplete="one-time-code"' in client.get(path).content.decode()
    assert client.post(path, {"gate": "try", "code": mailed_code()}).url == path
    assert endorsement.application.full_name in client.get(path).content.decode()


def test_a_code_with_spaces_is_the_same_code(client, path):
    client.post(path, {"gate": "ask"})
    code = mailed_code()
    assert client.post(path, {"gate": "try", "code": f" {code[:3]} {code[3:]} "}).status_code == 302


def test_another_browser_stays_outside(client, path, endorsement):
    open_gate(client, path)
    assert endorsement.application.full_name not in Client().get(path).content.decode()
    stranger = Client().post(path, ANSWER)
    assert "Send me the code" in stranger.content.decode()
    endorsement.refresh_from_db()
    assert endorsement.answer == "waiting"


def test_a_code_opens_one_browser(client, path):
    client.post(path, {"gate": "ask"})
    code = mailed_code()
    assert client.post(path, {"gate": "try", "code": code}).status_code == 302
    second = Client().post(path, {"gate": "try", "code": code})
    assert (second.status_code, "more than an hour old" in second.content.decode()) == (200, True)


def test_five_wrong_codes_make_the_right_one_worthless(client, path, endorsement):
    client.post(path, {"gate": "ask"})
    right = mailed_code()
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    for _try in range(4):
        page = client.post(path, {"gate": "try", "code": wrong}).content.decode()
        assert "This is not the code of our last e-mail" in page
    page = client.post(path, {"gate": "try", "code": wrong}).content.decode()
    assert "too many wrong codes" in page
    assert client.post(path, {"gate": "try", "code": right}).status_code == 200
    assert endorsement.application.full_name not in client.get(path).content.decode()
    assert AccessLink.objects.get().code_tries == 5
    assert open_gate(client, path).status_code == 302  # a new code is a new chance


def test_an_empty_code_costs_no_try_and_says_what_is_missing(client, path):
    client.post(path, {"gate": "ask"})
    page = client.post(path, {"gate": "try", "code": ""}).content.decode()
    assert 'href="#id_code"' in page
    assert AccessLink.objects.get().code_tries == 0


def test_a_code_ends_after_an_hour(client, path, monkeypatch):
    client.post(path, {"gate": "ask"})
    later = clock.now() + datetime.timedelta(hours=1, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    page = client.post(path, {"gate": "try", "code": mailed_code()})
    assert (page.status_code, "more than an hour old" in page.content.decode()) == (200, True)


def test_a_browser_stays_open_for_twelve_hours_and_no_longer(client, path, endorsement, monkeypatch):
    open_gate(client, path)
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + datetime.timedelta(hours=11, minutes=59))
    assert endorsement.application.full_name in client.get(path).content.decode()
    monkeypatch.setattr(clock, "now", lambda: now + gate.OPEN_FOR)
    assert endorsement.application.full_name not in client.get(path).content.decode()


def test_an_answer_that_comes_after_twelve_hours_waits_behind_the_gate(client, path, endorsement):
    """Nothing is typed twice: the fields go along with the code."""
    page = client.post(path, ANSWER).content.decode()
    assert '<input type="hidden" name="conditions" value="Ikke i juli">' in page
    client.post(path, {"gate": "ask", **ANSWER})
    answer = client.post(path, {"gate": "try", "code": mailed_code(), **ANSWER})
    assert answer.url == path + "thanks/"
    endorsement.refresh_from_db()
    assert (endorsement.answer, endorsement.conditions) == ("yes", "Ikke i juli")


def test_what_is_carried_is_escaped(client, path):
    page = client.post(path, {"name": '"><script>alert(1)</script>'}).content.decode()
    assert "<script>alert" not in page


def test_a_renewed_link_to_the_same_mailbox_needs_no_second_code(client, path, endorsement, new_link):
    open_gate(client, path)
    links.renew(new_link.link)
    fresh = OutboundMail.objects.get(template="accounts/email/link_renewed")
    assert len(fresh.secrets) == 1  # the link alone: its code is asked for at the gate
    assert endorsement.application.full_name in client.get("/" + fresh.secrets[0].split("/", 3)[3]).content.decode()


def test_a_link_to_another_mailbox_needs_its_own_code(client, path, endorsement):
    open_gate(client, path)
    endorsement.email = "other@firma.example.org"
    endorsement.save()
    other = path_of(make_link(endorsement))
    assert endorsement.application.full_name not in client.get(other).content.decode()


def test_codes_are_mailed_five_times_an_hour(client, path):
    statuses = [client.post(path, {"gate": "ask"}).status_code for _time in range(6)]
    assert statuses == [302, 302, 302, 302, 302, 429]
    assert OutboundMail.objects.count() == 5


def test_a_spent_revoked_or_expired_link_mails_no_code(client, path):
    past = clock.now() - datetime.timedelta(minutes=1)
    for fields in ({"used_at": past}, {"used_at": None, "revoked_at": past}, {"revoked_at": None, "expires_at": past}):
        AccessLink.objects.update(**fields)
        for sent in ({"gate": "ask"}, {"gate": "try", "code": "123456"}):
            assert client.post(path, sent).status_code == 410
    assert OutboundMail.objects.count() == 0


def test_the_session_changes_its_key_when_the_code_was_right(client, path):
    client.get(path)
    before = client.session.session_key
    open_gate(client, path)
    assert client.session.session_key != before
