"""Reminders by the clock and by the coordinator, and a wrong address put right."""

import datetime

import pytest
from django.urls import reverse

from apprentices.models import Endorsement
from apprentices.selectors.endorsements import due_reminders
from apprentices.services import chasing
from apprentices.services.endorsements import answer_endorsement
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.accounts.models import AccessLink
from mobility.common import clock
from mobility.common.errors import AlreadyTaken, Refused, TransitionNotAllowed
from mobility.common.models import OutboundMail
from tests.factories import ApplicationFactory, EndorsementFactory, days

pytestmark = pytest.mark.django_db
REMINDER = "apprentices/email/endorsement_reminder"


@pytest.fixture
def endorsement(office):
    return EndorsementFactory(application__round__office=office, email="gunn@exmaple.com")


@pytest.fixture
def at(monkeypatch):
    """``at(days=7)``: so long after asking."""
    begun = clock.now()

    def _at(**after):
        later = begun + datetime.timedelta(**after)
        monkeypatch.setattr(clock, "now", lambda: later)

    return _at


def sweep():
    """What the sweeper wakes, run; the number of reminders that went out."""
    return sum(chasing.remind_if_due(pk) for pk in due_reminders())


def link_to(endorsement):
    return links.create(
        purpose=LinkPurpose.ENDORSE, object_id=endorsement.pk, office=endorsement.application.office,
        address=endorsement.email, language="en",
    )  # fmt: skip


# --- by the clock ---------------------------------------------------------------------------------------------------
def test_who_does_not_answer_is_reminded_after_7_and_14_days_once_each(endorsement, at):
    sent = []
    for day in range(30):
        at(days=day, minutes=1)
        sent += [day] * (sweep() + sweep())
    assert sent == [7, 14]
    assert OutboundMail.objects.filter(template=REMINDER).count() == 2
    endorsement.refresh_from_db()
    assert endorsement.reminders == 2


def test_the_first_reminder_waits_for_the_full_seven_days(endorsement, at):
    at(days=6, hours=23, minutes=59)
    assert due_reminders() == []
    at(days=7)
    assert due_reminders() == [endorsement.pk]


def test_after_a_long_standstill_the_two_reminders_do_not_go_out_together(endorsement, at):
    at(days=20)
    assert [sweep(), sweep()] == [1, 0]
    at(days=23)
    assert [sweep(), sweep()] == [1, 0]


@pytest.mark.parametrize("status", ["offered", "waiting_list", "rejected", "accepted", "declined", "withdrawn"])
def test_a_decided_or_withdrawn_application_reminds_nobody(endorsement, at, status):
    at(days=8)
    found = due_reminders()
    endorsement.application.status = status
    endorsement.application.save()
    assert (due_reminders(), chasing.remind_if_due(*found)) == ([], False)


@pytest.mark.parametrize("status", ["submitted", "in_review", "returned"])
def test_the_reminder_says_where_the_application_stands(endorsement, at, status):
    endorsement.application.status = status
    endorsement.application.save()
    at(days=8)
    assert sweep() == 1
    words = {"submitted": "we have it", "in_review": "we are reading it now", "returned": "to complete it"}
    mail = OutboundMail.objects.get()
    assert words[status] in mail.body
    assert [each for each in words.values() if each in mail.body] == [words[status]]


def test_an_answer_stops_the_reminders(endorsement, at):
    at(days=8)
    found = due_reminders()
    answer_endorsement(link=link_to(endorsement).link, answer="yes", wages="full", name="Gunn")
    assert (due_reminders(), chasing.remind_if_due(*found)) == ([], False)


def test_the_guardian_of_somebody_who_turned_18_is_not_reminded(office, at):
    today = clock.today()
    for years, waits in ((17, True), (18, False)):
        application = ApplicationFactory(
            round__office=office,
            submitted=True,
            birth_date=(today + datetime.timedelta(days=8)).replace(year=today.year - years),
        )
        row = EndorsementFactory(application=application, kind="guardian")
        at(days=8)
        assert (due_reminders() == [row.pk]) is waits
        row.delete()
        at(days=0)


def test_both_the_first_link_and_the_reminders_work(endorsement, at):
    first = link_to(endorsement)
    at(days=7)
    sweep()
    second = AccessLink.objects.latest("pk")
    assert links.require_unspent(first.link) is None
    assert links.require_unspent(second) is None


def test_the_sweeper_knows_the_task(endorsement, at):
    from mobility.common import jobs

    at(days=7)
    assert jobs._sweeps[chasing.TASK]() == [endorsement.pk]


# --- by the coordinator ---------------------------------------------------------------------------------------------
def test_the_mail_is_shown_before_it_goes(sign_in, coordinator, endorsement):
    client = sign_in(coordinator)
    address = reverse("apprentices:remind_endorsement", args=[endorsement.pk])
    page = client.get(address).content.decode()
    assert "We wait for your answer about" in page
    assert endorsement.email in page
    assert (OutboundMail.objects.count(), AccessLink.objects.count()) == (0, 0)
    case = reverse("admin:apprentices_application_change", args=[endorsement.application_id])
    assert client.post(address).url == case
    mail = OutboundMail.objects.get(template=REMINDER)
    assert mail.to_address == endorsement.email
    body = client.get(case).content.decode()
    assert f"Reminder to {endorsement.name}" in body
    assert coordinator.get_full_name() in body


def test_a_reminder_by_hand_is_not_followed_by_the_clocks_within_three_days(coordinator, endorsement, at):
    at(days=6)
    chasing.remind_now(endorsement=endorsement, by=coordinator)
    at(days=8)
    assert due_reminders() == []
    at(days=9)
    assert due_reminders() == [endorsement.pk]


def test_nobody_is_reminded_who_has_answered_or_is_not_needed_any_more(office, coordinator, endorsement):
    answered = EndorsementFactory(application__round__office=office, answered="yes")
    with pytest.raises(TransitionNotAllowed):
        chasing.remind_now(endorsement=answered, by=coordinator)
    guardian = EndorsementFactory(application=endorsement.application, kind="guardian")
    with pytest.raises(Refused):
        chasing.remind_now(endorsement=guardian, by=coordinator)  # of an adult
    assert OutboundMail.objects.count() == 0


# --- a wrong address ------------------------------------------------------------------------------------------------
def correction(**fields):
    return {"name": "Gunn Helen Strømsør", "email": "gunn@example.com", "phone": "", **fields}


def test_a_corrected_address_gets_a_new_link_and_the_old_one_stops(sign_in, client, coordinator, endorsement, at):
    old = link_to(endorsement)
    at(days=3)
    office = sign_in(coordinator)
    answer = office.post(reverse("apprentices:correct_endorsement", args=[endorsement.pk]), correction())
    assert answer.status_code == 302
    endorsement.refresh_from_db()
    assert (endorsement.email, endorsement.asked_at, endorsement.reminders) == ("gunn@example.com", clock.now(), 0)
    assert OutboundMail.objects.get().to_address == "gunn@example.com"
    assert client.get("/" + old.url.split("/", 3)[3]).status_code == 410
    assert links.may_renew(AccessLink.objects.get(pk=old.link.pk)) is False
    assert "Address corrected, asked again: Gunn Helen" in office.get(answer.url).content.decode()
    row = endorsement.history.latest()
    assert (row.history_change_reason, row.history_user, row.prev_record.email) == (
        "corrected", coordinator, "gunn@exmaple.com",
    )  # fmt: skip


@pytest.mark.parametrize("fields", [{"name": ""}, {"email": ""}, {"email": "gunn"}, {"phone": "abc"}])
def test_a_bad_correction_changes_nothing_and_keeps_what_was_typed(sign_in, coordinator, endorsement, fields):
    address = reverse("apprentices:correct_endorsement", args=[endorsement.pk])
    page = sign_in(coordinator).post(address, correction(**{"name": "Gunn H.", **fields}))
    assert page.status_code == 200
    assert fields.get("name", "Gunn H.") in page.content.decode()
    endorsement.refresh_from_db()
    assert endorsement.email == "gunn@exmaple.com"
    assert OutboundMail.objects.count() == 0


def test_a_guardian_who_was_asked_already_is_not_asked_twice(office, coordinator):
    application = ApplicationFactory(round__office=office, submitted=True, birth_date=days(-6300))
    EndorsementFactory(application=application, kind="guardian", email="tora@example.net")
    other = EndorsementFactory(application=application, kind="guardian", email="ola@example.net")
    with pytest.raises(AlreadyTaken):
        chasing.correct_endorsement(endorsement=other, name="Tora", email="TORA@example.net", by=coordinator)
    assert Endorsement.objects.get(pk=other.pk).email == "ola@example.net"
    assert OutboundMail.objects.count() == 0


def test_an_answer_is_never_taken_over_by_a_correction(office, coordinator):
    answered = EndorsementFactory(application__round__office=office, answered="no")
    with pytest.raises(TransitionNotAllowed):
        chasing.correct_endorsement(endorsement=answered, name="X", email="x@example.com", by=coordinator)
