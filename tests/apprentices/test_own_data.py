"""My data: everything about the person and nothing about others, as a ZIP that is written while it is sent."""

import io
import json
import zipfile

import pytest

from apprentices.models import Application, Endorsement, EndorsementReply
from apprentices.selectors.own_data import LEFT_OUT
from apprentices.services.eligibility import check_eligibility
from mobility.common import archives, clock, files, outbox
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/applications/my-data/"


@pytest.fixture
def application(office, apprentice_user, coordinator):
    round_ = factories.RoundFactory(office=office)
    sent = factories.ApplicationFactory(round=round_, submitted=True, status="rejected", consent_version="2026-10")
    sent.apprentice.user = apprentice_user
    sent.apprentice.save()
    asked = Endorsement.objects.create(
        application=sent, name="Gunn Helen", email="gunn@example.com", asked_at=clock.now(), answer="no",
        answered_at=clock.now(), opinion="Not ripe yet.",
    )  # fmt: skip
    EndorsementReply.objects.create(
        endorsement=asked, answer="no", opinion="Not ripe yet.", name="Gunn Helen", email="gunn@example.com",
        given_at=clock.now(),
    )  # fmt: skip
    check_eligibility(application=sent)
    criterion = factories.CriterionFactory(round=round_, weight=100)
    review = factories.ReviewFactory(application=sent, marks=2)
    review.marks.update(note="Wants to see the world")
    letter = files.store(
        office=office, kind="letter", name="brev.pdf", content=b"%PDF-letter", content_type="application/pdf"
    )
    factories.DecisionFactory(
        application=sent, result="rejection", reasons="Too few points", criterion=criterion, letter=letter,
        decided_by=coordinator, published_at=clock.now(), published_by=coordinator,
    )  # fmt: skip
    sent.language_skills.create(language="de", level="A2")
    cv = files.store(
        office=office, kind="attachment", name="../cv.pdf", content=b"%PDF-cv", content_type="application/pdf"
    )
    sent.attachments.create(kind="cv", file=cv)
    return sent


def archive(client):
    response = client.get(URL)
    assert response["Content-Type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def read(found, name):
    return json.loads(found.read(name))


def test_it_holds_the_answers_the_decision_what_others_said_and_the_files(sign_in, apprentice_user, application):
    found = archive(sign_in(apprentice_user))
    assert found.testzip() is None
    folder = f"applications/{application.reference}"
    case = read(found, f"{folder}/application.json")
    assert case["answers"]["motivation"] == application.motivation
    assert case["languages"] == [{"language": "de", "level": "A2"}]
    assert case["asked_about_you"][0]["opinion"] == "Not ripe yet."
    assert case["asked_about_you"][0]["answers"][0]["opinion"] == "Not ripe yet."
    assert case["decisions"][0]["reasons"] == "Too few points"
    assert [(mark["mark"], mark["note"]) for mark in case["marks"]] == [(2, "Wants to see the world")]
    assert case["consents"][0] == {
        "kind": "application", "version": "2026-10", "given_at": application.consented_at.isoformat()
    }  # fmt: skip
    names = [name for name in found.namelist() if "/files/" in name or "/letters/" in name]
    assert sorted(found.read(name) for name in names) == [b"%PDF-cv", b"%PDF-letter"]
    assert all(".." not in name.split("/") and not name.startswith("/") for name in found.namelist())


def test_it_names_no_reviewer_and_no_address_of_those_who_were_asked(sign_in, apprentice_user, application):
    found = archive(sign_in(apprentice_user))
    everything = b"".join(found.read(name) for name in found.namelist() if name.startswith("applications/")).decode()
    reviewer = application.reviews.get().reviewer
    assert str(reviewer) not in everything
    assert "gunn@example.com" not in everything


def test_a_pending_decision_and_its_marks_are_nobodys_business_yet(sign_in, apprentice_user, application):
    published = application.decisions.get()
    published.delete()
    factories.DecisionFactory(application=application, letter=published.letter)
    found = archive(sign_in(apprentice_user))
    case = read(found, f"applications/{application.reference}/application.json")
    assert (case["decisions"], case["marks"]) == ([], [])
    assert [name for name in found.namelist() if "letters" in name] == []


def test_it_holds_nothing_of_anybody_else(sign_in, apprentice_user, application, office):
    other = factories.ApplicationFactory(round=application.round, submitted=True, motivation="Somebody else's")
    outbox.queue(
        "accounts/email/plain", to=outbox.To(address="x@example.net", language="en"), office=office,
        context={"text": "to somebody else", "subject": "y"},
    )  # fmt: skip
    found = archive(sign_in(apprentice_user))
    everything = b"".join(found.read(name) for name in found.namelist()).decode()
    assert other.reference not in everything
    assert "to somebody else" not in everything


def test_mails_to_the_person_are_there_without_the_codes_that_still_work(sign_in, apprentice_user, application, office):
    outbox.queue(
        "accounts/email/plain", to=outbox.To(address=apprentice_user.email.upper(), language="en"), office=office,
        context={"text": "your code is 123456", "subject": "Code"}, secrets=["123456"],
    )  # fmt: skip
    (mail,) = read(archive(sign_in(apprentice_user)), "mails.json")
    assert (mail["subject"], "123456" in mail["text"], "your code is" in mail["text"]) == ("Code", False, True)


def test_every_column_of_an_application_is_exported_or_left_out_for_a_reason(sign_in, apprentice_user, application):
    case = read(archive(sign_in(apprentice_user)), f"applications/{application.reference}/application.json")
    columns = {field.name for field in Application._meta.concrete_fields}
    assert set(case["answers"]) | set(LEFT_OUT) == columns
    assert set(case["answers"]) & set(LEFT_OUT) == set()


def test_the_readme_speaks_the_language_of_the_persons_letters(sign_in, apprentice_user, application):
    apprentice_user.written_form = "en"
    apprentice_user.save()
    readme = archive(sign_in(apprentice_user)).read("README.txt").decode()
    assert readme.strip().startswith("Your data in Utferd")


def test_a_large_file_is_never_in_memory_as_a_whole():
    def large():
        for _block in range(1000):
            yield bytes(archives.BLOCK)

    sizes = [len(block) for block in archives.zip_stream([("large", large())])]
    assert max(sizes) < 3 * archives.BLOCK
    assert zipfile.ZipFile(io.BytesIO(b"".join(archives.zip_stream([("a.txt", [b"a", b"b"])])))).read("a.txt") == b"ab"


def test_json_of_no_rows_is_an_empty_list():
    assert json.loads(b"".join(archives.json_blocks(row for row in ()))) == []


@pytest.fixture
def stay(application):
    """A stay abroad with an agreement, a weekly log, a visit and both evaluations."""
    office, person = application.office, application.apprentice
    placement = factories.PlacementFactory(
        office=office, apprentice=person, application=application, status="abroad", partner__name="Casa Puente"
    )
    signed = files.store(
        office=office, kind="agreement", name="a.pdf", content=b"%PDF-signed", content_type="application/pdf"
    )
    agreement = placement.learning_agreements.create(created_at=clock.now(), tasks="Care", signed_document=signed)
    agreement.outcomes.create(text="Bathe a patient")
    agreement.signatures.create(party="host", position=1, name="Ana", email="ana@example.com")
    placement.weekly_logs.create(week_starts_on=factories.days(-7), days_present=5, mood=2, text="I miss home")
    slot = factories.VisitDayFactory(partner=placement.partner).slots.first()
    instructor = factories.InstructorFactory(office=office)
    placement.visits.create(slot=slot, instructor=instructor, calendar_uid="1")
    for by, comment in (("apprentice", "It was well"), ("partner", "Late each day")):
        placement.evaluations.create(by=by, comment=comment, asked_at=clock.now(), given_at=clock.now())
    return placement


def test_it_holds_the_stay_with_its_log_visits_own_evaluation_and_the_agreement(
    sign_in, apprentice_user, application, stay
):
    found = archive(sign_in(apprentice_user))
    folder = f"applications/{application.reference}/stays/1"
    told = read(found, f"{folder}/stay.json")
    assert (told["stay"]["partner"], told["stay"]["starts_on"]) == ("Casa Puente", stay.starts_on.isoformat())
    assert [each["text"] for each in told["weekly_logs"]] == ["I miss home"]
    assert [each["comment"] for each in told["your_evaluation"]] == ["It was well"]
    assert [each["state"] for each in told["visits"]] == ["booked"]
    assert (told["agreements"][0]["tasks"], told["agreements"][0]["outcomes"]) == ("Care", ["Bathe a patient"])
    assert found.read(f"{folder}/agreement-1.pdf") == b"%PDF-signed"
    everything = b"".join(found.read(name) for name in found.namelist())
    assert [words for words in (b"ana@example.com", b"Late each day") if words in everything] == []


def test_a_host_that_was_not_told_yet_is_not_in_it(sign_in, apprentice_user, application, stay):
    stay.status = "proposed"
    stay.save()
    found = archive(sign_in(apprentice_user))
    told = read(found, f"applications/{application.reference}/stays/1/stay.json")
    assert ("partner" in told["stay"], told["stay"]["status"]) == (False, "proposed")
    assert b"Casa Puente" not in b"".join(found.read(name) for name in found.namelist())
