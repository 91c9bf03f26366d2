"""Protected content: encrypted, only with consent, wiped with its withdrawal, read by few and never unseen."""

import datetime

import pytest
from cryptography.fernet import Fernet
from django.contrib import admin
from django.core import mail
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse
from django.views.debug import ExceptionReporter

from apprentices import models, protected_consent
from apprentices.enums import ApplicationStatus, ProtectedKind
from apprentices.models import PROTECTED, Application, Consent, HealthNote
from apprentices.selectors import protected as selectors
from apprentices.selectors.details import own_details
from apprentices.services.protected import read_protected, save_protected, withdraw_consent
from mobility.accounts.enums import Role
from mobility.common import clock
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.models import ReadLog
from tests import factories
from tests.apprentices.test_details import accepted, at

pytestmark = pytest.mark.django_db
SECRET = "peanøtter-og-epilepsi"
TYPED = {
    "health": {"has_needs": "True", "diet": SECRET},
    "next_of_kin": {"first_name": SECRET, "first_phone": "99990112"},
    "bank": {"country": "NO", "holder": SECRET, "number": "8601 11 17947"},
    "travel": {"document_kind": "passport", "document_number": "CCC001234", "document_country": "NO"},
}
HIDDEN = {"health": SECRET, "next_of_kin": SECRET, "bank": "86011117947", "travel": "CCC001234"}


@pytest.fixture
def application(office, apprentice_user):
    return accepted(office, apprentice_user)


@pytest.fixture
def me(sign_in, apprentice_user):
    return sign_in(apprentice_user)


def code(kind):
    return kind.replace("_", "-")


def write(application, kind="health", **content):
    save_protected(
        application=application,
        kind=kind,
        content=content or {"has_needs": True, "diet": SECRET},
        consents=True,
        by=application.apprentice.user,
    )
    return PROTECTED[kind].objects.get(application=application)


def read_url(application, kind="health"):
    return reverse("apprentices:read_protected", args=[application.pk, kind])


def everything_in_the_database():
    """Every value of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            found += [str(value) for row in cursor.fetchall() for value in row]
    return "\n".join(found)


# --- written ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ProtectedKind.values)
def test_what_is_typed_lies_nowhere_in_plain_text(me, application, kind):
    assert me.post(at(application, code(kind)), TYPED[kind] | {"consent": "on"}).status_code == 302
    assert HIDDEN[kind] in str(selectors.own_content(application, kind))
    assert HIDDEN[kind] not in everything_in_the_database()


@pytest.mark.parametrize("kind", ProtectedKind.values)
def test_without_consent_nothing_is_kept_and_nothing_typed_is_lost(me, application, kind):
    page = me.post(at(application, code(kind)), TYPED[kind])
    assert "Tick that you consent" in page.content.decode()
    shown = TYPED[kind].get("diet") or TYPED[kind].get("holder") or TYPED[kind].get("first_name") or "CCC001234"
    assert shown in page.content.decode()
    assert (PROTECTED[kind].objects.count(), Consent.objects.count()) == (0, 0)
    with pytest.raises(Refused):
        save_protected(application=application, kind=kind, content={"a": "b"}, by=None)


def test_the_consent_names_the_text_and_the_moment(me, application):
    me.post(at(application, "health"), TYPED["health"] | {"consent": "on"})
    consent = application.consents.get()
    assert (consent.kind, consent.version, consent.withdrawn_at) == ("health", protected_consent.VERSION, None)
    assert (clock.now() - consent.given_at).total_seconds() < 60
    assert "consent" not in selectors.own_content(application, "health")
    assert 'name="consent"' not in me.get(at(application, "health")).content.decode()


def test_every_kind_has_a_text_in_every_version():
    assert {kind for texts in protected_consent.TEXTS.values() for kind in texts} == set(ProtectedKind)
    assert all(set(texts) == set(ProtectedKind) for texts in protected_consent.TEXTS.values())


@pytest.mark.parametrize(
    "status", sorted(set(ApplicationStatus) - {ApplicationStatus.ACCEPTED, ApplicationStatus.DRAFT})
)
def test_who_has_not_said_yes_never_gives_it(office, apprentice_user, status):
    application = accepted(office, apprentice_user, status=status)
    with pytest.raises(TransitionNotAllowed):
        write(application)
    assert Consent.objects.count() == 0


def test_a_passport_number_is_shown_with_its_last_three_characters_only(me, sign_in, application, coordinator):
    me.post(at(application, "travel"), TYPED["travel"] | {"consent": "on"})
    page = me.get(at(application, "travel")).content.decode()
    assert "CCC001234" not in page
    assert "•••234" in page
    me.post(
        at(application, "travel"), {"document_kind": "passport", "document_country": "SE"}
    )  # an empty number keeps it
    content = selectors.own_content(application, "travel")
    assert (content["document_number"], content["document_country"]) == ("CCC001234", "SE")
    read = sign_in(coordinator).post(read_url(application, "travel")).content.decode()
    assert "CCC001234" not in read
    assert "•••234" in read


def test_a_wrong_account_number_costs_nothing_else(me, application):
    page = me.post(
        at(application, "bank"), {"country": "NO", "holder": "Åse", "number": "86011117948", "consent": "on"}
    ).content.decode()
    assert "This is not a Norwegian account number" in page
    assert "86011117948" in page
    assert selectors.own_content(application, "bank") == {"country": "NO", "holder": "Åse"}


# --- withdrawn -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", [ApplicationStatus.ACCEPTED, ApplicationStatus.WITHDRAWN])
def test_a_withdrawal_wipes_at_once_and_leaves_the_facts(me, sign_in, application, coordinator, status):
    row = write(application)
    read_protected(application=application, kind="health", by=coordinator)
    Application.objects.filter(pk=application.pk).update(status=status)
    address = reverse("apprentices:details_withdraw", args=[application.pk, "health"])
    assert me.get(address).status_code == 200
    assert selectors.own_content(application, "health")["diet"] == SECRET  # a GET changes nothing
    assert me.post(address).url == at(application)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM apprentices_healthnote WHERE id = %s", [row.pk])
        assert cursor.fetchone() == ("",)
    consent = Consent.objects.get()
    assert consent.withdrawn_at >= consent.given_at
    overview = me.get(at(application)).content.decode()
    assert "taken back" in overview
    assert str(coordinator) in overview
    with pytest.raises(Refused):
        read_protected(application=application, kind="health", by=coordinator)
    assert ReadLog.objects.count() == 1


def test_a_new_consent_after_a_withdrawal_is_a_new_row(application):
    write(application)
    withdraw_consent(application=application, kind="health", by=None)
    with pytest.raises(Refused):
        save_protected(application=application, kind="health", content={"diet": "x"}, by=None)
    write(application, diet="ny")
    assert [consent.withdrawn_at is None for consent in application.consents.all()] == [False, True]
    assert HealthNote.objects.count() == 1


def test_a_withdrawal_works_with_another_key_too(settings, me, application):
    write(application)
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    me.post(reverse("apprentices:details_withdraw", args=[application.pk, "health"]))
    assert HealthNote.objects.get().content == {}


# --- read ------------------------------------------------------------------------------------------------------------
RIGHTS = {
    Role.COORDINATOR: 200,
    Role.HEAD: 200,
    Role.ASSISTANT: 403,
    Role.AUDITOR: 403,
    Role.REVIEWER: 404,
    Role.APPRENTICE: 403,
    Role.INSTRUCTOR: 404,
    Role.PARTNER: 404,
}


@pytest.mark.parametrize("role", RIGHTS)
@pytest.mark.parametrize("kind", ProtectedKind.values)
def test_who_may_read(sign_in, office, apprentice_user, application, role, kind):
    write(application, kind, **{"number": HIDDEN[kind]} if kind == "bank" else {"diet": SECRET})
    user = apprentice_user if role == Role.APPRENTICE else factories.member(role, office)
    answer = sign_in(user).post(read_url(application, kind))
    expected = RIGHTS[role]
    assert answer.status_code == expected
    assert ReadLog.objects.count() == (1 if expected == 200 else 0)


def test_a_foreign_office_gets_the_404_of_a_missing_one(sign_in, application, other_coordinator):
    write(application)
    client = sign_in(other_coordinator)
    assert client.post(read_url(application)).status_code == 404
    assert client.post(reverse("apprentices:read_protected", args=[999_999, "health"])).status_code == 404
    assert ReadLog.objects.count() == 0


def test_each_reading_is_logged_told_and_never_cached(me, sign_in, coordinator, application):
    row = write(application)
    staff = sign_in(coordinator)
    assert staff.get(read_url(application)).status_code == 405
    for _time in range(2):
        answer = staff.post(read_url(application))
    assert SECRET in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"
    logged = [(r.reader, r.reader_role, r.person, r.kind, r.object_id, r.office) for r in ReadLog.objects.all()]
    about = (coordinator, "coordinator", application.apprentice.user, "health", row.pk, application.office)
    assert logged == [about] * 2
    page = sign_in(application.apprentice.user).get(at(application, "health")).content.decode()
    assert page.count(str(coordinator)) == 2


def test_the_persons_own_reading_is_not_logged(me, application):
    write(application)
    assert SECRET in me.get(at(application, "health")).content.decode()
    assert ReadLog.objects.count() == 0


def test_nothing_to_read_is_told_and_not_logged(sign_in, coordinator, application):
    assert sign_in(coordinator).post(read_url(application)).url == reverse(
        "apprentices:case_details", args=[application.pk]
    )
    assert ReadLog.objects.count() == 0


def test_who_withdrew_the_application_is_read_no_more(coordinator, application):
    write(application)
    Application.objects.filter(pk=application.pk).update(status=ApplicationStatus.WITHDRAWN)
    with pytest.raises(Refused):
        read_protected(application=application, kind="health", by=coordinator)


def test_the_case_page_says_only_whether_it_is_there(sign_in, coordinator, application):
    write(application)
    client = sign_in(coordinator)
    for address in (
        reverse("apprentices:case_details", args=[application.pk]),
        reverse("admin:apprentices_application_change", args=[application.pk]),
        reverse("admin:apprentices_application_changelist"),
    ):
        page = client.get(address).content.decode()
        assert application.full_name in page
        assert SECRET not in page
    found = client.get(reverse("admin:apprentices_application_changelist"), {"q": SECRET}).content.decode()
    assert application.full_name not in found
    assert ReadLog.objects.count() == 0


def test_an_export_a_mail_and_a_log_hold_nothing_of_it(sign_in, me, coordinator, application, caplog):
    me.post(at(application, "health"), TYPED["health"] | {"consent": "on"})
    answer = sign_in(coordinator).post(
        reverse("admin:apprentices_application_changelist"),
        {"action": "export_csv", "_selected_action": [application.pk]},
    )
    assert SECRET not in b"".join(answer).decode() if answer.streaming else answer.content.decode()
    sign_in(coordinator).post(read_url(application))
    assert SECRET not in caplog.text
    assert SECRET not in str([(sent.subject, sent.body) for sent in mail.outbox])


def test_another_key_gives_a_page_that_says_so_and_shows_nothing(settings, sign_in, me, coordinator, application):
    write(application)
    settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    for user, method, address in (
        (coordinator, "post", read_url(application)),
        (application.apprentice.user, "get", at(application, "health")),
    ):
        answer = getattr(sign_in(user), method)(address)
        assert answer.status_code == 503
        assert "This cannot be read now" in answer.content.decode()
        assert SECRET not in answer.content.decode()
    assert ReadLog.objects.count() == 0
    overview = sign_in(application.apprentice.user).get(at(application))
    assert (overview.status_code, "cannot be read now" in overview.content.decode()) == (200, True)


def test_an_error_report_holds_nothing_of_it(settings, rf, application, monkeypatch):
    settings.DEBUG = False

    def breaks(*args, **kwargs):
        raise RuntimeError("on purpose")

    monkeypatch.setattr(Consent.objects, "filter", breaks)
    monkeypatch.setattr("mobility.common.encryption._keys", breaks)
    monkeypatch.setattr("apprentices.views.detail_pages.own_application", lambda *_args: application)
    from apprentices.views.details import section  # after the patch

    request = RequestFactory().post("/", TYPED["health"] | {"consent": "on"})
    request.user = application.apprentice.user
    try:
        section(request, application.pk, "health")
    except RuntimeError:
        import sys  # the report wants what is being handled

        text = ExceptionReporter(request, *sys.exc_info()).get_traceback_text()
    assert "on purpose" in text
    assert SECRET not in text


def test_no_admin_no_history_no_words_of_it(application):
    for model in PROTECTED.values():
        assert not admin.site.is_registered(model)
        assert not hasattr(model, "history")
    row = write(application)
    assert SECRET not in f"{row} {row!r} {Consent.objects.get()!r}"
    tables = connection.introspection.table_names()
    assert [name for name in tables if "historical" in name and any(m in name for m in ("health", "kin", "bank"))] == []


def test_my_data_has_all_of_it_in_full(application, coordinator):
    write(application, "travel", document_number="CCC001234", document_expires_on="2030-01-01")
    write(application)
    read_protected(application=application, kind="health", by=coordinator)
    found = own_details(application)
    assert found["protected"]["travel"]["document_number"] == "CCC001234"
    assert found["protected"]["health"]["diet"] == SECRET
    assert [(row["kind"], row["by"]) for row in found["read_by"]] == [("health", str(coordinator))]
    assert {row["kind"] for row in found["consents"]} == {"travel", "health"}


def test_a_card_that_expires_before_the_return_keeps_the_section_open(application):
    from apprentices.selectors import details  # beside the one that says it

    day = (application.round.returns_to - datetime.timedelta(days=1)).isoformat()
    write(
        application,
        "travel",
        document_number="CCC001234",
        document_expires_on="2099-01-01",
        card_number="80578000000000000000",
        card_expires_on=day,
    )
    found = details.missing_in(details.TRAVEL, details.given(application))
    assert found == ["Your health card expires before you are home"]


def test_the_models_that_are_protected_are_the_four():
    assert {model.__name__ for model in PROTECTED.values()} == {
        "HealthNote", "NextOfKin", "BankAccount", "TravelDocument",
    }  # fmt: skip
    assert all(hasattr(models, model.__name__) for model in PROTECTED.values())
