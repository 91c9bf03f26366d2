"""Notes with follow-ups, who has a case, what is unread, where a case stands in its list, and handing over."""

import datetime
import uuid

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus as A
from apprentices.models import Application, CaseNote, CaseReading
from apprentices.selectors.casework import left_behind, officer_for, unread
from apprentices.services import casework as services
from apprentices.services.answers import accept_offer
from apprentices.services.endorsements import answer_endorsement
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose, Role
from mobility.accounts.models import Membership
from mobility.common import clock
from mobility.common.errors import Refused
from tests import factories
from tests.factories import days, member
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
LIST = reverse("admin:apprentices_application_changelist")


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office)


@pytest.fixture
def case(round_, coordinator):
    return factories.ApplicationFactory(round=round_, submitted=True, owner=coordinator)


@pytest.fixture
def colleague(office):
    return member(Role.COORDINATOR, office, given_name="Per", family_name="Eide")


def case_page(application, query=""):
    return reverse("admin:apprentices_application_change", args=[application.pk]) + query


def note(browser, application, **posted):
    data = {"text": "Ring bedriften.", "key": str(uuid.uuid4())} | posted
    return browser.post(reverse("apprentices:add_note", args=[application.pk]), data)


# --- notes ------------------------------------------------------------------------------------------------------------
def test_a_note_keeps_author_moment_and_text_and_stands_on_the_case(sign_in, case, coordinator):
    browser = sign_in(coordinator)
    answer = note(browser, case, text="  Vil reise sammen med Ida.  ")
    kept = CaseNote.objects.get()
    assert (answer.status_code, kept.author, kept.text, kept.follow_up_on) == (
        302, coordinator, "Vil reise sammen med Ida.", None,
    )  # fmt: skip
    assert "Vil reise sammen med Ida." in browser.get(case_page(case)).content.decode()


def test_a_double_click_keeps_one_note(sign_in, case, coordinator):
    key = str(uuid.uuid4())
    for _click in range(2):
        note(sign_in(coordinator), case, key=key)
    assert CaseNote.objects.count() == 1


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"text": ""}, "This field is required."),
        ({"follow_up_on": "2020-01-01"}, "Choose today or a later day."),
        ({"follow_up_on": "soon"}, "Enter a valid date."),
    ],
)
def test_a_refused_note_comes_back_with_what_was_typed(sign_in, case, coordinator, posted, words):
    body = note(sign_in(coordinator), case, **({"text": "Skrevet mye her."} | posted)).content.decode()
    assert words in body
    assert CaseNote.objects.count() == 0
    assert ("Skrevet mye her." in body) is bool(posted.get("text", "x"))


def test_a_colleague_needs_a_day(sign_in, case, coordinator, colleague):
    body = note(sign_in(coordinator), case, follow_up_for=colleague.pk).content.decode()
    assert ("Say when, too." in body, CaseNote.objects.count()) == (True, 0)


def test_a_follow_up_is_for_its_author_or_for_a_colleague_of_the_office(sign_in, case, coordinator, colleague):
    browser = sign_in(coordinator)
    note(browser, case, follow_up_on=days(3).isoformat())
    note(browser, case, follow_up_on=days(3).isoformat(), follow_up_for=colleague.pk)
    stranger = member(Role.COORDINATOR)
    note(browser, case, follow_up_on=days(3).isoformat(), follow_up_for=stranger.pk)
    assert set(CaseNote.objects.values_list("follow_up_for", flat=True)) == {coordinator.pk, colleague.pk}
    with pytest.raises(Refused, match="does not work with cases in this office now"):
        services.add_note(
            application=case, by=coordinator, text="x", key=uuid.uuid4(), follow_up_on=days(1), follow_up_for=stranger
        )


def test_a_follow_up_is_done_once(sign_in, case, coordinator, colleague):
    row = factories.CaseNoteFactory(application=case, follow_up_for=coordinator)
    browser = sign_in(colleague)
    address = reverse("apprentices:finish_follow_up", args=[row.pk])
    browser.post(address)
    row.refresh_from_db()
    assert (row.done_by, row.done_at is None) == (colleague, False)
    assert "Somebody has done this already." in browser.post(address, follow=True).content.decode()


def test_notes_are_not_seen_by_assistant_reviewer_and_applicant(
    sign_in, case, coordinator, assistant, reviewer, apprentice_user, auditor
):
    factories.CaseNoteFactory(application=case, text="Bare for kontoret")
    case.apprentice.user = apprentice_user
    case.apprentice.save()
    Application.objects.update(status=A.IN_REVIEW)
    review = factories.ReviewFactory(application=case, reviewer=reviewer)
    pages = [
        (assistant, case_page(case)),
        (reviewer, reverse("apprentices:review", args=[review.pk])),
        (apprentice_user, reverse("apprentices:status", args=[case.pk])),
    ]
    for user, page in pages:
        answer = sign_in(user).get(page)
        assert (answer.status_code, "Bare for kontoret" in answer.content.decode()) == (200, False)
    answer = sign_in(apprentice_user).get(reverse("apprentices:own_data"))
    assert b"Bare for kontoret" not in b"".join(answer.streaming_content)
    browser = sign_in(coordinator)
    page = browser.post(LIST, {"action": "export_csv", "index": 0, "_selected_action": [case.pk]})
    export = browser.post(LIST, dict(page.context["hidden"]))
    lines = b"".join(export.streaming_content).decode()
    assert (case.reference in lines, "Bare for kontoret" in lines) == (True, False)
    body = sign_in(auditor).get(case_page(case)).content.decode()
    assert ("Bare for kontoret" in body, "Keep the note" in body) == (True, False)


# --- who has it -------------------------------------------------------------------------------------------------------
def test_a_new_case_goes_to_the_officer_of_the_round(round_, coordinator, colleague):
    round_.owner = colleague
    assert officer_for(round_) == colleague


def test_without_one_it_goes_to_who_has_the_fewest_open_cases(round_, case, coordinator, colleague):
    assert officer_for(round_) == colleague
    for status in (A.SUBMITTED, A.OFFERED):
        factories.ApplicationFactory(round=round_, submitted=True, status=status, owner=colleague)
    factories.ApplicationFactory(round=round_, submitted=True, status=A.REJECTED, owner=coordinator)
    assert officer_for(round_) == coordinator


def test_an_officer_who_has_left_gets_no_new_case(round_, coordinator, colleague):
    round_.owner = colleague
    Membership.objects.filter(user=colleague).update(ends_on=days(-1))
    assert officer_for(round_) == coordinator


def test_a_case_is_given_and_the_history_says_by_whom(sign_in, case, coordinator, colleague):
    browser = sign_in(colleague)
    address = f"{reverse('apprentices:give_cases')}?application={case.pk}"
    assert browser.get(address).context["form"].initial["owner"] == colleague.pk  # taking over is one key
    browser.post(address, {"owner": colleague.pk})
    case.refresh_from_db()
    newest = case.history.first()
    assert (case.owner, newest.owner, newest.history_user, newest.history_change_reason) == (
        colleague, colleague, colleague, "given",
    )  # fmt: skip


def test_many_cases_are_given_at_once_foreign_ones_never(sign_in, round_, coordinator, colleague):
    made = factories.ApplicationFactory.create_batch(3, round=round_, submitted=True)
    foreign = factories.ApplicationFactory(submitted=True)
    query = "&".join(f"application={each.pk}" for each in (*made, foreign))
    sign_in(coordinator).post(f"{reverse('apprentices:give_cases')}?{query}", {"owner": colleague.pk})
    assert Application.objects.filter(owner=colleague).count() == 3


def test_nobody_outside_gets_a_case(sign_in, case, coordinator, assistant):
    address = f"{reverse('apprentices:give_cases')}?application={case.pk}"
    stranger = member(Role.COORDINATOR)
    body = sign_in(coordinator).post(address, {"owner": stranger.pk}).content.decode()
    case.refresh_from_db()
    assert ("data-error-summary" in body, case.owner) == (True, coordinator)
    assert sign_in(assistant).get(address).status_code == 403
    assert sign_in(stranger).get(address).status_code == 404


# --- handing over -----------------------------------------------------------------------------------------------------
def test_who_leaves_hands_over_open_cases_follow_ups_and_rounds(sign_in, round_, case, coordinator, colleague):
    settled = factories.ApplicationFactory(round=round_, submitted=True, status=A.REJECTED, owner=coordinator)
    row = factories.CaseNoteFactory(application=settled, follow_up_for=coordinator)
    done = factories.CaseNoteFactory(
        application=case, follow_up_for=coordinator, done_at=clock.now(), done_by=coordinator
    )
    round_.owner = coordinator
    round_.save()
    address = f"{reverse('apprentices:hand_over')}?from={coordinator.pk}"
    browser = sign_in(colleague)
    shown = [(each["what"], each["now"].split()[0]) for each in browser.get(address).context["effects"]]
    assert shown == [("Open cases", "1"), ("Follow-ups of notes", "1"), ("Rounds whose new cases come in", "1")]
    browser.post(address, {"owner": colleague.pk})
    for each in (case, settled, row, done, round_):
        each.refresh_from_db()
    assert (case.owner, row.follow_up_for, round_.owner) == (colleague,) * 3
    assert (settled.owner, done.follow_up_for) == (coordinator, coordinator)


def test_who_has_left_stands_first_and_counts_as_left_behind(sign_in, round_, case, coordinator, colleague):
    factories.ApplicationFactory(round=round_, submitted=True, owner=colleague)
    factories.ApplicationFactory(round=round_, submitted=True, owner=None)
    Membership.objects.filter(user=colleague).update(ends_on=days(-1))
    duties = sign_in(coordinator).get(reverse("apprentices:hand_over")).context["duties"]
    assert [(each.person, each.has_left, each.cases) for each in duties] == [
        (None, True, 1), (colleague, True, 1), (coordinator, False, 1),
    ]  # fmt: skip
    assert left_behind(case.office_id) == 2
    sign_in(coordinator).post(f"{reverse('apprentices:hand_over')}?from=nobody", {"owner": coordinator.pk})
    assert left_behind(case.office_id) == 1


def test_nothing_is_handed_over_to_oneself_or_from_a_stranger(sign_in, case, coordinator, colleague):
    page = reverse("apprentices:hand_over")
    browser = sign_in(coordinator)
    body = browser.post(f"{page}?from={coordinator.pk}", {"owner": coordinator.pk}).content.decode()
    assert "data-error-summary" in body
    assert browser.get(f"{page}?from={member(Role.COORDINATOR).pk}").status_code == 404
    with pytest.raises(Refused, match="Choose somebody else"):
        services.hand_over(office=case.office, leaving=coordinator, to=coordinator, by=coordinator)


# --- unread -----------------------------------------------------------------------------------------------------------
def is_unread(case, user):
    return Application.objects.filter(unread(user), pk=case.pk).exists()


def test_news_from_outside_make_a_case_unread_until_it_is_opened(
    case, coordinator, colleague, django_capture_on_commit_callbacks
):
    assert not is_unread(case, coordinator)
    asked = factories.EndorsementFactory(application=case)
    link = links.create(
        purpose=LinkPurpose.ENDORSE, object_id=asked.pk, office=case.office, address=asked.email, language="en"
    ).link
    with django_capture_on_commit_callbacks(execute=True):
        answer_endorsement(link=link, answer="yes", wages="full", name="Gunn")
    assert (is_unread(case, coordinator), is_unread(case, colleague)) == (True, True)
    services.mark_read(application=case, by=coordinator)
    assert (is_unread(case, coordinator), is_unread(case, colleague)) == (False, True)


def test_an_answer_to_an_offer_is_news(round_, coordinator, apprentice_user):
    offered = factories.ApplicationFactory(round=round_, submitted=True, status=A.OFFERED)
    factories.DecisionFactory(application=offered, published_at=clock.now(), answer_by=days(3))
    accept_offer(application=offered, by=apprentice_user)
    assert is_unread(offered, coordinator)


def test_a_note_is_news_for_colleagues_and_not_for_its_author(case, coordinator, colleague):
    services.add_note(application=case, by=coordinator, text="Hei", key=uuid.uuid4())
    assert (is_unread(case, coordinator), is_unread(case, colleague)) == (False, True)


def test_a_get_marks_nothing_and_the_page_s_own_post_does(sign_in, case, coordinator):
    services.note_news(case)
    browser = sign_in(coordinator)
    body = browser.get(case_page(case)).content.decode()
    assert ("New since you were here" in body, CaseReading.objects.count()) == (True, 0)
    answer = browser.post(reverse("apprentices:mark_read", args=[case.pk]), {"quiet": "1"})
    assert (answer.status_code, is_unread(case, coordinator)) == (204, False)
    assert "New since you were here" not in browser.get(case_page(case)).content.decode()


def test_the_list_names_what_is_new_and_filters_it(sign_in, round_, case, coordinator):
    factories.ApplicationFactory(round=round_, submitted=True)
    services.note_news(case)
    response = sign_in(coordinator).get(LIST, {"news": "unread"})
    assert [each.pk for each in response.context["cl"].result_list] == [case.pk]
    assert sign_in(coordinator).get(LIST).content.decode().count("</svg>New</span>") == 1


def test_marked_as_unread_by_hand_it_is_so_for_this_person_only(sign_in, case, coordinator, colleague):
    sign_in(coordinator).post(reverse("apprentices:mark_unread", args=[case.pk]))
    assert (is_unread(case, coordinator), is_unread(case, colleague)) == (True, False)


def test_the_list_filters_own_colleagues_and_nobodys_cases(sign_in, round_, case, colleague, coordinator):
    others = factories.ApplicationFactory(round=round_, submitted=True, owner=colleague)
    nobodys = factories.ApplicationFactory(round=round_, submitted=True)
    browser = sign_in(coordinator)
    found = {
        value: [each.pk for each in browser.get(LIST, {"officer": value}).context["cl"].result_list]
        for value in ("me", "others", "nobody")
    }
    assert found == {"me": [case.pk], "others": [others.pk], "nobody": [nobodys.pk]}


# --- next and previous ------------------------------------------------------------------------------------------------
@pytest.fixture
def five(round_):
    """Sent one hour apart: the list shows the newest first."""
    made = []
    for hour in range(5):
        sent = clock.now() - datetime.timedelta(hours=hour)
        status = A.SUBMITTED if hour % 2 == 0 else A.REJECTED
        made.append(factories.ApplicationFactory(round=round_, submitted=True, status=status, submitted_at=sent))
    return made


def listed(browser, application, query):
    found = browser.get(case_page(application, query)).context["listed"]
    keys = [int(address.split("/")[4]) if address else None for address in (found["before"], found["after"])]
    return (*keys, found["place"], found["total"])


def test_a_case_knows_its_place_in_the_list_it_was_opened_from(sign_in, coordinator, five):
    browser = sign_in(coordinator)
    address = "?_changelist_filters=p%3D1"
    assert listed(browser, five[1], address) == (five[0].pk, five[2].pk, 2, 5)
    assert listed(browser, five[0], address) == (None, five[1].pk, 1, 5)
    assert listed(browser, five[4], address) == (five[3].pk, None, 5, 5)


def test_the_links_of_the_list_carry_it_along_with_and_without_filters(sign_in, coordinator, five):
    browser = sign_in(coordinator)
    for query in ("", "?status__exact=submitted"):
        body = browser.get(LIST + query).content.decode()
        assert f"{case_page(five[0])}?_changelist_filters=" in body


def test_filters_and_order_of_the_list_are_kept(sign_in, coordinator, five):
    browser = sign_in(coordinator)
    submitted = "?_changelist_filters=status__exact%3Dsubmitted"
    assert listed(browser, five[2], submitted) == (five[0].pk, five[4].pk, 2, 3)
    turned = "?_changelist_filters=status__exact%3Dsubmitted%26o%3D8"  # the eighth column, upwards
    assert listed(browser, five[2], turned) == (five[4].pk, five[0].pk, 2, 3)
    answer = browser.get(case_page(five[2], submitted))
    assert answer.context["listed"]["after"].endswith(submitted)
    assert "2 of 3" in answer.content.decode()


def test_who_left_the_list_is_told_and_led_to_its_first(sign_in, coordinator, five):
    browser = sign_in(coordinator)
    page = case_page(five[1], "?_changelist_filters=status__exact%3Dsubmitted")
    assert listed(browser, five[1], "?_changelist_filters=status__exact%3Dsubmitted") == (None, five[0].pk, None, 0)
    assert "not in this list any more" in browser.get(page).content.decode()


def test_a_case_opened_by_its_address_has_no_list(sign_in, coordinator, five):
    assert sign_in(coordinator).get(case_page(five[0])).context["listed"] is None


def test_the_case_page_in_a_list_costs_one_query_more(sign_in, coordinator, five):
    browser = sign_in(coordinator)
    alone = queries_of(browser, case_page(five[0]))
    assert queries_of(browser, case_page(five[0], "?_changelist_filters=p%3D1")) == alone + 1
    assert alone + 1 <= 15
