"""The second stage: who is asked, what is saved, what is missing, rows and files."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apprentices.enums import ApplicationStatus
from apprentices.forms.details import FORMS, CertificateForm, InsuranceForm
from apprentices.forms.protected import PROTECTED_FORMS, account_number
from apprentices.models import Attachment, Details
from apprentices.reasons_details import REASONS
from apprentices.selectors import details as selectors
from apprentices.services import details as services
from mobility.common.errors import Refused, TransitionNotAllowed
from tests import factories
from tests.apprentices.test_attachments import SCRIPT, named
from tests.common.test_uploads import pdf, picture

pytestmark = pytest.mark.django_db
CODES = [section.code for section in selectors.ALL]


def accepted(office, user, **fields):
    fields = {"status": ApplicationStatus.ACCEPTED} | fields
    application = factories.ApplicationFactory(round=factories.RoundFactory(office=office), submitted=True, **fields)
    application.apprentice.user = user
    application.apprentice.save()
    return application


@pytest.fixture
def application(office, apprentice_user):
    return accepted(office, apprentice_user)


@pytest.fixture
def me(sign_in, apprentice_user):
    return sign_in(apprentice_user)


def at(application, code=None):
    if code is None:
        return reverse("apprentices:details", args=[application.pk])
    return reverse("apprentices:details_section", args=[application.pk, code])


def states(application):
    return {row["section"].code: row["state"] for row in selectors.overview(application)}


def test_only_who_said_yes_is_asked(me, office, apprentice_user):
    for status in ApplicationStatus:
        if status != ApplicationStatus.DRAFT:
            application = accepted(office, apprentice_user, status=status)
            expected = 200 if status == ApplicationStatus.ACCEPTED else 404
            assert me.get(at(application)).status_code == expected, status
            assert me.get(at(application, "lodging")).status_code == expected, status
            if expected == 404:
                with pytest.raises(TransitionNotAllowed):
                    services.save_details(application=application, by=apprentice_user, lodging_wish="family")
                assert me.post(at(application, "lodging"), {"lodging_wish": "family"}).status_code == 404
    assert not Details.objects.exists()


def test_the_second_stage_of_somebody_else_is_the_same_404_as_a_missing_one(sign_in, application, coordinator):
    for user in (factories.member("apprentice", application.office), coordinator):
        client = sign_in(user)
        for code in CODES:
            assert client.get(at(application, code)).status_code == 404
            assert client.post(at(application, code), {"consent": "on"}).status_code == 404
        assert client.get(reverse("apprentices:details", args=[999_999])).status_code == 404


def test_every_section_opens_and_is_saved_empty(me, application):
    for code in CODES:
        if code == "guardians":
            continue  # an adult's
        page = me.get(at(application, code))
        assert page.status_code == 200, code
        consent = {"consent": "on"} if "Tick" in page.content.decode() or selectors_kind(code) else {}
        assert me.post(at(application, code), consent).status_code == 302, code
    assert set(states(application)) == set(CODES) - {"guardians"}


def selectors_kind(code):
    return next(section.kind for section in selectors.ALL if section.code == code)


def test_guardians_are_asked_of_those_under_18_only(me, office, apprentice_user, application):
    assert me.get(at(application, "guardians")).status_code == 404
    minor = accepted(office, apprentice_user, birth_date=factories.days(-17 * 365), guardian_name="Tora Øygården")
    page = me.get(at(minor, "guardians")).content.decode()
    assert "Phone of Tora Øygården" in page
    me.post(at(minor, "guardians"), {"guardian_phone": "99990110"})
    assert str(minor.details.guardian_phone) == "+47 99 99 01 10"
    assert states(minor)["guardians"] == "complete"


def test_a_section_goes_from_empty_over_begun_to_complete(me, application):
    found = [states(application)["licence"]]
    me.post(at(application, "licence"), {"has_licence": "True"})
    found.append(states(application)["licence"])
    me.post(at(application, "licence"), {"has_licence": "True", "licence_classes": "B", "licence_since": "2025-03-01"})
    found.append(states(application)["licence"])
    assert found == ["empty", "begun", "complete"]


def test_what_is_sound_is_saved_beside_an_error(me, application):
    page = me.post(at(application, "a1"), {"a1_asked_on": "2026-10-01", "a1_received_on": "31.31.2026"})
    html = page.content.decode()
    assert "<title>Error:" in html
    assert 'href="#id_a1_received_on"' in html
    assert "31.31.2026" in html
    assert application.details.a1_asked_on == datetime.date(2026, 10, 1)


def test_an_a1_certificate_does_not_come_before_it_is_asked_for(me, application):
    page = me.post(at(application, "a1"), {"a1_asked_on": "2026-10-02", "a1_received_on": "2026-10-01"})
    assert "came before it was asked for" in page.content.decode()
    assert application.details.a1_received_on is None


def test_no_licence_has_no_classes(me, application):
    me.post(at(application, "licence"), {"has_licence": "False", "licence_classes": "B"})
    assert (application.details.has_licence, application.details.licence_classes) == (False, "")


def test_text_or_file_makes_the_english_section_complete(me, application):
    me.post(at(application, "english"), {"cv_english": "School and work", "file_letter_english": named(pdf())})
    assert states(application)["english"] == "complete"
    assert [attachment.kind for attachment in Attachment.objects.all()] == ["letter_english"]


def test_the_button_of_a_file_saves_what_was_typed_and_stays(me, application):
    address = reverse("apprentices:details_files", args=[application.pk, "cv_english"])
    answer = me.post(address, {"cv_english": "Alt jeg skrev", "file_cv_english": named(pdf())})
    assert answer.url == at(application, "english") + "#files-cv_english"
    assert application.details.cv_english == "Alt jeg skrev"
    assert me.get(address).url == answer.url
    sent = me.post(address, {"file_cv_english": named(picture(), "cv.jpg")}, headers=SCRIPT)
    assert "cv.jpg" in sent.content.decode()
    application.details.refresh_from_db()
    assert application.details.cv_english == "Alt jeg skrev"


def test_a_certificate_is_a_row_with_files_and_goes_with_them(me, application, django_capture_on_commit_callbacks):
    add = reverse("apprentices:details_certificate", args=[application.pk])
    assert "Write the name of the certificate" in me.post(add, {"name": ""}).content.decode()
    answer = me.post(add, {"name": "Førstehjelp", "expires_on": "2099-01-01"})
    row = application.certificates.get()
    assert answer.url.endswith(f"/certificates/{row.pk}/#files-dated_certificate")
    page = me.post(f"{add[:-4]}{row.pk}/", {"file_dated_certificate": named(picture(), "kort.jpg")}, headers=SCRIPT)
    assert "kort.jpg" in page.content.decode()
    assert row.attachments.get().kind == "dated_certificate"
    assert states(application)["certificates"] == "complete"
    with django_capture_on_commit_callbacks(execute=True):
        me.post(f"{add[:-4]}{row.pk}/", {"delete_row": "yes"})
    assert (application.certificates.count(), Attachment.objects.count()) == (0, 0)


def test_a_certificate_that_expires_before_the_return_is_named(application):
    services.save_certificate(
        application=application, by=None, name="Førstehjelp", expires_on=application.round.departs_from
    )
    found = selectors.missing_in(selectors.CERTIFICATES, selectors.given(application))
    assert len(found) == 1
    assert "Førstehjelp" in found[0]


def test_an_insurance_is_added_changed_and_deleted(me, application):
    add = reverse("apprentices:details_insurance", args=[application.pk])
    me.post(add, {"company": "Gjensidige", "policy_number": "77-1"})
    row = application.insurance_policies.get()
    assert states(application)["insurance"] == "begun"
    me.post(add.replace("add", str(row.pk)), {"company": "Gjensidige", "emergency_phone": "99990111"})
    assert states(application)["insurance"] == "complete"
    me.post(add.replace("add", str(row.pk)), {"delete_row": "yes"})
    assert application.insurance_policies.count() == 0


def test_rows_have_a_limit(application):
    for number in range(services.ROWS_AT_MOST):
        services.save_insurance(application=application, by=None, company=f"Nr. {number}")
    with pytest.raises(Refused):
        services.save_insurance(application=application, by=None, company="One more")


def test_rows_of_somebody_else_are_404(me, office, application):
    other = accepted(office, factories.member("apprentice", office))
    row = services.save_insurance(application=other, by=None, company="Gjensidige")
    assert me.post(
        reverse("apprentices:details_insurance", args=[application.pk, row.pk]), {"delete_row": "yes"}
    ).status_code == 404  # fmt: skip
    assert other.insurance_policies.count() == 1


def test_a_police_certificate_is_only_a_day_and_a_witness(sign_in, me, coordinator, application):
    me.post(at(application, "lodging"), {"police_shown_on": "2026-11-01", "police_shown_to": coordinator.pk})
    assert application.details.police_shown_on is None
    client = sign_in(coordinator)
    client.post(reverse("apprentices:note_police", args=[application.pk]), {"shown_on": "2026-11-01"})
    details = Details.objects.get()
    assert (details.police_shown_on, details.police_shown_to) == (datetime.date(2026, 11, 1), coordinator)
    client.post(reverse("apprentices:note_police", args=[application.pk]), {"shown_on": ""})
    details.refresh_from_db()
    assert (details.police_shown_on, details.police_shown_to) == (None, None)


def test_every_question_has_its_reason():
    forms = [*FORMS.values(), *PROTECTED_FORMS.values()]
    fields = {name for form in forms for name in form.base_fields}
    fields |= {name for form in (CertificateForm, InsuranceForm) for name in form.base_fields}
    explained = [name for names, _text in REASONS for name in names]
    assert sorted(fields) == sorted(explained)
    for form in (*forms, CertificateForm, InsuranceForm):
        assert {name for names in form.parts for name in names} == set(form.base_fields) - {"consent"}


@pytest.mark.parametrize(
    ("number", "country", "kept"),
    [
        ("8601 11 17947", "NO", "86011117947"),
        ("8601.11.17947", "NO", "86011117947"),
        ("86011117948", "NO", None),
        ("NO93 8601 1117 947", "NO", "NO9386011117947"),
        ("8327-9, 94 345 678-4", "SE", "83279,943456784"),
        ("12", "SE", None),
        ("DE89 3704 0044 0532 0130 00", "IBAN", "DE89370400440532013000"),
        ("DE89 3704 0044 0532 0130 01", "IBAN", None),
        ("86011117947", "IBAN", None),
    ],
)
def test_an_account_number_is_checked_as_its_country_does(number, country, kept):
    if kept:
        assert account_number(number, country) == kept
    else:
        with pytest.raises(ValidationError):
            account_number(number, country)


def test_the_overview_costs_the_same_whatever_is_there(me, application, django_assert_max_num_queries):
    for number in range(3):
        services.save_insurance(application=application, by=None, company=f"Nr. {number}")
    with django_assert_max_num_queries(40):
        me.get(at(application))
