"""Signed links: what they open, when they stop, how they are renewed."""

import datetime

import pytest
import time_machine
from django.http import Http404

from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common import clock
from mobility.common.errors import LinkSpent, Refused
from mobility.common.models import OutboundMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def new_link(office):
    return links.create(
        purpose=LinkPurpose.INVITATION,
        object_id=7,
        office=office,
        address="Kari@example.org",
        language="nb",
        with_code=True,
    )


@pytest.fixture(autouse=True)
def some_page(monkeypatch):
    monkeypatch.setitem(links.PAGES, LinkPurpose.INVITATION, "some_page")
    monkeypatch.setattr(links, "reverse", lambda name, args: f"/{name}/{args[0]}/")


def token_of(made):
    return made.url.rstrip("/").rsplit("/", 1)[1]


def test_a_link_opens_its_row_and_only_for_its_purpose(new_link):
    assert links.open_link(token_of(new_link), LinkPurpose.INVITATION).object_id == 7
    with pytest.raises(Http404):
        links.open_link(token_of(new_link), LinkPurpose.ENDORSE)


def test_the_token_is_kept_as_a_hash_only(new_link):
    assert token_of(new_link) not in str(new_link.link.__dict__)


def test_an_expired_link_says_so(new_link):
    with time_machine.travel(clock.now() + datetime.timedelta(days=15)), pytest.raises(LinkSpent) as caught:
        links.open_link(token_of(new_link), LinkPurpose.INVITATION)
    assert str(caught.value) == "This link has expired."


def test_a_spent_link_works_once(new_link):
    links.spend(new_link.link)
    with pytest.raises(LinkSpent):
        links.spend(new_link.link)


def test_a_code_opens_the_link_of_its_address_whatever_the_case(new_link):
    found = links.enter_code(purpose=LinkPurpose.INVITATION, address="kari@EXAMPLE.org", code=f" {new_link.code} ")
    assert found == new_link.link


def test_five_wrong_codes_close_the_right_one(new_link):
    wrong = "000000" if new_link.code != "000000" else "111111"
    for _try in range(links.CODE_TRIES):
        assert links.enter_code(purpose=LinkPurpose.INVITATION, address="kari@example.org", code=wrong) is None
    assert links.enter_code(purpose=LinkPurpose.INVITATION, address="kari@example.org", code=new_link.code) is None


def test_a_code_is_good_for_an_hour(new_link):
    with time_machine.travel(clock.now() + datetime.timedelta(minutes=61)):
        assert links.enter_code(purpose=LinkPurpose.INVITATION, address="kari@example.org", code=new_link.code) is None


def test_renewing_mails_a_fresh_link_and_ends_the_old_one(new_link):
    fresh = links.renew(new_link.link)
    mail = OutboundMail.objects.get()
    assert mail.to_address == "Kari@example.org"
    assert mail.context_ids == {"link": fresh.pk}
    with pytest.raises(LinkSpent):
        links.open_link(token_of(new_link), LinkPurpose.INVITATION)


def test_a_withdrawn_link_is_not_renewed(new_link):
    links.revoke(purpose=LinkPurpose.INVITATION, object_id=7)
    new_link.link.refresh_from_db()
    with pytest.raises(Refused):
        links.renew(new_link.link)
    assert OutboundMail.objects.count() == 0
