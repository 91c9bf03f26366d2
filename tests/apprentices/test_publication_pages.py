"""The pages of publication: every letter first, the head's answer, an instant, the settings; and who never sees any."""

import datetime

import pytest
from django.urls import reverse

from apprentices.models import Decision, PlannedPublication, SelectionSettings
from apprentices.services.approval import send_to_head
from apprentices.services.decisions import decide
from mobility.common import clock
from mobility.common.models import OutboundMail
from tests.apprentices.deciding import in_review, settings_for, with_account
from tests.factories import CriterionFactory, RoundFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(office):
    round_ = RoundFactory(office=office, places=3)
    CriterionFactory(round=round_, weight=100)
    return round_


@pytest.fixture
def pending(round_, coordinator):
    found = []
    for form, result in (("nn", "waiting_list"), ("nb", "offer"), ("en", "offer")):
        application = with_account(in_review(round_, 4, written_form=form))
        found += decide(round=round_, applications=[application], result=result, by=coordinator)
    return found


def url(name, *args):
    return reverse(f"apprentices:{name}", args=args)


def said(response):
    return [str(message) for message in response.context["messages"]]


# --- letters ----------------------------------------------------------------------------------------------------------
def test_the_letters_are_grouped_by_result_and_language_and_followed_one_by_one(sign_in, coordinator, round_, pending):
    waiting, norwegian, english = pending
    client = sign_in(coordinator)
    groups = client.get(url("publish", round_.pk)).context["groups"]
    assert [(group["result"], [line["decision"] for line in group["lines"]]) for group in groups] == [
        ("offer", [norwegian]), ("offer", [english]), ("waiting list", [waiting]),
    ]  # fmt: skip
    walked, here = [], norwegian.pk
    while here:
        page = client.get(url("letter_preview", here))
        walked.append((page.context["letter"].language, page.context["number"]))
        assert f'class="u-letter__page" lang="{page.context["letter"].language}"' in page.content.decode()
        here = page.context["after"]
    assert walked == [("nb", 1), ("en", 2), ("nn", 3)]
    assert Decision.objects.pending().count() == 3


def test_a_preview_is_for_those_who_see_scores(
    sign_in, coordinator, assistant, reviewer, other_coordinator, auditor, pending
):
    found = [
        sign_in(user).get(url("letter_preview", pending[0].pk)).status_code
        for user in (coordinator, auditor, assistant, reviewer, other_coordinator)
    ]
    assert found == [200, 200, 403, 404, 404]


def test_nobody_outside_the_office_learns_of_a_pending_decision(sign_in, pending):
    decision = pending[1]
    application = decision.application
    client = sign_in(application.apprentice.user)
    page = client.get(url("status", application.pk)).content.decode()
    assert ("offer" in page.lower(), client.get(url("own_letter", application.pk)).status_code) == (False, 404)
    assert client.get(url("letter_preview", decision.pk)).status_code in {403, 404}
    assert OutboundMail.objects.count() == 0
    data = client.get(url("own_data"))
    assert b"".join(data.streaming_content)[:2] == b"PK"  # what is in it: test_own_data


def test_the_publish_page_costs_the_same_for_one_and_for_three(sign_in, coordinator, round_):
    client = sign_in(coordinator)
    decide(round=round_, applications=[in_review(round_)], result="offer", by=coordinator)
    one = queries_of(client, url("publish", round_.pk))
    decide(round=round_, applications=[in_review(round_), in_review(round_)], result="offer", by=coordinator)
    assert queries_of(client, url("publish", round_.pk)) == one


# --- at an instant ----------------------------------------------------------------------------------------------------
def test_a_publication_is_planned_moved_and_called_off(sign_in, coordinator, round_, pending):
    client = sign_in(coordinator)
    local = (clock.now() + datetime.timedelta(days=2)).astimezone(round_.office.tz)
    seen = clock.now().isoformat()
    for day in (0, 1):
        at = (local + datetime.timedelta(days=day)).strftime("%Y-%m-%dT10:30")
        assert client.post(url("plan_publication", round_.pk), {"at": at, "seen_at": seen}).status_code == 302
    plan = PlannedPublication.objects.waiting().get()
    assert plan.at.astimezone(round_.office.tz).strftime("%Y-%m-%dT%H:%M") == at
    assert "Planned for" in client.get(url("publish", round_.pk)).content.decode()
    client.post(url("cancel_plan", round_.pk))
    assert [each.state for each in PlannedPublication.objects.all()] == ["cancelled", "cancelled"]


@pytest.mark.parametrize("at", ["", "never", "2020-01-01T10:00"])
def test_a_bad_moment_is_refused_and_the_page_stays(sign_in, coordinator, round_, pending, at):
    response = sign_in(coordinator).post(url("plan_publication", round_.pk), {"at": at})
    assert (response.status_code, response.context["form"].is_valid()) == (200, False)
    assert PlannedPublication.objects.count() == 0


def test_what_was_decided_since_the_page_was_opened_is_not_sent_unseen(sign_in, coordinator, round_, pending):
    seen = clock.now().isoformat()
    decide(round=round_, applications=[in_review(round_)], result="waiting_list", by=coordinator)
    client = sign_in(coordinator)
    refused = client.post(url("publish", round_.pk), {"seen_at": seen}, follow=True)
    assert said(refused) == [
        "Some decisions were made or changed since you opened this page. Look at their letters first."
    ]
    assert Decision.objects.published().count() == 0


# --- the head ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def asked(round_, pending, coordinator, head):
    settings_for(round_.office, head_approves=True)
    round_.refresh_from_db()
    send_to_head(round=round_, by=coordinator)
    return pending


def test_the_head_approves_some_and_sends_one_back(sign_in, head, coordinator, round_, asked):
    client, page = sign_in(head), url("approve", round_.pk)
    seen = client.get(page).context["seen_at"]
    yes = {"decision": [each.pk for each in asked[:2]], "seen_at": seen, "act": "approve"}
    assert said(client.post(page, yes, follow=True)) == ["2 decisions are approved."]
    no = {"decision": [asked[2].pk], "seen_at": seen, "act": "send_back", "words": ""}
    refused = client.post(page, no)
    assert said(refused) == ["Say what should be looked at again."]
    assert [line["ticked"] for line in refused.context["lines"]] == [True]
    assert said(client.post(page, no | {"words": "Once more"}, follow=True)) == ["1 decision is sent back."]
    body = sign_in(coordinator).get(url("publish", round_.pk)).content.decode()
    assert ("Once more" in body, "Publish 3 decisions now" in body) == (True, False)


def test_what_is_typed_stays_when_the_decisions_have_changed(sign_in, head, coordinator, round_, asked):
    client, page = sign_in(head), url("approve", round_.pk)
    seen = client.get(page).context["seen_at"]
    decide(round=round_, applications=[asked[0].application], result="offer", by=coordinator)
    answer = {"decision": [each.pk for each in asked], "seen_at": seen, "act": "send_back", "words": "Too few words"}
    refused = client.post(page, answer)
    assert (refused.status_code, refused.context["words"]) == (200, "Too few words")
    assert said(refused) == ["Some of these decisions were changed meanwhile. Please look at them again."]


def test_only_the_head_approves(sign_in, coordinator, auditor, other_coordinator, round_, asked):
    found = [
        sign_in(user).post(url("approve", round_.pk), {}).status_code
        for user in (coordinator, auditor, other_coordinator)
    ]
    assert found == [403, 403, 404]


def test_the_coordinator_asks_from_the_publish_page(sign_in, coordinator, head, round_, pending):
    settings_for(round_.office, head_approves=True)
    client = sign_in(coordinator)
    assert "Send 3 decisions to the head" in client.get(url("publish", round_.pk)).content.decode()
    client.post(url("send_to_head", round_.pk))
    assert "3 decisions are with the head of section." in client.get(url("publish", round_.pk)).content.decode()
    workbench = sign_in(head).get(reverse("admin:index")).content.decode()
    assert "3 decisions wait for your approval" in workbench


# --- settings ---------------------------------------------------------------------------------------------------------
VALUES = {"answer_days": 10, "first_reminder_days": 5, "second_reminder_days": 2}


def test_the_settings_are_kept_with_who_changed_them(sign_in, coordinator, head, office):
    client = sign_in(head)
    assert client.post(url("selection_settings"), VALUES | {"letters_go_alone": "on"}).status_code == 302
    kept = SelectionSettings.objects.get(office=office)
    assert (kept.answer_days, kept.letters_go_alone, kept.switched_on_by) == (10, True, head)
    sign_in(coordinator).post(url("selection_settings"), VALUES | {"answer_days": 12, "letters_go_alone": "on"})
    page = client.get(url("selection_settings")).content.decode()
    assert (str(coordinator) in page, "10 → 12" in page, "switched on by" in page) == (True, True, True)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"answer_days": 0}, "answer_days"),
        ({"second_reminder_days": 5}, "second_reminder_days"),
        ({"first_reminder_days": 31}, "first_reminder_days"),
        ({"letters_go_alone": "on", "head_approves": "on"}, "letters_go_alone"),
    ],
)
def test_settings_that_do_not_go_together_are_refused(sign_in, coordinator, office, values, field):
    response = sign_in(coordinator).post(url("selection_settings"), VALUES | values)
    assert (response.status_code, list(response.context["form"].errors)) == (200, [field])
    assert SelectionSettings.objects.count() == 0


def test_the_settings_are_for_those_who_lead(sign_in, assistant, reviewer, auditor):
    found = [sign_in(user).get(url("selection_settings")).status_code for user in (assistant, reviewer, auditor)]
    assert found == [403, 403, 403]
