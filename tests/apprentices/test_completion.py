"""Returned for completion: only the named fields open, saved in part, sent when all are there, reminded once, closed."""

import datetime

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus as S
from apprentices.enums import AttachmentKind, EndorsementKind
from apprentices.models import Application, CompletionRequest, Endorsement, TrainingOffice
from apprentices.selectors.attachments import FIRST_STAGE
from apprentices.selectors.completion import ASKABLE, FILES, LANGUAGES, NEVER_ASKED, changes_of, due_for_reminder
from apprentices.selectors.ranking import standings
from apprentices.services.answers import withdraw_application
from apprentices.services.attachments import add_attachment, delete_attachment
from apprentices.services.completion import (
    close_completion,
    complete_application,
    remind_completion,
    return_application,
    save_completion,
)
from apprentices.services.drafts import WRITABLE
from apprentices.services.endorsements import answer_endorsement, ask_everybody
from apprentices.services.reviews import give_review
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.accounts.models import AccessLink
from mobility.common import clock, uploads
from mobility.common.errors import NotReady, Refused, TransitionNotAllowed
from mobility.common.models import OutboundMail
from tests import factories
from tests.apprentices.test_attachments import named
from tests.common.test_uploads import pdf

pytestmark = pytest.mark.django_db
FIELDS = ["birth_date", "guardian_name", "guardian_email", "motivation"]


@pytest.fixture
def application(office, apprentice_user):
    sent = factories.ApplicationFactory(
        round=factories.RoundFactory(office=office), submitted=True, status=S.IN_REVIEW, written_form="en"
    )
    sent.apprentice.user = apprentice_user
    sent.apprentice.save()
    return sent


def give_back(application, coordinator, **changes):
    asked = {"fields": FIELDS, "message": "Please tell us more.", "due_on": factories.days(7), **changes}
    return return_application(application=application, by=coordinator, **asked)


@pytest.fixture
def asked(application, coordinator):
    return give_back(application, coordinator)


def fresh(application):
    return Application.objects.get(pk=application.pk)


def url(name, application):
    return reverse(f"apprentices:{name}", args=[application.pk])


def mails(template):
    return list(OutboundMail.objects.filter(template=f"apprentices/email/{template}"))


# --- the office returns it --------------------------------------------------------------------------------------------
def test_returning_moves_it_and_mails_the_applicant_with_the_day(application, asked):
    assert fresh(application).status == S.RETURNED
    assert (asked.returned_from, asked.fields) == (S.IN_REVIEW, FIELDS)
    assert asked.before["motivation"] == "Jeg vil lære mer om demensomsorg."
    (mail,) = mails("completion_asked")
    assert mail.subject == f"Action needed: complete your application {application.reference}"
    assert "Please tell us more." in mail.body
    assert "- Motivation" in mail.body
    assert url("complete", application) in mail.body


@pytest.mark.parametrize("status", sorted(set(S) - {S.SUBMITTED, S.IN_REVIEW, S.DRAFT}))
def test_only_what_is_not_decided_can_be_returned(application, coordinator, status):
    Application.objects.filter(pk=application.pk).update(status=status)
    with pytest.raises(TransitionNotAllowed):
        give_back(application, coordinator)
    assert CompletionRequest.objects.count() == 0
    assert mails("completion_asked") == []


@pytest.mark.parametrize(
    "wrong", [{"due_on": factories.days(0)}, {"fields": []}, {"fields": ["email"]}, {"fields": ["status"]}]
)
def test_a_wrong_request_is_refused_and_nothing_is_kept(application, coordinator, wrong):
    with pytest.raises(Refused):
        give_back(application, coordinator, **wrong)
    assert (fresh(application).status, CompletionRequest.objects.count()) == (S.IN_REVIEW, 0)


def test_a_pending_decision_is_taken_back_first(application, coordinator):
    factories.DecisionFactory(application=application)
    with pytest.raises(Refused, match="pending decision"):
        give_back(application, coordinator)


def test_the_coordinator_sees_the_mail_before_it_goes(sign_in, coordinator, application):
    client = sign_in(coordinator)
    address = url("return_application", application)
    data = {"topics": ["motivation"], "message": "More, please.", "due_on": f"{factories.days(5):%Y-%m-%d}"}
    page = client.post(address, data).content.decode()
    assert "Action needed: complete your application" in page
    assert "More, please." in page
    assert (fresh(application).status, mails("completion_asked")) == (S.IN_REVIEW, [])
    assert 'name="send"' not in client.post(address, {**data, "change": "1"}).content.decode()
    response = client.post(address, {**data, "send": "1"})
    assert response.url == reverse("admin:apprentices_application_change", args=[application.pk])
    assert CompletionRequest.objects.get().fields == ["motivation"]
    assert len(mails("completion_asked")) == 1


def test_a_day_that_has_passed_is_told_at_the_field(sign_in, coordinator, application):
    data = {"topics": ["motivation"], "message": "x", "due_on": f"{factories.days(0):%Y-%m-%d}", "send": "1"}
    page = sign_in(coordinator).post(url("return_application", application), data).content.decode()
    assert "The last day must lie ahead." in page
    assert fresh(application).status == S.IN_REVIEW


# --- the applicant completes it ---------------------------------------------------------------------------------------
def test_the_page_opens_the_named_fields_and_shows_the_rest(sign_in, apprentice_user, application, asked):
    page = sign_in(apprentice_user).get(url("complete", application)).content.decode()
    assert 'name="motivation"' in page
    assert 'name="birth_date"' in page
    assert 'name="company_name"' not in page
    assert application.company_name in page  # to read
    assert "Please tell us more." in page


def test_other_fields_in_the_post_are_nothing(sign_in, apprentice_user, application, asked):
    data = {
        "motivation": "Mehr lernen",
        "birth_date": "2001-02-28",
        "company_name": "Elsewhere",
        "family_name": "Other",
        "status": "accepted",
        "save": "1",
    }
    response = sign_in(apprentice_user).post(url("complete", application), data)
    assert response.url == url("complete", application)
    now = fresh(application)
    assert (now.motivation, now.birth_date) == ("Mehr lernen", datetime.date(2001, 2, 28))
    assert (now.company_name, now.family_name, now.status) == (
        application.company_name,
        application.family_name,
        S.RETURNED,
    )


def test_the_service_takes_no_other_field_either(application, asked, apprentice_user):
    with pytest.raises(TypeError):
        save_completion(application=application, by=apprentice_user, answers={"company_name": "Elsewhere"})
    assert fresh(application).company_name == application.company_name


def test_it_is_saved_in_part_and_says_when(sign_in, apprentice_user, application, asked):
    client = sign_in(apprentice_user)
    client.post(url("complete", application), {"motivation": "", "birth_date": "2001-02-28", "save": "1"})
    now = fresh(application)
    assert (now.motivation, now.status) == ("", S.RETURNED)
    saved = CompletionRequest.objects.get().saved_at.astimezone(application.office.tz)
    assert f"Saved {saved:%H:%M}" in client.get(url("complete", application)).content.decode()


def test_a_bad_field_costs_the_others_nothing(sign_in, apprentice_user, application, asked):
    data = {"motivation": "Much", "birth_date": "31.31.2001", "send": "1"}
    page = sign_in(apprentice_user).post(url("complete", application), data).content.decode()
    assert "<title>Error: " in page
    assert fresh(application).motivation == "Much"
    assert fresh(application).status == S.RETURNED


def test_it_is_sent_when_every_named_field_is_filled_in(sign_in, apprentice_user, application, asked, coordinator):
    client = sign_in(apprentice_user)
    page = client.post(url("complete", application), {"motivation": "", "birth_date": "2001-02-28", "send": "1"})
    assert "#id_motivation" in page.content.decode()
    assert fresh(application).status == S.RETURNED
    client.post(url("complete", application), {"motivation": "Much", "birth_date": "2001-02-28", "send": "1"})
    assert fresh(application).status == S.IN_REVIEW
    done = CompletionRequest.objects.get()
    assert (done.before["motivation"], done.after["motivation"]) == ("Jeg vil lære mer om demensomsorg.", "Much")
    assert done.answered_at is not None
    assert application.apprentice.__class__.objects.get().birth_date == datetime.date(2001, 2, 28)
    (mail,) = mails("completion_answered")
    assert mail.to_address == coordinator.email
    moves = list(application.status_changes.values_list("name", "by"))
    assert moves == [("return_for_completion", coordinator.pk), ("complete_in_review", apprentice_user.pk)]


def test_what_was_returned_before_review_goes_back_there(application, coordinator, apprentice_user):
    Application.objects.filter(pk=application.pk).update(status=S.SUBMITTED)
    give_back(application, coordinator, fields=["motivation"])
    complete_application(application=application, by=apprentice_user)
    assert fresh(application).status == S.SUBMITTED


def test_completing_checks_eligibility_anew(application, coordinator, apprentice_user):
    give_back(application, coordinator, fields=["contract_starts_on", "contract_ends_on"])
    answers = {"contract_starts_on": factories.days(-100), "contract_ends_on": factories.days(150)}
    save_completion(application=application, by=apprentice_user, answers=answers)
    complete_application(application=application, by=apprentice_user)
    assert fresh(application).eligibility.level == "block"


def test_who_turns_out_to_be_under_age_names_a_guardian(application, asked, apprentice_user):
    answers = {"birth_date": factories.days(-17 * 365), "motivation": "Much"}
    save_completion(application=application, by=apprentice_user, answers=answers)
    with pytest.raises(NotReady) as error:
        complete_application(application=application, by=apprentice_user)
    assert error.value.missing == ["Fill in: guardian", "Fill in: e-mail of the guardian"]


def test_after_the_last_day_one_may_still_complete(sign_in, apprentice_user, application, asked):
    CompletionRequest.objects.update(due_on=factories.days(-1))
    client = sign_in(apprentice_user)
    assert "Send it all the same" in client.get(url("complete", application)).content.decode()
    client.post(url("complete", application), {"motivation": "Much", "birth_date": "2001-02-28", "send": "1"})
    assert fresh(application).status == S.IN_REVIEW


def test_nothing_can_be_changed_when_nothing_is_asked(sign_in, apprentice_user, application):
    response = sign_in(apprentice_user).post(url("complete", application), {"motivation": "Much", "send": "1"})
    assert response.url == url("status", application)
    assert fresh(application).motivation != "Much"
    with pytest.raises(TransitionNotAllowed):
        save_completion(application=application, by=apprentice_user, answers={})


def test_the_second_click_finds_nothing_to_send(application, asked, apprentice_user):
    complete_application(application=application, by=apprentice_user)
    with pytest.raises(TransitionNotAllowed):
        complete_application(application=application, by=apprentice_user)
    assert len(mails("completion_answered")) == 1


# --- closing, withdrawing, reminding ----------------------------------------------------------------------------------
def test_the_office_goes_on_without_the_answer(sign_in, coordinator, application, asked):
    client = sign_in(coordinator)
    client.post(url("close_completion", application), {"reason": "Told us by phone."})
    assert fresh(application).status == S.IN_REVIEW
    assert CompletionRequest.objects.get().closed_by == coordinator
    assert application.status_changes.last().note == "Told us by phone."
    assert len(mails("completion_closed")) == 1
    with pytest.raises(TransitionNotAllowed):
        close_completion(application=application, by=coordinator, reason="again")


def test_withdrawing_closes_what_was_asked(application, asked, apprentice_user):
    withdraw_application(application=application, by=apprentice_user, reason="New job")
    assert CompletionRequest.objects.open().count() == 0
    assert fresh(application).status == S.WITHDRAWN


@pytest.mark.parametrize(("left", "due"), [(3, False), (2, True), (0, True), (-1, False)])
def test_a_reminder_goes_two_days_before_the_last_day_once(application, asked, left, due):
    CompletionRequest.objects.update(due_on=factories.days(left), asked_at=clock.now() - datetime.timedelta(days=4))
    assert due_for_reminder() == ([asked.pk] if due else [])
    assert remind_completion(asked.pk) is due
    assert remind_completion(asked.pk) is False
    assert len(mails("completion_reminder")) == int(due)


def test_nobody_is_reminded_on_the_day_of_the_request(application, coordinator):
    give_back(application, coordinator, due_on=factories.days(1))
    assert due_for_reminder() == []


def test_before_and_after_stand_in_the_case(sign_in, coordinator, application, asked, apprentice_user):
    save_completion(application=application, by=apprentice_user, answers={"motivation": "Much more"})
    complete_application(application=application, by=apprentice_user)
    page = sign_in(coordinator).get(reverse("admin:apprentices_application_change", args=[application.pk]))
    assert "Before: Jeg vil lære mer om demensomsorg." in page.content.decode()
    assert "After: Much more" in page.content.decode()


# --- reviewers --------------------------------------------------------------------------------------------------------
def test_a_returned_application_is_still_the_reviewers_and_marked(sign_in, application, coordinator):
    criterion = factories.CriterionFactory(round=application.round, weight=100)
    review = factories.ReviewFactory(application=application)
    give_back(application, coordinator)
    assert [line.application_id for line in standings(application.round)] == [application.pk]
    page = sign_in(review.reviewer).get(reverse("apprentices:review", args=[review.pk])).content.decode()
    assert "Returned for completion: the applicant is asked for more." in page
    give_review(review=review, marks={criterion.pk: (4, "")}, by=review.reviewer)
    review.refresh_from_db()
    assert review.given_at is not None


def test_what_was_returned_before_its_review_is_not_ranked(application, coordinator):
    Application.objects.filter(pk=application.pk).update(status=S.SUBMITTED)
    give_back(application, coordinator)
    assert standings(application.round) == []


# --- what can be named ------------------------------------------------------------------------------------------------
def test_everything_that_the_form_asks_can_be_named_but_for_what_is_stated():
    assert {name for name in ASKABLE if not name.startswith(FILES)} == (WRITABLE | {LANGUAGES}) - NEVER_ASKED
    assert {f"{FILES}{kind}" for kind in FIRST_STAGE} == {name for name in ASKABLE if name.startswith(FILES)}


def checked():
    return uploads.check(named(pdf()))


def test_files_of_a_named_kind_are_open_and_no_others(application, coordinator):
    certificate = factories.AttachmentFactory(application=application, kind=AttachmentKind.CERTIFICATE)
    give_back(application, coordinator, fields=["attachment:cv"])
    for kind in set(AttachmentKind) - {AttachmentKind.CV}:
        with pytest.raises(TransitionNotAllowed):
            add_attachment(application=application, kind=kind, checked=checked())
    with pytest.raises(TransitionNotAllowed):
        delete_attachment(attachment=certificate)
    added = add_attachment(application=application, kind=AttachmentKind.CV, checked=checked())
    assert CompletionRequest.objects.get().saved_at is not None
    complete_application(application=application, by=coordinator)
    with pytest.raises(TransitionNotAllowed):
        delete_attachment(attachment=added)
    (change,) = changes_of(CompletionRequest.objects.get())
    assert (change["field"], change["before"], change["is_changed"]) == ("CV", "", True)


def test_the_applicant_adds_the_file_on_the_page_and_is_told_while_there_is_none(
    sign_in, apprentice_user, application, coordinator
):
    give_back(application, coordinator, fields=["attachment:cv", "phone"])
    client = sign_in(apprentice_user)
    page = client.get(url("complete", application)).content.decode()
    assert ('name="file_cv"' in page, 'name="file_certificate"' in page, "multipart" in page) == (True, False, True)
    refused = client.post(url("complete", application), {"phone": "+4799990101", "send": "1"}).content.decode()
    assert 'href="#file_cv"' in refused
    sent = {"phone": "+4799990101", "file_cv": named(pdf()), "file_certificate": named(pdf()), "send": "1"}
    assert client.post(url("complete", application), sent).url == fresh(application).get_absolute_url()
    assert [each.kind for each in application.attachments.all()] == ["cv"]
    assert fresh(application).status == S.IN_REVIEW


def rows_of(*rows):
    data = {"languages-TOTAL_FORMS": len(rows), "languages-INITIAL_FORMS": 0}
    for number, (language, level) in enumerate(rows):
        data |= {f"languages-{number}-language": language, f"languages-{number}-level": level}
    return data


def test_languages_are_open_when_they_are_named_and_only_then(sign_in, apprentice_user, application, coordinator):
    give_back(application, coordinator, fields=["phone"])
    client = sign_in(apprentice_user)
    client.post(url("complete", application), {"phone": "+4799990101", **rows_of(("de", "B1"))})
    with pytest.raises(TypeError):
        save_completion(application=application, by=apprentice_user, answers={}, levels={"de": "B1"})
    assert application.language_skills.count() == 0
    close_completion(application=application, by=coordinator, reason="Once more")
    give_back(application, coordinator, fields=["languages"])
    assert 'name="languages-0-language"' in client.get(url("complete", application)).content.decode()
    client.post(url("complete", application), {**rows_of(("de", "B1")), "send": "1"})
    assert list(application.language_skills.values_list("language", "level")) == [("de", "B1")]
    change = changes_of(CompletionRequest.objects.latest("pk"))[0]
    assert (change["field"], change["before"], change["after"]) == ("Other languages", "", "German: B1")


def test_the_training_office_is_one_choice_and_two_columns(sign_in, apprentice_user, application, coordinator):
    body = TrainingOffice.objects.create(office=application.office, name="BLOK", email="blok@example.org")
    give_back(application, coordinator, fields=["training_office_answer", "training_office", "training_office_name"])
    data = {"training_office_choice": str(body.pk), "send": "1"}
    sign_in(apprentice_user).post(url("complete", application), data)
    found = fresh(application)
    assert (found.training_office, found.training_office_answer, found.status) == (body, "listed", S.IN_REVIEW)
    assert Endorsement.objects.get(kind=EndorsementKind.TRAINING_OFFICE).email == "blok@example.org"


# --- who is asked instead ---------------------------------------------------------------------------------------------
def link_to(row):
    return links.create(
        purpose=LinkPurpose.ENDORSE, object_id=row.pk, office=row.application.office, address=row.email, language="en"
    ).link


def test_another_training_manager_is_asked_and_the_old_link_and_answer_count_no_more(application, coordinator):
    (row,) = ask_everybody(application=application)
    answer_endorsement(link=link_to(row), answer="yes", wages="full", name="Gunn Helen Strømsør")
    link_to(row)
    give_back(application, coordinator, fields=["manager_name", "manager_email", "manager_phone"])
    answers = {"manager_name": "Odd Berg", "manager_email": "odd@example.com"}
    save_completion(application=application, by=coordinator, answers=answers)
    complete_application(application=application, by=coordinator)
    row.refresh_from_db()
    assert (row.name, row.email, row.answer, row.wages) == ("Odd Berg", "odd@example.com", "waiting", "")
    assert [reply.name for reply in row.replies.all()] == ["Gunn Helen Strømsør"]
    assert OutboundMail.objects.filter(to_address="odd@example.com").count() == 1
    live = AccessLink.objects.filter(purpose=LinkPurpose.ENDORSE, revoked_at=None, used_at=None)
    assert [link.address for link in live] == ["odd@example.com"]


def test_another_guardian_is_asked_and_the_employer_is_left_in_peace(application, coordinator):
    guardian = {"guardian_name": "Tora", "guardian_email": "tora@example.net", "birth_date": factories.days(-17 * 365)}
    Application.objects.filter(pk=application.pk).update(**guardian)
    application.refresh_from_db()
    ask_everybody(application=application)
    give_back(application, coordinator, fields=["guardian_name", "guardian_email"])
    answers = {"guardian_name": "Per", "guardian_email": "per@example.net"}
    save_completion(application=application, by=coordinator, answers=answers)
    complete_application(application=application, by=coordinator)
    assert sorted(Endorsement.objects.values_list("kind", "email")) == [
        ("employer", "gunn.helen@example.com"),
        ("guardian", "per@example.net"),
    ]
    live = AccessLink.objects.filter(purpose=LinkPurpose.ENDORSE, revoked_at=None, used_at=None)
    assert sorted(link.address for link in live) == ["gunn.helen@example.com", "per@example.net"]


def test_whoever_turns_out_to_be_of_age_has_no_guardian_to_ask(application, coordinator):
    guardian = {"guardian_name": "Tora", "guardian_email": "tora@example.net", "birth_date": factories.days(-17 * 365)}
    Application.objects.filter(pk=application.pk).update(**guardian)
    application.refresh_from_db()
    ask_everybody(application=application)
    factories.EndorsementFactory(application=application, kind=EndorsementKind.GUARDIAN, email="per@example.net")
    give_back(application, coordinator, fields=["birth_date", "guardian_name", "guardian_email"])
    answers = {"birth_date": factories.days(-30 * 365)}
    save_completion(application=application, by=coordinator, answers=answers)
    complete_application(application=application, by=coordinator)
    assert list(Endorsement.objects.values_list("kind", flat=True)) == ["employer"]
    assert fresh(application).guardian_email == ""
    live = AccessLink.objects.filter(purpose=LinkPurpose.ENDORSE, revoked_at=None, used_at=None)
    assert [link.address for link in live] == ["gunn.helen@example.com"]


def test_two_guardians_give_way_to_one(application, coordinator):
    guardian = {"guardian_name": "Tora", "guardian_email": "tora@example.net", "birth_date": factories.days(-17 * 365)}
    Application.objects.filter(pk=application.pk).update(**guardian)
    application.refresh_from_db()
    ask_everybody(application=application)
    factories.EndorsementFactory(application=application, kind=EndorsementKind.GUARDIAN, email="old@example.net")
    give_back(application, coordinator, fields=["guardian_name", "guardian_email"])
    save_completion(
        application=application,
        by=coordinator,
        answers={"guardian_name": "Per", "guardian_email": "per@example.net"},
    )
    complete_application(application=application, by=coordinator)
    rows = Endorsement.objects.filter(kind=EndorsementKind.GUARDIAN)
    assert [(row.email, row.answer) for row in rows] == [("per@example.net", "waiting")]
