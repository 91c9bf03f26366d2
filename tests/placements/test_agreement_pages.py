"""Pages of the learning agreement: made by the office, read by the parties, signed in the portal and by link."""

import pytest

from mobility.accounts.models import AccessLink
from placements.models import LearningAgreement
from tests.placements.conftest import mails
from tests.placements.pages import SIGN, TEXTS, url

pytestmark = pytest.mark.django_db


def test_the_form_begins_with_the_outcomes_of_the_trade(confirmed, coordinator, sign_in):
    form = sign_in(coordinator).get(url("make_agreement", confirmed.pk) + "?language=nb").context["form"]
    outcomes = form.initial["outcomes"].splitlines()
    assert len(outcomes) > 3
    assert confirmed.host.name in form.initial["tasks"]


def test_making_an_agreement_by_page(confirmed, coordinator, sign_in):
    sign_in(coordinator).post(url("make_agreement", confirmed.pk), TEXTS)
    agreement = LearningAgreement.objects.get()
    assert [outcome.text for outcome in agreement.outcomes.all()] == ["planlegge en dag", "følge hygienereglene"]
    assert (agreement.language, agreement.created_by) == ("nb", coordinator)


def test_an_agreement_without_tasks_is_not_made(confirmed, coordinator, sign_in):
    page = sign_in(coordinator).post(url("make_agreement", confirmed.pk), TEXTS | {"tasks": ""}).content.decode()
    assert "Describe the tasks and the programme." in page
    assert "følge hygienereglene" in page
    assert LearningAgreement.objects.count() == 0


def test_a_second_form_replaces_the_first_version(agreement, coordinator, sign_in):
    client = sign_in(coordinator)
    page = client.get(url("make_agreement", agreement.placement_id))
    assert page.context["form"].initial["tasks"] == agreement.tasks
    client.post(url("make_agreement", agreement.placement_id), TEXTS)
    assert list(LearningAgreement.objects.order_by("version").values_list("version", "status")) == [
        (1, "replaced"),
        (2, "signing"),
    ]


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator", 200), ("head", 200), ("apprentice_user", 200), ("partner_user", 200), ("other_coordinator", 404),
     ("reviewer", 404), ("instructor_user", 404)],
)  # fmt: skip
def test_the_document_is_for_the_parties(request, agreement, sign_in, who, status):
    response = sign_in(request.getfixturevalue(who)).get(url("agreement_document", agreement.pk))
    assert response.status_code == status
    if status == 200:
        assert response["Content-Type"] == "application/pdf"
        assert b"".join(response.streaming_content)[:5] == b"%PDF-"


def test_the_apprentice_signs_in_the_portal(agreement, apprentice_user, sign_in):
    signature = agreement.signatures.first()
    client = sign_in(apprentice_user)
    assert client.get(url("my_stay")).context["to_sign"] == signature
    assert client.get(url("sign", signature.pk)).status_code == 200
    response = client.post(url("sign", signature.pk), SIGN)
    signature.refresh_from_db()
    assert (signature.signed_name, signature.signed_by) == ("Åse-Marie Øygården", apprentice_user)
    assert response["Location"] == url("my_stay", agreement.placement_id)


@pytest.mark.parametrize(
    ("party", "allowed"),
    [("apprentice", {"apprentice_user"}), ("office", {"coordinator"}), ("employer", set()), ("host", set())],
)
def test_each_signs_for_itself_only(request, agreement, sign_in, party, allowed):
    signature = agreement.signatures.get(party=party)
    for who in ("apprentice_user", "coordinator", "head", "partner_user"):
        status = sign_in(request.getfixturevalue(who)).get(url("sign", signature.pk)).status_code
        assert (who, status) == (who, 200 if who in allowed else 403)
    stranger = request.getfixturevalue("other_coordinator")
    assert sign_in(stranger).get(url("sign", signature.pk)).status_code == 404


def test_before_the_own_turn_there_is_no_form(agreement, coordinator, sign_in):
    signature = agreement.signatures.get(party="office")
    client = sign_in(coordinator)
    assert client.get(url("sign", signature.pk)).context["may_sign"] is False
    page = client.post(url("sign", signature.pk), SIGN).content.decode()
    assert "signs first." in page
    assert agreement.signatures.exclude(signed_at=None).count() == 0


@pytest.mark.parametrize("wrong", [{"typed_name": ""}, {"typed_name": "x"}, {"has_read": ""}])
def test_a_signature_needs_a_name_and_the_tick(agreement, apprentice_user, sign_in, wrong):
    response = sign_in(apprentice_user).post(url("sign", agreement.signatures.first().pk), SIGN | wrong)
    assert response.context["form"].errors != {}
    assert agreement.signatures.exclude(signed_at=None).count() == 0


@pytest.fixture
def employers_token(agreement, sign_all, monkeypatch):
    """The token that was mailed to the training manager."""
    from mobility.common.models import OutboundMail

    sign_all(agreement, upto=2)
    mail = OutboundMail.objects.get(to_address=agreement.placement.application.manager_email)
    return mail.secrets[0].rstrip("/").rsplit("/", 1)[1]


def test_a_link_shows_on_get_and_signs_on_post(client, agreement, employers_token):
    address = url("sign_by_link", employers_token)
    page = client.get(address)
    assert page.status_code == 200
    assert agreement.signatures.filter(party="employer", signed_at=None).exists()
    response = client.post(address, {"has_read": "on", "typed_name": "Gunn Helen"})
    assert response["Location"] == url("signed")
    assert agreement.signatures.get(party="employer").signed_name == "Gunn Helen"
    assert client.get(url("signed")).status_code == 200


def test_a_used_link_says_so(client, agreement, employers_token):
    address = url("sign_by_link", employers_token)
    client.post(address, {"has_read": "on", "typed_name": "Gunn Helen"})
    response = client.post(address, {"has_read": "on", "typed_name": "Somebody else"})
    assert (response.status_code, "This link has been used." in response.content.decode()) == (410, True)
    assert agreement.signatures.get(party="employer").signed_name == "Gunn Helen"


def test_the_page_of_a_link_speaks_the_language_of_the_mail(client, agreement, employers_token):
    AccessLink.objects.update(language="sv")
    assert '<html lang="sv">' in client.get(url("sign_by_link", employers_token)).content.decode()


def test_the_link_opens_the_document_too(client, agreement, employers_token):
    response = client.get(url("sign_document", employers_token))
    assert b"".join(response.streaming_content)[:5] == b"%PDF-"


def test_a_made_up_token_is_not_found(client, db):
    assert client.get(url("sign_by_link", "nonsense")).status_code == 404


def test_the_coordinator_sends_the_mail_again(agreement, coordinator, head, sign_in):
    client = sign_in(coordinator)
    assert client.get(url("remind", agreement.pk)).status_code == 405
    client.post(url("remind", agreement.pk))
    assert len(mails(template="placements/email/sign")) == 2
    assert sign_in(head).post(url("remind", agreement.pk)).status_code == 403
