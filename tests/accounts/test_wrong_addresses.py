"""Addresses that mails did not reach: a task each, put right at the source, and the mails sent there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apprentices.models import Endorsement
from mobility.accounts.enums import Role
from mobility.common import addresses, outbox
from mobility.common.models import OutboundMail
from mobility.common.outbox import To
from tests import factories

pytestmark = pytest.mark.django_db
WRONG, RIGHT = "ase.mare@example.net", "ase.marie@example.net"
PAGE, CORRECT = "accounts:failed_addresses", "accounts:correct_address"


def failed(office, address=WRONG, template="accounts/email/plain", **about):
    mail = outbox.queue(
        "accounts/email/plain", to=To(address=address, language="nb"), office=office,
        context={"subject": "Vedtak", "text": "Tekst"}, about=about,
    )  # fmt: skip
    mail.state, mail.tries, mail.last_error, mail.template = "failed", 8, "550 no such user", template
    mail.save()
    return mail


@pytest.fixture
def application(office):
    return factories.ApplicationFactory(round__office=office, submitted=True, email=WRONG.upper())


def correct(client, keys=(), new=RIGHT, wrong=WRONG):
    address = reverse(CORRECT) + f"?address={wrong}"
    return client.post(address, {"new": new, "keys": list(keys)}, follow=True)


def keys_of(office):
    return {source.key for source in addresses.sources_of(office.pk, [WRONG])}


def test_each_address_is_one_task_with_its_mails_and_whose_it_is(sign_in, coordinator, office, application):
    failed(office), failed(office, WRONG.title()), failed(office, "host@example.es")
    failed(factories.OfficeFactory(), "foreign@example.org")
    page = sign_in(coordinator).get(reverse(PAGE))
    assert [(row.address, len(row.mails), len(row.sources)) for row in page.context["rows"]] == [
        (WRONG, 2, 2),  # the application, and the person of the register
        ("host@example.es", 1, 0),
    ]
    assert reverse("admin:apprentices_application_change", args=[application.pk]) in page.text


def test_the_right_address_is_written_at_its_source_and_the_mails_go_there(
    sign_in, coordinator, office, application, send_mails, mailoutbox
):
    mails = [failed(office), failed(office)]
    case, person = f"application-{application.pk}", f"apprentice-{application.apprentice_id}"
    assert keys_of(office) == {case, person}
    page = correct(sign_in(coordinator), [case])
    assert "Corrected in 1 places; 2 mails are queued again." in page.text
    application.refresh_from_db()
    application.apprentice.refresh_from_db()
    assert (application.email, application.apprentice.email) == (RIGHT, WRONG.upper())
    newest = application.history.first()
    assert (newest.email, newest.history_user) == (RIGHT, coordinator)
    assert send_mails() == 2
    assert [message.to for message in mailoutbox] == [[RIGHT], [RIGHT]]
    assert [change.what for change in mails[0].changes.all()] == ["corrected", "retried"]


def test_somebody_who_was_asked_is_asked_anew_and_the_old_link_goes_nowhere(sign_in, coordinator, office, application):
    asked = factories.EndorsementFactory(application=application, email=WRONG)
    old = failed(office, template="apprentices/email/endorsement_employer", application=application.pk)
    correct(sign_in(coordinator), [f"asked-{asked.pk}"])
    old.refresh_from_db()
    assert (Endorsement.objects.get().email, old.state) == (RIGHT, "dropped")
    new = OutboundMail.objects.get(to_address=RIGHT)
    assert (new.template, new.state) == ("apprentices/email/endorsement_employer", "queued")


def test_one_source_that_refuses_keeps_everything_as_it_was(sign_in, coordinator, office, application):
    factories.EndorsementFactory(application=application, kind="guardian", email=RIGHT)
    asked = factories.EndorsementFactory(application=application, kind="guardian", email=WRONG)
    mail = failed(office)
    page = correct(sign_in(coordinator), [f"application-{application.pk}", f"asked-{asked.pk}"])
    assert "This person has been asked already." in page.text
    assert f'value="{RIGHT}"' in page.text
    application.refresh_from_db()
    mail.refresh_from_db()
    assert (application.email, mail.state) == (WRONG.upper(), "failed")


@pytest.mark.parametrize(("new", "words"), [("no address", "valid email"), (WRONG, "did not reach"), ("", "Write the")])
def test_a_wrong_correction_is_refused(sign_in, coordinator, office, new, words):
    mail = failed(office)
    assert words in correct(sign_in(coordinator), new=new).text
    mail.refresh_from_db()
    assert mail.state == "failed"


def test_a_second_click_finds_nothing_to_do(sign_in, coordinator, office):
    failed(office)
    client = sign_in(coordinator)
    assert correct(client).status_code == 200
    assert correct(client).status_code == 404
    assert OutboundMail.objects.count() == 1


def test_keys_of_another_office_change_nothing(sign_in, coordinator, office):
    foreign = factories.ApplicationFactory(submitted=True, email=WRONG)
    failed(office)
    correct(sign_in(coordinator), [f"application-{foreign.pk}"])
    foreign.refresh_from_db()
    assert foreign.email == WRONG


def test_an_account_is_shown_and_left_to_its_person(sign_in, coordinator, office):
    user = factories.member(Role.INSTRUCTOR, office, email=WRONG)
    failed(office)
    client = sign_in(coordinator)
    assert "signs in with this address" in client.get(reverse(PAGE)).text
    correct(client, [f"user-{user.pk}"])
    user.refresh_from_db()
    assert user.email == WRONG


def test_partners_and_those_who_train_are_found(office):
    factories.PartnerFactory(office=office, email=WRONG)
    factories.TrainingManagerFactory(office=office, email=WRONG)
    factories.InstructorFactory(office=office, email=WRONG)
    assert {key.split("-")[0] for key in keys_of(office)} == {"partner", "manager", "instructor"}


def test_a_head_looks_and_others_do_not(sign_in, head, assistant, reviewer, other_coordinator, office):
    failed(office)
    assert sign_in(head).get(reverse(PAGE)).status_code == 200
    assert sign_in(head).get(reverse(CORRECT) + f"?address={WRONG}").status_code == 403
    for user in (assistant, reviewer):
        assert sign_in(user).get(reverse(PAGE)).status_code == 403
    assert sign_in(other_coordinator).get(reverse(CORRECT) + f"?address={WRONG}").status_code == 404


def test_the_page_costs_the_same_for_one_address_and_for_three(sign_in, coordinator, office):
    client, counts = sign_in(coordinator), []
    client.get(reverse(PAGE))
    for number in (1, 2):
        for _more in range(number):
            application = factories.ApplicationFactory(round__office=office, submitted=True)
            failed(office, application.email)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(PAGE))
        counts.append(len(queries))
    assert counts[0] == counts[1]
