"""Actions on many: how many of how many are chosen, what happens, who is left out, and a second click does nothing."""

import datetime

import pytest
from django.urls import reverse

from apprentices.admin import bulk as admin_bulk
from apprentices.enums import ApplicationStatus, EndorsementAnswer
from apprentices.services.bulk import remind_employers
from mobility.common import clock
from mobility.common.models import OutboundMail
from tests.factories import ApplicationFactory, EndorsementFactory, RoundFactory

pytestmark = pytest.mark.django_db
LIST = "admin:apprentices_application_changelist"


@pytest.fixture
def round_(office):
    return RoundFactory(office=office)


def asked(round_, *, days=5, status=ApplicationStatus.SUBMITTED, **facts):
    application = ApplicationFactory(round=round_, submitted=True, status=status)
    moment = clock.now() - datetime.timedelta(days=days)
    EndorsementFactory(application=application, asked_at=moment, name=f"Boss of {application.reference}", **facts)
    return application


def choose(client, action, applications, *, across=False, query=""):
    data = {"action": action, "index": 0, "select_across": int(across)}
    keys = [each.pk for each in applications]
    return client.post(reverse(LIST) + query, {**data, "_selected_action": keys})


def confirm(client, page, query=""):
    return client.post(reverse(LIST) + query, dict(page.context["hidden"]), follow=True)


def reminders():
    return sorted(OutboundMail.objects.filter(template="apprentices/email/endorsement_reminder").values_list(
        "to_address", flat=True))  # fmt: skip


def test_the_page_says_how_many_of_how_many_and_what_will_happen(sign_in, coordinator, round_):
    waiting, answered = asked(round_), asked(round_, answered=EndorsementAnswer.YES)
    fresh, decided = asked(round_, days=1), asked(round_, status=ApplicationStatus.REJECTED)
    nobody = ApplicationFactory(round=round_, submitted=True)
    ApplicationFactory(round=round_, submitted=True)
    page = choose(sign_in(coordinator), "remind_employers", [waiting, answered, fresh, decided, nobody])
    text = page.text
    assert ("5 of 6 chosen" in text, "Remind 1 employer?" in text, "Send 1 reminder" in text) == (True, True, True)
    assert dict(page.context["left_out"]) == {
        "The employer has answered.": [answered],
        "Asked or reminded in the last three days.": [fresh],
        "The application is decided or withdrawn: no answer is needed now.": [decided],
        "No employer was asked.": [nobody],
    }
    assert waiting.given_name in page.context["mails"][0]["mail"][1]
    assert reminders() == []


def test_confirming_sends_one_mail_each_and_a_second_click_none(sign_in, coordinator, round_):
    rows = [asked(round_), asked(round_)]
    client = sign_in(coordinator)
    page = choose(client, "remind_employers", rows)
    assert "2 reminders are on their way." in confirm(client, page).text
    first = reminders()
    again = confirm(client, page)
    assert "2 applications were left out" in again.text
    assert (len(first), reminders()) == (2, first)
    endorsement = rows[0].endorsements.get()
    assert endorsement.history.first().history_user == coordinator


def test_what_happened_since_the_page_was_shown_is_left_out_and_named(sign_in, coordinator, round_):
    stays, answers = asked(round_), asked(round_)
    client = sign_in(coordinator)
    page = choose(client, "remind_employers", [stays, answers])
    answers.endorsements.update(answer=EndorsementAnswer.YES, answered_at=clock.now())
    said = confirm(client, page).text
    assert ("1 reminder is on its way." in said, f"left out: {answers.reference}." in said) == (True, True)
    assert reminders() == [stays.endorsements.get().email]


def test_rows_that_change_between_reading_and_locking_are_left_out(coordinator, round_):
    row = asked(round_)
    stale = [row.endorsements.get()]
    row.endorsements.update(reminded_at=clock.now())
    assert remind_employers(endorsements=stale, by=coordinator) == (0, stale)
    assert reminders() == []


def test_all_that_match_are_chosen_over_the_pages_and_the_filter(sign_in, coordinator, round_, monkeypatch):
    from apprentices.admin.applications import ApplicationAdmin

    monkeypatch.setattr(ApplicationAdmin, "list_per_page", 2)
    rows = [asked(round_) for _number in range(3)]
    other = asked(round_, status=ApplicationStatus.IN_REVIEW)
    client, query = sign_in(coordinator), "?status__exact=submitted"
    page = choose(client, "remind_employers", rows[:1], across=True, query=query)
    assert "3 of 3 chosen" in page.text
    rows[0].status = ApplicationStatus.IN_REVIEW  # leaves the filter, and is still meant
    rows[0].save()
    confirm(client, page, query)
    assert reminders() == sorted(row.endorsements.get().email for row in rows)
    assert other.endorsements.get().reminded_at is None


def test_too_many_are_refused_with_a_way_on(sign_in, coordinator, round_, monkeypatch):
    monkeypatch.setattr(admin_bulk, "AT_ONCE", 1)
    page = choose(sign_in(coordinator), "remind_employers", [asked(round_), asked(round_)]).text
    page = sign_in(coordinator).get(reverse(LIST)).text if "at a time" not in page else page
    assert "Choose at most 1 applications at a time: filter the list further" in page
    assert reminders() == []


def test_nothing_to_do_is_said_and_has_no_button(sign_in, coordinator, round_):
    page = choose(sign_in(coordinator), "remind_employers", [asked(round_, days=1)])
    assert ("Nothing of this can be done" in page.text, "Send 0 reminders" in page.text) == (True, False)


def test_foreign_rows_are_never_acted_on(sign_in, coordinator, round_):
    foreign = asked(RoundFactory())
    client = sign_in(coordinator)
    page = choose(client, "remind_employers", [asked(round_)])
    hidden = {**dict(page.context["hidden"]), "chosen": str(foreign.pk)}
    client.post(reverse(LIST), hidden)
    assert reminders() == []


@pytest.mark.parametrize("role", ["head", "assistant", "auditor"])
def test_only_a_coordinator_reminds(sign_in, request, role, round_):
    row = asked(round_)
    client = sign_in(request.getfixturevalue(role))
    data = {"action": "remind_employers", "index": 0, "select_across": 1, "_selected_action": "0",
            "confirmed": "1", "chosen": str(row.pk)}  # fmt: skip
    client.post(reverse(LIST), data)
    assert reminders() == []
    assert "remind_employers" not in client.get(reverse(LIST)).text


def test_the_file_is_announced_before_it_leaves(sign_in, coordinator, round_):
    rows = [ApplicationFactory(round=round_, submitted=True) for _number in range(3)]
    client = sign_in(coordinator)
    page = choose(client, "export_csv", rows[:2])
    assert ("2 of 3 chosen" in page.text, "Download 2 applications?" in page.text) == (True, True)
    answer = client.post(reverse(LIST), dict(page.context["hidden"]))
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert sorted(line.split(";")[0] for line in lines[1:]) == sorted(row.reference for row in rows[:2])
    page = choose(client, "export_csv", rows[:1], across=True)
    assert "3 of 3 chosen" in page.text
    answer = client.post(reverse(LIST), dict(page.context["hidden"]))
    assert len(b"".join(answer.streaming_content).decode().splitlines()) == 4


def test_the_list_counts_of_everything_that_matches(sign_in, coordinator, round_, monkeypatch):
    from apprentices.admin.applications import ApplicationAdmin

    monkeypatch.setattr(ApplicationAdmin, "list_per_page", 2)
    ApplicationFactory.create_batch(3, round=round_, submitted=True)
    page = sign_in(coordinator).get(reverse(LIST)).text
    for words in ("0 of 3 chosen", "Choose all 3 that match", 'data-actions-icnt="3"'):
        assert words in page


def test_the_page_costs_the_same_for_one_and_for_three(sign_in, coordinator, round_, django_assert_max_num_queries):
    client = sign_in(coordinator)
    for number in (1, 3):
        rows = [asked(round_) for _number in range(number)]
        with django_assert_max_num_queries(18):
            choose(client, "remind_employers", rows)
