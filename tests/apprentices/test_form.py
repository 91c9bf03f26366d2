"""What the form is made of: a reason for every question, questions that depend on others, two tabs, saving in between."""

import datetime
import re

import pytest
from django.urls import reverse

from apprentices import reasons
from apprentices.enums import TrainingOfficeAnswer
from apprentices.forms.apply import ContactForm, PersonForm
from apprentices.forms.apply_stay import LanguageForm, MotivationForm, StayForm
from apprentices.forms.apply_work import ApprenticeshipForm
from apprentices.models import Application, LanguageSkill
from apprentices.services import drafts
from apprentices.services.applications import submit_application
from mobility.common import clock
from mobility.common.models import OutboundMail
from tests import factories

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
SCRIPT = {"X-Autosave": "1", "accept-language": "en"}


@pytest.fixture(autouse=True)
def fresh_counters():
    from django.core.cache import cache  # the counters of one test are not the next one's

    cache.clear()


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office, name="Høst 2027")


@pytest.fixture
def draft(client, round_):
    """A complete draft with a confirmed address, held by the test client's browser, which has not proved it."""
    made = factories.ApplicationFactory(round=round_, email="ase@example.net", email_confirmed_at=clock.now())
    hold(client, made)
    return made


def hold(client, application, *, proved=False):
    session = client.session
    session["drafts"] = {str(application.round_id): application.pk}
    session["proved"] = [application.pk] if proved else []
    if proved:
        session["proved_address"] = application.email
    session.save()


def url(name, application):
    return reverse(f"apprentices:apply_{name}", args=[application.round_id])


def page_of(client, name, application):
    return client.get(url(name, application), headers=ENGLISH).content.decode()


def shown_in(page):
    """The hidden fields of a page that tell what it was rendered with."""
    found = re.findall(r'<input type="hidden" name="(initial-[\w-]+)"(?: value="([^"]*)")?', page)
    return dict(found)


# --- why we ask -----------------------------------------------------------------------------------------------------
def test_every_question_has_its_reason_and_every_reason_a_question():
    forms = (ContactForm, PersonForm, ApprenticeshipForm, StayForm, LanguageForm, MotivationForm)
    asked = {name for form in forms for name in form.base_fields} | {"files"}
    explained = [name for names, _text in reasons.REASONS for name in names]
    assert set(explained) == asked
    assert len(explained) == len(asked)


@pytest.mark.parametrize("step", ["contact", "person", "apprenticeship", "stay", "motivation"])
def test_every_question_of_a_step_stands_in_a_group_with_its_reason(client, draft, step):
    page = page_of(client, step, draft)
    names = {"contact": ContactForm, "person": PersonForm, "apprenticeship": ApprenticeshipForm, "stay": StayForm}
    form = names.get(step, MotivationForm)
    for name in form.base_fields:
        assert f'name="{name}"' in page
        assert str(reasons.reason_for(name)).replace("'", "&#x27;") in page
    assert page.count("<details") >= page.count('class="u-ask"')


def test_the_form_has_at_most_six_steps(client, draft):
    assert "Step 5 of 6" in page_of(client, "motivation", draft)


# --- questions that depend on earlier answers -----------------------------------------------------------------------
def hidden(page, field):
    """Whether the group around a field is hidden."""
    return (
        " hidden>"
        in re.search(rf'<div class="u-ask"[^>]*>(?:(?!<div class="u-ask").)*?name="{field}"', page, re.DOTALL)[0].split(
            "\n"
        )[0]
    )


@pytest.mark.parametrize(
    ("step", "field", "off", "on"),
    [
        ("person", "guardian_name", {}, {"birth_date": "young"}),
        ("person", "address", {"has_protected_address": True}, {"has_protected_address": False}),
        ("apprenticeship", "training_office_name", {}, {"training_office_answer": "other"}),
        ("stay", "earlier_where", {"has_earlier_stays": False}, {"has_earlier_stays": True}),
    ],
)
def test_a_question_shows_when_the_earlier_answer_asks_for_it(client, draft, step, field, off, on):
    if on.get("birth_date"):
        on = {"birth_date": factories.days(-17 * 365)}
    for changes, expected in ((off, True), (on, False)):
        for name, value in changes.items():
            setattr(draft, name, value)
        draft.save()
        assert hidden(page_of(client, step, draft), field) is expected


def test_what_is_hidden_is_not_lost_before_sending_and_dropped_when_sent(client, draft):
    client.post(
        url("person", draft), {"has_protected_address": "on", "address": "Storgata 1", "birth_date": "2005-01-01"}
    )
    draft.refresh_from_db()
    assert (draft.has_protected_address, draft.address) == (True, "Storgata 1")
    Application.objects.filter(pk=draft.pk).update(
        guardian_name="Mor", guardian_email="mor@example.net", earlier_where="Graz", training_office_name="Blok",
        gender="female", nationality="NO",
    )  # fmt: skip
    sent = submit_application(application=draft)
    sent.refresh_from_db()
    names = ("address", "postal_code", "postal_place", "municipality", "guardian_name", "guardian_email")
    assert [getattr(sent, name) for name in (*names, "earlier_where", "training_office_name")] == [""] * 8
    assert sent.apprentice.municipality == ""


def test_a_training_office_of_the_list_is_one_answer_in_two_columns(client, draft):
    mine = factories_office(draft.office, "Opplæringskontoret Nord")
    factories_office(factories.OfficeFactory(), "Et annet kontor")
    page = page_of(client, "apprenticeship", draft)
    assert "Opplæringskontoret Nord" in page
    assert "Et annet kontor" not in page
    client.post(url("apprenticeship", draft), {"training_office_choice": str(mine.pk)})
    draft.refresh_from_db()
    assert (draft.training_office, draft.training_office_answer) == (mine, TrainingOfficeAnswer.LISTED)
    client.post(url("apprenticeship", draft), {"training_office_choice": "other", "training_office_name": "Blok"})
    draft.refresh_from_db()
    assert (draft.training_office, draft.training_office_answer, draft.training_office_name) == (None, "other", "Blok")


def factories_office(office, name):
    from apprentices.models import TrainingOffice  # only here

    return TrainingOffice.objects.create(office=office, name=name)


def test_the_photo_consent_has_version_and_moment_also_when_it_is_no(client, draft):
    client.post(url("motivation", draft), {"motivation": "Jeg vil", "has_photo_consent": "False"})
    draft.refresh_from_db()
    assert draft.has_photo_consent is False
    assert draft.photo_consent_version
    assert draft.photo_answered_at is not None


def test_municipalities_are_offered_where_the_county_is_known(client, draft):
    assert "<datalist" not in page_of(client, "person", draft)
    draft.office.county = "Innlandet"
    draft.office.save()
    assert '<option value="Gjøvik">' in page_of(client, "person", draft)
    client.post(url("person", draft), {"municipality": "gjøvik", "birth_date": "2005-01-01"})
    draft.refresh_from_db()
    assert draft.municipality == "Gjøvik"


# --- languages ------------------------------------------------------------------------------------------------------
def rows(*pairs, before=()):
    data = {"languages-TOTAL_FORMS": str(len(pairs)), "languages-INITIAL_FORMS": str(len(before))}
    for number, (language, level) in enumerate(pairs):
        data |= {f"languages-{number}-language": language, f"languages-{number}-level": level}
        old = before[number] if number < len(before) else ("", "")
        data |= {f"initial-languages-{number}-language": old[0], f"initial-languages-{number}-level": old[1]}
    return data


def languages_of(draft):
    return list(draft.language_skills.values_list("language", "level"))


def test_languages_are_added_changed_and_taken_out_without_a_script(client, draft):
    answer = client.post(url("stay", draft), rows(("de", "A2")) | {"add": "language"})
    assert answer.url == url("stay", draft) + "#rows"
    assert languages_of(draft) == [("de", "A2")]
    assert page_of(client, "stay", draft).count('<select name="languages-') == 4  # a row for each, and an empty one
    client.post(url("stay", draft), rows(("de", "B1"), ("es", "A1"), before=[("de", "A2")]))
    assert languages_of(draft) == [("de", "B1"), ("es", "A1")]
    client.post(
        url("stay", draft),
        rows(("de", "B1"), ("es", "A1"), before=[("de", "B1"), ("es", "A1")]) | {"remove": "languages-0"},
    )
    assert languages_of(draft) == [("es", "A1")]


def test_an_old_tab_does_not_bring_a_language_back(client, draft):
    LanguageSkill.objects.create(application=draft, language="es", level="A1")
    old_tab = rows(("es", "A1"), ("de", "B2"), before=[("es", "A1")])
    draft.language_skills.all().delete()
    client.post(url("stay", draft), old_tab)
    assert languages_of(draft) == [("de", "B2")]


def test_a_language_is_written_once(client, draft):
    page = client.post(url("stay", draft), rows(("de", "A2"), ("de", "B1")), headers=ENGLISH).content.decode()
    assert "You have written German twice" in page


# --- two tabs -------------------------------------------------------------------------------------------------------
def test_an_untouched_field_of_an_old_tab_overwrites_nothing_and_the_page_tells(client, draft):
    old = shown_in(page_of(client, "contact", draft))
    assert old["initial-given_name"] == "Åse-Marie"
    typed = {name.removeprefix("initial-"): value for name, value in old.items()} | {"consent": "on"}
    drafts.save_draft(application=draft, given_name="Åse", call_name="Åsa")
    client.post(url("contact", draft), old | typed | {"family_name": "Nilsen"})
    draft.refresh_from_db()
    assert (draft.given_name, draft.call_name, draft.family_name) == ("Åse", "Åsa", "Nilsen")
    told = page_of(client, "person", draft)
    assert "Changed meanwhile in another tab or on another phone: Given name, Call name" in told


def test_the_later_save_wins_where_both_tabs_changed_the_same_field(client, draft):
    old = shown_in(page_of(client, "motivation", draft))
    client.post(url("motivation", draft), old | {"motivation": "Den nye fanen"})
    client.post(url("motivation", draft), old | {"motivation": "Den gamle fanen"})
    draft.refresh_from_db()
    assert draft.motivation == "Den gamle fanen"


def test_every_field_of_a_step_that_nobody_touched_counts_as_unchanged(client, draft):
    LanguageSkill.objects.create(application=draft, language="es", level="A1")
    draft.earlier_starts_on = datetime.date(2025, 3, 1)
    draft.has_photo_consent, draft.photo_consent_version, draft.photo_answered_at = True, "x", clock.now()
    draft.manager_phone = "+4799990001"
    draft.save()
    before = Application.objects.filter(pk=draft.pk).values().get()
    Application.objects.filter(pk=draft.pk).update(
        motivation="nyere", company_name="nyere", wished_tasks="nyere", address="nyere", trade=None, contract_kind=""
    )
    for step in ("person", "apprenticeship", "stay", "motivation"):
        Application.objects.filter(pk=draft.pk).update(
            **{
                name: before[name]
                for name in ("motivation", "company_name", "wished_tasks", "address", "trade_id", "contract_kind")
            }
        )
        old = shown_in(page_of(client, step, draft))
        typed = {name.removeprefix("initial-"): value for name, value in old.items()}
        if typed.get("has_protected_address") == "False":
            del typed["has_protected_address"]
        if typed.get("goes_anywhere") == "False":
            del typed["goes_anywhere"]
        Application.objects.filter(pk=draft.pk).update(
            motivation="nyere",
            company_name="nyere",
            wished_tasks="nyere",
            address="nyere",
            trade=None,
            contract_kind="",
        )
        count = {"languages-TOTAL_FORMS": "2", "languages-INITIAL_FORMS": "1"} if step == "stay" else {}
        client.post(url(step, draft), old | typed | count)
        after = Application.objects.get(pk=draft.pk)
        assert (after.motivation, after.company_name, after.wished_tasks, after.address, after.trade) == (
            "nyere", "nyere", "nyere", "nyere", None,
        )  # fmt: skip
    assert languages_of(draft) == [("es", "A1")]


# --- saved in the background ----------------------------------------------------------------------------------------
def test_the_script_saves_and_says_when(client, draft):
    answer = client.post(url("motivation", draft), {"motivation": "Jeg"}, headers=SCRIPT)
    draft.refresh_from_db()
    assert draft.motivation == "Jeg"
    with_zone = draft.saved_at.astimezone(draft.office.tz)
    assert answer.json()["words"] == f"Saved {with_zone:%H:%M}."
    assert "motivation" in answer.json()["kept"]


def test_a_field_that_is_not_sound_is_named_and_costs_the_others_nothing(client, draft):
    typed = {"company_name": "Ny bedrift", "manager_email": "not an address"}
    said = client.post(url("apprenticeship", draft), typed, headers=SCRIPT).json()
    draft.refresh_from_db()
    assert draft.company_name == "Ny bedrift"
    assert said["words"].endswith("Not yet: E-mail of the training manager.")
    assert "manager_email" not in said["kept"]


def test_an_address_that_is_being_typed_is_not_saved_and_mails_nobody(client, draft):
    client.post(url("contact", draft), {"given_name": "Åse", "email": "a@b.no", "consent": "on"}, headers=SCRIPT)
    draft.refresh_from_db()
    assert (draft.given_name, draft.email) == ("Åse", "ase@example.net")
    assert not OutboundMail.objects.exists()


def test_before_there_is_a_draft_nothing_is_kept(client, round_):
    address = reverse("apprentices:apply_contact", args=[round_.pk])
    answer = client.post(address, {"given_name": "Åse", "email": "a@example.net", "consent": "on"}, headers=SCRIPT)
    assert answer.status_code == 409
    assert not Application.objects.exists()


def test_a_tab_of_an_application_that_was_sent_is_told_so(client, draft):
    submit_application(application=draft)
    for step in ("contact", "person", "motivation"):
        answer = client.post(url(step, draft), {"motivation": "for sent"}, headers=SCRIPT)
        assert answer.status_code == 409
        assert "Load the page again" in answer.json()["words"]


# --- several drafts of one person -----------------------------------------------------------------------------------
def test_another_draft_is_named_in_the_mail_and_never_on_the_page(client, round_, draft):
    other = factories.ApplicationFactory(round=round_, email="ASE@example.net", saved_at=clock.now(), written_form="en")
    assert "You have another draft" not in page_of(client, "person", draft)
    Application.objects.filter(pk=draft.pk).update(written_form="en")
    client.post(reverse("apprentices:send_code", args=[round_.pk]))
    mail = OutboundMail.objects.get()
    assert "You have another draft for this round, last saved" in mail.body
    assert len([secret for secret in mail.secrets if secret.startswith("http")]) == 2
    client.logout()
    path = "/" + [secret for secret in mail.secrets if secret.startswith("http")][1].split("/", 3)[3]
    client.post(path)
    assert client.session["drafts"] == {str(round_.pk): other.pk}


def test_who_has_proved_the_address_chooses_and_both_are_kept_until_one_is_sent(client, round_, draft):
    hold(client, draft, proved=True)
    other = factories.ApplicationFactory(round=round_, email="ase@example.net", saved_at=clock.now())
    assert "You have another draft" in page_of(client, "person", draft)
    client.post(reverse("apprentices:my_drafts"), {"draft": str(other.pk)})
    assert client.session["drafts"] == {str(round_.pk): other.pk}
    assert "You have another draft" not in page_of(client, "person", other)
    assert Application.objects.filter(status="draft", replaced_by=None).count() == 2
    other.refresh_from_db()
    sent = submit_application(application=other)
    draft.refresh_from_db()
    assert (draft.status, draft.replaced_by) == ("draft", sent)
    assert draft.history.first().replaced_by == sent
    hold(client, draft, proved=True)
    assert client.get(url("person", draft)).url == reverse("apprentices:apply", args=[round_.pk])


def test_a_confirmation_elsewhere_reveals_no_draft_to_who_typed_the_address(client, round_, draft):
    factories.ApplicationFactory(round=round_, email="ase@example.net", saved_at=clock.now())
    assert draft.email_confirmed_at is not None  # by the owner of the address, in another browser
    assert "You have another draft" not in page_of(client, "person", draft)
    assert client.get(reverse("apprentices:my_drafts")).url == reverse("apprentices:resume")


def test_nobody_opens_a_draft_of_another_address(client, round_, draft):
    hold(client, draft, proved=True)
    foreign = factories.ApplicationFactory(round=round_, email="bse@example.net")
    assert client.post(reverse("apprentices:my_drafts"), {"draft": str(foreign.pk)}).status_code == 404
    assert foreign.full_name not in client.get(reverse("apprentices:my_drafts")).content.decode()


def test_a_code_opens_the_list_when_there_are_drafts_in_two_rounds(client, office):
    found = [factories.RoundFactory(office=office, name=name) for name in ("Høst", "Vår")]
    for each in found:
        factories.ApplicationFactory(round=each, email="ase@example.net", saved_at=clock.now())
    client.post(reverse("apprentices:resume"), {"email": "ase@example.net"})
    mail = OutboundMail.objects.get()
    code = next(secret for secret in mail.secrets if re.fullmatch(r"\d{6}", secret))
    answer = client.post(reverse("apprentices:resume_code"), {"code": code})
    assert answer.url == reverse("apprentices:my_drafts")
    page = client.get(answer.url).content.decode()
    assert all(each.name in page for each in found)
