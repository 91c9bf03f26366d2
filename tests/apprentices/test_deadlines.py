"""The deadline: grace, letting somebody in, reminders, and the hour that comes twice. The server's clock decides."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from apprentices.models import Application, DraftReminder, LateAdmission
from apprentices.selectors.windows import deadline_of, may_send
from apprentices.services.applications import submit_application
from apprentices.services.late_drafts import admit_late, due_reminders, remind_draft, word_of
from mobility.common import clock, formats, jobs
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.models import OutboundMail
from tests import factories
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
MINUTE, DAY = datetime.timedelta(minutes=1), datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def fresh_counters():
    from django.core.cache import cache  # the counters of one test are not the next one's

    cache.clear()


@pytest.fixture
def round_(office):
    """Closed five minutes ago, with ten minutes of grace."""
    closes_at = clock.now() - 5 * MINUTE
    return factories.RoundFactory(office=office, name="Høst 2027", closes_at=closes_at, grace_minutes=10)


@pytest.fixture
def draft(client, round_):
    """Complete, begun before closing, held by the test client's browser."""
    made = factories.ApplicationFactory(
        round=round_, email="ase@example.net", email_confirmed_at=clock.now(), created_at=round_.closes_at - DAY,
        saved_at=clock.now(), written_form="en",
    )  # fmt: skip
    session = client.session
    session["drafts"] = {str(round_.pk): made.pk}
    session.save()
    return made


def url(name, draft):
    return reverse(f"apprentices:{name}", args=[draft.round_id])


# --- grace ----------------------------------------------------------------------------------------------------------
def test_who_has_begun_before_closing_may_send_within_the_grace_and_is_marked(client, draft):
    assert client.get(url("apply_motivation", draft)).status_code == 200
    client.post(url("apply_check", draft), {"next": ""})
    draft.refresh_from_db()
    assert (draft.status, draft.is_late) == ("submitted", True)


def test_an_application_in_time_is_not_marked(round_, draft):
    round_.closes_at = clock.now() + MINUTE
    round_.save()
    draft.refresh_from_db()
    assert submit_application(application=draft).is_late is False


@pytest.mark.parametrize(
    ("begun", "grace", "expected"), [(-1, 10, True), (0, 10, False), (-1, 5, False), (-1, 0, False)]
)
def test_the_grace_is_for_drafts_begun_before_closing_and_ends(round_, draft, begun, grace, expected):
    """``begun`` in minutes from closing; it is five minutes past closing now."""
    draft.created_at = round_.closes_at + begun * MINUTE
    round_.grace_minutes = grace
    draft.round = round_
    assert may_send(draft) is expected
    draft.save()
    round_.save()
    if not expected:
        with pytest.raises(Refused):
            submit_application(application=draft)
        draft.refresh_from_db()
        assert (draft.status, draft.motivation) == ("draft", "Jeg vil lære mer om demensomsorg.")


def test_nobody_begins_within_the_grace(client, round_):
    page = client.get(reverse("apprentices:apply", args=[round_.pk]), headers=ENGLISH).content.decode()
    assert "This round is closed." in page
    answer = client.post(reverse("apprentices:apply_contact", args=[round_.pk]), {"given_name": "Å", "consent": "on"})
    assert answer.url == reverse("apprentices:apply", args=[round_.pk])


def test_the_page_says_until_when_one_may_still_send(client, draft):
    page = client.get(url("apply_motivation", draft), headers=ENGLISH).content.decode()
    assert "closed, but you may send until" in page
    assert formats.moment(deadline_of(draft).astimezone(draft.office.tz)) in page
    assert "Go on with the application of" in client.get(url("apply", draft), headers=ENGLISH).content.decode()


@pytest.mark.parametrize("step", ["apply", "apply_contact", "apply_motivation", "apply_check"])
def test_every_page_says_the_deadline_with_zone_and_days_left(client, draft, step):
    draft.round.closes_at = clock.now() + 5 * DAY
    draft.round.save()
    page = client.get(url(step, draft), headers=ENGLISH).content.decode()
    assert formats.moment(draft.round.closes_at.astimezone(draft.office.tz)) in page
    assert "Norwegian time" in page
    assert "5 days left" in page


# --- the hour that comes twice --------------------------------------------------------------------------------------
FIRST = datetime.datetime(2027, 10, 31, 0, 30, tzinfo=datetime.UTC)  # 02:30 summer time in Norway
SECOND = FIRST + datetime.timedelta(hours=1)  # 02:30 winter time


@pytest.mark.parametrize(
    ("closes_at", "words"), [(FIRST, "summer time, the first"), (SECOND, "winter time, the second")]
)
def test_the_hour_that_comes_twice_says_which_one(office, closes_at, words):
    told = formats.moment(closes_at.astimezone(office.tz))
    assert "02:30, Norwegian time" not in formats.moment((closes_at - 3 * MINUTE * 60).astimezone(office.tz))
    assert "at 02:30" in told
    assert words in told
    assert "summer" not in formats.moment((SECOND + DAY).astimezone(office.tz))


@pytest.mark.parametrize(("closes_at", "expected"), [(FIRST, False), (SECOND, True)])
def test_between_the_two_only_the_instant_decides(office, monkeypatch, closes_at, expected):
    round_ = factories.RoundFactory(office=office, closes_at=closes_at)
    draft = factories.ApplicationFactory(round=round_)
    monkeypatch.setattr(clock, "now", lambda: FIRST + 30 * MINUTE)
    assert (round_.is_open, may_send(draft)) == (expected, expected)


# --- let in by the coordinator --------------------------------------------------------------------------------------
@pytest.fixture
def missed(round_, draft):
    round_.grace_minutes = 0
    round_.save()
    draft.refresh_from_db()
    return draft


def test_the_coordinator_lets_one_in_with_a_reason_and_the_applicant_sends(sign_in, coordinator, client, missed):
    session = dict(client.session)
    staff = sign_in(coordinator)
    until = (clock.now() + DAY).astimezone(missed.office.tz)
    address = reverse("apprentices:admit_late", args=[missed.pk])
    assert "closed since" in staff.get(address, headers=ENGLISH).content.decode()
    assert not LateAdmission.objects.exists()
    answer = staff.post(address, {"until": f"{until:%Y-%m-%dT%H:%M}", "reason": "Var syk"})
    assert answer.url == reverse("apprentices:late_drafts", args=[missed.round_id])
    admission = LateAdmission.objects.get()
    assert (admission.reason, admission.admitted_by, admission.history.count()) == ("Var syk", coordinator, 1)
    assert abs(admission.until - until) < MINUTE
    mail = OutboundMail.objects.get()
    assert (mail.to_address, mail.template) == ("ase@example.net", "apprentices/email/late_admission")
    assert formats.moment(admission.until.astimezone(missed.office.tz)) in mail.body
    path = "/" + mail.secrets[0].split("/", 3)[3]
    client.logout()
    assert session
    client.post(path)
    assert client.post(url("apply_check", missed), {"next": ""}).url == url("receipt", missed)
    missed.refresh_from_db()
    assert (missed.status, missed.is_late) == ("submitted", True)


def test_without_a_reason_or_with_a_moment_behind_us_nobody_is_let_in(sign_in, coordinator, missed):
    address = reverse("apprentices:admit_late", args=[missed.pk])
    past = f"{(clock.now() - DAY).astimezone(missed.office.tz):%Y-%m-%dT%H:%M}"
    page = sign_in(coordinator).post(address, {"until": past, "reason": ""}, headers=ENGLISH).content.decode()
    assert "The new deadline must lie ahead." in page
    assert "Write the reason" in page
    assert not LateAdmission.objects.exists()


def test_a_second_word_replaces_the_first_and_history_keeps_both(coordinator, missed):
    for reason, days in (("Var syk", 1), ("Fortsatt syk", 3)):
        admit_late(
            application=missed, until=clock.now() + days * DAY, reason=reason, by=coordinator, seen=word_of(missed)
        )
    admission = LateAdmission.objects.get()
    assert admission.reason == "Fortsatt syk"
    assert [row.reason for row in admission.history.all()] == ["Fortsatt syk", "Var syk"]


def test_the_second_of_two_who_looked_at_the_same_page_is_refused(sign_in, coordinator, missed):
    client = sign_in(coordinator)
    address = reverse("apprentices:admit_late", args=[missed.pk])
    until = f"{(clock.now() + DAY).astimezone(missed.office.tz):%Y-%m-%dT%H:%M}"
    for reason in ("Var syk", "Var på reise"):
        client.post(address, {"until": until, "reason": reason, "seen": ""})
    assert LateAdmission.objects.get().reason == "Var syk"
    seen = client.get(address).context["form"]["seen"].value()
    client.post(address, {"until": until, "reason": "Fortsatt syk", "seen": seen})
    assert LateAdmission.objects.get().reason == "Fortsatt syk"


def test_letting_in_is_refused_for_what_was_sent_and_while_the_round_is_open(coordinator, round_, missed):
    word = {"until": clock.now() + DAY, "reason": "Var syk", "by": coordinator}
    sent = factories.ApplicationFactory(round=round_, submitted=True)
    with pytest.raises(TransitionNotAllowed):
        admit_late(application=sent, **word)
    with pytest.raises(Refused):
        admit_late(application=factories.ApplicationFactory(round=factories.RoundFactory(office=round_.office)), **word)
    round_.status = "published"
    round_.save()
    with pytest.raises(Refused):
        admit_late(application=missed, **word)
    assert not OutboundMail.objects.exists()


def test_the_list_shows_who_missed_the_deadline_and_nothing_that_they_wrote(sign_in, coordinator, round_, missed):
    Application.objects.filter(pk=missed.pk).update(motivation="", company_name="Hemmelig bedrift")
    factories.ApplicationFactory(round=round_, submitted=True, given_name="Sendt")
    replaced = factories.ApplicationFactory(round=round_, given_name="Erstattet", saved_at=clock.now())
    Application.objects.filter(pk=replaced.pk).update(replaced_by=Application.objects.get(given_name="Sendt"))
    page = sign_in(coordinator).get(reverse("apprentices:late_drafts", args=[round_.pk])).content.decode()
    assert missed.full_name in page
    assert "ase@example.net" in page
    assert ">1</td>" in page
    for word in ("Hemmelig bedrift", "Sendt", "Erstattet"):
        assert word not in page


def test_before_closing_the_list_is_empty(sign_in, coordinator, round_, missed):
    round_.closes_at = clock.now() + DAY
    round_.save()
    page = sign_in(coordinator).get(reverse("apprentices:late_drafts", args=[round_.pk])).content.decode()
    assert missed.full_name not in page
    assert sign_in(coordinator).get(reverse("apprentices:admit_late", args=[missed.pk])).status_code == 404


def test_the_list_asks_as_much_for_three_as_for_one(sign_in, coordinator, round_, missed):
    client = sign_in(coordinator)
    address = reverse("apprentices:late_drafts", args=[round_.pk])
    one = queries_of(client, address)
    for _number in range(2):
        factories.ApplicationFactory(round=round_, saved_at=clock.now())
    assert queries_of(client, address) == one


# --- reminders ------------------------------------------------------------------------------------------------------
def unsent(office, *, closes_in, begun=-30, **more):
    """A draft of a round that closes in so many days, begun so many days ago."""
    round_ = factories.RoundFactory(office=office, closes_at=clock.now() + closes_in * DAY)
    return factories.ApplicationFactory(round=round_, created_at=clock.now() + begun * DAY, **more)


@pytest.mark.parametrize(
    ("closes_in", "begun", "expected"),
    [
        (7.1, -30, None),
        (6.9, -30, 7),
        (2.1, -30, 7),
        (1.9, -30, 2),
        (-0.1, -30, None),
        (6.9, -0.01, None),
        (1.9, -1, 2),
    ],
)
def test_a_reminder_goes_out_seven_and_two_days_before_closing(office, closes_in, begun, expected):
    draft = unsent(office, closes_in=closes_in, begun=begun)
    assert due_reminders() == ([draft.pk] if expected else [])
    assert remind_draft(application_id=draft.pk) is bool(expected)
    assert list(DraftReminder.objects.values_list("days", flat=True)) == ([expected] if expected else [])


def test_each_reminder_goes_out_once_in_the_written_form_with_a_link(office, client):
    draft = unsent(office, closes_in=6.5, written_form="sv")
    assert [remind_draft(application_id=draft.pk) for _time in range(2)] == [True, False]
    assert due_reminders() == []
    mail = OutboundMail.objects.get()
    assert (mail.language, mail.to_address) == ("sv", draft.email)
    assert client.get("/" + mail.secrets[0].split("/", 3)[3]).status_code == 200
    with pytest.raises(IntegrityError), transaction.atomic():
        DraftReminder.objects.create(application=draft, days=7, sent_at=clock.now())


def test_nothing_reminds_of_what_was_sent_replaced_or_is_not_open(office):
    sent = unsent(office, closes_in=5, submitted=True)
    replaced = unsent(office, closes_in=5)
    Application.objects.filter(pk=replaced.pk).update(replaced_by=sent)
    published = unsent(office, closes_in=5)
    published.round.status = "published"
    published.round.save()
    assert due_reminders() == []
    assert [remind_draft(application_id=each.pk) for each in (sent, replaced, published)] == [False] * 3


def test_the_sweeper_knows_the_reminders_and_the_clock_moves_them(office, monkeypatch):
    draft = unsent(office, closes_in=20)
    sent = []
    monkeypatch.setattr(jobs, "_send", lambda name, pk: sent.append((name, pk)))
    jobs.sweep()
    real = clock.now()
    monkeypatch.setattr(clock, "now", lambda: real + 14 * DAY)
    jobs.sweep()
    assert [each for each in sent if each[0] == "apprentices.remind_draft"] == [("apprentices.remind_draft", draft.pk)]
