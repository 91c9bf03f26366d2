"""Sending: from the check page to the receipt, what comes into being, and what neither broker nor mail server can lose."""

import datetime
import re
import socket
import threading
import time

import pytest
from allauth.mfa.models import Authenticator
from celery import Celery
from django.urls import reverse

from apprentices.enums import ApplicationStatus
from apprentices.models import Application, Apprentice, Contract, Endorsement, TrainingCompany, TrainingManager
from apprentices.services.applications import submit_application
from mobility.accounts.enums import LinkPurpose, Role
from mobility.accounts.models import AccessLink, Membership, User
from mobility.common import clock, jobs, outbox
from mobility.common.errors import AlreadyTaken, NotReady, Refused
from mobility.common.models import OutboundMail
from tests import factories
from tests.at_once import together

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def fresh_counters():
    from django.core.cache import cache  # the counters of one test are not the next one's

    cache.clear()


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office, name="Høst 2027")


@pytest.fixture
def ready(round_):
    """A complete draft whose address is confirmed."""
    return factories.ApplicationFactory(round=round_, email="ase@example.net", email_confirmed_at=clock.now())


@pytest.fixture
def held(client, ready):
    """The same draft, held by the test client's browser, which has proved the address."""
    return hold(client, ready)


def hold(client, application, *, proved=True):
    session = client.session
    session["drafts"] = {str(application.round_id): application.pk}
    session["proved"] = [application.pk] if proved else []
    session.save()
    return application


def url(name, application):
    return reverse(f"apprentices:{name}", args=[application.round_id])


def send(client, application, **data):
    return client.post(url("apply_check", application), data or {"next": ""})


# --- the service ----------------------------------------------------------------------------------------------------
def test_sending_makes_the_case_and_everybody_it_names(ready):
    sent = submit_application(application=ready)
    assert sent.status == ApplicationStatus.SUBMITTED
    assert re.fullmatch(r"UT-[2-9A-HJ-KMNP-TV-Z]{6}", sent.reference)
    assert sent.submitted_at is not None
    apprentice = Apprentice.objects.get()
    assert (apprentice.office, apprentice.full_name, apprentice.birth_date) == (
        ready.office,
        ready.full_name,
        ready.birth_date,
    )
    user = User.objects.get(email="ase@example.net")
    assert apprentice.user == user
    assert not user.has_usable_password()
    assert list(Membership.objects.values_list("user", "office", "role")) == [
        (user.pk, ready.office_id, Role.APPRENTICE)
    ]
    contract = Contract.objects.get()
    assert contract.company == TrainingCompany.objects.get(name="Furukollen bo- og omsorgssenter")
    assert contract.training_manager == TrainingManager.objects.get(email="gunn.helen@example.com")
    assert contract.training_manager.full_name == "Gunn Helen Strømsør"
    endorsement = Endorsement.objects.get()
    assert (endorsement.application, endorsement.answer, endorsement.email) == (
        sent,
        "waiting",
        "gunn.helen@example.com",
    )
    move = sent.status_changes.get()
    assert (move.name, move.from_status, move.to_status, move.by) == ("submit", "draft", "submitted", user)


def test_the_mails_are_a_receipt_and_a_request_by_signed_link(ready):
    ready.written_form = "en"
    ready.save()
    sent = submit_application(application=ready)
    receipt = OutboundMail.objects.get(to_address="ase@example.net")
    assert sent.reference in receipt.subject
    assert reverse("apprentices:status", args=[sent.pk]) in receipt.body
    request = OutboundMail.objects.get(to_address="gunn.helen@example.com")
    assert "/endorse/" in request.body
    assert sent.motivation not in request.body
    assert AccessLink.objects.get(purpose=LinkPurpose.ENDORSE).object_id == sent.endorsements.get().pk


def test_sending_twice_changes_nothing(ready):
    first = submit_application(application=ready)
    again = submit_application(application=ready)
    assert again.reference == first.reference
    assert Endorsement.objects.count() == 1
    assert OutboundMail.objects.count() == 2
    assert first.status_changes.count() == 1


def test_people_who_are_here_already_are_found_and_not_doubled(ready, round_):
    office = round_.office
    user = factories.UserFactory(email="ase@example.net")
    apprentice = factories.ApprenticeFactory(office=office, email="ASE@example.net", given_name="Å.")
    company = factories.TrainingCompanyFactory(office=office, organisation_number="974760673")
    manager = factories.TrainingManagerFactory(
        office=office, company=company, email="Gunn.Helen@example.com", written_form="nn"
    )
    stranger = factories.ApprenticeFactory(email="ase@example.net")
    ready.company_number = "974 760 673"
    ready.save()
    sent = submit_application(application=ready)
    assert sent.apprentice == apprentice
    assert sent.apprentice != stranger
    assert sent.apprentice.user == user
    assert sent.apprentice.given_name == ready.given_name
    contract = sent.apprentice.contracts.get()
    assert (contract.company, contract.training_manager) == (company, manager)
    assert OutboundMail.objects.get(to_address=sent.endorsements.get().email).language == "nn"


@pytest.mark.parametrize(
    ("field", "value"),
    [("given_name", ""), ("phone", ""), ("consented_at", None), ("birth_date", None), ("trade", None),
     ("gender", ""), ("nationality", ""), ("address", ""), ("postal_code", ""), ("postal_place", ""),
     ("municipality", ""), ("training_office_answer", ""), ("training_office_answer", "other"),
     ("has_earlier_stays", None),
     ("contract_kind", ""), ("contract_starts_on", None), ("contract_ends_on", None), ("company_name", ""),
     ("manager_name", ""), ("manager_email", ""), ("manager_email", "ASE@example.net"), ("first_country", ""),
     ("english_level", ""), ("motivation", ""), ("email_confirmed_at", None)],
)  # fmt: skip
def test_each_gap_keeps_the_application_from_being_sent(ready, field, value):
    setattr(ready, field, value)
    ready.save()
    with pytest.raises(NotReady) as refused:
        submit_application(application=ready)
    assert len(refused.value.missing) == 1
    ready.refresh_from_db()
    assert ready.status == "draft"
    assert not Apprentice.objects.exists()
    assert not User.objects.filter(email="ase@example.net").exists()
    assert not OutboundMail.objects.exists()


def test_a_contract_that_ends_before_the_stay_blocks(ready, round_):
    ready.contract_ends_on = round_.returns_from - (round_.returns_to - round_.returns_from)
    ready.save()
    with pytest.raises(NotReady):
        submit_application(application=ready)


def test_under_18_nothing_is_sent_without_a_guardian(ready):
    ready.birth_date = factories.days(-17 * 365)
    ready.save()
    with pytest.raises(NotReady) as refused:
        submit_application(application=ready)
    assert len(refused.value.missing) == 2
    ready.guardian_name, ready.guardian_email = "Mor", "mor@example.net"
    ready.save()
    assert submit_application(application=ready).status == "submitted"


def test_the_servers_clock_closes_the_round(ready, round_):
    round_.closes_at = clock.now()
    round_.save()
    with pytest.raises(Refused):
        submit_application(application=ready)
    ready.refresh_from_db()
    assert ready.status == "draft"


def test_one_person_applies_once_in_a_round_but_again_after_withdrawing(ready, round_):
    first = factories.ApplicationFactory(round=round_, email="ASE@example.net", submitted=True)
    with pytest.raises(AlreadyTaken, match=first.reference):
        submit_application(application=ready)
    first.status = "withdrawn"
    first.save()
    assert submit_application(application=ready).apprentice == first.apprentice


def test_the_mailed_links_of_the_draft_have_done_their_work(ready, client):
    from apprentices.notifications.drafts import draft_code  # queues the mail with the link

    draft_code(ready)
    path = "/" + OutboundMail.objects.get().secrets[0].split("/", 3)[3]
    submit_application(application=ready)
    assert client.get(path).status_code == 410
    assert client.post(path).status_code == 410


def what_there_is():
    return (
        Application.objects.submitted().count(),
        User.objects.filter(email="ase@example.net").count(),
        Apprentice.objects.count(),
        Endorsement.objects.count(),
        OutboundMail.objects.filter(template="apprentices/email/received").count(),
    )


@pytest.mark.parametrize("count", [1, 2])
def test_two_clicks_in_the_same_moment_send_once(many_connections, office, count):
    """The same draft twice, or two drafts of one person: one case, one account, one receipt."""
    round_ = factories.RoundFactory(office=office)
    made = [
        factories.ApplicationFactory(round=round_, email="ase@example.net", email_confirmed_at=clock.now())
        for _number in range(count)
    ]
    many_connections()
    found = together(*[lambda draft=made[n % count]: submit_application(application=draft).reference for n in range(2)])
    answers = ["taken" if isinstance(each, AlreadyTaken) else each for each in found]
    assert len(answers) == 2
    assert len(set(answers) - {"taken"}) == 1
    assert ("taken" in answers) == (count == 2)
    assert together(what_there_is) == [(1, 1, 1, 1, 1)]


# --- the pages ------------------------------------------------------------------------------------------------------
def test_the_check_page_sends_and_the_receipt_shows_the_reference(client, held):
    answer = send(client, held)
    assert answer.url == url("receipt", held)
    held.refresh_from_db()
    page = client.get(answer.url, headers=ENGLISH).content.decode()
    assert held.reference in page
    assert client.get(answer.url).status_code == 200


def test_a_double_click_and_back_lead_to_the_same_receipt(client, held):
    send(client, held)
    assert send(client, held).url == url("receipt", held)
    assert client.get(url("apply_check", held)).url == url("receipt", held)
    assert Endorsement.objects.count() == 1


def test_what_is_missing_is_listed_with_links_and_nothing_is_sent(client, held):
    held.motivation = ""
    held.save()
    answer = send(client, held)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "data-error-summary" in page
    assert f'href="{url("apply_motivation", held)}#id_motivation"' in page
    held.refresh_from_db()
    assert held.status == "draft"


def test_the_code_and_the_sending_are_one_click(client, ready):
    from apprentices.notifications.drafts import draft_code  # queues the mail with the code

    ready.email_confirmed_at = None
    ready.save()
    hold(client, ready, proved=False)
    draft_code(ready)
    code = next(secret for secret in OutboundMail.objects.get().secrets if len(secret) == 6)
    assert send(client, ready).status_code == 200
    assert send(client, ready, code=code).url == url("receipt", ready)


def test_a_wrong_code_sends_nothing(client, ready):
    ready.email_confirmed_at = None
    ready.save()
    hold(client, ready, proved=False)
    page = client.post(url("apply_check", ready), {"code": "123456"}, headers=ENGLISH).content.decode()
    assert "not the code that we sent last" in page
    ready.refresh_from_db()
    assert ready.status == "draft"


def test_a_round_that_closed_meanwhile_says_so_on_the_check_page(client, held, round_):
    round_.closes_at = clock.now()
    round_.save()
    page = client.post(url("apply_check", held), {"next": ""}, headers=ENGLISH).content.decode()
    assert "The round is closed" in page
    assert "everything you wrote is saved" in page


def test_the_receipt_belongs_to_the_browser_that_sent(client, held):
    send(client, held)
    client.cookies.clear()
    assert client.get(url("receipt", held)).url == url("apply", held)


# --- signing in from the receipt -----------------------------------------------------------------------------------
def test_the_browser_that_proved_the_address_is_signed_in_by_the_button(client, held):
    send(client, held)
    client.get(url("receipt", held))
    assert "_auth_user_id" not in client.session
    answer = client.post(url("receipt", held))
    assert answer.url == reverse("apprentices:status", args=[held.pk])
    assert client.get(answer.url).status_code == 200


def sign_in_page(client, held):
    answer = client.post(url("receipt", held))
    assert "_auth_user_id" not in client.session
    return answer.url.startswith(reverse("account_request_login_code"))


def test_an_address_that_was_proved_elsewhere_signs_nobody_in_here(client, ready):
    hold(client, ready, proved=False)
    send(client, ready)
    assert sign_in_page(client, ready)


def test_a_second_role_or_a_second_factor_asks_for_the_sign_in(client, held):
    send(client, held)
    user = User.objects.get(email="ase@example.net")
    second = factories.MembershipFactory(user=user, role=Role.REVIEWER)
    assert sign_in_page(client, held)
    second.delete()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert sign_in_page(client, held)


def test_after_an_hour_the_button_asks_for_the_sign_in(client, held):
    send(client, held)
    Application.objects.update(submitted_at=clock.now() - datetime.timedelta(hours=2))
    assert sign_in_page(client, held)


# --- faults ---------------------------------------------------------------------------------------------------------
class Broker(threading.Thread):
    """A socket that takes connections and never says a word."""

    def __init__(self):
        super().__init__(daemon=True)
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.kept = []

    def run(self):
        while True:
            try:
                self.kept.append(self.server.accept()[0])
            except OSError:
                return

    def close(self):
        self.server.close()
        for kept in self.kept:
            kept.close()


def refusing_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture(params=["refuses", "hangs"])
def dead_broker(request, monkeypatch, settings):
    """The project's Celery, pointed at a broker that refuses or hangs."""
    hanging = Broker()
    hanging.start()
    port = refusing_port() if request.param == "refuses" else hanging.port
    broken = Celery("broken", broker=f"redis://127.0.0.1:{port}/0", set_as_current=False)
    broken.conf.broker_transport_options = {"socket_timeout": 1, "socket_connect_timeout": 1, "max_retries": 0}
    broken.conf.broker_connection_timeout = 1
    broken.conf.task_publish_retry = False
    monkeypatch.setattr(jobs, "current_app", broken)
    yield request.param
    hanging.close()
    broken.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_a_dead_broker_loses_neither_the_application_nor_a_mail(
    client, held, dead_broker, django_capture_on_commit_callbacks, send_mails, mailoutbox
):
    begun = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client, held)
    assert answer.url == url("receipt", held)
    assert time.monotonic() - begun < 15
    held.refresh_from_db()
    assert held.status == "submitted"
    assert send_mails() == 2
    assert {mail.to[0] for mail in mailoutbox} == {"ase@example.net", "gunn.helen@example.com"}


def test_a_broker_that_raises_anything_costs_the_applicant_nothing(
    client, held, monkeypatch, django_capture_on_commit_callbacks
):
    def raises(*args, **kwargs):
        raise RuntimeError("no room in the queue")

    monkeypatch.setattr(jobs.current_app, "send_task", raises)
    with django_capture_on_commit_callbacks(execute=True):
        assert send(client, held).url == url("receipt", held)
    assert OutboundMail.objects.filter(state=OutboundMail.State.QUEUED).count() == 2


def test_a_mail_server_that_refuses_gets_the_mails_later(client, held, settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", refusing_port()
    assert send(client, held).url == url("receipt", held)
    assert not any(outbox.send(pk) for pk in outbox.due_ids())
    assert OutboundMail.objects.filter(state=OutboundMail.State.QUEUED, tries=1).count() == 2
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    OutboundMail.objects.update(next_try_at=clock.now())
    assert all(outbox.send(pk) for pk in outbox.due_ids())
    assert len(mailoutbox) == 2
