"""The one search of the web admin: what it finds, for whom, and that nobody reads over one's shoulder."""

import logging
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mobility.accounts.enums import Role
from tests import factories

pytestmark = pytest.mark.django_db
SEARCH = "reporting:search"
ROOT = Path(__file__).resolve().parents[2]


def find(client, words):
    return client.get(reverse(SEARCH), {"q": words})


def hits(page):
    return {group.code: [hit.what for hit in group.hits] for group in page.context["groups"]}


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office)


def case(round_, **facts):
    return factories.ApplicationFactory(round=round_, submitted=True, **facts)


def test_hits_stand_by_kind_and_lead_to_their_pages(sign_in, coordinator, office, round_):
    application = case(round_, given_name="Åsa", family_name="Lindholm")
    stay = factories.PlacementFactory(
        office=office, apprentice=application.apprentice, application=application,
        partner__office=office, partner__name="Casa Lindholm",
    )  # fmt: skip
    factories.TrainingCompanyFactory(office=office, name="Lindholm Bakeri")
    factories.TrainingManagerFactory(office=office, family_name="Lindholm")
    page = find(sign_in(coordinator), "lindholm")
    assert hits(page) == {
        "applications": ["Åsa Lindholm"],
        "stays": ["Åsa Lindholm"],
        "people": ["Åsa Lindholm"],
        "companies": ["Lindholm Bakeri"],
        "managers": ["Gunn Helen Lindholm"],
        "partners": ["Casa Lindholm"],
    }
    assert reverse("admin:apprentices_application_change", args=[application.pk]) in page.text
    assert reverse("placements:placement", args=[stay.pk]) in page.text
    assert "6 hits" in page.text


def test_a_reference_opens_its_case_at_once(sign_in, coordinator, round_):
    wanted, other = case(round_, reference="UT-0042"), case(round_, reference="UT-00421")
    client = sign_in(coordinator)
    for words in ("UT-0042", " ut-0042 "):
        answer = find(client, words)
        assert answer.url == reverse("admin:apprentices_application_change", args=[wanted.pk])
    assert hits(find(client, "UT-004"))["applications"] == [other.full_name, wanted.full_name]


def test_others_offices_are_not_found(sign_in, coordinator, other_coordinator, round_):
    application = case(round_, family_name="Einmalig", reference="UT-9")
    factories.PlacementFactory(office=round_.office, apprentice=application.apprentice, application=application)
    stranger = sign_in(other_coordinator)
    assert hits(find(stranger, "einmalig")) == {}
    assert find(stranger, "UT-9").status_code == 200
    assert "Nothing found" in find(stranger, "UT-9").text


def test_drafts_and_the_own_case_of_an_assistant_are_not_found(sign_in, assistant, round_):
    factories.ApplicationFactory(round=round_, family_name="Kladd")
    own = case(round_, family_name="Egen", reference="UT-5")
    own.apprentice.user = assistant
    own.apprentice.save()
    client = sign_in(assistant)
    assert (hits(find(client, "kladd")), "applications" in hits(find(client, "egen"))) == ({}, False)
    assert find(client, "UT-5").status_code == 200


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.COORDINATOR, 200), (Role.HEAD, 200), (Role.ASSISTANT, 200), (Role.AUDITOR, 200), (Role.REVIEWER, 403)],
)
def test_the_search_is_for_office_staff(sign_in, office, role, status):
    client = sign_in(factories.member(role, office))
    assert find(client, "x").status_code == status
    assert ('id="u-find"' in client.get(reverse("admin:index")).text) is (status == 200)


def test_others_do_not_get_in(sign_in, apprentice_user, partner_user):
    for user in (apprentice_user, partner_user):
        assert find(sign_in(user), "x").status_code == 403


def test_a_group_is_cut_off_and_leads_to_the_whole_list(sign_in, coordinator, round_):
    for number in range(12):
        case(round_, family_name=f"Mange {number}")
    page = find(sign_in(coordinator), "mange")
    (group, *_rest) = page.context["groups"]
    assert (group.code, len(group.hits), group.has_more) == ("applications", 10, True)
    listed = sign_in(coordinator).get(reverse("admin:apprentices_application_changelist"), {"q": "mange"})
    assert listed.context["cl"].result_count == 12
    assert f"{reverse('admin:apprentices_application_changelist')}?q=mange" in page.text


def test_no_words_find_nothing_and_nonsense_is_harmless(sign_in, coordinator, round_):
    case(round_)
    client = sign_in(coordinator)
    for words in ("", "   ", "%", "\\", "_", "'" * 300, "\x00", "🦌", "ÅÅÅÅ" * 50):
        assert hits(find(client, words)) == {}


def test_one_hit_costs_what_ten_cost(sign_in, coordinator, round_):
    client, counts = sign_in(coordinator), []
    find(client, "teller")
    for more in (1, 2):
        for _number in range(more):
            case(round_, family_name="Teller")
        with CaptureQueriesContext(connection) as queries:
            find(client, "teller")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 15


def test_what_is_searched_for_lands_in_no_log(sign_in, coordinator, caplog):
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("django.db.backends").setLevel(logging.INFO)  # the statements are the database's own
        find(sign_in(coordinator), "Hemmelig Navnesen")
    assert "Hemmelig" not in caplog.text
    sample = (ROOT / "deploy/nginx.conf.sample").read_text()
    assert "$request_uri" not in sample.split("log_format")[1].split(";")[0]
    assert '"$request"' not in sample
    assert "accesslog = None" in (ROOT / "deploy/gunicorn.conf.py").read_text()
