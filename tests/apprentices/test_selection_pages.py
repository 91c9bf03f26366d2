"""Pages of the selection: reviewers, score sheet, ranking, decisions, publication, letter, attachment."""

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus, DecisionResult, RoundStatus
from apprentices.models import Application, Decision, Review
from apprentices.services.decisions import decide
from apprentices.services.publication import publish_decisions
from apprentices.services.rounds import add_standard_criteria
from mobility.accounts.enums import Role
from tests.factories import (
    ApplicationFactory,
    AttachmentFactory,
    CriterionFactory,
    DecisionFactory,
    ReviewFactory,
    RoundFactory,
    member,
)
from tests.queries import queries_of


@pytest.fixture
def round_(office):
    round_ = RoundFactory(office=office, places=2)
    CriterionFactory(round=round_, weight=60, position=1, name_en="Motivation", anchors={"5": "Reflects on learning"})
    CriterionFactory(round=round_, weight=40, position=2, name_en="Language")
    return round_


def in_review(round_, *marks, **fields):
    application = ApplicationFactory(round=round_, submitted=True, **{"status": ApplicationStatus.IN_REVIEW, **fields})
    for mark in marks:
        ReviewFactory(application=application, marks=mark)
    return application


def at(name, pk, *applications, **query):
    found = "&".join([f"application={each.pk}" for each in applications] + [f"{k}={v}" for k, v in query.items()])
    return reverse(f"apprentices:{name}", args=[pk]) + (f"?{found}" if found else "")


def said(response):
    return [str(message) for message in response.context["messages"]]


# --- who may open what --------------------------------------------------------------------------------------------
ROUND_PAGES = {
    "open_round": {Role.COORDINATOR},
    "assign_reviewers": {Role.COORDINATOR},
    "ranking": {Role.COORDINATOR, Role.HEAD, Role.AUDITOR},
    "decide": {Role.COORDINATOR},
    "publish": {Role.COORDINATOR, Role.HEAD},
}
STAFF = [Role.COORDINATOR, Role.HEAD, Role.ASSISTANT, Role.AUDITOR]


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize("name", ROUND_PAGES)
def test_pages_of_a_round_open_for_their_roles_only(sign_in, office, round_, name, role):
    application = in_review(round_, status=ApplicationStatus.SUBMITTED)
    response = sign_in(member(role, office)).get(at(name, round_.pk, application, result="offer"))
    assert response.status_code == (200 if role in ROUND_PAGES[name] else 403)


@pytest.mark.parametrize("name", ROUND_PAGES)
def test_a_foreign_round_is_a_missing_one(sign_in, other_coordinator, reviewer, apprentice_user, round_, name):
    application = in_review(round_)
    for user in (other_coordinator, reviewer, apprentice_user):
        for method in ("get",) if name == "ranking" else ("get", "post"):
            page = at(name, round_.pk, application, result="offer")
            assert getattr(sign_in(user), method)(page).status_code == 404
            assert getattr(sign_in(user), method)(at(name, 10**6, application)).status_code == 404


@pytest.mark.parametrize("name", ROUND_PAGES)
def test_a_stranger_is_asked_to_sign_in(client, round_, name):
    response = client.get(at(name, round_.pk))
    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


# --- opening ------------------------------------------------------------------------------------------------------
def test_opening_shows_first_and_acts_on_post(sign_in, coordinator, office):
    prepared = RoundFactory(office=office, prepared=True)
    add_standard_criteria(round=prepared)
    browser = sign_in(coordinator)
    assert "frozen" in browser.get(at("open_round", prepared.pk)).content.decode()
    prepared.refresh_from_db()
    assert prepared.status == RoundStatus.PREPARED
    response = browser.post(at("open_round", prepared.pk), follow=True)
    prepared.refresh_from_db()
    assert (prepared.status, said(response)) == (RoundStatus.OPEN, [f"The round {prepared} is open."])


def test_a_round_that_is_not_ready_says_why(sign_in, coordinator, office):
    prepared = RoundFactory(office=office, prepared=True)
    response = sign_in(coordinator).post(at("open_round", prepared.pk), follow=True)
    assert said(response) == ["The weights of the criteria add up to 0 %; they must be 100 %."]


# --- reviewers ----------------------------------------------------------------------------------------------------
def test_the_lists_action_leads_to_the_confirm_page_and_that_starts_the_review(sign_in, coordinator, office, round_):
    applications = [in_review(round_, status=ApplicationStatus.SUBMITTED) for _ in range(2)]
    people = [member(Role.REVIEWER, office, given_name=name) for name in ("Espen", "Siri")]
    stranger = member(Role.REVIEWER, given_name="Stranger")
    browser = sign_in(coordinator)
    page = browser.post(
        reverse("admin:apprentices_application_changelist"),
        {"action": "choose_reviewers", "_selected_action": [each.pk for each in applications]},
    )
    assert page.url == at("assign_reviewers", round_.pk, *applications)
    body = browser.get(page.url).content.decode()
    assert ("Espen" in body, "Siri" in body, "Stranger" in body) == (True, True, False)
    refused = browser.post(page.url, {"reviewers": [people[0].pk, stranger.pk]})
    assert "data-error-summary" in refused.content.decode()
    assert Review.objects.count() == 0
    browser.post(page.url, {"reviewers": [each.pk for each in people]})
    assert Review.objects.count() == 4
    assert {each.status for each in Application.objects.all()} == {ApplicationStatus.IN_REVIEW}


def test_one_reviewer_is_too_few_and_stays_ticked(sign_in, coordinator, office, round_):
    application = in_review(round_, status=ApplicationStatus.SUBMITTED)
    person = member(Role.REVIEWER, office)
    body = (
        sign_in(coordinator)
        .post(at("assign_reviewers", round_.pk, application), {"reviewers": [person.pk]})
        .content.decode()
    )
    assert ("Choose at least two reviewers" in body, "checked" in body, "<title>Error: " in body) == (True, True, True)


def test_applications_of_two_rounds_are_not_given_out_together(sign_in, coordinator, office, round_):
    mixed = [in_review(found, status=ApplicationStatus.SUBMITTED) for found in (round_, RoundFactory(office=office))]
    response = sign_in(coordinator).post(
        reverse("admin:apprentices_application_changelist"),
        {"action": "choose_reviewers", "_selected_action": [each.pk for each in mixed]},
        follow=True,
    )
    assert said(response) == ["Choose applications of one round at a time."]


# --- score sheet --------------------------------------------------------------------------------------------------
@pytest.fixture
def review(round_, reviewer):
    return ReviewFactory(application=in_review(round_, motivation="Eg vil lære meir."), reviewer=reviewer)


def marks_for(review, mark="4"):
    return {f"mark_{criterion.pk}": mark for criterion in review.application.round.criteria.all()}


def test_the_sheet_stands_beside_the_application_with_what_marks_mean(sign_in, reviewer, review):
    body = sign_in(reviewer).get(at("review", review.pk)).content.decode()
    for words in ("Eg vil lære meir.", "Motivation (60 %)", "5: Reflects on learning"):
        assert words in body


def test_marks_are_saved_once_however_often_they_are_sent(sign_in, reviewer, review):
    browser = sign_in(reviewer)
    for _ in range(2):
        response = browser.post(at("review", review.pk), marks_for(review), follow=True)
    assert said(response)[-1] == f"Your marks for {review.application.full_name} are saved."
    assert [mark.mark for mark in review.marks.all()] == [4, 4]
    assert [each.pk for each, _open in response.context["given"]] == [review.pk]


def test_a_missing_mark_is_named_and_the_note_is_kept(sign_in, reviewer, review):
    first, second = review.application.round.criteria.all()
    data = {f"mark_{first.pk}": "5", f"note_{second.pk}": "Speaks well."}
    body = sign_in(reviewer).post(at("review", review.pk), data).content.decode()
    assert "Give a mark for “Language”." in body
    assert "Speaks well." in body
    assert review.marks.count() == 0


def test_a_mark_outside_of_1_to_5_is_refused(sign_in, reviewer, review):
    sign_in(reviewer).post(at("review", review.pk), marks_for(review, "6"))
    assert review.marks.count() == 0


def test_a_reviewer_sees_neither_other_sheets_nor_other_marks(sign_in, office, reviewer, review):
    other = ReviewFactory(application=review.application, marks=2)
    mark = other.marks.first()
    mark.note = "A secret opinion"
    mark.save()
    browser = sign_in(reviewer)
    assert browser.get(at("review", other.pk)).status_code == 404
    assert browser.post(at("review", other.pk), marks_for(other)).status_code == 404
    assert "A secret opinion" not in browser.get(at("review", review.pk)).content.decode()
    assert [each.pk for each in browser.get(reverse("apprentices:reviews")).context["waiting"]] == [review.pk]


@pytest.mark.parametrize("role", STAFF)
def test_who_is_no_reviewer_has_no_sheets(sign_in, office, review, role):
    browser = sign_in(member(role, office))
    assert browser.get(reverse("apprentices:reviews")).status_code == 403
    assert browser.get(at("review", review.pk)).status_code == 404


def test_published_decisions_freeze_the_sheet(sign_in, reviewer, review):
    Application.objects.filter(pk=review.application_id).update(status=ApplicationStatus.OFFERED)
    browser = sign_in(reviewer)
    assert "Save my marks" not in browser.get(at("review", review.pk)).content.decode()
    body = browser.post(at("review", review.pk), marks_for(review)).content.decode()
    assert "marks cannot be changed any more" in body
    assert review.marks.count() == 0


def test_the_list_of_reviews_asks_the_same_queries_for_1_and_3(sign_in, reviewer, round_):
    browser = sign_in(reviewer)
    ReviewFactory(application=in_review(round_), reviewer=reviewer)
    one = queries_of(browser, reverse("apprentices:reviews"))
    for _ in range(2):
        ReviewFactory(application=in_review(round_), reviewer=reviewer, marks=3)
    assert queries_of(browser, reverse("apprentices:reviews")) == one


# --- ranking ------------------------------------------------------------------------------------------------------
def test_the_ranking_shows_order_ties_the_line_and_what_is_missing(sign_in, coordinator, round_):
    best, tied, also_tied = in_review(round_, 5, 5), in_review(round_, 4, 3), in_review(round_, 3, 4)
    ReviewFactory(application=best)
    in_review(round_, status=ApplicationStatus.SUBMITTED)
    context = sign_in(coordinator).get(at("ranking", round_.pk)).context
    assert [(line["application"], line["missing"], line["is_last_place"]) for line in context["lines"]] == [
        (best, 1, False),
        (tied, 0, True),
        (also_tied, 0, False),
    ]
    assert (context["line_is_tied"], context["seats"].not_started, context["seats"].left) == (True, 1, 2)


def test_ticking_above_the_line_ticks_those_with_a_place(sign_in, coordinator, round_):
    applications = [in_review(round_, mark) for mark in (5, 4, 3)]
    lines = sign_in(coordinator).get(at("ranking", round_.pk, tick="above")).context["lines"]
    assert [line["application"] for line in lines if line["ticked"]] == applications[:2]


def test_the_ranking_asks_at_most_twelve_queries_the_same_at_any_size(sign_in, coordinator, round_):
    browser = sign_in(coordinator)
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            DecisionFactory(application=in_review(round_, 4, 3), result=DecisionResult.WAITING_LIST)
        counts.append(queries_of(browser, at("ranking", round_.pk)))
    assert counts[0] == counts[1] <= 12


# --- decisions ----------------------------------------------------------------------------------------------------
def test_a_decision_is_shown_first_and_saved_as_pending_on_post(sign_in, coordinator, round_):
    application = in_review(round_, 4, 4)
    browser = sign_in(coordinator)
    page = at("decide", round_.pk, application, result="offer")
    assert application.full_name in browser.get(page).content.decode()
    assert Decision.objects.count() == 0
    response = browser.post(page, {"reasons": ""}, follow=True)
    assert said(response) == ["1 pending decision saved."]
    assert Decision.objects.get().result == DecisionResult.OFFER


def test_a_rejection_without_criterion_and_reasons_says_both(sign_in, coordinator, round_):
    page = at("decide", round_.pk, in_review(round_), result="rejection")
    body = sign_in(coordinator).post(page, {}).content.decode()
    for words in ("A rejection needs the criterion that decided.", "A rejection needs reasons.", "<title>Error: "):
        assert words in body
    assert Decision.objects.count() == 0


def test_too_many_offers_are_refused_and_the_reasons_are_kept(sign_in, coordinator, round_):
    applications = [in_review(round_) for _ in range(3)]
    page = at("decide", round_.pk, *applications, result="offer")
    response = sign_in(coordinator).post(page, {"reasons": "Typed with care."})
    assert said(response) == ["That is 1 offer too many (places: 2)."]
    assert "Typed with care." in response.content.decode()
    assert Decision.objects.count() == 0


def test_deciding_without_a_tick_says_so(sign_in, coordinator, round_):
    response = sign_in(coordinator).get(at("decide", round_.pk, result="offer"), follow=True)
    assert said(response) == ["Tick at least one application first."]


def test_an_unknown_result_and_foreign_applications_are_not_found(sign_in, coordinator, round_):
    browser = sign_in(coordinator)
    assert browser.get(at("decide", round_.pk, in_review(round_), result="gift")).status_code == 404
    assert browser.get(at("decide", round_.pk, in_review(RoundFactory()), result="offer")).status_code == 404


def test_pending_decisions_are_taken_back_on_post(sign_in, coordinator, round_):
    decision = DecisionFactory(application=in_review(round_))
    browser = sign_in(coordinator)
    page = at("decide", round_.pk, decision.application, result="take_back")
    browser.get(page)
    assert Decision.objects.count() == 1
    browser.post(page)
    assert Decision.objects.count() == 0


# --- publication --------------------------------------------------------------------------------------------------
def test_publishing_acts_once_and_the_second_press_says_so(sign_in, coordinator, head, round_):
    application = in_review(round_, 4, 4)
    decide(round=round_, applications=[application], result="offer", by=coordinator)
    first = sign_in(coordinator).post(at("publish", round_.pk), follow=True)
    second = sign_in(head).post(at("publish", round_.pk), follow=True)
    assert said(first) == ["The decisions are published; the letters are on their way."]
    assert said(second) == ["There is nothing to publish."]
    application.refresh_from_db()
    assert (application.status, application.status_changes.count()) == (ApplicationStatus.OFFERED, 1)


def test_the_publish_page_names_what_is_missing_and_has_no_button_then(sign_in, coordinator, round_):
    decide(round=round_, applications=[in_review(round_)], result="offer", by=coordinator)
    round_.answer_by = None
    round_.save()
    body = sign_in(coordinator).get(at("publish", round_.pk)).content.decode()
    assert "The round does not say by when offers are answered." in body
    assert "Publish 1 decision" not in body


def test_the_publish_page_asks_the_same_queries_for_1_and_3(sign_in, coordinator, round_):
    browser = sign_in(coordinator)
    DecisionFactory(application=in_review(round_))
    one = queries_of(browser, at("publish", round_.pk))
    for _ in range(2):
        DecisionFactory(application=in_review(round_), criterion=round_.criteria.first())
    assert queries_of(browser, at("publish", round_.pk)) == one


def test_the_letter_is_a_preview_first_and_the_stored_file_afterwards(sign_in, coordinator, other_coordinator, round_):
    (decision,) = decide(round=round_, applications=[in_review(round_)], result="offer", by=coordinator)
    browser = sign_in(coordinator)
    preview = browser.get(at("decision_letter", decision.pk))
    assert preview.content[:5] == b"%PDF-"
    decision.refresh_from_db()
    assert decision.letter is None
    (published,) = publish_decisions(round=round_, by=coordinator)
    stored = b"".join(browser.get(at("decision_letter", decision.pk)).streaming_content)
    with published.letter.content.open("rb") as content:
        assert stored == content.read()
    assert sign_in(other_coordinator).get(at("decision_letter", decision.pk)).status_code == 404


def test_an_assistant_gets_no_letter(sign_in, assistant, round_):
    decision = DecisionFactory(application=in_review(round_))
    assert sign_in(assistant).get(at("decision_letter", decision.pk)).status_code == 403


# --- attachment ---------------------------------------------------------------------------------------------------
def test_the_attachment_opens_for_those_who_judge_it(
    sign_in, coordinator, assistant, other_coordinator, reviewer, round_
):
    application = in_review(round_)
    attachment = AttachmentFactory(application=application)
    stranger = member(Role.REVIEWER, round_.office)
    ReviewFactory(application=application, reviewer=reviewer)
    found = []
    for user in (coordinator, reviewer, assistant, stranger, other_coordinator):
        response = sign_in(user).get(reverse("apprentices:attachment", args=[application.pk, attachment.pk]))
        response.close()
        found.append(response.status_code)
    assert found == [200, 200, 403, 404, 404]
