"""Evaluation by link, criteria at the end, closing."""

import pytest

from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.accounts.models import AccessLink
from mobility.common import clock
from mobility.common.models import OutboundMail
from placements.enums import PlacementStatus as S
from placements.models import CriterionOutcome, Evaluation, Grant
from placements.services.evaluations import ask_for_evaluations
from tests import factories
from tests.placements.stay.test_views import at, body

pytestmark = pytest.mark.django_db


# --- evaluation by link -----------------------------------------------------------------------------------------------
ANSWERS = {"overall": "5", "learning": "4", "support": "3", "language": "2", "lodging": "1", "comment": "Takk"}


@pytest.fixture
def link_to(returned):
    """``link_to("partner")``: the address in the mail."""
    ask_for_evaluations(placement=returned)

    def _address(party):
        mail = OutboundMail.objects.get(template=f"placements/email/evaluate_{party}")
        return "/" + mail.secrets[0].split("/", 3)[3]

    return _address


@pytest.mark.parametrize("party", ["apprentice", "partner"])
def test_a_link_shows_on_get_and_gives_on_post(link_to, client, party):
    address = link_to(party)
    for _n in range(2):  # a mail scanner opens it first
        page = body(client.get(address))
        assert "How was the stay?" in page
    assert Evaluation.objects.filter(given_at=None).count() == 2
    assert ("where you lived" in page) == (party == "apprentice")
    response = client.post(address, ANSWERS)
    assert (response.status_code, response["Location"]) == (302, at("evaluated"))
    given = Evaluation.objects.get(by=party)
    assert (given.overall, given.language, given.comment) == (5, 2, "Takk")
    assert Evaluation.objects.filter(given_at=None).count() == 1
    assert "We have your answers" in body(client.get(at("evaluated")))


def test_missing_marks_are_told_and_the_rest_is_kept(link_to, client):
    response = client.post(link_to("apprentice"), {"overall": "5", "comment": "Det var fint"})
    assert response.status_code == 422
    page = body(response)
    assert "4 things must be put right" in page
    assert "Det var fint" in page
    assert Evaluation.objects.filter(given_at=None).count() == 2


def test_a_mark_that_does_not_exist_is_refused(link_to, client):
    assert client.post(link_to("apprentice"), {**ANSWERS, "overall": "9"}).status_code == 422
    assert Evaluation.objects.filter(given_at=None).count() == 2


def test_a_used_link_says_so(link_to, client):
    address = link_to("apprentice")
    client.post(address, ANSWERS)
    assert client.get(address).status_code == 410
    assert client.post(address, {**ANSWERS, "overall": "1"}).status_code == 410
    assert Evaluation.objects.get(by="apprentice").overall == 5


def test_an_unknown_link_is_a_missing_page(client, db):
    assert client.get(at("evaluate", "nonsense")).status_code == 404


def test_a_fresh_link_after_the_answers_shows_that_they_are_there(link_to, client):
    client.post(link_to("apprentice"), ANSWERS)
    used = AccessLink.objects.get(used_at__isnull=False)
    links.renew(used)
    mail = OutboundMail.objects.get(template="accounts/email/link_renewed")
    address = "/" + mail.secrets[0].split("/", 3)[3]
    assert "We have your answers" in body(client.get(address))
    client.post(address, {**ANSWERS, "overall": "1"})
    assert Evaluation.objects.get(by="apprentice").overall == 5


def test_a_link_of_another_purpose_opens_nothing(returned, client):
    other = links.create(purpose=LinkPurpose.SIGN_AGREEMENT, object_id=1, office=returned.office, address="x@example.com",
                         language="nb")  # fmt: skip
    token = other.url.rstrip("/").rsplit("/", 1)[1]
    assert client.get(at("evaluate", token)).status_code == 404


# --- criteria at the end, closing -------------------------------------------------------------------------------------
@pytest.fixture
def criteria(returned):
    application = factories.ApplicationFactory(
        round=factories.RoundFactory(office=returned.office), submitted=True, status="accepted"
    )
    returned.application = application
    returned.save()
    return [
        factories.CriterionFactory(round=application.round, position=n, name_en=name)
        for n, name in enumerate(("Motivation", "Maturity"))
    ]


def test_criteria_are_assessed_and_the_evaluation_finished(returned, criteria, coordinator, sign_in):
    client = sign_in(coordinator)
    first, second = criteria
    page = body(client.get(at("outcomes", returned.pk)))
    assert "“Motivation” is not assessed." in page
    data = {f"mark_{first.pk}": "4", f"note_{first.pk}": "Vokste", f"mark_{second.pk}": "3"}
    assert client.post(at("outcomes", returned.pk), data)["Location"] == at("outcomes", returned.pk)
    assert list(CriterionOutcome.objects.values_list("mark_at_end", "note", "assessed_by")) == [
        (4, "Vokste", coordinator.pk),
        (3, "", coordinator.pk),
    ]
    assert at("finish_evaluation", returned.pk) in body(client.get(at("outcomes", returned.pk)))
    client.post(at("finish_evaluation", returned.pk))
    returned.refresh_from_db()
    assert returned.status == S.EVALUATED


def test_a_note_without_a_mark_is_kept_and_asked_about(returned, criteria, coordinator, sign_in):
    first, second = criteria
    data = {f"note_{first.pk}": "Vokste", f"mark_{second.pk}": "3"}
    response = sign_in(coordinator).post(at("outcomes", returned.pk), data)
    assert response.status_code == 422
    assert "Choose a mark for “Motivation”, too." in body(response)
    assert "Vokste" in body(response)
    assert CriterionOutcome.objects.count() == 0


@pytest.mark.parametrize("person", ["head", "auditor"])
def test_who_reads_criteria_does_not_write_them(returned, criteria, sign_in, request, person):
    client = sign_in(request.getfixturevalue(person))
    assert client.post(at("outcomes", returned.pk), {f"mark_{criteria[0].pk}": "4"}).status_code == 403
    assert CriterionOutcome.objects.count() == 0


def test_an_evaluation_that_lacks_a_criterion_says_so(returned, criteria, coordinator, sign_in):
    client = sign_in(coordinator)
    response = client.post(at("finish_evaluation", returned.pk))
    assert response.status_code == 302
    assert "“Motivation” is not assessed." in body(client.get(at("outcomes", returned.pk)))
    returned.refresh_from_db()
    assert returned.status == S.RETURNED


def test_a_case_is_closed_after_a_page_that_lists_what_is_missing(returned, coordinator, sign_in):
    returned.status = S.EVALUATED
    returned.save()
    client = sign_in(coordinator)
    assert "The grant is not priced." in body(client.get(at("close_placement", returned.pk)))
    client.post(at("close_placement", returned.pk))
    returned.refresh_from_db()
    assert returned.status == S.EVALUATED

    factories.BaseRateFactory(project=returned.project, country_group=2)
    Grant.objects.create(placement=returned, rate_table="2026", total=1, computed_at=clock.now())
    client.post(at("close_placement", returned.pk))
    returned.refresh_from_db()
    assert returned.status == S.CLOSED
