"""The training manager's answer by signed link: GET shows, POST acts, once."""

import pytest
from django.urls import reverse

from apprentices.models import Endorsement
from apprentices.services.endorsements import answer_endorsement
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.accounts.models import AccessLink
from mobility.common import clock
from mobility.common.errors import LinkSpent, TransitionNotAllowed
from mobility.common.models import OutboundMail
from tests import factories

pytestmark = pytest.mark.django_db
YES = {"answer": "yes", "wages": "part", "conditions": "Ikke i juli", "opinion": "Flink", "name": "Gunn Helen Strømsør"}


@pytest.fixture
def endorsement(office):
    sent = factories.ApplicationFactory(round__office=office, submitted=True, motivation="Hemmelig motivasjon")
    return Endorsement.objects.create(
        application=sent, name="Gunn Helen Strømsør", email="gunn@example.com", asked_at=clock.now()
    )


@pytest.fixture
def new_link(endorsement):
    return links.create(
        purpose=LinkPurpose.ENDORSE,
        object_id=endorsement.pk,
        office=endorsement.application.office,
        address="gunn@example.com",
        language="en",
    )


@pytest.fixture
def path(new_link):
    return "/" + new_link.url.split("/", 3)[3]


def test_opening_shows_who_asks_for_what_and_no_more_and_acts_not(client, path, endorsement):
    page = client.get(path).content.decode()
    application = endorsement.application
    assert application.full_name in page
    assert str(application.trade) in page
    assert application.round.name in page
    for private in (application.motivation, application.email, "999 90 109", str(application.birth_date.year)):
        assert private not in page
    endorsement.refresh_from_db()
    assert endorsement.answer == "waiting"
    assert AccessLink.objects.get().used_at is None


def test_the_page_is_in_the_language_of_the_mail_unless_the_browser_chose(client, path, new_link, settings):
    AccessLink.objects.update(language="nb")
    assert '<html lang="nb">' in client.get(path, headers={"accept-language": "en"}).content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"
    assert '<html lang="sv">' in client.get(path).content.decode()


def test_yes_is_noted_the_link_spent_and_the_applicant_told(client, path, endorsement):
    answer = client.post(path, YES)
    assert answer.url == path + "thanks/"
    assert client.get(answer.url).status_code == 200
    endorsement.refresh_from_db()
    assert (endorsement.answer, endorsement.wages, endorsement.conditions) == ("yes", "part", "Ikke i juli")
    assert endorsement.answered_at is not None
    mail = OutboundMail.objects.get()
    assert mail.to_address == endorsement.application.apprentice.email
    assert "Flink" not in mail.body
    assert client.get(path).status_code == 410
    assert client.post(path, YES | {"answer": "no"}).status_code == 410
    endorsement.refresh_from_db()
    assert endorsement.answer == "yes"


def test_no_needs_no_wages(client, path, endorsement):
    assert client.post(path, {"answer": "no", "wages": "full", "name": "Gunn"}).status_code == 302
    endorsement.refresh_from_db()
    assert (endorsement.answer, endorsement.wages, endorsement.name) == ("no", "", "Gunn")


@pytest.mark.parametrize(
    ("missing", "target"), [("answer", "#id_answer_0"), ("wages", "#id_wages_0"), ("name", "#id_name")]
)
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(client, path, endorsement, missing, target):
    answer = client.post(path, {name: value for name, value in YES.items() if name != missing})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f'href="{target}"' in page
    assert "Ikke i juli" in page
    assert AccessLink.objects.get().used_at is None
    endorsement.refresh_from_db()
    assert endorsement.answer == "waiting"


def test_a_new_link_shows_the_answer_and_lets_it_be_changed(client, path, endorsement, new_link):
    client.post(path, YES)
    links.renew(AccessLink.objects.get())
    mail = OutboundMail.objects.get(template="accounts/email/link_renewed")
    fresh = "/" + mail.secrets[0].split("/", 3)[3]
    page = client.get(fresh).content.decode()
    assert "Ikke i juli" in page
    client.post(fresh, {"answer": "no", "name": "Gunn"})
    endorsement.refresh_from_db()
    assert endorsement.answer == "no"
    assert endorsement.history.count() == 3


def test_an_expired_and_an_unknown_link(client, path):
    AccessLink.objects.update(expires_at=clock.now())
    assert client.get(path).status_code == 410
    assert client.post(path, YES).status_code == 410
    assert client.get(reverse("apprentices:endorse", args=["x" * 43])).status_code == 404
    assert client.get(path + "thanks/").status_code == 404


def test_a_link_for_something_else_opens_nothing(client, endorsement):
    other = links.create(
        purpose=LinkPurpose.OPEN_DRAFT,
        object_id=endorsement.pk,
        office=endorsement.application.office,
        address="gunn@example.com",
        language="en",
    )
    assert client.get(reverse("apprentices:endorse", args=[other.url.rstrip("/").rsplit("/", 1)[1]])).status_code == 404


def test_the_link_is_spent_once_even_by_two_at_the_same_time(endorsement, new_link):
    answer_endorsement(link=new_link.link, answer="yes", wages="full", name="Gunn")
    with pytest.raises(LinkSpent):
        answer_endorsement(link=new_link.link, answer="no", name="Gunn")
    endorsement.refresh_from_db()
    assert endorsement.answer == "yes"


@pytest.mark.parametrize("status", ["withdrawn", "rejected", "declined"])
def test_a_settled_application_needs_no_answer(client, path, endorsement, new_link, status):
    endorsement.application.status = status
    endorsement.application.save()
    assert "No answer is needed any more" in client.get(path).content.decode()
    client.post(path, YES)
    with pytest.raises(TransitionNotAllowed):
        answer_endorsement(link=new_link.link, answer="yes", name="Gunn")
    endorsement.refresh_from_db()
    assert endorsement.answer == "waiting"
    assert AccessLink.objects.get().used_at is None
