"""The applicant's pages after sending: where it stands, yes or no to an offer, withdrawing, the letter."""

import datetime

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus as S
from apprentices.models import Application, Decision, Endorsement
from apprentices.selectors.cases import log_of
from apprentices.selectors.status import for_status_page, stations
from apprentices.services.answers import accept_offer, decline_offer, withdraw_application
from apprentices.services.eligibility import check_eligibility
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose, Role
from mobility.accounts.models import AccessLink
from mobility.common import clock, files, formats
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.models import OutboundMail
from tests import factories
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(office, apprentice_user):
    return make(office, apprentice_user)


def make(office, user, **fields):
    sent = factories.ApplicationFactory(round=factories.RoundFactory(office=office), submitted=True, **fields)
    sent.apprentice.user = user
    sent.apprentice.save()
    Endorsement.objects.create(
        application=sent, name="Gunn Helen Strømsør", email="gunn@example.com", asked_at=sent.submitted_at
    )
    log(sent, "submit", "draft", "submitted")
    return sent


def log(application, name, source, target):
    application.status_changes.create(name=name, from_status=source, to_status=target)


def offer(application, coordinator, **fields):
    now = clock.now()
    decision = Decision.objects.create(
        application=application,
        result="offer",
        decided_at=now,
        decided_by=coordinator,
        published_at=now,
        published_by=coordinator,
        **fields,
    )
    application.status = S.OFFERED
    application.save()
    log(application, "offer", "in_review", "offered")
    return decision


def url(name, application):
    return reverse(f"apprentices:{name}", args=[application.pk])


# --- the page -------------------------------------------------------------------------------------------------------
def test_the_page_says_that_nothing_is_to_be_done_and_who_has_it(sign_in, application, apprentice_user):
    page = sign_in(apprentice_user).get(url("status", application)).content.decode()
    assert "There is nothing for you to do now." in page
    assert "We are waiting for Gunn Helen Strømsør" in page
    assert application.reference in page
    assert "u-yours" not in page


def test_an_offer_is_the_one_thing_to_do(sign_in, application, apprentice_user, coordinator):
    offer(application, coordinator)
    page = sign_in(apprentice_user).get(url("status", application)).content.decode()
    assert page.count('class="u-yours ') == 1
    assert page.count(url("answer_offer", application)) == 1  # in the panel, and not once more in the list below it
    assert "There is nothing for you to do now." not in page


def test_a_pending_decision_is_not_shown(sign_in, application, apprentice_user, coordinator):
    letter = files.store(
        office=application.office, kind="letter", name="b.pdf", content=b"%PDF-", content_type="application/pdf"
    )
    Decision.objects.create(
        application=application, result="offer", decided_at=clock.now(), decided_by=coordinator, letter=letter
    )
    client = sign_in(apprentice_user)
    assert url("own_letter", application) not in client.get(url("status", application)).content.decode()
    assert client.get(url("own_letter", application)).status_code == 404
    Decision.objects.update(published_at=clock.now(), published_by=coordinator)
    assert url("own_letter", application) in client.get(url("status", application)).content.decode()
    answer = client.get(url("own_letter", application))
    assert b"".join(answer) == b"%PDF-"
    answer.close()


@pytest.mark.parametrize("status", [status for status in S if status != S.DRAFT])
def test_each_state_has_a_page_with_one_place_on_the_route(sign_in, application, apprentice_user, status):
    application.status = status
    application.save()
    page = sign_in(apprentice_user).get(url("status", application)).content.decode()
    assert page.count('class="is-here"') == 1
    assert str(application.friendly_status) in page


def test_the_route_tells_the_employers_answer(application):
    application.endorsements.update(answer="no", answered_at=clock.now())
    words = [station["what"] for station in stations(for_status_page(Application.objects).get(pk=application.pk), None)]
    assert "Your training manager said no" in words


def test_one_application_is_shown_at_once_and_several_in_a_list(sign_in, application, apprentice_user, office):
    client = sign_in(apprentice_user)
    assert client.get(reverse("apprentices:status_list")).url == url("status", application)
    other = make(office, apprentice_user)
    page = client.get(reverse("apprentices:status_list")).content.decode()
    assert application.reference in page
    assert other.reference in page


def test_without_an_application_the_list_says_so(sign_in, apprentice_user):
    assert "No application yet" in sign_in(apprentice_user).get(reverse("apprentices:status_list")).content.decode()


def test_a_status_page_costs_at_most_ten_queries_whatever_happened(
    sign_in, application, apprentice_user, coordinator, django_assert_num_queries, django_assert_max_num_queries
):
    client = sign_in(apprentice_user)
    client.get(url("status", application))  # the session gets its token
    with django_assert_max_num_queries(10) as first:
        client.get(url("status", application))
    offer(application, coordinator)
    log(application, "start_review", "submitted", "in_review")
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(url("status", application))
    application.status = S.IN_REVIEW
    application.save()
    with django_assert_max_num_queries(10):
        client.get(url("status", application))


def test_the_list_costs_the_same_for_two_and_four_rows(
    sign_in, application, apprentice_user, office, django_assert_num_queries, django_assert_max_num_queries
):
    client = sign_in(apprentice_user)
    make(office, apprentice_user)
    client.get(reverse("apprentices:status_list"))
    with django_assert_max_num_queries(10) as first:
        client.get(reverse("apprentices:status_list"))
    make(office, apprentice_user)
    make(office, apprentice_user)
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(reverse("apprentices:status_list"))


@pytest.mark.parametrize("name", ["status", "answer_offer", "withdraw", "own_letter"])
def test_foreign_and_missing_are_the_same_404(client, sign_in, application, coordinator, other_coordinator, name):
    assert client.get(url(name, application)).status_code == 302
    for stranger in (factories.member(Role.APPRENTICE, application.office), coordinator, other_coordinator):
        signed_in = sign_in(stranger)
        assert signed_in.get(url(name, application)).status_code == 404
        assert signed_in.post(url(name, application), {"answer": "yes", "reason": "x"}).status_code in (404, 405)
        assert signed_in.get(reverse(f"apprentices:{name}", args=[999_999])).status_code == 404
    application.refresh_from_db()
    assert application.status == S.SUBMITTED


def test_a_draft_is_on_no_status_page(sign_in, apprentice_user, office):
    draft = factories.ApplicationFactory(round__office=office, email=apprentice_user.email)
    assert sign_in(apprentice_user).get(url("status", draft)).status_code == 404


# --- the answer to an offer -----------------------------------------------------------------------------------------
def test_yes_is_noted_and_mailed(sign_in, application, apprentice_user, coordinator):
    offer(application, coordinator)
    answer = sign_in(apprentice_user).post(url("answer_offer", application), {"answer": "yes"})
    assert answer.url == url("status", application)
    application.refresh_from_db()
    assert application.status == S.ACCEPTED
    move = application.status_changes.last()
    assert (move.name, move.by) == ("accept", apprentice_user)
    assert OutboundMail.objects.get().template == "apprentices/email/offer_accepted"


def test_no_is_noted_with_its_reason(application, apprentice_user, coordinator):
    offer(application, coordinator)
    decline_offer(application=application, by=apprentice_user, reason="Har fått jobb")
    application.refresh_from_db()
    assert application.status == S.DECLINED
    assert application.status_changes.last().note == "Har fått jobb"
    assert OutboundMail.objects.get().template == "apprentices/email/offer_declined"


def test_an_answer_is_asked_for(sign_in, application, apprentice_user, coordinator):
    offer(application, coordinator)
    page = sign_in(apprentice_user).post(url("answer_offer", application), {}).content.decode()
    assert 'href="#id_answer_0"' in page
    application.refresh_from_db()
    assert application.status == S.OFFERED


@pytest.mark.parametrize("service", [accept_offer, decline_offer])
def test_the_last_day_counts_and_the_day_after_does_not(office, application, apprentice_user, coordinator, service):
    today = clock.today(office.tz)
    offer(application, coordinator, answer_by=today - datetime.timedelta(days=1))
    with pytest.raises(Refused):
        service(application=application, by=apprentice_user)
    application.refresh_from_db()
    assert application.status == S.OFFERED
    assert not OutboundMail.objects.exists()
    in_time = make(office, apprentice_user)
    offer(in_time, coordinator, answer_by=today)
    service(application=in_time, by=apprentice_user)


def test_the_rounds_day_holds_where_the_decision_names_none(sign_in, application, apprentice_user, coordinator):
    offer(application, coordinator)
    application.round.answer_by = clock.today() - datetime.timedelta(days=1)
    application.round.save()
    client = sign_in(apprentice_user)
    assert "The last day to answer was" in client.get(url("status", application)).content.decode()
    assert client.post(url("answer_offer", application), {"answer": "yes"}).url == url("status", application)
    application.refresh_from_db()
    assert application.status == S.OFFERED


@pytest.mark.parametrize("status", [status for status in S if status not in (S.OFFERED, S.DRAFT)])
def test_without_an_offer_there_is_no_answer(application, apprentice_user, status):
    application.status = status
    application.save()
    for service in (accept_offer, decline_offer):
        with pytest.raises(TransitionNotAllowed):
            service(application=application, by=apprentice_user)
    assert not OutboundMail.objects.exists()


# --- withdrawing ----------------------------------------------------------------------------------------------------
def test_withdrawing_asks_for_a_reason_and_closes_the_managers_link(sign_in, application, apprentice_user):
    links.create(
        purpose=LinkPurpose.ENDORSE,
        object_id=application.endorsements.get().pk,
        office=application.office,
        address="gunn@example.com",
        language="nb",
    )
    client = sign_in(apprentice_user)
    assert client.get(url("withdraw", application)).status_code == 200
    assert 'href="#id_reason"' in client.post(url("withdraw", application), {"reason": " "}).content.decode()
    assert client.post(url("withdraw", application), {"reason": "Flytter"}).url == url("status", application)
    application.refresh_from_db()
    assert (application.status, application.withdrawn_reason) == (S.WITHDRAWN, "Flytter")
    assert AccessLink.objects.get().revoked_at is not None
    assert OutboundMail.objects.get().template == "apprentices/email/withdrawn"


@pytest.mark.parametrize("status", [S.REJECTED, S.DECLINED, S.LAPSED, S.WITHDRAWN, S.DEFERRED])
def test_a_settled_application_is_not_withdrawn(sign_in, application, apprentice_user, status):
    application.status = status
    application.save()
    with pytest.raises(TransitionNotAllowed):
        withdraw_application(application=application, by=apprentice_user, reason="x")
    page = sign_in(apprentice_user).get(url("status", application)).content.decode()
    assert url("withdraw", application) not in page
    assert Application.objects.get().status == status


# --- whose turn, what to do, what comes -------------------------------------------------------------------------------
def page_of(client, application):
    return client.get(url("status", application)).content.decode()


def test_it_says_whose_turn_it_is_since_when_and_by_when_one_has_an_answer(sign_in, application, apprentice_user):
    since = clock.now() - datetime.timedelta(days=4)
    Endorsement.objects.update(asked_at=since)
    application.round.decisions_by = factories.days(30)
    application.round.save()
    page = page_of(sign_in(apprentice_user), application)
    local = since.astimezone(application.office.tz)
    assert f"Your training manager, since {local.day} {local:%B} (4 days)" in page
    assert f"You get an answer by {formats.day(factories.days(30), 'near')}." in page
    assert "Remind your training manager" not in page


def test_without_a_day_it_says_so_and_a_day_that_has_passed_is_not_hidden(sign_in, application, apprentice_user):
    client = sign_in(apprentice_user)
    assert "The office has not said yet on which day." in page_of(client, application)
    application.round.decisions_by = factories.days(-1)
    application.round.save()
    assert "It takes longer than we had planned." in page_of(client, application)


def test_a_silent_employer_can_be_reminded_after_a_week_once_in_three_days(sign_in, application, apprentice_user):
    client = sign_in(apprentice_user)
    client.post(url("remind_employer", application))
    assert OutboundMail.objects.filter(to_address="gunn@example.com").count() == 0
    Endorsement.objects.update(asked_at=clock.now() - datetime.timedelta(days=7))
    assert url("remind_employer", application) in page_of(client, application)
    for _click in range(2):
        client.post(url("remind_employer", application))
    assert OutboundMail.objects.filter(to_address="gunn@example.com").count() == 1
    assert url("remind_employer", application) not in page_of(client, application)
    Endorsement.objects.update(reminded_at=clock.now() - datetime.timedelta(days=3))
    client.post(url("remind_employer", application))
    assert OutboundMail.objects.filter(to_address="gunn@example.com").count() == 2
    assert AccessLink.objects.filter(purpose=LinkPurpose.ENDORSE, revoked_at=None).count() == 2  # the older one works
    case = Application.objects.get(pk=application.pk)
    log = [(row["what"], row["who"]) for row in log_of(case, list(case.status_changes.all()), [])]
    assert log.count(("Reminder to Gunn Helen Strømsør", str(apprentice_user))) == 2


def test_an_employer_who_has_answered_is_not_reminded(sign_in, application, apprentice_user):
    Endorsement.objects.update(asked_at=clock.now() - datetime.timedelta(days=9), answer="yes", answered_at=clock.now())
    sign_in(apprentice_user).post(url("remind_employer", application))
    assert OutboundMail.objects.count() == 0


def test_the_page_of_somebody_with_a_stay_has_a_bounded_number_of_queries(
    sign_in, application, apprentice_user, coordinator
):
    offer(application, coordinator)
    Application.objects.filter(pk=application.pk).update(status=S.ACCEPTED)
    factories.PlacementFactory(office=application.office, application=application, apprentice=application.apprentice)
    client = sign_in(apprentice_user)
    page_of(client, application)
    assert queries_of(client, url("status", application)) <= 19  # the second stage reads each of its tables


def test_the_findings_of_eligibility_stand_there_in_friendly_words(sign_in, application, apprentice_user):
    check_eligibility(application=application)
    page = page_of(sign_in(apprentice_user), application)
    assert "when the first group leaves: that is fine." in page


def test_withdrawing_after_a_yes_tells_the_office_by_mail(application, apprentice_user):
    Application.objects.filter(pk=application.pk).update(status=S.ACCEPTED)
    withdraw_application(application=application, by=apprentice_user, reason="I have back pain")
    (mail,) = OutboundMail.objects.filter(template="apprentices/email/accepted_withdrawn")
    assert mail.to_address == application.office.email
    assert "back pain" not in mail.body


def test_withdrawing_before_an_offer_mails_only_the_applicant(application, apprentice_user):
    withdraw_application(application=application, by=apprentice_user, reason="New job")
    assert [mail.template for mail in OutboundMail.objects.all()] == ["apprentices/email/withdrawn"]
