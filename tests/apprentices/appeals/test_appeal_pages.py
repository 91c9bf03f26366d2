"""Pages of appeals: the applicant's and the office's, who may what, the way on the status page, the own data."""

import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apprentices.enums import AppealStatus, ApplicationStatus
from apprentices.models import Appeal, Application, Decision
from apprentices.selectors.appeals import appeal_of
from apprentices.selectors.own_data import parts_of
from apprentices.selectors.status import for_status_page, published_decision, stations
from apprentices.services.appeals import decide_appeal, letter_of
from mobility.common import clock
from mobility.common.models import OutboundMail
from tests.apprentices.appeals.acts import TEXT
from tests.apprentices.deciding import at, in_review
from tests.factories import AppealFactory, DecisionFactory, OfficeFactory, member


def at_page(name, *args):
    return reverse(f"apprentices:{name}", args=args)


def test_the_applicant_appeals_on_the_status_page_and_reads_where_it_stands(sign_in, rejected, coordinator):
    client, status, page = sign_in(rejected.apprentice.user), at_page("status", rejected.pk), at_page(
        "appeal_decision", rejected.pk
    )  # fmt: skip
    assert page in client.get(status).content.decode()
    assert "No certificate." in client.get(page).content.decode()
    refused = client.post(page, {"text": TEXT}).content.decode()
    assert "Tick that you want to appeal" in refused
    assert TEXT in refused
    assert client.post(page, {"text": TEXT, "is_sure": "on"}).url == status
    assert client.post(page, {"text": TEXT, "is_sure": "on"}).url == status
    other = client.post(page, {"text": "Another tab", "is_sure": "on"}).content.decode()
    assert "You have appealed already" in other
    assert "Another tab" in other
    shown = client.get(status).content.decode()
    assert "We have your appeal" in shown
    assert "You appealed" in shown
    assert page not in shown
    assert client.get(page).url == status
    decide_appeal(appeal=Appeal.objects.get(), outcome="rejected", words="It is another paper.", by=coordinator)
    shown = client.get(status).content.decode()
    assert "The decision stands" in shown
    assert "It is another paper." in shown
    letter = client.get(at_page("own_appeal_letter", rejected.pk))
    assert b"".join(letter.streaming_content)[:5] == b"%PDF-"
    letter.close()


def test_after_the_last_day_the_page_says_so(sign_in, rejected):
    OutboundMail.objects.filter(pk=published_decision(rejected).mail_id).update(sent_at=clock.now())
    client = sign_in(rejected.apprentice.user)
    assert "You can appeal until" in client.get(at_page("appeal_decision", rejected.pk)).content.decode()
    with at(clock.now() + datetime.timedelta(days=40)):
        client.force_login(rejected.apprentice.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = client.get(at_page("appeal_decision", rejected.pk)).content.decode()
    assert "Say also why your appeal comes late" in page


def test_the_page_with_the_answer_quotes_the_appeal_and_says_whether_it_was_in_time(sign_in, coordinator, appeal):
    client = sign_in(coordinator)
    body = client.get(at_page("answer_appeal", appeal.pk)).text
    assert f'<blockquote class="u-quote"><p>{appeal.text}</p></blockquote>' in body
    assert "in time: the last day is" in body
    Appeal.objects.update(is_late=True)
    assert "too late, the last day was" in client.get(at_page("answer_appeal", appeal.pk)).text


def test_the_office_answers_from_the_case_and_from_the_workbench(sign_in, coordinator, appeal, round_):
    client, page = sign_in(coordinator), at_page("answer_appeal", appeal.pk)
    case = reverse("admin:apprentices_application_change", args=[appeal.application.pk])
    assert page in client.get(case).content.decode()
    assert page in client.get(at_page("appeals", round_.pk)).content.decode()
    assert at_page("appeals", round_.pk) in client.get(reverse("admin:index")).content.decode()
    kept = client.post(page, {"answer": "upheld", "result": "", "words": "You are right."}).content.decode()
    assert "Choose what the new decision gives" in kept
    assert "You are right." in kept
    assert client.post(page, {"answer": "upheld", "result": "offer", "words": "You are right."}).url == case
    assert Decision.objects.pending().get().source == "appeal"
    assert "You are right." in client.get(case).content.decode()
    assert client.get(page).url == case
    letter = client.get(at_page("appeal_letter", appeal.pk))
    assert b"".join(letter.streaming_content)[:5] == b"%PDF-"
    letter.close()


def test_the_letter_is_shown_before_the_answer_goes_out_and_nothing_is_saved(sign_in, coordinator, appeal):
    client, page = sign_in(coordinator), at_page("answer_appeal", appeal.pk)
    mails = OutboundMail.objects.count()
    typed = {"answer": "upheld", "result": "offer", "words": "You are right."}
    shown = client.post(page, typed | {"look": "1"}).text
    assert shown.count("You are right.") == 2  # in the field, and in the letter
    assert Appeal.objects.get().status == AppealStatus.RECEIVED
    assert (Decision.objects.pending().count(), OutboundMail.objects.count()) == (0, mails)
    client.post(page, typed)
    appeal.refresh_from_db()
    sent = letter_of(appeal, outcome=appeal.status, by=coordinator)
    assert f'<h2 class="u-h2">{sent.title}</h2>' in shown
    assert all(paragraph in shown for _heading, paragraphs in sent.sections for paragraph in paragraphs)


def test_an_answer_that_is_a_mail_alone_says_so(sign_in, coordinator, appeal):
    Appeal.objects.update(is_late=True)
    page = at_page("answer_appeal", appeal.pk)
    shown = sign_in(coordinator).post(page, {"answer": "admitted", "words": "We read it.", "look": "1"}).text
    assert "No letter goes with this answer" in shown
    assert 'id="the-letter"' not in shown
    assert Appeal.objects.get().status == AppealStatus.RECEIVED


def test_what_the_service_refuses_comes_back_with_the_words(sign_in, coordinator, appeal, round_):
    round_.places = 1
    round_.save()
    page = at_page("answer_appeal", appeal.pk)
    kept = sign_in(coordinator).post(page, {"answer": "upheld", "result": "offer", "words": "You are right."})
    assert "1 offer too many" in kept.content.decode()
    assert "You are right." in kept.content.decode()


def test_who_may_what(sign_in, office, appeal, rejected, round_):
    for role, answers, sees in (
        ("coordinator", 200, 200),
        ("head", 200, 200),
        ("auditor", 403, 200),
        ("assistant", 403, 403),
        ("reviewer", 404, 404),
    ):
        client = sign_in(member(role, office))
        found = [client.get(at_page("answer_appeal", appeal.pk)).status_code]
        found.append(client.get(at_page("appeals", round_.pk)).status_code)
        assert found == [answers, sees], role
    assistant = sign_in(member("assistant", office))
    case = assistant.get(reverse("admin:apprentices_application_change", args=[rejected.pk])).content.decode()
    assert TEXT not in case


def test_other_offices_and_other_applicants_find_nothing(sign_in, appeal, rejected, round_):
    stranger, other = member("coordinator", OfficeFactory()), member("apprentice", rejected.office)
    client = sign_in(stranger)
    pages = [at_page(name, appeal.pk) for name in ("answer_appeal", "appeal_letter")] + [at_page("appeals", round_.pk)]
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    client = sign_in(other)
    pages = [at_page(name, rejected.pk) for name in ("appeal_decision", "own_appeal_letter")]
    assert [client.get(page).status_code for page in pages] == [404, 404]
    assert client.post(pages[0], {"text": TEXT, "is_sure": "on"}).status_code == 404


def test_the_list_of_a_round_asks_as_often_for_one_as_for_three(sign_in, coordinator, round_):
    client, page = sign_in(coordinator), at_page("appeals", round_.pk)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            application = in_review(round_, status=ApplicationStatus.REJECTED)
            AppealFactory(
                decision=DecisionFactory(
                    application=application, result="rejection", reasons="x", published_at=clock.now(),
                    decided_by=coordinator,
                )
            )  # fmt: skip
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_my_data_holds_the_appeal_and_its_letter(appeal, rejected, coordinator):
    decide_appeal(appeal=appeal, outcome="rejected", words="It is another paper.", by=coordinator)
    parts = list(parts_of(rejected.apprentice.user))
    (case,) = [part.data for part in parts if part.name.endswith("application.json")]
    assert [(each["text"], each["words"]) for each in case["appeals"]] == [(TEXT, "It is another paper.")]
    assert str(coordinator) not in str(case["appeals"])
    assert Appeal.objects.get().letter in [part.file for part in parts]


def test_the_way_stands_at_the_appeal_while_it_waits(appeal, rejected, coordinator):
    def way():
        route = stations(rejected_page(rejected), published_decision(rejected), appeal_of(rejected))
        return [(station["what"], station["state"]) for station in route[-3:]]

    no = "You did not get a place this time"
    assert way() == [(no, "done"), ("You appealed", "done"), ("We have your appeal", "here")]
    decide_appeal(appeal=appeal, outcome="rejected", words="x", by=coordinator)
    assert way() == [(no, "here"), ("You appealed", "done"), ("The decision stands", "done")]


def rejected_page(application):
    return for_status_page(Application.objects.filter(pk=application.pk)).get()


def test_every_state_has_friendly_words():
    assert [AppealFactory.build(status=status, decision=None).friendly_status != "" for status in AppealStatus] == [
        True
    ] * len(AppealStatus)
