"""Applications in the web admin: what the list, its CSV and the case show to whom, and how much is read."""

import datetime

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus, EndorsementAnswer
from apprentices.models import Trade
from apprentices.selectors.turns import Turn, turn_of
from mobility.common import clock
from tests.factories import (
    ApplicationFactory,
    CriterionFactory,
    EndorsementFactory,
    ReviewFactory,
    RoundFactory,
)
from tests.queries import queries_of

LIST = "admin:apprentices_application_changelist"


CASE = "admin:apprentices_application_change"


@pytest.fixture
def round_(office):
    return RoundFactory(office=office)


def endorsed(application, answer=EndorsementAnswer.WAITING):
    given = "" if answer == EndorsementAnswer.WAITING else answer
    return EndorsementFactory(application=application, name="Gunn Helen", answered=given)


def shown(response):
    """References of the rows that a change list shows."""
    return [application.reference for application in response.context["cl"].result_list]


# --- list of applications -----------------------------------------------------------------------------------------
def test_the_list_shows_what_was_sent_to_the_office_and_no_drafts(sign_in, coordinator, round_):
    mine = ApplicationFactory(round=round_, submitted=True)
    ApplicationFactory(round=round_)
    ApplicationFactory(submitted=True)
    response = sign_in(coordinator).get(reverse(LIST))
    assert shown(response) == [mine.reference]
    assert "draft" not in [
        choice["display"] for choice in response.context["cl"].filter_specs[0].choices(response.context["cl"])
    ]


@pytest.mark.parametrize(
    "words",
    [
        "øygården",
        "ØYGÅRDEN",
        "UT-77",
        "ase.marie@example.net",
        "furukollen",
        "Øygården Åse",
        "åse",
        "asa oygar",
        "0109",
    ],
)
def test_search_finds_name_reference_address_and_company(sign_in, coordinator, round_, words):
    wanted = ApplicationFactory(
        round=round_,
        submitted=True,
        reference="UT-77",
        given_name="Åsa",
        call_name="Åse",
        family_name="Øygården",
        email="ase.marie@example.net",
        company_name="Furukollen",
    )
    ApplicationFactory(
        round=round_, submitted=True, reference="XX-1", given_name="Per", family_name="Eide", company_name="Bakeriet",
        phone="+4791234567",
    )  # fmt: skip
    assert shown(sign_in(coordinator).get(reverse(LIST), {"q": words})) == [wanted.reference]


def test_filters_offer_own_rounds_and_trades_in_use(sign_in, coordinator, round_, office):
    RoundFactory(name="Foreign round")
    other = RoundFactory(office=office, name="Own second round")
    application = ApplicationFactory(round=other, submitted=True)
    ApplicationFactory(round=round_, submitted=True, trade=Trade.objects.get(code="RMKOK3----"))
    body = sign_in(coordinator).get(reverse(LIST)).content.decode()
    assert ("Own second round" in body, "Foreign round" in body) == (True, False)
    assert ("Cook" in body or "Kokkfaget" in body, "Hairdressing" in body) == (True, False)
    filtered = sign_in(coordinator).get(reverse(LIST), {"round__id__exact": other.pk})
    assert shown(filtered) == [application.reference]


def test_the_list_asks_at_most_eight_queries_the_same_at_any_size(sign_in, coordinator, round_):
    RoundFactory(office=round_.office)
    browser = sign_in(coordinator)
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            endorsed(ApplicationFactory(round=round_, submitted=True))
        counts.append(queries_of(browser, reverse(LIST)))
    assert (len(set(counts)), counts[0] <= 8) == (1, True)


@pytest.mark.parametrize(
    ("status", "answer", "open_reviews", "turn"),
    [
        (ApplicationStatus.SUBMITTED, EndorsementAnswer.WAITING, 0, "employer"),
        (ApplicationStatus.SUBMITTED, EndorsementAnswer.YES, 0, "office"),
        (ApplicationStatus.SUBMITTED, None, 0, "office"),
        (ApplicationStatus.IN_REVIEW, EndorsementAnswer.YES, 1, "reviewer"),
        (ApplicationStatus.IN_REVIEW, EndorsementAnswer.NO, 0, "office"),
        (ApplicationStatus.OFFERED, None, 0, "apprentice"),
        (ApplicationStatus.WAITING_LIST, None, 0, "nobody"),
        (ApplicationStatus.REJECTED, None, 0, "nobody"),
        (ApplicationStatus.ACCEPTED, None, 0, "nobody"),
        (ApplicationStatus.LAPSED, None, 0, "nobody"),
        (ApplicationStatus.DEFERRED, None, 0, "nobody"),
    ],
)
def test_every_state_says_whose_turn_it_is(round_, status, answer, open_reviews, turn):
    application = ApplicationFactory(round=round_, submitted=True, status=status)
    if answer:
        endorsed(application, answer)
    ReviewFactory.create_batch(open_reviews, application=application)
    assert turn_of(application).who == turn


def test_a_turn_counts_whole_days():
    assert Turn("office", clock.now() - datetime.timedelta(days=3, hours=5)).days == 3


# --- CSV ----------------------------------------------------------------------------------------------------------
def export(browser, applications):
    """The confirm page first, then what its button gives."""
    chosen = {"action": "export_csv", "index": 0, "_selected_action": [each.pk for each in applications]}
    page = browser.post(reverse(LIST), chosen)
    response = browser.post(reverse(LIST), dict(page.context["hidden"])) if "hidden" in page.context else page
    return b"".join(response.streaming_content).decode() if response.streaming else ""


def test_the_csv_holds_the_chosen_rows_defused(sign_in, coordinator, round_):
    bad = ApplicationFactory(round=round_, submitted=True, given_name='=HYPERLINK("http://x")', reference="UT-1")
    ApplicationFactory(round=round_, submitted=True, reference="UT-2")
    foreign = ApplicationFactory(submitted=True, reference="UT-3")
    lines = export(sign_in(coordinator), [bad, foreign]).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("\ufeffReference;Given name;Family name")
    assert lines[1].startswith("UT-1;\"'=HYPERLINK(")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_csv_reads_the_same_number_of_queries(sign_in, coordinator, round_, rows, django_assert_max_num_queries):
    made = ApplicationFactory.create_batch(rows, round=round_, submitted=True)
    browser = sign_in(coordinator)
    with django_assert_max_num_queries(24):  # two pages, who was asked, what stands above the list
        assert len(export(browser, made).splitlines()) == rows + 1


def test_an_assistant_gets_no_csv_and_no_reviewers_to_choose(sign_in, assistant, round_):
    application = ApplicationFactory(round=round_, submitted=True)
    browser = sign_in(assistant)
    assert export(browser, [application]) == ""
    assert "export_csv" not in browser.get(reverse(LIST)).content.decode()


# --- case page ----------------------------------------------------------------------------------------------------
def test_the_case_page_shows_the_application_and_its_log(sign_in, coordinator, round_):
    application = ApplicationFactory(round=round_, submitted=True, motivation="Eg vil lære meir.")
    endorsed(application, EndorsementAnswer.YES)
    body = sign_in(coordinator).get(reverse(CASE, args=[application.pk])).content.decode()
    for words in (application.reference, "Eg vil lære meir.", "Employer: consents", "Choose reviewers"):
        assert words in body


def test_a_foreign_case_and_a_draft_are_not_found(sign_in, coordinator, other_coordinator, round_):
    application = ApplicationFactory(round=round_, submitted=True)
    draft = ApplicationFactory(round=round_)
    for user, pk in ((other_coordinator, application.pk), (coordinator, draft.pk), (coordinator, 10**6)):
        for name in (CASE, "admin:apprentices_application_history"):
            assert sign_in(user).get(reverse(name, args=[pk]), follow=True).status_code == 404


def test_nothing_of_an_application_is_changed_by_posting_the_form(sign_in, coordinator, round_):
    application = ApplicationFactory(round=round_, submitted=True)
    response = sign_in(coordinator).post(
        reverse(CASE, args=[application.pk]), {"given_name": "Changed", "status": "accepted", "office": 1}
    )
    application.refresh_from_db()
    assert (response.status_code, application.given_name, application.status) == (403, "Åse-Marie", "submitted")


def test_scores_stay_hidden_from_an_assistant(sign_in, coordinator, assistant, round_):
    CriterionFactory(round=round_, weight=100)
    application = ApplicationFactory(round=round_, submitted=True, status=ApplicationStatus.IN_REVIEW)
    ReviewFactory(application=application, marks=4)
    url = reverse(CASE, args=[application.pk])
    assert "4.00" in sign_in(coordinator).get(url).content.decode()
    body = sign_in(assistant).get(url).content.decode()
    assert ("4.00" in body, "Ranking list" in body, application.full_name in body) == (False, False, True)


def test_an_assistant_does_not_find_the_own_application(sign_in, assistant, round_):
    application = ApplicationFactory(round=round_, submitted=True)
    application.apprentice.user = assistant
    application.apprentice.save()
    assert sign_in(assistant).get(reverse(CASE, args=[application.pk]), follow=True).status_code == 404
    assert shown(sign_in(assistant).get(reverse(LIST))) == []


def test_the_case_page_stays_within_fifteen_queries(sign_in, coordinator, round_):
    CriterionFactory(round=round_, weight=100)
    application = ApplicationFactory(round=round_, submitted=True, status=ApplicationStatus.IN_REVIEW)
    endorsed(application, EndorsementAnswer.YES)
    ReviewFactory.create_batch(2, application=application, marks=4)
    assert queries_of(sign_in(coordinator), reverse(CASE, args=[application.pk])) <= 15
