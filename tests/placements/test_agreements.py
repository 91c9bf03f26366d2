"""The learning agreement: made, signed in order, replaced, its document."""

import io

import pikepdf
import pytest
import time_machine

from mobility.accounts import links
from mobility.accounts.models import AccessLink
from mobility.common import clock
from mobility.common.errors import LinkSpent, NotReady, Refused, TransitionNotAllowed
from mobility.common.models import StoredFile
from placements import documents
from placements.enums import AgreementStatus, PlacementStatus
from placements.models import LearningAgreement, Signature
from placements.selectors import placing as selectors
from placements.services import agreements as services
from placements.services import placements as placement_services
from placements.services import signatures
from tests import factories
from tests.factories import days
from tests.placements.conftest import link_of, mails

pytestmark = pytest.mark.django_db


def parties(agreement):
    return list(agreement.signatures.values_list("party", flat=True))


def test_making_the_agreement_keeps_its_document_and_asks_the_apprentice(confirmed, make):
    agreement = make(confirmed)
    assert (agreement.version, agreement.status) == (1, AgreementStatus.SIGNING)
    assert [outcome.text for outcome in agreement.outcomes.all()] == ["plan a day of care", "explain hygiene rules"]
    assert parties(agreement) == ["apprentice", "office", "employer", "host"]
    with agreement.document.content.open("rb") as content:
        assert content.read(5) == b"%PDF-"
    assert agreement.document.original_name.endswith("-v1.pdf")
    assert mails() == [("sign", confirmed.apprentice.email)]
    assert AccessLink.objects.count() == 0  # the apprentice signs in


@pytest.mark.parametrize("born", [-17 * 365, -18 * 365 - 4 + 30])
def test_a_guardian_signs_right_after_an_apprentice_under_18(confirmed, make, born):
    confirmed.apprentice.birth_date = days(born)
    confirmed.apprentice.save()
    confirmed.application.guardian_name, confirmed.application.guardian_email = "Mor", "mor@example.com"
    confirmed.application.save()
    assert parties(make(confirmed)) == ["apprentice", "guardian", "office", "employer", "host"]


def test_18_today_and_no_guardian_signs(confirmed, make):
    today = clock.today()
    confirmed.apprentice.birth_date = today.replace(year=today.year - 18)
    confirmed.apprentice.save()
    assert parties(make(confirmed)) == ["apprentice", "office", "employer", "host"]


def test_without_a_guardians_address_there_is_no_agreement_for_a_minor(confirmed, make):
    confirmed.apprentice.birth_date = days(-17 * 365)
    confirmed.apprentice.save()
    with pytest.raises(NotReady):
        make(confirmed)
    assert (LearningAgreement.objects.count(), StoredFile.objects.count()) == (0, 0)


@pytest.mark.parametrize("status", [s for s in PlacementStatus if s not in services.AGREED_IN])
def test_an_agreement_is_made_for_a_confirmed_stay_only(stay, make, status):
    with pytest.raises(TransitionNotAllowed):
        make(stay(status))


def test_there_is_one_agreement_in_force(confirmed, make):
    make(confirmed)
    with pytest.raises(TransitionNotAllowed):
        make(confirmed)


def test_an_agreement_names_an_outcome(confirmed, make):
    with pytest.raises(NotReady):
        make(confirmed, outcomes=[" "])


# --- signing -------------------------------------------------------------------------------------------------------
def test_the_parties_sign_one_after_the_other_and_the_last_completes_it(
    confirmed, make, sign_all, office, apprentice_user
):
    agreement = make(confirmed)
    sign_all(agreement)
    agreement.refresh_from_db()
    assert agreement.status == AgreementStatus.SIGNED
    company = confirmed.host_company
    assert mails() == [
        ("sign", confirmed.apprentice.email),
        ("sign", office.email),
        ("sign", confirmed.application.manager_email),
        ("sign", company.contact_email),
        ("signed", confirmed.apprentice.email),
        ("signed", office.email),
        ("signed", confirmed.application.manager_email),
        ("signed", company.contact_email),
    ]
    first = agreement.signatures.first()
    assert (first.signed_name, first.signed_by) == (first.name, apprentice_user)
    assert first.document_sha256 == agreement.document.sha256 != agreement.signed_document.sha256
    assert agreement.signatures.get(party="employer").signed_by is None
    assert AccessLink.objects.filter(used_at=None, revoked_at=None).count() == 0


@pytest.mark.parametrize("position", [2, 3, 4])
def test_nobody_signs_before_those_in_front(confirmed, make, coordinator, position):
    signature = make(confirmed).signatures.get(position=position)
    with pytest.raises(Refused, match="signs first"):
        signatures.sign(signature=signature, typed_name="x", by=coordinator)
    signature.refresh_from_db()
    assert signature.signed_at is None


def test_a_second_signature_of_the_same_party_is_refused(confirmed, make, apprentice_user, sign_all):
    agreement = make(confirmed)
    sign_all(agreement, upto=1)
    first = agreement.signatures.first()
    with pytest.raises(TransitionNotAllowed):
        signatures.sign(signature=first, typed_name="Again", by=apprentice_user)
    first.refresh_from_db()
    assert first.signed_name == first.name


def test_an_empty_name_is_no_signature(confirmed, make, apprentice_user):
    with pytest.raises(NotReady):
        signatures.sign(signature=make(confirmed).signatures.first(), typed_name="  ", by=apprentice_user)
    assert Signature.objects.exclude(signed_at=None).count() == 0


def test_a_link_signs_once(confirmed, make, sign_all):
    agreement = make(confirmed)
    sign_all(agreement, upto=2)
    signature = agreement.signatures.get(party="employer")
    link = link_of(signature)
    signatures.sign(signature=signature, typed_name="Gunn", link=link)
    with pytest.raises(LinkSpent):
        signatures.sign(signature=signature, typed_name="Gunn", link=link)


def test_somebody_signs_signed_in_or_by_link(confirmed, make):
    with pytest.raises(ValueError, match="signed in or by link"):
        signatures.sign(signature=make(confirmed).signatures.first(), typed_name="x")


def test_an_agreement_of_a_cancelled_stay_is_signed_by_nobody(confirmed, make, coordinator, apprentice_user):
    agreement = make(confirmed)
    placement_services.cancel_placement(placement=confirmed, reason="Broken leg", by=coordinator)
    with pytest.raises(TransitionNotAllowed):
        signatures.sign(signature=agreement.signatures.first(), typed_name="x", by=apprentice_user)


def test_cancelling_makes_open_links_worthless(confirmed, make, sign_all, coordinator):
    agreement = make(confirmed)
    sign_all(agreement, upto=2)
    link = link_of(agreement.signatures.get(party="employer"))
    placement_services.cancel_placement(placement=confirmed, reason="Broken leg", by=coordinator)
    link.refresh_from_db()
    with pytest.raises(LinkSpent):
        links.require_unspent(link)


def test_an_apprentice_without_an_account_signs_by_link(confirmed, make):
    confirmed.apprentice.user = None
    confirmed.apprentice.save()
    assert link_of(make(confirmed).signatures.first()).address == confirmed.apprentice.email


def test_a_partner_that_hosts_itself_signs_in_its_portal(confirmed, make, sign_all, partner_user):
    confirmed.host_company = None
    confirmed.host_contact = factories.ContactFactory(partner=confirmed.partner)
    confirmed.save()
    agreement = make(confirmed)
    sign_all(agreement, upto=3)
    last = agreement.signatures.get(party="host")
    assert (last.name, AccessLink.objects.filter(object_id=last.pk).count()) == (confirmed.host_contact.name, 0)
    assert partner_user.has_perm("placements.sign_agreement", last)
    signatures.sign(signature=last, typed_name=last.name, by=partner_user)
    agreement.refresh_from_db()
    assert agreement.status == AgreementStatus.SIGNED


def test_a_reminder_replaces_the_link(confirmed, make, sign_all, coordinator):
    agreement = make(confirmed)
    sign_all(agreement, upto=2)
    signature = agreement.signatures.get(party="employer")
    old = link_of(signature)
    signatures.remind_signer(agreement=agreement, by=coordinator)
    assert link_of(signature).pk != old.pk
    assert mails()[-1] == ("sign", signature.email)


def test_nobody_is_reminded_of_what_is_signed(confirmed, make, sign_all, coordinator):
    agreement = make(confirmed)
    sign_all(agreement)
    with pytest.raises(TransitionNotAllowed):
        signatures.remind_signer(agreement=agreement, by=coordinator)


# --- versions ------------------------------------------------------------------------------------------------------
def test_a_new_version_asks_everybody_again_and_keeps_the_old_one(confirmed, make, sign_all, coordinator):
    old = make(confirmed)
    sign_all(old, upto=2)
    link = link_of(old.signatures.get(party="employer"))
    new = services.replace_agreement(
        agreement=old, language="en", tasks="Other tasks.", outcomes=["one"], by=coordinator
    )
    old.refresh_from_db()
    link.refresh_from_db()
    assert (old.status, new.version, new.status) == (AgreementStatus.REPLACED, 2, AgreementStatus.SIGNING)
    assert old.signatures.exclude(signed_at=None).count() == 2
    assert new.signatures.exclude(signed_at=None).count() == 0
    assert link.revoked_at is not None
    assert selectors.agreement_in_force(confirmed) == new


def test_a_replaced_version_is_neither_signed_nor_replaced_again(confirmed, make, coordinator, apprentice_user):
    old = make(confirmed)
    facts = {"language": "en", "tasks": "t", "outcomes": ["one"], "by": coordinator}
    services.replace_agreement(agreement=old, **facts)
    with pytest.raises(TransitionNotAllowed):
        services.replace_agreement(agreement=old, **facts)
    with pytest.raises(TransitionNotAllowed):
        signatures.sign(signature=old.signatures.first(), typed_name="x", by=apprentice_user)


# --- the document --------------------------------------------------------------------------------------------------
def test_the_final_document_names_who_signed_and_when(confirmed, make, sign_all):
    agreement = make(confirmed)
    with time_machine.travel("2026-11-25 10:00", tick=False):
        sign_all(agreement)
    agreement.refresh_from_db()
    words = documents.learning_agreement_html(agreement, language="en")
    for expected in ("Łukasz Żółć", "25 Nov 2026", "plan a day of care", agreement.document.sha256):
        assert expected in words
    assert "not signed yet" not in words


def test_a_document_names_its_language_and_title(confirmed, make):
    agreement = make(confirmed)
    with agreement.document.content.open("rb") as content, pikepdf.open(io.BytesIO(content.read())) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert "Learning agreement" in str(pdf.docinfo["/Title"])


@pytest.mark.verapdf
@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_the_learning_agreement_is_archival_and_accessible(confirmed, make, sign_all, verapdf, language):
    confirmed.apprentice.family_name = "Sáŋŋá-Łódź Þórðardóttir von und zu Öffentlichkeitsbeauftragten"
    confirmed.apprentice.save()
    agreement = make(confirmed, language=language)
    with agreement.document.content.open("rb") as content:
        verapdf(content.read())
    sign_all(agreement)
    agreement.refresh_from_db()
    with agreement.signed_document.content.open("rb") as content:
        verapdf(content.read())
