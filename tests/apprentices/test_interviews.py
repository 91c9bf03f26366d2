"""Interviews: times, invitations, the applicant's choice, what came out of it."""

import datetime
import zoneinfo

import pytest
from icalendar import Calendar

from apprentices.enums import ApplicationStatus, InterviewStatus
from apprentices.models import Interview, InterviewTime
from apprentices.selectors.interviews import can_change, free_times
from apprentices.selectors.turns import turn_of, with_turns
from apprentices.services import interviews as services
from apprentices.services.answers import withdraw_application
from mobility.accounts.enums import Role
from mobility.common import clock
from mobility.common.errors import AlreadyTaken, NotReady, Refused, TransitionNotAllowed
from mobility.common.models import OutboundMail
from tests import factories
from tests.factories import days, member

pytestmark = pytest.mark.django_db
S = InterviewStatus


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office)


@pytest.fixture
def interviewer(office):
    return member(Role.REVIEWER, office, email="siri@intsek.example.org", written_form="en")


@pytest.fixture
def invited(round_, coordinator):
    application = factories.ApplicationFactory(
        round=round_, submitted=True, status=ApplicationStatus.IN_REVIEW, written_form="en"
    )
    (made,) = services.invite_to_interview(applications=[application], pick_by=days(5), by=coordinator)
    return made


def a_time(round_, interviewer, *, hours=240, places=1):
    return factories.InterviewTimeFactory(
        round=round_,
        interviewer=interviewer,
        starts_at=clock.now().replace(microsecond=0) + datetime.timedelta(hours=hours),
        places=places,
    )


def mails(template):
    return list(OutboundMail.objects.filter(template=f"apprentices/email/{template}").order_by("pk"))


def event_of(mail):
    with mail.attachments.get().content.open("rb") as content:
        calendar = Calendar.from_ical(content.read())
    (event,) = [part for part in calendar.walk() if part.name == "VEVENT"]
    return str(calendar["METHOD"]), event


# --- times ----------------------------------------------------------------------------------------------------------
def opened(round_, interviewer, by, **fields):
    first = clock.now().replace(second=0, microsecond=0) + datetime.timedelta(days=3)
    return services.open_times(
        round=round_, by=by, interviewer=interviewer,
        **{"starts_at": first, "minutes": 20, "pause": 10, "times": 3, "places": 2, "where": "Hamar", **fields},
    )  # fmt: skip


def test_times_follow_each_other_with_their_pause_and_places(round_, interviewer, coordinator):
    times = opened(round_, interviewer, coordinator)
    assert [(time.starts_at - times[0].starts_at).seconds // 60 for time in times] == [0, 30, 60]
    assert [time.places.count() for time in times] == [2, 2, 2]


REFUSED = {
    "past": ({"starts_at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)}, "passed already"),
    "none": ({"times": 0}, "Open between 1 and"),
    "too many": ({"times": 61}, "Open between 1 and"),
    "nowhere": ({"where": ""}, "Say where you meet"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_guards_of_opening(round_, interviewer, coordinator, case):
    fields, words = REFUSED[case]
    with pytest.raises(Refused, match=words):
        opened(round_, interviewer, coordinator, **fields)
    assert InterviewTime.objects.count() == 0


def test_an_interviewer_is_in_one_place_at_a_time(round_, interviewer, coordinator, office):
    times = opened(round_, interviewer, coordinator)
    other = factories.RoundFactory(office=office)
    with pytest.raises(Refused, match="has another interview time"):
        opened(other, interviewer, coordinator, starts_at=times[1].starts_at + datetime.timedelta(minutes=19), times=1)
    assert len(opened(other, interviewer, coordinator, starts_at=times[2].ends_at, times=1)) == 1


def test_a_time_that_somebody_picked_is_not_taken_away(invited, round_, interviewer, coordinator):
    free, taken = a_time(round_, interviewer, hours=50), a_time(round_, interviewer, hours=60)
    services.pick_time(interview=invited, time=taken, by=coordinator)
    services.close_time(time=free, by=coordinator)
    with pytest.raises(Refused, match="Somebody has picked"):
        services.close_time(time=taken, by=coordinator)
    assert list(InterviewTime.objects.all()) == [taken]


# --- inviting -------------------------------------------------------------------------------------------------------
def test_an_invitation_makes_it_the_applicants_turn_and_says_what_to_do(invited):
    application = invited.application
    assert turn_of(application).who == "apprentice"
    listed = with_turns(type(application).objects.filter(pk=application.pk)).get()
    assert (turn_of(listed).who, turn_of(listed).since) == ("apprentice", invited.invited_at)
    (mail,) = mails("interview_invited")
    assert mail.subject.startswith("Action needed by")
    assert f"/applications/{application.pk}/interview/" in mail.body


@pytest.mark.parametrize("case", ["twice", "decided", "yesterday"])
def test_guards_of_inviting(invited, round_, coordinator, case):
    fine = factories.ApplicationFactory(round=round_, submitted=True, status="in_review")
    other = invited.application
    if case == "decided":
        other = factories.ApplicationFactory(round=round_, submitted=True, status="rejected")
    with pytest.raises(Refused):
        services.invite_to_interview(
            applications=[fine] if case == "yesterday" else [fine, other],
            pick_by=days(-1) if case == "yesterday" else days(3),
            by=coordinator,
        )
    assert fine.interviews.count() == 0


# --- the choice -----------------------------------------------------------------------------------------------------
def test_a_picked_time_is_mailed_with_a_calendar_file_to_the_applicant(invited, round_, interviewer, apprentice_user):
    time = a_time(round_, interviewer)
    booked = services.pick_time(interview=invited, time=time, by=apprentice_user)
    assert (booked.status, booked.place.time) == (S.BOOKED, time)
    assert turn_of(booked.application).who != "apprentice"
    method, event = event_of(mails("interview_booked")[0])
    assert (method, event["SEQUENCE"], event["DTSTART"].dt) == ("REQUEST", 0, time.starts_at)
    assert event["DTSTART"].dt.tzinfo == zoneinfo.ZoneInfo("Europe/Oslo")
    assert [mail.recipient for mail in mails("interview_told")] == [interviewer]
    booked.application.refresh_from_db()
    assert booked.application.news_at is not None


def test_the_same_click_twice_is_one_booking_and_one_mail(invited, round_, interviewer, apprentice_user):
    time = a_time(round_, interviewer, places=2)
    for _ in range(2):
        services.pick_time(interview=invited, time=time, by=apprentice_user)
    assert (Interview.objects.exclude(place=None).count(), len(mails("interview_booked"))) == (1, 1)


def test_the_last_place_is_taken_once(invited, round_, interviewer, coordinator):
    time = a_time(round_, interviewer)
    other = factories.InterviewFactory(application__round=round_)
    services.pick_time(interview=other, time=time, by=coordinator)
    with pytest.raises(AlreadyTaken, match="has just been taken"):
        services.pick_time(interview=invited, time=time, by=coordinator)
    invited.refresh_from_db()
    assert (invited.status, invited.place) == (S.INVITED, None)


def test_a_moved_time_replaces_the_old_entry_and_frees_its_place(invited, round_, interviewer, apprentice_user):
    first, second = a_time(round_, interviewer, hours=100), a_time(round_, interviewer, hours=110)
    services.pick_time(interview=invited, time=first, by=apprentice_user)
    services.pick_time(interview=invited, time=second, by=apprentice_user)
    one, two = (event_of(mail)[1] for mail in mails("interview_booked"))
    assert (one["UID"], one["SEQUENCE"]) == (two["UID"], two["SEQUENCE"] - 1)
    assert first in free_times(invited.application)
    assert "is moved to" in mails("interview_booked")[1].subject


def test_a_time_given_back_asks_for_another_and_takes_the_entry_away(invited, round_, interviewer, apprentice_user):
    time = a_time(round_, interviewer)
    services.pick_time(interview=invited, time=time, by=apprentice_user)
    back = services.give_time_back(interview=invited, by=apprentice_user)
    assert (back.status, back.place, time in free_times(back.application)) == (S.INVITED, None, True)
    (mail,) = mails("interview_given_back")
    method, event = event_of(mail)
    assert (method, str(event["STATUS"]), event["SEQUENCE"]) == ("CANCEL", "CANCELLED", 1)
    assert mail.subject.startswith("Action needed")


@pytest.mark.parametrize("act", ["move", "give back"])
def test_within_the_notice_only_the_office_changes_it(invited, round_, interviewer, apprentice_user, act):
    near, later = a_time(round_, interviewer, hours=23), a_time(round_, interviewer, hours=100)
    services.pick_time(interview=invited, time=near, by=apprentice_user)
    acts = {
        "move": lambda: services.pick_time(interview=invited, time=later, by=apprentice_user),
        "give back": lambda: services.give_time_back(interview=invited, by=apprentice_user),
    }
    with pytest.raises(TransitionNotAllowed, match="too late"):
        acts[act]()
    invited.refresh_from_db()
    assert (invited.place.time, can_change(invited)) == (near, False)


def test_a_time_that_begins_at_once_and_another_rounds_time_are_not_offered(
    invited, round_, interviewer, coordinator, office
):
    soon = a_time(round_, interviewer, hours=0.5)
    foreign = a_time(factories.RoundFactory(office=office), interviewer, hours=90)
    assert free_times(invited.application) == []
    for time in (soon, foreign):
        with pytest.raises(Refused):
            services.pick_time(interview=invited, time=time, by=coordinator)


def test_nobody_is_interviewed_by_somebody_with_a_conflict(invited, round_, interviewer, coordinator):
    time = a_time(round_, interviewer)
    factories.TieFactory(office=round_.office, person=interviewer, kind="person", name=invited.application.full_name)
    assert free_times(invited.application) == []
    with pytest.raises(Refused, match="This interviewer cannot"):
        services.pick_time(interview=invited, time=time, by=coordinator)


@pytest.mark.parametrize("status", [ApplicationStatus.OFFERED, ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN])
def test_a_decided_case_picks_no_time(invited, round_, interviewer, coordinator, status):
    type(invited.application).objects.update(status=status)
    with pytest.raises(TransitionNotAllowed, match="is decided"):
        services.pick_time(interview=invited, time=a_time(round_, interviewer), by=coordinator)


def test_whoever_withdraws_frees_the_place_and_the_interviewer_hears_of_it(
    invited, round_, interviewer, apprentice_user
):
    time = a_time(round_, interviewer)
    services.pick_time(interview=invited, time=time, by=apprentice_user)
    withdraw_application(application=invited.application, by=apprentice_user, reason="Ill")
    invited.refresh_from_db()
    assert (invited.status, invited.place) == (S.CALLED_OFF, None)
    assert "Interview cancelled" in mails("interview_told")[-1].subject


# --- the office -----------------------------------------------------------------------------------------------------
def test_called_off_needs_a_reason_frees_the_place_and_tells_the_applicant(invited, round_, interviewer, coordinator):
    services.pick_time(interview=invited, time=a_time(round_, interviewer), by=coordinator)
    with pytest.raises(NotReady):
        services.call_off(interview=invited, by=coordinator, reason=" ")
    services.call_off(interview=invited, by=coordinator, reason="Siri is ill")
    (mail,) = mails("interview_called_off")
    assert ("Siri is ill" in mail.body, event_of(mail)[0]) == (True, "CANCEL")
    again = services.invite_to_interview(applications=[invited.application], pick_by=days(4), by=coordinator)
    assert len(again) == 1


def test_the_outcome_is_noted_when_it_has_begun_and_not_before(invited, round_, interviewer):
    time = a_time(round_, interviewer)
    services.pick_time(interview=invited, time=time, by=interviewer)
    with pytest.raises(TransitionNotAllowed, match="not begun"):
        services.note_outcome(interview=invited, by=interviewer, outcome="Well prepared")
    InterviewTime.objects.update(starts_at=clock.now() - datetime.timedelta(minutes=1))
    held = services.note_outcome(interview=invited, by=interviewer, outcome=" Well prepared ")
    assert (held.status, held.outcome, held.outcome_by) == (S.HELD, "Well prepared", interviewer)


def test_who_did_not_come_may_be_invited_once_more(invited, round_, interviewer, coordinator):
    services.pick_time(interview=invited, time=a_time(round_, interviewer), by=coordinator)
    InterviewTime.objects.update(starts_at=clock.now() - datetime.timedelta(minutes=1))
    assert services.note_missed(interview=invited, by=interviewer).status == S.MISSED
    assert services.invite_to_interview(applications=[invited.application], pick_by=days(4), by=coordinator)


# --- the one reminder -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("left", "asked", "due"), [(2, 3, True), (0, 3, True), (3, 3, False), (-1, 9, False), (2, 0, False)]
)
def test_one_reminder_near_the_last_day(invited, left, asked, due):
    Interview.objects.update(pick_by=days(left), invited_at=clock.now() - datetime.timedelta(days=asked))
    assert services.remind_interview(invited.pk) is due
    assert services.remind_interview(invited.pk) is False
    assert len(mails("interview_reminder")) == int(due)


@pytest.mark.parametrize("move", ["pick", "decided"])
def test_nobody_is_reminded_of_what_is_settled(invited, round_, interviewer, coordinator, move):
    Interview.objects.update(pick_by=days(1), invited_at=clock.now() - datetime.timedelta(days=3))
    if move == "pick":
        services.pick_time(interview=invited, time=a_time(round_, interviewer), by=coordinator)
    else:
        type(invited.application).objects.update(status="rejected")
    assert services.remind_interview(invited.pk) is False
