"""Applications written for somebody: by the office or a training office, sent by nobody but the apprentice."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apprentices import consent
from apprentices.enums import ApplicationStatus, EntryState
from apprentices.models import Application, Apprentice, Attachment, Entry, TrainingOffice
from apprentices.services import drafts, on_behalf
from apprentices.services.applications import submit_application
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose, Role
from mobility.accounts.services.memberships import end_membership
from mobility.common import clock
from mobility.common.errors import LinkSpent, NotReady, Refused, TransitionNotAllowed
from mobility.common.models import OutboundMail, StoredFile
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office)


@pytest.fixture
def training_office(office):
    return TrainingOffice.objects.create(office=office, name="BLOK")


@pytest.fixture
def florist(training_office, coordinator):
    """A person who signs in for the training office."""
    member = on_behalf.invite_training_office(
        training_office=training_office, address="blok@example.org", given_name="Bodil", language="en", by=coordinator
    )
    return member.membership.user


@pytest.fixture
def entry(round_, coordinator):
    return factories.EntryFactory(application__round=round_, entered_by=coordinator)


@pytest.fixture
def asked(entry, coordinator):
    """(the entry, the link that was mailed)."""
    found = on_behalf.ask_to_approve(entry=entry, by=coordinator)
    token = re.search(r"/approve/(\S+)/", OutboundMail.objects.latest("pk").body)[1]
    return found, links.open_link(token, LinkPurpose.APPROVE_ENTRY), token


# --- services ---------------------------------------------------------------------------------------------------------
def test_the_apprentice_approves_and_only_then_it_is_an_application(asked, coordinator, reviewer):
    entry, link, _token = asked
    assert list(Application.objects.visible_to(coordinator)) == []
    sent = on_behalf.approve_entry(link=link)
    assert (sent.status, sent.consent_version) == (ApplicationStatus.SUBMITTED, consent.VERSION)
    assert (sent.email_confirmed_at is not None, sent.apprentice.user.email) == (True, sent.email)
    assert list(Application.objects.visible_to(coordinator)) == [sent]
    entry.refresh_from_db()
    assert entry.state == EntryState.APPROVED
    told = OutboundMail.objects.get(template="apprentices/email/entry_answered")
    assert told.to_address == coordinator.email


def test_nobody_sends_it_for_the_apprentice(entry):
    Application.objects.update(consented_at=clock.now(), email_confirmed_at=clock.now())
    entry.application.refresh_from_db()
    with pytest.raises(Refused, match="approve"):
        submit_application(application=entry.application)
    assert Apprentice.objects.count() == 0


def test_a_no_empties_the_answers_and_closes_the_draft(asked):
    entry, link, _token = asked
    on_behalf.refuse_entry(link=link, reason="Vil skrive selv")
    entry.refresh_from_db()
    application = entry.application
    assert (entry.state, entry.reason) == (EntryState.REFUSED, "Vil skrive selv")
    assert (application.motivation, application.birth_date, application.phone, application.manager_email) == (
        "",
        None,
        "",
        "",
    )
    with pytest.raises(Refused):
        submit_application(application=application)
    assert "Vil skrive selv" in OutboundMail.objects.latest("pk").body


def test_a_no_deletes_the_files_and_what_the_history_kept(asked, coordinator, django_capture_on_commit_callbacks):
    entry, link, _token = asked
    attachment = factories.AttachmentFactory(application=entry.application)
    application = entry.application
    application.phone, application.wished_tasks, application.nationality = "+4799887766", "Bake bread", "PL"
    application.call_name, application.has_photo_consent, application.photo_consent_version = "Kalle", True, "1"
    application.photo_answered_at = clock.now()
    application.save()
    stored = [attachment.file.content, attachment.preview.content]
    assert [each.storage.exists(each.name) for each in stored] == [True, True]
    before = application.history.count()
    with django_capture_on_commit_callbacks(execute=True):
        on_behalf.refuse_entry(link=link)
    assert (Attachment.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert [each.storage.exists(each.name) for each in stored] == [False, False]
    told = str(list(Application.objects.values())) + str(list(Application.history.values()))
    typed = ["99887766", "Bake bread", "'PL'", "Kalle", application.manager_email, application.first_country]
    assert [word for word in typed if word and word in told] == []
    assert application.history.count() > before > 0
    assert {row.has_photo_consent for row in application.history.all()} == {None}
    assert Application.objects.get().full_name == application.full_name


def test_taken_over_it_is_an_own_draft(asked):
    _entry, link, _token = asked
    application = on_behalf.take_over_entry(link=link)
    assert (application.status, application.consented_at is not None) == (ApplicationStatus.DRAFT, True)
    assert list(Application.objects.held_by_applicant()) == [application]
    assert submit_application(application=application).status == ApplicationStatus.SUBMITTED


@pytest.mark.parametrize("act", ["approve_entry", "take_over_entry", "refuse_entry"])
def test_each_answer_is_given_once(asked, act):
    _entry, link, _token = asked
    on_behalf.refuse_entry(link=link)
    with pytest.raises((LinkSpent, TransitionNotAllowed)):
        getattr(on_behalf, act)(link=link)


def test_taken_back_the_link_is_worth_nothing(asked, coordinator):
    entry, link, _token = asked
    on_behalf.take_back(entry=entry, by=coordinator)
    with pytest.raises(TransitionNotAllowed):
        on_behalf.approve_entry(link=link)
    with pytest.raises(TransitionNotAllowed):
        on_behalf.take_back(entry=entry, by=coordinator)
    on_behalf.ask_to_approve(entry=entry, by=coordinator)
    with pytest.raises(TransitionNotAllowed):
        on_behalf.ask_to_approve(entry=entry, by=coordinator)


def test_with_gaps_nobody_is_asked(entry, coordinator):
    Application.objects.update(trade=None, consented_at=None)
    entry.application.refresh_from_db()
    with pytest.raises(NotReady) as refused:
        on_behalf.ask_to_approve(entry=entry, by=coordinator)
    assert refused.value.missing == ["Choose your trade"]
    assert OutboundMail.objects.count() == 0


def test_a_round_that_has_closed_keeps_the_answer_open(asked, round_):
    entry, link, _token = asked
    round_.closes_at = clock.now()
    round_.save()
    with pytest.raises(Refused):
        on_behalf.approve_entry(link=link)
    entry.refresh_from_db()
    assert entry.state == EntryState.ASKED
    assert links.open_link(asked[2], LinkPurpose.APPROVE_ENTRY) == link


def test_the_address_gets_no_code_while_others_write(entry):
    drafts.save_draft(application=entry.application, email="right@example.net")
    drafts.send_codes_to(address="right@example.net")
    with pytest.raises(Refused):
        drafts.send_code(application=entry.application)
    assert OutboundMail.objects.count() == 0


def test_a_training_office_enters_for_itself_and_sees_nothing_else(florist, training_office, entry, round_):
    mine = on_behalf.start_entry(round=round_, by=florist, given_name="Ola", email="ola@example.net", written_form="nn")
    assert mine.training_office == training_office
    assert list(Entry.objects.visible_to(florist)) == [mine]
    assert list(Application.objects.visible_to(florist)) == []
    assert list(Apprentice.objects.visible_to(florist)) == []


def test_a_training_office_user_without_a_training_office_enters_nothing(office, round_):
    person = factories.member(Role.TRAINING_OFFICE, office)
    with pytest.raises(Refused, match="tied to no training office"):
        on_behalf.start_entry(round=round_, by=person, given_name="Ola", email="o@example.net", written_form="nb")


# --- pages ------------------------------------------------------------------------------------------------------------
def _start(client, round_):
    facts = {"round": round_.pk, "given_name": "Ola", "email": "OLA@example.net", "written_form": "nn"}
    return client.post(reverse("apprentices:new_entry"), facts)


def test_a_training_office_writes_in_the_steps_of_the_form(client, sign_in, florist, round_):
    sign_in(florist)
    assert client.get("/").url == reverse("apprentices:entries")
    answer = _start(client, round_)
    assert answer.url == reverse("apprentices:apply_contact", args=[round_.pk])
    page = client.get(answer.url).content.decode()
    assert ('value="ola@example.net"' in page, 'name="consent"' in page) == (True, False)
    sent = {"given_name": "Ola", "email": "ola@example.net", "phone": "99990109", "written_form": "nn"}
    client.post(answer.url, sent)
    entry = Entry.objects.get()
    assert (entry.application.phone.as_e164, entry.application.consented_at) == ("+4799990109", None)
    check = client.get(reverse("apprentices:apply_check", args=[round_.pk]))
    assert check.url == entry.get_absolute_url()
    assert "Choose your trade" in client.get(check.url).content.decode()
    assert OutboundMail.objects.exclude(template="accounts/email/invitation").count() == 0


def test_a_right_withdrawn_closes_the_draft_in_an_open_browser(client, sign_in, florist, round_):
    sign_in(florist)
    address = _start(client, round_).url
    assert 'value="ola@example.net"' in client.get(address).content.decode()
    end_membership(membership=florist.memberships.get(), by=florist)
    assert 'value="ola@example.net"' not in client.get(address).content.decode()


def test_what_was_asked_for_cannot_be_changed_behind_the_apprentices_back(client, sign_in, coordinator, entry):
    sign_in(coordinator)
    client.post(reverse("apprentices:write_entry", args=[entry.pk]))
    step = reverse("apprentices:apply_motivation", args=[entry.application.round_id])
    client.post(step, {"motivation": "Written before"})
    client.post(reverse("apprentices:ask_to_approve", args=[entry.pk]))
    client.post(step, {"motivation": "Changed behind the back"})
    entry.application.refresh_from_db()
    assert (Entry.objects.get().state, entry.application.motivation) == (EntryState.ASKED, "Written before")


def test_the_link_shows_everything_and_a_get_does_nothing(client, asked):
    entry, _link, token = asked
    page = client.get(reverse("apprentices:approve_entry", args=[token])).content.decode()
    for words in ("Furukollen", "demensomsorg", entry.entered_by.get_full_name(), "Spania"):
        assert words in page
    entry.refresh_from_db()
    assert entry.state == EntryState.ASKED


def test_sending_asks_for_the_own_consent(client, asked):
    _entry, _link, token = asked
    address = reverse("apprentices:approve_entry", args=[token])
    refused = client.post(address, {"answer": "approve"}).content.decode()
    assert "id_consent" in refused
    assert Application.objects.get().status == ApplicationStatus.DRAFT
    answer = client.post(address, {"answer": "approve", "consent": "on"})
    assert answer.url == reverse("apprentices:entry_answered", args=[token])
    assert Application.objects.get().reference in client.get(answer.url).content.decode()
    assert client.get(address).status_code == 410


def test_correcting_first_opens_the_draft_in_the_apprentices_browser_and_closes_it_in_the_writers(
    client, sign_in, coordinator, entry
):
    sign_in(coordinator)
    client.post(reverse("apprentices:write_entry", args=[entry.pk]))
    client.post(reverse("apprentices:ask_to_approve", args=[entry.pk]))
    token = re.search(r"/approve/(\S+)/", OutboundMail.objects.latest("pk").body)[1]
    theirs = Client()
    address = reverse("apprentices:approve_entry", args=[token])
    answer = theirs.post(address, {"answer": "correct", "consent": "on"})
    assert "demensomsorg" in theirs.get(answer.url).content.decode()
    assert client.get(answer.url).url == reverse("apprentices:apply", args=[entry.application.round_id])


def test_a_no_needs_no_consent(client, asked):
    entry, _link, token = asked
    client.post(reverse("apprentices:approve_entry", args=[token]), {"answer": "refuse"})
    entry.refresh_from_db()
    assert entry.state == EntryState.REFUSED


def test_the_own_address_of_the_writer_is_refused(client, sign_in, coordinator, round_):
    sign_in(coordinator)
    facts = {"round": round_.pk, "given_name": "Ola", "email": coordinator.email.upper(), "written_form": "nb"}
    assert "your own address" in client.post(reverse("apprentices:new_entry"), facts).content.decode()
    assert Entry.objects.count() == 0


def test_without_an_address_nothing_begins(client, sign_in, coordinator, round_):
    sign_in(coordinator)
    facts = {"round": round_.pk, "given_name": "Ola", "email": "", "written_form": "nb"}
    assert "nothing can be sent without it" in client.post(reverse("apprentices:new_entry"), facts).content.decode()


@pytest.mark.parametrize("who", ["assistant", "reviewer", "auditor", "apprentice_user"])
def test_others_do_not_enter(client, sign_in, request, who, entry):
    sign_in(request.getfixturevalue(who))
    assert client.get(reverse("apprentices:entries")).status_code == 403
    assert client.get(entry.get_absolute_url()).status_code == 404


def test_foreign_entries_are_not_found(client, sign_in, other_coordinator, florist, entry):
    for person in (other_coordinator, florist):
        sign_in(person)
        assert client.get(entry.get_absolute_url()).status_code == 404
        assert entry.application.full_name not in client.get(reverse("apprentices:entries")).content.decode()


def test_the_list_costs_the_same_for_one_and_three(client, sign_in, coordinator, entry, round_):
    sign_in(coordinator)
    address = reverse("apprentices:entries")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _more in range(2):
        factories.EntryFactory(application__round=round_, entered_by=coordinator)
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).content.decode().count('data-label="State"') == 3
    assert len(many) == len(few)


def test_a_coordinator_invites_a_training_office(client, sign_in, coordinator, head, training_office):
    facts = {
        "training_office": training_office.pk,
        "given_name": "Bodil",
        "address": "bodil@example.org",
        "language": "nb",
    }
    sign_in(head)
    assert client.post(reverse("apprentices:invite_training_office"), facts).status_code == 403
    sign_in(coordinator)
    assert client.post(reverse("apprentices:invite_training_office"), facts).url == reverse("accounts:people")
    member = training_office.members.get()
    assert (member.membership.role, member.membership.user.email) == (Role.TRAINING_OFFICE, "bodil@example.org")
