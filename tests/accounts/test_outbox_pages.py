"""The outbox: what the office sees of its mails."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, clear_url_caches, reverse

from mobility.common import clock, files, outbox
from mobility.common.models import OutboundMail
from mobility.common.outbox import To

pytestmark = pytest.mark.django_db
SECRET = "https://example.org/invitation/geheim/"


def queue(office, **facts):
    return outbox.queue(
        "accounts/email/plain",
        to=To(address=facts.pop("address", "ola@example.org"), language="nb"),
        office=office,
        context={"subject": facts.pop("subject", "Hei"), "text": f"Lenke: {SECRET}"},
        secrets=[SECRET],
        **facts,
    )


def failed(office):
    mail = queue(office)
    mail.state, mail.tries, mail.last_error = "failed", 8, "SMTPServerDisconnected: gone"
    mail.save()
    return mail


@pytest.fixture
def real_settings(settings):
    settings.SHOW_OUTBOX_WITH_SECRETS = False


def test_the_outbox_shows_the_mails_of_the_own_office_only(sign_in, coordinator, office, other_coordinator):
    mine = queue(office)
    queue(other_coordinator.working_office)
    queue(None)
    page = sign_in(coordinator).get(reverse("accounts:outbox"))
    assert list(page.context["page"]) == [mine]


def test_the_outbox_can_be_cut_down_to_what_failed(sign_in, coordinator, office):
    queue(office)
    wrong = failed(office)
    page = sign_in(coordinator).get(reverse("accounts:outbox") + "?state=failed")
    assert list(page.context["page"]) == [wrong]
    assert "SMTPServerDisconnected: gone" in page.text
    assert [(value, number) for value, _label, number in page.context["states"]] == [
        ("queued", 1),
        ("sent", 0),
        ("failed", 1),
        ("held", 0),
        ("dropped", 0),
    ]


def test_the_outbox_costs_the_same_for_one_and_for_three(sign_in, coordinator, office):
    client = sign_in(coordinator)
    client.get(reverse("accounts:outbox"))
    counts = []
    for number in (1, 2):
        for _more in range(number):
            queue(office)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("accounts:outbox"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("role", ["assistant", "reviewer", "auditor", "apprentice_user", "partner_user"])
def test_others_read_no_mails_of_the_office(sign_in, request, office, role):
    mail = queue(office)
    client = sign_in(request.getfixturevalue(role))
    assert client.get(reverse("accounts:outbox")).status_code == 403
    assert client.get(reverse("accounts:mail", args=[mail.pk])).status_code == 404


def test_a_mail_hides_its_link_in_a_real_installation(sign_in, coordinator, office, real_settings):
    page = sign_in(coordinator).get(reverse("accounts:mail", args=[queue(office).pk])).text
    assert "Lenke:" in page
    assert "geheim" not in page


def test_a_mail_shows_its_link_in_the_demo(sign_in, coordinator, office):
    assert f'href="{SECRET}"' in sign_in(coordinator).get(reverse("accounts:mail", args=[queue(office).pk])).text


def test_a_foreign_mail_is_a_missing_one(sign_in, coordinator, other_coordinator):
    foreign = failed(other_coordinator.working_office)
    client = sign_in(coordinator)
    for pk in (foreign.pk, 999_999):
        assert client.get(reverse("accounts:mail", args=[pk])).status_code == 404
        assert client.post(reverse("accounts:retry_mail", args=[pk])).status_code == 404
        assert client.get(reverse("accounts:mail_attachment", args=[pk, 1])).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == "failed"


def test_a_failed_mail_is_tried_again_and_goes_out(sign_in, coordinator, office, send_mails, mailoutbox):
    mail = failed(office)
    client = sign_in(coordinator)
    assert "Try to send it again" in client.get(reverse("accounts:mail", args=[mail.pk])).text
    client.post(reverse("accounts:retry_mail", args=[mail.pk]))
    assert send_mails() == 1
    assert [message.to for message in mailoutbox] == [["ola@example.org"]]
    mail.refresh_from_db()
    assert (mail.state, mail.tries) == ("sent", 1)


def test_a_sent_mail_is_not_sent_twice(sign_in, coordinator, office, send_mails, mailoutbox):
    mail = queue(office)
    send_mails()
    page = sign_in(coordinator).post(reverse("accounts:retry_mail", args=[mail.pk]), follow=True)
    assert "Only a mail that has failed can be tried again." in page.text
    assert send_mails() == 0
    assert len(mailoutbox) == 1


def test_a_head_reads_but_does_not_retry(sign_in, head, office):
    mail = failed(office)
    client = sign_in(head)
    page = client.get(reverse("accounts:mail", args=[mail.pk]))
    assert page.status_code == 200
    assert "Try to send it again" not in page.text
    assert client.post(reverse("accounts:retry_mail", args=[mail.pk])).status_code == 403


def test_an_attachment_opens_through_its_own_mail_only(sign_in, coordinator, office):
    def stored():
        return files.store(office=office, kind="letter", name="brev.txt", content=b"hei", content_type="text/plain")

    mail, mine, another = queue(office), stored(), stored()
    mail.attachments.add(mine)
    client = sign_in(coordinator)
    response = client.get(reverse("accounts:mail_attachment", args=[mail.pk, mine.pk]))
    assert b"".join(response.streaming_content) == b"hei"
    assert response["Content-Disposition"] == 'attachment; filename="brev.txt"'
    assert client.get(reverse("accounts:mail_attachment", args=[mail.pk, another.pk])).status_code == 404


# --- the demo's outbox --------------------------------------------------------------------------------------------
def test_the_demo_shows_staff_the_mails_of_the_office_and_those_of_sign_in(
    sign_in, reviewer, office, other_coordinator
):
    mine, sign_in_code = queue(office), queue(None, address=reviewer.email)
    queue(other_coordinator.working_office)
    client = sign_in(reviewer)
    page = client.get("/outbox/")
    assert set(page.context["page"]) == {mine, sign_in_code}
    assert SECRET in client.get(f"/outbox/{sign_in_code.pk}/").text


@pytest.mark.parametrize("role", ["apprentice_user", "partner_user", "instructor_user"])
def test_the_demos_outbox_is_for_staff(sign_in, request, role, office):
    client = sign_in(request.getfixturevalue(role))
    mail = queue(office)
    assert client.get("/outbox/").status_code == 403
    assert client.get(f"/outbox/{mail.pk}/").status_code == 403


def test_a_real_installation_has_no_page_with_links_and_codes(settings, sign_in, coordinator, office, reload_urls):
    mail = queue(office)
    settings.SHOW_OUTBOX_WITH_SECRETS = False
    reload_urls()
    client = sign_in(coordinator)
    assert client.get("/outbox/").status_code == 404
    assert client.get(f"/outbox/{mail.pk}/").status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("outbox")


@pytest.fixture
def reload_urls():
    """Read mobility/urls.py again under the present settings; and once more at the end."""
    import importlib

    from mobility import urls

    def again():
        importlib.reload(urls)
        clear_url_caches()

    with pytest.MonkeyPatch.context() as patch:
        yield again
        patch.undo()
    from django.conf import settings as present

    present.SHOW_OUTBOX_WITH_SECRETS = True
    again()


def test_a_retried_mail_keeps_its_message_id(sign_in, coordinator, office):
    mail = failed(office)
    sign_in(coordinator).post(reverse("accounts:retry_mail", args=[mail.pk]))
    again = OutboundMail.objects.get()
    assert (again.message_id, again.state, again.tries) == (mail.message_id, "queued", 0)
    assert again.next_try_at <= clock.now()
