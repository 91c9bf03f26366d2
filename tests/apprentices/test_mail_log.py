"""The mails of a person and of a case: on their pages, for those who read the outbox."""

import pytest
from django.urls import reverse

from mobility.common import outbox
from mobility.common.outbox import To
from tests.factories import ApplicationFactory, EndorsementFactory, RoundFactory

pytestmark = pytest.mark.django_db


def mail(office, address, subject, user=None, **about):
    to = To(address=address, language="nb", user=user)
    return outbox.queue("accounts/email/plain", to=to, office=office, context={"subject": subject, "text": "Tekst"},
                        about=about)  # fmt: skip


@pytest.fixture
def application(office):
    made = ApplicationFactory(round=RoundFactory(office=office), submitted=True, email="Ase@example.net")
    EndorsementFactory(application=made, email="boss@example.com")
    return made


@pytest.fixture
def mails(office, application, other_coordinator):
    mail(office, "ase@example.net", "To the person")
    mail(office, "boss@example.com", "To the boss", application=application.pk)
    mail(office, "boss@example.com", "To the boss about another", application=application.pk + 1)
    mail(office, "kari@example.net", "To somebody else")
    mail(other_coordinator.working_office, "ase@example.net", "Of another office")


def address(application):
    return reverse("apprentices:case_mails", args=[application.pk])


def subjects(log):
    return [each.subject for each in log.mails]


def test_a_case_shows_what_was_mailed_to_the_person_and_about_the_case(sign_in, coordinator, application, mails):
    client = sign_in(coordinator)
    page = client.get(address(application))
    assert subjects(page.context["log"]) == ["To the boss", "To the person"]
    part = client.get(address(application), headers={"HX-Request": "true"})
    assert ("To the boss" in part.text, "<html" in part.text) == (True, False)
    case = client.get(reverse("admin:apprentices_application_change", args=[application.pk])).text
    assert f'hx-get="{address(application)}"' in case


def test_a_person_shows_the_mails_to_every_address_and_to_the_account(
    sign_in, coordinator, apprentice_user, office, application, mails
):
    person = application.apprentice
    person.user, person.email = apprentice_user, "new@example.net"
    person.save()
    mail(office, "new@example.net", "To the register's address")
    mail(office, "old@example.net", "To the account", user=apprentice_user)
    page = sign_in(coordinator).get(reverse("admin:apprentices_apprentice_change", args=[person.pk]))
    assert subjects(page.context["mail_log"]) == ["To the account", "To the register's address", "To the person"]
    assert "To the account" in page.text


def test_who_may_not_read_the_outbox_reads_no_log(sign_in, assistant, auditor, other_coordinator, application, mails):
    person = reverse("admin:apprentices_apprentice_change", args=[application.apprentice_id])
    case = reverse("admin:apprentices_application_change", args=[application.pk])
    for user in (assistant, auditor):
        client = sign_in(user)
        assert client.get(address(application)).status_code == 403
        assert "To the person" not in client.get(person).text
        assert "hx-get" not in client.get(case).text
    assert sign_in(other_coordinator).get(address(application)).status_code == 404


def test_a_long_log_is_cut_off_and_leads_to_the_outbox(sign_in, coordinator, office, application):
    for number in range(10):
        mail(office, "Ase@example.net", f"Number {number}")
    page = sign_in(coordinator).get(address(application))
    assert subjects(page.context["log"]) == [f"Number {number}" for number in (9, 8, 7, 6, 5, 4, 3, 2)]
    assert f"{reverse('accounts:outbox')}?q=" in page.text
