"""The score sheet: drafts, order, what the other gave; and every way by which it could leak."""

import datetime

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus
from apprentices.models import Conflict, Review, Tie
from apprentices.services.reviews import StaleDraft, give_review, save_draft, show_others
from mobility.accounts.enums import Role
from mobility.common import clock
from mobility.common.errors import NotReady, Refused
from tests import factories
from tests.factories import member
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
SECRET = "Too shy for this, I think"


@pytest.fixture
def round_(office):
    found = factories.RoundFactory(office=office, places=1)
    factories.CriterionFactory(round=found, weight=60, position=1, name_en="Motivation")
    factories.CriterionFactory(round=found, weight=40, position=2, name_en="Language")
    return found


@pytest.fixture
def other(office):
    return member(Role.REVIEWER, office, given_name="Siri", family_name="Vik")


def sheet_of(round_, person, **fields):
    application = factories.ApplicationFactory(
        round=round_, submitted=True, status=ApplicationStatus.IN_REVIEW, **fields
    )
    return factories.ReviewFactory(application=application, reviewer=person)


def beside(sheet, person):
    """Another reader of the same application, who has given 2 everywhere, with a note and a remark."""
    theirs = factories.ReviewFactory(application=sheet.application, reviewer=person)
    marks = {each.pk: (2, SECRET) for each in sheet.application.round.criteria.all()}
    return give_review(review=theirs, marks=marks, by=person, remark=SECRET)


def marks_of(round_, mark=4):
    return {each.pk: (mark, "") for each in round_.criteria.all()}


def at(name, sheet):
    return reverse(f"apprentices:{name}", args=[sheet.pk])


def typed(sheet, mark="4", **more):
    keys = [each.pk for each in sheet.application.round.criteria.all()]
    return {f"mark_{key}": mark for key in keys} | {f"note_{key}": "" for key in keys} | {"remark": "", **more}


# --- drafts ---------------------------------------------------------------------------------------------------------
def test_what_is_typed_is_kept_and_stands_on_the_next_device(sign_in, reviewer, round_):
    sheet = sheet_of(round_, reviewer)
    browser = sign_in(reviewer)
    answer = browser.post(at("save_review_draft", sheet), typed(sheet, "", remark="Half a sentence", seen=""))
    sheet.refresh_from_db()
    assert answer.json()["seen"] == sheet.draft_saved_at.isoformat()
    assert (sheet.draft["remark"], sheet.given_at, sheet.marks.count()) == ("Half a sentence", None, 0)
    page = browser.get(at("review", sheet))
    assert page.context["form"]["remark"].value() == "Half a sentence"
    assert "draft kept" in browser.get(reverse("apprentices:reviews")).content.decode()


def test_an_old_page_overwrites_no_newer_draft(sign_in, reviewer, round_):
    sheet = sheet_of(round_, reviewer)
    save_draft(review=sheet, typed={"remark": "From the phone"}, by=reviewer)
    answer = sign_in(reviewer).post(at("save_review_draft", sheet), typed(sheet, remark="Older", seen=""))
    sheet.refresh_from_db()
    assert (answer.status_code, sheet.draft["remark"]) == (409, "From the phone")
    assert "another page" in answer.json()["words"]


def test_a_tab_replaces_what_it_saved_itself_while_it_was_reloaded(reviewer, round_):
    sheet = sheet_of(round_, reviewer)
    save_draft(review=sheet, typed={"remark": "Half", "tab": "t1"}, by=reviewer)
    saved = save_draft(review=sheet, typed={"remark": "Whole", "tab": "t1"}, by=reviewer, seen=None)
    assert saved.draft["remark"] == "Whole"
    for tab in ("t2", ""):
        with pytest.raises(StaleDraft):
            give_review(review=sheet, marks=marks_of(round_), by=reviewer, seen=None, tab=tab)
    assert give_review(review=sheet, marks=marks_of(round_), by=reviewer, seen=None, tab="t1").given_at is not None


def test_giving_from_an_old_page_tells_first_and_loses_nothing(sign_in, reviewer, round_):
    sheet = sheet_of(round_, reviewer)
    save_draft(review=sheet, typed={"remark": "From the phone"}, by=reviewer)
    browser = sign_in(reviewer)
    refused = browser.post(at("review", sheet), typed(sheet, remark="From the desk", seen=""))
    form = refused.context["form"]
    assert (form["remark"].value(), sheet.marks.count()) == ("From the desk", 0)
    again = browser.post(at("review", sheet), typed(sheet, remark="From the desk", seen=form["seen"].value()))
    sheet.refresh_from_db()
    assert (again.status_code, sheet.remark, sheet.draft) == (302, "From the desk", {})


def test_keep_as_a_draft_without_any_script(sign_in, reviewer, round_):
    sheet = sheet_of(round_, reviewer)
    page = sign_in(reviewer).post(at("review", sheet), typed(sheet, "", remark="Later", later="1"), follow=True)
    sheet.refresh_from_db()
    assert (sheet.draft["remark"], sheet.given_at) == ("Later", None)
    assert "The marks are not given yet." in page.content.decode()


def test_a_draft_after_giving_changes_no_mark(reviewer, round_):
    sheet = sheet_of(round_, reviewer)
    give_review(review=sheet, marks=marks_of(round_), by=reviewer)
    key = round_.criteria.first().pk
    saved = save_draft(review=sheet, typed={f"mark_{key}": "1"}, by=reviewer)
    assert (saved.total, set(saved.marks.values_list("mark", flat=True))) == (400, {4})


@pytest.mark.parametrize("case", ["somebody else", "decided", "too much"])
def test_guards_of_a_draft(reviewer, other, round_, case):
    sheet = sheet_of(round_, reviewer)
    if case == "decided":
        type(sheet.application).objects.update(status=ApplicationStatus.REJECTED)
    with pytest.raises(Refused):
        save_draft(
            review=sheet,
            typed={"remark": "x" * (50_000 if case == "too much" else 5)},
            by=other if case == "somebody else" else reviewer,
        )
    sheet.refresh_from_db()
    assert sheet.draft == {}


# --- order ----------------------------------------------------------------------------------------------------------
def test_save_and_next_goes_round_to_what_is_left(sign_in, reviewer, round_):
    now = clock.now()
    sheets = [sheet_of(round_, reviewer) for _ in range(3)]
    for number, sheet in enumerate(sheets):
        Review.objects.filter(pk=sheet.pk).update(assigned_at=now + datetime.timedelta(minutes=number))
    browser = sign_in(reviewer)
    page = browser.get(at("review", sheets[1]))
    assert (page.context["progress"].number, page.context["progress"].all, page.context["progress"].given) == (2, 3, 0)
    for here, after in ((sheets[1], sheets[2]), (sheets[2], sheets[0])):
        moved = browser.post(at("review", here), typed(here, next="1"))
        assert moved.url == at("review", after)
    assert browser.post(at("review", sheets[0]), typed(sheets[0], next="1")).url == reverse("apprentices:reviews")


# --- leaks ----------------------------------------------------------------------------------------------------------
def leaky(body):
    return SECRET in body or "2.00" in body


def test_the_sheet_shows_nothing_of_the_other_before_own_marks_and_a_button_after(sign_in, reviewer, other, round_):
    sheet = sheet_of(round_, reviewer)
    beside(sheet, other)
    browser = sign_in(reviewer)
    assert not leaky(browser.get(at("review", sheet)).content.decode())
    assert not leaky(browser.get(reverse("apprentices:reviews")).content.decode())
    browser.post(at("show_other_marks", sheet))
    sheet.refresh_from_db()
    assert sheet.seen_at is None
    browser.post(at("review", sheet), typed(sheet))
    before = browser.get(at("review", sheet)).content.decode()
    assert (leaky(before), at("show_other_marks", sheet) in before) == (False, True)
    browser.post(at("show_other_marks", sheet))
    assert SECRET in browser.get(at("review", sheet)).content.decode()


def test_the_service_shows_nothing_before_own_marks(reviewer, other, round_):
    sheet = sheet_of(round_, reviewer)
    with pytest.raises(NotReady, match="own marks first"):
        show_others(review=sheet, by=reviewer)
    with pytest.raises(Refused, match="Only the reviewer"):
        show_others(review=sheet, by=other)


def test_a_change_after_seeing_is_told_on_the_board(sign_in, coordinator, reviewer, other, round_):
    sheet = sheet_of(round_, reviewer)
    beside(sheet, other)
    give_review(review=sheet, marks=marks_of(round_, 5), by=reviewer)
    board = reverse("apprentices:ranking", args=[round_.pk])
    assert "changed after" not in sign_in(coordinator).get(board).content.decode()
    show_others(review=sheet, by=reviewer)
    give_review(review=sheet, marks=marks_of(round_, 3), by=reviewer)
    assert "changed after both were seen" in sign_in(coordinator).get(board).content.decode()


OFFICE_PAGES = {
    "ranking": lambda sheet: reverse("apprentices:ranking", args=[sheet.application.round_id]),
    "case": lambda sheet: reverse("admin:apprentices_application_change", args=[sheet.application_id]),
    "history": lambda sheet: reverse("admin:apprentices_application_history", args=[sheet.application_id]),
    "round": lambda sheet: reverse("admin:apprentices_round_change", args=[sheet.application.round_id]),
    "list": lambda sheet: reverse("admin:apprentices_application_changelist"),
    "reviewers": lambda sheet: reverse("apprentices:round_reviewers", args=[sheet.application.round_id]),
    "decide": lambda sheet: (
        reverse("apprentices:decide", args=[sheet.application.round_id])
        + f"?application={sheet.application_id}&result=offer"
    ),
    "workbench": lambda sheet: reverse("admin:index"),
}


@pytest.mark.parametrize("name", OFFICE_PAGES)
def test_a_coordinator_who_reviews_sees_no_mark_before_giving_own(sign_in, office, other, round_, name):
    both = member(Role.COORDINATOR, office)
    factories.MembershipFactory(user=both, office=office, role=Role.REVIEWER)
    sheet = sheet_of(round_, both)
    beside(sheet, other)
    assert not leaky(sign_in(both).get(OFFICE_PAGES[name](sheet)).content.decode())


@pytest.mark.parametrize("name", ["ranking", "case"])
def test_after_own_marks_a_coordinator_sees_the_score(sign_in, office, other, round_, name):
    both = member(Role.COORDINATOR, office)
    factories.MembershipFactory(user=both, office=office, role=Role.REVIEWER)
    sheet = sheet_of(round_, both)
    beside(sheet, other)
    give_review(review=sheet, marks=marks_of(round_), by=both)
    assert leaky(sign_in(both).get(OFFICE_PAGES[name](sheet)).content.decode())


@pytest.mark.parametrize("name", sorted(set(OFFICE_PAGES) - {"workbench"}))
def test_a_mere_reviewer_opens_no_page_of_the_office(sign_in, reviewer, other, round_, name):
    sheet = sheet_of(round_, reviewer)
    beside(sheet, other)
    answer = sign_in(reviewer).get(OFFICE_PAGES[name](sheet))
    assert answer.status_code in {302, 403, 404}


def test_the_export_of_the_list_holds_no_marks(sign_in, office, other, round_):
    both = member(Role.COORDINATOR, office)
    factories.MembershipFactory(user=both, office=office, role=Role.REVIEWER)
    sheet = sheet_of(round_, both)
    beside(sheet, other)
    browser, url = sign_in(both), reverse("admin:apprentices_application_changelist")
    page = browser.post(url, {"action": "export_csv", "index": 0, "_selected_action": [sheet.application_id]})
    body = b"".join(browser.post(url, dict(page.context["hidden"])).streaming_content).decode()
    assert (sheet.application.reference in body, leaky(body)) == (True, False)


# --- conflicts on the pages -----------------------------------------------------------------------------------------
def test_a_conflict_declared_on_the_sheet_takes_the_reviewer_to_the_next(sign_in, reviewer, round_):
    first, second = sheet_of(round_, reviewer), sheet_of(round_, reviewer)
    browser = sign_in(reviewer)
    empty = browser.post(at("declare_review_conflict", first), {"reason": " "})
    assert "data-error-summary" in empty.content.decode()
    moved = browser.post(at("declare_review_conflict", first), {"reason": "My neighbour"})
    assert moved.url == at("review", second)
    assert Conflict.objects.get().person == reviewer
    assert browser.get(at("review", first)).status_code == 404


def test_a_sheet_with_a_detected_conflict_is_closed_in_one_sentence(sign_in, reviewer, round_):
    sheet = sheet_of(round_, reviewer, guardian_email=reviewer.email, motivation="My own words")
    browser = sign_in(reviewer)
    answer = browser.get(at("review", sheet))
    body = answer.content.decode()
    assert (answer.status_code, "is named as a guardian" in body, "My own words" in body) == (403, True, False)
    assert browser.post(at("review", sheet), typed(sheet)).status_code == 403
    assert sheet.marks.count() == 0


def test_standing_ties_are_added_and_taken_back_on_their_own_page(sign_in, reviewer, other, office):
    browser = sign_in(reviewer)
    page = reverse("apprentices:ties")
    assert "data-error-summary" in browser.post(page, {"kind": "company", "name": ""}).content.decode()
    browser.post(page, {"kind": "company", "name": "Furukollen AS"})
    tie = Tie.objects.get()
    assert (tie.person, tie.office, tie.name) == (reviewer, office, "Furukollen AS")
    assert sign_in(other).post(reverse("apprentices:end_tie", args=[tie.pk])).status_code == 404
    sign_in(reviewer).post(reverse("apprentices:end_tie", args=[tie.pk]))
    tie.refresh_from_db()
    assert tie.ended_at is not None


def test_the_pages_of_reviewers_cost_the_same_queries_for_one_and_three(sign_in, reviewer, round_):
    browser = sign_in(reviewer)
    sheet = sheet_of(round_, reviewer)
    pages = [reverse("apprentices:reviews"), at("review", sheet)]
    one = [queries_of(browser, page) for page in pages]
    for _ in range(2):
        sheet_of(round_, reviewer)
    assert [queries_of(browser, page) for page in pages] == one
