"""The answers of those who are asked: behind the code GET shows, POST acts, once; every answer is kept."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from apprentices.models import EndorsementReply
from apprentices.services.endorsements import answer_endorsement
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.accounts.models import AccessLink
from mobility.common import clock
from mobility.common.errors import LinkSpent, TransitionNotAllowed
from mobility.common.models import OutboundMail
from tests import factories
from tests.gate import open_gate, path_of

pytestmark = pytest.mark.django_db
YES = {"answer": "yes", "wages": "part", "conditions": "Ikke i juli", "opinion": "Flink", "name": "Gunn Helen Strømsør"}
OPINION = {"answer": "conditional", "conditions": "Etter fagprøven", "opinion": "Moden", "name": "Kontoret"}
CONSENT = {"answer": "yes", "phone": "99990112", "name": "Tora Øygården"}


@pytest.fixture(autouse=True)
def fresh_throttle():
    cache.clear()


def asked(office, kind="employer", **fields):
    return factories.EndorsementFactory(
        application__round__office=office, application__motivation="Hemmelig motivasjon", kind=kind, **fields
    )


@pytest.fixture
def endorsement(office):
    return asked(office, name="Gunn Helen Strømsør", email="gunn@example.com")


def link_to(endorsement):
    return links.create(
        purpose=LinkPurpose.ENDORSE,
        object_id=endorsement.pk,
        office=endorsement.application.office,
        address=endorsement.email,
        language="en",
    )


@pytest.fixture
def new_link(endorsement):
    return link_to(endorsement)


@pytest.fixture
def path(client, new_link):
    """The link's page, which this browser has opened with the mailed code."""
    path = path_of(new_link)
    open_gate(client, path)
    return path


def answers_mailed():
    return OutboundMail.objects.filter(template="apprentices/email/endorsement_answered")


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


def test_the_page_is_in_the_language_of_the_mail_unless_the_browser_chose(client, path, settings):
    AccessLink.objects.update(language="nb")
    assert '<html lang="nb">' in client.get(path, headers={"accept-language": "en"}).content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "sv"
    assert '<html lang="sv">' in client.get(path).content.decode()


def test_yes_is_noted_the_link_spent_and_the_applicant_told(client, path, endorsement):
    answer = client.post(path, YES)
    assert answer.url == path + "thanks/"
    assert "You consented to the stay" in client.get(answer.url).content.decode()
    endorsement.refresh_from_db()
    assert (endorsement.answer, endorsement.wages, endorsement.conditions) == ("yes", "part", "Ikke i juli")
    assert endorsement.answered_at is not None
    mail = answers_mailed().get()
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


# --- training office ------------------------------------------------------------------------------------------------
@pytest.fixture
def opinion(client, office):
    """(endorsement, path) of a training office whose link is open in this browser."""
    endorsement = asked(office, kind="training_office", email="post@kontoret.example.org")
    path = path_of(link_to(endorsement))
    open_gate(client, path)
    return endorsement, path


def test_a_training_office_recommends_on_conditions_and_the_applicant_hears_only_that_it_answered(client, opinion):
    endorsement, path = opinion
    page = client.get(path).content.decode()
    assert "Recommends with conditions" in page
    assert "wages" not in page.lower()
    assert client.post(path, OPINION).status_code == 302
    endorsement.refresh_from_db()
    assert (endorsement.answer, endorsement.conditions, endorsement.opinion, endorsement.wages) == (
        "conditional", "Etter fagprøven", "Moden", "",
    )  # fmt: skip
    mail = answers_mailed().get()
    assert endorsement.name in mail.body
    for confidential in ("Etter fagprøven", "Moden", "recommend"):
        assert confidential not in mail.subject + mail.body


def test_conditions_without_words_are_asked_for(client, opinion):
    endorsement, path = opinion
    page = client.post(path, OPINION | {"conditions": " "}).content.decode()
    assert 'href="#id_conditions"' in page
    assert "Moden" in page
    endorsement.refresh_from_db()
    assert endorsement.answer == "waiting"


def test_an_employer_cannot_recommend(client, path, endorsement):
    assert client.post(path, YES | {"answer": "conditional"}).status_code == 200
    endorsement.refresh_from_db()
    assert endorsement.answer == "waiting"


# --- guardian -------------------------------------------------------------------------------------------------------
def test_a_guardian_reads_what_the_stay_is_and_consents(client, office):
    office.emergency_phone = "+4799990999"
    office.save()
    endorsement = asked(office, kind="guardian", email="tora@example.net")
    path = path_of(link_to(endorsement))
    open_gate(client, path)
    page = client.get(path).content.decode()
    for words in ("Spain", office.name, 'href="tel:+4799990999"'):
        assert words in page
    assert 'name="opinion"' not in page
    assert client.post(path, CONSENT | {"opinion": "x", "wages": "full"}).status_code == 302
    endorsement.refresh_from_db()
    assert (endorsement.answer, endorsement.phone.as_e164, endorsement.opinion, endorsement.wages) == (
        "yes", "+4799990112", "", "",
    )  # fmt: skip
    assert "Tora Øygården" in answers_mailed().get().body


# --- changing an answer, and what a link is worth -------------------------------------------------------------------
def test_a_no_and_a_later_yes_are_both_kept(client, path, endorsement):
    client.post(path, {"answer": "no", "name": "Gunn", "conditions": "Ikke nå"})
    thanks = client.get(path + "thanks/").content.decode()
    key = thanks.split('name="link" value="')[1].split('"')[0]
    client.post(reverse("accounts:renew_link"), {"link": key})
    fresh = OutboundMail.objects.get(template="accounts/email/link_renewed").secrets[0]
    again = "/" + fresh.split("/", 3)[3]
    page = client.get(again).content.decode()
    assert "does not consent. You can change your answer here." in page
    assert "Ikke nå" in page
    client.post(again, YES)
    endorsement.refresh_from_db()
    assert endorsement.answer == "yes"
    kept = [(reply.answer, reply.conditions, reply.name, reply.email) for reply in endorsement.replies.all()]
    assert kept == [
        ("no", "Ikke nå", "Gunn", "gunn@example.com"),
        ("yes", "Ikke i juli", "Gunn Helen Strømsør", "gunn@example.com"),
    ]


def test_a_reply_keeps_the_version_and_the_language_that_were_shown(client, path):
    client.post(path, YES)
    reply = EndorsementReply.objects.get()
    assert (reply.text_version, reply.language) == ("2026-11", "en")


def test_both_answers_can_be_read_on_the_case_page(client, path, endorsement, sign_in, coordinator):
    client.post(path, {"answer": "no", "name": "Gunn", "conditions": "Ikke nå"})
    answer_endorsement(link=link_to(endorsement).link, answer="yes", wages="full", name="Gunn")
    case = reverse("admin:apprentices_application_change", args=[endorsement.application_id])
    page = sign_in(coordinator).get(case).content.decode()
    assert "1 earlier answer" in page
    assert "Ikke nå" in page
    assert page.index("Employer: consents") < page.index("Employer: does not consent")


def test_an_answer_closes_the_links_of_reminders_too(client, path, endorsement):
    reminder = link_to(endorsement)
    client.post(path, YES)
    answer = client.get(path_of(reminder))
    assert (answer.status_code, "What you sent was received" in answer.content.decode()) == (410, True)


def test_thanks_are_said_in_the_browser_that_answered_and_in_no_other(client, path, endorsement):
    client.post(path, YES)
    client.cookies.clear()
    page = client.get(path + "thanks/")
    assert page.status_code == 410
    assert endorsement.application.full_name not in page.content.decode()


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


def test_the_link_is_spent_once(endorsement, new_link):
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
    assert EndorsementReply.objects.count() == 0
