"""The steps: a draft is begun without an account, saved with gaps, opened elsewhere by code or link."""

import datetime
import itertools
import re

import pytest
from django.urls import reverse

from apprentices.forms.apply import CodeForm
from apprentices.models import Application
from apprentices.selectors.drafts import missing_for_submission, needs_guardian
from apprentices.services import drafts
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.accounts.models import AccessLink
from mobility.common import clock
from mobility.common.errors import LinkSpent, Refused, TransitionNotAllowed
from mobility.common.models import OutboundMail
from tests import factories

pytestmark = pytest.mark.django_db
CONTACT = {
    "given_name": "Åse-Marie",
    "family_name": "Øygården",
    "email": "ase@example.net",
    "phone": "+47 999 90 109",
    "written_form": "nn",
    "consent": "on",
}
NO_ROWS = {"languages-TOTAL_FORMS": "1", "languages-INITIAL_FORMS": "0"}


@pytest.fixture(autouse=True)
def fresh_counters(settings):
    from django.core.cache import cache  # the counters of one test are not the next one's

    cache.clear()


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office, name="Høst 2027")


def url(name, round_):
    return reverse(f"apprentices:{name}", args=[round_.pk])


def begin(client, round_, **changes):
    client.post(url("apply_contact", round_), CONTACT | changes)
    return Application.objects.get(round=round_, email=changes.get("email", CONTACT["email"]))


def mailed_code(address="ase@example.net"):
    mail = OutboundMail.objects.filter(to_address=address, template="apprentices/email/draft_code").first()
    return next(secret for secret in mail.secrets if re.fullmatch(r"\d{6}", secret))


def mailed_path(address="ase@example.net"):
    mail = OutboundMail.objects.filter(to_address=address, template="apprentices/email/draft_code").first()
    return "/" + next(secret for secret in mail.secrets if secret.startswith("http")).split("/", 3)[3]


# --- start page -----------------------------------------------------------------------------------------------------
def test_the_start_page_says_until_when_with_clock_and_zone(client, round_):
    round_.closes_at = clock.now() + datetime.timedelta(days=5)
    round_.save()
    page = client.get(url("apply", round_), headers={"accept-language": "en"}).content.decode()
    assert "Norwegian time" in page
    assert "5 days left" in page
    assert url("apply_contact", round_) in page


def test_a_closed_and_a_later_round_say_so_and_lead_nowhere(client, round_):
    round_.closes_at = clock.now() - datetime.timedelta(minutes=1)
    round_.save()
    page = client.get(url("apply", round_), headers={"accept-language": "en"}).content.decode()
    assert "This round is closed." in page
    assert url("apply_contact", round_) not in page
    round_.opens_at = clock.now() + datetime.timedelta(days=2)
    round_.closes_at = clock.now() + datetime.timedelta(days=9)
    round_.save()
    page = client.get(url("apply", round_), headers={"accept-language": "en"}).content.decode()
    assert "not open yet" in page
    assert url("apply_contact", round_) not in page


def test_a_round_that_is_being_prepared_is_missing(client, office):
    round_ = factories.RoundFactory(office=office, prepared=True)
    for name in ("apply", "apply_contact", "apply_check", "receipt"):
        assert client.get(url(name, round_)).status_code in (404, 302 if name == "receipt" else 404)


# --- step 1 ---------------------------------------------------------------------------------------------------------
def test_the_first_save_makes_the_draft_and_goes_on_at_once(client, round_):
    answer = client.post(url("apply_contact", round_), CONTACT)
    assert answer.url == url("apply_person", round_)
    draft = Application.objects.get()
    assert (draft.status, draft.email, draft.written_form) == ("draft", "ase@example.net", "nn")
    assert draft.consented_at
    assert draft.consent_version
    assert draft.email_confirmed_at is None
    mail = OutboundMail.objects.get()
    assert mail.to_address == "ase@example.net"
    assert mailed_code() in mail.body
    assert client.get(answer.url).status_code == 200


def test_nothing_is_kept_without_consent_name_and_address(client, round_):
    answer = client.post(url("apply_contact", round_), {"phone": "999 90 109"}, headers={"accept-language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<title>Error: " in page
    for field in ("id_given_name", "id_email", "id_consent"):
        assert f'href="#{field}"' in page
    assert 'value="999 90 109"' in page
    assert not Application.objects.exists()
    assert not OutboundMail.objects.exists()


def test_a_round_that_is_not_open_takes_no_draft(client, round_):
    round_.closes_at = clock.now() - datetime.timedelta(seconds=1)
    round_.save()
    assert client.post(url("apply_contact", round_), CONTACT).url == url("apply", round_)
    assert not Application.objects.exists()
    with pytest.raises(Refused):
        drafts.start_draft(round=round_, given_name="Åse", email="a@example.net")


def test_a_posted_field_that_the_form_does_not_have_is_ignored(client, round_):
    begin(client, round_, status="accepted", reference="UT-HACK22", email_confirmed_at="2026-01-01", office="99")
    draft = Application.objects.get()
    assert (draft.status, draft.reference, draft.email_confirmed_at, draft.office) == (
        "draft",
        None,
        None,
        round_.office,
    )
    with pytest.raises(TypeError):
        drafts.save_draft(application=draft, reference="UT-HACK22")


def test_saving_step_1_again_sends_no_second_code_unless_the_address_is_another(client, round_):
    draft = begin(client, round_)
    client.post(url("apply_contact", round_), CONTACT | {"given_name": "Åse"})
    assert OutboundMail.objects.count() == 1
    first = mailed_path()
    client.post(url("apply_contact", round_), CONTACT | {"email": "new@example.net"})
    draft.refresh_from_db()
    assert draft.email == "new@example.net"
    assert OutboundMail.objects.filter(to_address="new@example.net").count() == 1
    assert client.get(first).status_code == 410


def test_a_changed_address_must_be_confirmed_anew(client, round_):
    draft = begin(client, round_)
    Application.objects.update(email_confirmed_at=clock.now())
    client.post(url("apply_contact", round_), CONTACT | {"email": "new@example.net"})
    draft.refresh_from_db()
    assert draft.email_confirmed_at is None


def test_direction_marks_are_taken_out_of_names(client, round_):
    assert begin(client, round_, family_name="Øy\u202egården\u2066").family_name == "Øygården"


def test_too_many_mails_to_one_address_are_refused_and_the_text_is_kept(client, round_):
    for number in range(8):
        client.session.flush()
        client.cookies.clear()
        client.post(url("apply_contact", round_), CONTACT | {"given_name": f"Å{number}"})
    client.cookies.clear()
    page = client.post(url("apply_contact", round_), CONTACT, headers={"accept-language": "en"}).content.decode()
    assert "too often" in page
    assert 'value="Øygården"' in page
    assert Application.objects.count() == 8


# --- steps 2 to 5 --------------------------------------------------------------------------------------------------
def test_empty_steps_are_saved_and_the_form_goes_on(client, round_):
    begin(client, round_)
    order = ["apply_person", "apply_apprenticeship", "apply_stay", "apply_motivation", "apply_check"]
    for step, following in itertools.pairwise(order):
        rows = NO_ROWS if step == "apply_stay" else {}
        assert client.post(url(step, round_), rows).url == url(following, round_)
    page = client.get(url("apply_check", round_), headers={"accept-language": "en"}).content.decode()
    assert f'href="{url("apply_apprenticeship", round_)}#id_trade"' in page
    assert f'href="{url("apply_person", round_)}#id_gender_0"' in page
    assert f'href="{url("apply_apprenticeship", round_)}#id_training_office_choice"' in page
    assert f'href="{url("apply_motivation", round_)}#id_motivation"' in page


def test_one_bad_answer_costs_the_others_nothing(client, round_):
    draft = begin(client, round_)
    typed = {"company_name": "Furukollen", "manager_email": "not an address", "contract_starts_on": "31.02.2026"}
    answer = client.post(url("apply_apprenticeship", round_), typed, headers={"accept-language": "en"})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "2 things must be put right" in page
    assert 'href="#id_manager_email"' in page
    assert 'value="not an address"' in page
    assert 'value="31.02.2026"' in page
    draft.refresh_from_db()
    assert draft.company_name == "Furukollen"
    assert draft.manager_email == ""


@pytest.mark.parametrize(
    ("step", "typed", "words"),
    [
        ("apply_person", {"birth_date": "2026-01-01"}, "Look at the year"),
        ("apply_person", {"guardian_email": "ase@example.net"}, "same e-mail address as you"),
        ("apply_apprenticeship", {"manager_email": "ase@example.net"}, "same e-mail address as you"),
        ("apply_apprenticeship", {"instructor_email": "ase@example.net"}, "same e-mail address as you"),
        (
            "apply_apprenticeship",
            {"contract_starts_on": "2027-01-02", "contract_ends_on": "2027-01-01"},
            "ends before it begins",
        ),
        ("apply_apprenticeship", {"company_number": "123456789"}, "not an organisation number"),
        ("apply_stay", {"earlier_starts_on": "2025-03-02", "earlier_ends_on": "2025-03-01"}, "ends before it begins"),
        ("apply_stay", {"languages-0-language": "de"}, "Choose how well you speak German"),
    ],
)
def test_slips_are_told(client, round_, step, typed, words):
    begin(client, round_)
    page = client.post(
        url(step, round_), (NO_ROWS | typed) if step == "apply_stay" else typed, headers={"accept-language": "en"}
    ).content.decode()
    assert words in page


def test_a_country_is_wished_once(client, round_):
    begin(client, round_)
    typed = NO_ROWS | {"first_country": "ES", "second_country": "ES"}
    page = client.post(url("apply_stay", round_), typed, headers={"accept-language": "en"}).content.decode()
    assert "You have chosen Spain twice" in page
    assert Application.objects.get().countries == ["ES"]


def test_every_step_shows_what_was_saved_before(client, round_):
    begin(client, round_)
    trade = factories.TradeFactory()
    client.post(
        url("apply_apprenticeship", round_),
        {"trade": trade.pk, "contract_kind": "training"},
    )
    client.post(url("apply_person", round_), {"birth_date": "2006-02-03"})
    client.post(url("apply_stay", round_), NO_ROWS | {"first_country": "ES", "goes_anywhere": "on"})
    client.post(url("apply_motivation", round_), {"motivation": "Jeg vil"})
    page = client.get(url("apply_contact", round_)).content.decode()
    assert 'value="Øygården"' in page
    page = client.get(url("apply_apprenticeship", round_)).content.decode()
    assert f'<option value="{trade.pk}" selected' in page
    page = client.get(url("apply_person", round_)).content.decode()
    assert 'value="2006-02-03"' in page
    page = client.get(url("apply_stay", round_)).content.decode()
    assert '<option value="ES" selected' in page
    page = client.get(url("apply_motivation", round_)).content.decode()
    assert "Jeg vil" in page
    assert "Error" not in page


def test_a_text_of_2000_characters_with_line_ends_fits(client, round_):
    begin(client, round_)
    text = ("a" * 99 + "\r\n") * 20
    assert client.post(url("apply_motivation", round_), {"motivation": text}).status_code == 302
    assert len(Application.objects.get().motivation) <= 2000
    answer = client.post(url("apply_motivation", round_), {"motivation": "b" * 2001})
    assert answer.status_code == 200
    assert "b" * 2001 in answer.content.decode()


def test_somebody_under_18_is_asked_for_a_guardian(client, round_):
    draft = begin(client, round_)
    born = clock.today().replace(year=clock.today().year - 17, day=1)
    page = client.get(url("apply_person", round_)).content.decode()
    assert re.search(r'data-shown-if="birth_date" data-after="[0-9-]+" hidden', page)
    answer = client.post(url("apply_person", round_), {"birth_date": born.isoformat()})
    assert answer.url == url("apply_person", round_) + "#id_guardian_name"
    draft.refresh_from_db()
    assert needs_guardian(draft)
    assert "guardian_email" in {item.field for item in missing_for_submission(draft)}
    page = client.get(url("apply_person", round_)).content.decode()
    assert re.search(r'data-shown-if="birth_date" data-after="[0-9-]+">', page)
    assert client.post(url("apply_person", round_), {}).url == url("apply_apprenticeship", round_)  # asked once only


def test_18_years_today_are_enough(round_):
    today = clock.today(round_.office.tz)
    try:
        born = today.replace(year=today.year - 18)
    except ValueError:
        born = today.replace(year=today.year - 18, month=3, day=1)
    draft = factories.ApplicationFactory(round=round_, birth_date=born)
    assert not needs_guardian(draft)
    draft.birth_date = born + datetime.timedelta(days=1)
    assert needs_guardian(draft)


def test_a_link_that_leaves_a_step_is_followed_after_saving_but_only_inside_the_form(client, round_):
    begin(client, round_)
    assert client.post(url("apply_apprenticeship", round_), {"next": "contact"}).url == url("apply_contact", round_)
    assert client.post(url("apply_apprenticeship", round_), {"next": "//evil.example"}).url == url("apply_stay", round_)


def test_a_draft_belongs_to_its_browser(client, round_, sign_in, coordinator):
    begin(client, round_)
    client.cookies.clear()
    for name in ("apply_person", "apply_apprenticeship", "apply_stay", "apply_motivation", "apply_check"):
        assert client.get(url(name, round_)).url == url("apply", round_)
        assert client.post(url(name, round_), {"company_name": "Fremd"}).url == url("apply", round_)
    assert "Åse-Marie" not in client.get(url("apply_contact", round_)).content.decode()
    assert Application.objects.get().company_name == ""


def test_the_next_person_at_this_browser_begins_anew(client, round_):
    begin(client, round_)
    assert client.get(url("leave_draft", round_)).status_code == 405
    client.post(url("leave_draft", round_))
    assert "Øygården" not in client.get(url("apply_contact", round_)).content.decode()
    assert Application.objects.count() == 1


def test_what_is_typed_when_the_round_closes_is_saved_though_not_sent(client, round_):
    begin(client, round_)
    round_.closes_at = clock.now() - datetime.timedelta(seconds=1)
    round_.save()
    client.post(url("apply_motivation", round_), {"motivation": "Jeg vil"})
    assert Application.objects.get().motivation == "Jeg vil"
    assert client.get(url("apply_stay", round_)).url == url("apply", round_)


def test_a_sent_application_is_no_draft_any_more(round_):
    sent = factories.ApplicationFactory(round=round_, submitted=True)
    for act in (drafts.send_code, drafts.save_draft):
        with pytest.raises(TransitionNotAllowed):
            act(application=sent)


@pytest.mark.parametrize(
    "step", ["apply_contact", "apply_person", "apply_apprenticeship", "apply_stay", "apply_motivation", "apply_check"]
)
def test_a_step_needs_at_most_six_queries(client, round_, step, django_assert_max_num_queries):
    begin(client, round_)
    client.get(url(step, round_))
    with django_assert_max_num_queries(6):
        assert client.get(url(step, round_)).status_code == 200


# --- another browser ------------------------------------------------------------------------------------------------
def test_opening_the_link_shows_and_posting_it_opens(client, round_):
    draft = begin(client, round_)
    client.cookies.clear()
    path = mailed_path()
    assert client.get(path).status_code == 200
    draft.refresh_from_db()
    assert draft.email_confirmed_at is None
    assert client.get(url("apply_stay", round_)).url == url("apply", round_)
    answer = client.post(path)
    assert answer.url == url("apply_person", round_)
    assert client.get(answer.url).status_code == 200
    draft.refresh_from_db()
    assert draft.email_confirmed_at is not None


def test_an_expired_link_says_so_and_an_unknown_one_is_missing(client, round_):
    begin(client, round_)
    AccessLink.objects.update(expires_at=clock.now())
    assert client.get(mailed_path()).status_code == 410
    assert client.get(reverse("apprentices:open_draft", args=["x" * 43])).status_code == 404


def test_the_answer_is_the_same_for_an_address_that_nobody_knows(client, round_):
    begin(client, round_)
    client.cookies.clear()
    pages = []
    for address in ("ase@example.net", "bse@example.net"):
        answer = client.post(reverse("apprentices:resume"), {"email": address})
        assert answer.url == reverse("apprentices:resume_code")
        page = client.get(answer.url).content.decode().replace(address, "")
        pages.append(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
    assert pages[0] == pages[1]
    assert OutboundMail.objects.filter(to_address="ase@example.net").count() == 2
    assert not OutboundMail.objects.filter(to_address="bse@example.net").exists()


def test_the_code_opens_the_draft_elsewhere(client, round_):
    draft = begin(client, round_)
    client.cookies.clear()
    client.post(reverse("apprentices:resume"), {"email": "ASE@example.net"})
    wrong = "000000" if mailed_code() != "000000" else "111111"
    assert client.post(reverse("apprentices:resume_code"), {"code": wrong}).status_code == 200
    code = mailed_code()
    answer = client.post(reverse("apprentices:resume_code"), {"code": f"{code[:3]} {code[3:]}"})
    assert answer.url == url("apply_person", round_)
    draft.refresh_from_db()
    assert draft.email_confirmed_at is not None


def test_a_code_page_without_an_address_leads_back(client):
    assert client.get(reverse("apprentices:resume_code")).url == reverse("apprentices:resume")


def test_five_wrong_codes_make_the_code_worthless(client, round_):
    begin(client, round_)
    code = mailed_code()
    wrong = "000000" if code != "000000" else "111111"
    for _try in range(5):
        client.post(url("apply_check", round_), {"code": wrong})
    client.post(url("apply_check", round_), {"code": code})
    assert Application.objects.get().email_confirmed_at is None
    client.post(url("send_code", round_))
    client.post(url("apply_check", round_), {"code": mailed_code()})
    assert Application.objects.get().email_confirmed_at is not None


def test_a_new_code_makes_the_older_link_worthless(client, round_):
    begin(client, round_)
    first = mailed_path()
    client.post(url("send_code", round_))
    assert client.get(first).status_code == 410
    assert client.get(mailed_path()).status_code == 200


def test_a_link_to_an_address_of_before_confirms_nothing(round_):
    draft = factories.ApplicationFactory(round=round_)
    link = links.create(
        purpose=LinkPurpose.OPEN_DRAFT,
        object_id=draft.pk,
        office=round_.office,
        address="old@example.net",
        language="nb",
    ).link
    with pytest.raises(LinkSpent):
        drafts.confirm_address(application=draft, link=link)
    draft.refresh_from_db()
    assert draft.email_confirmed_at is None


def test_a_code_is_mailed_only_for_open_rounds(round_):
    factories.ApplicationFactory(round=round_, email="ase@example.net")
    closed = factories.RoundFactory(office=round_.office, closes_at=clock.now() - datetime.timedelta(days=1))
    factories.ApplicationFactory(round=closed, email="ase@example.net")
    factories.ApplicationFactory(round=round_, email="ase@example.net", submitted=True)
    drafts.send_codes_to(address="ase@example.net")
    assert OutboundMail.objects.count() == 1


def test_letters_in_the_code_field_are_no_code():
    assert CodeForm({"code": "12 34-56"}).is_valid()
    assert not CodeForm({"code": ""}).is_valid()
