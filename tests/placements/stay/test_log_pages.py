"""The weekly log: what the apprentice writes, and the call that the office notes."""

import pytest

from placements.models import WeeklyLog
from tests import factories
from tests.placements.stay.test_views import a_log, at, body

pytestmark = pytest.mark.django_db


WEEK = {"days_present": "4", "mood": "3", "text": "Jeg lærte å legge flis.", "wants_call": "on"}


def test_the_apprentice_writes_the_week_and_reads_it_again(abroad, apprentice_user, sign_in):
    client = sign_in(apprentice_user)
    response = client.post(at("weekly_log", abroad.pk), WEEK)
    assert (response.status_code, response["Location"]) == (302, at("weekly_log", abroad.pk))
    log = WeeklyLog.objects.get()
    assert (log.days_present, log.mood, log.text, log.wants_call) == (4, 3, WEEK["text"], True)
    page = body(client.get(at("weekly_log", abroad.pk)))
    assert WEEK["text"] in page
    assert "The office will call you." in page


def test_an_unfinished_week_keeps_the_text_and_says_what_is_missing(abroad, apprentice_user, sign_in):
    response = sign_in(apprentice_user).post(at("weekly_log", abroad.pk), {"text": "Bare tekst"})
    assert response.status_code == 422
    page = body(response)
    assert "2 things must be put right" in page
    assert "Bare tekst" in page
    assert 'href="#id_mood_0"' in page
    assert WeeklyLog.objects.count() == 0


def test_before_the_stay_the_page_says_when_it_opens(stay, apprentice_user, sign_in):
    client = sign_in(apprentice_user)
    assert "open while you are abroad" in body(client.get(at("weekly_log", stay.pk)))
    assert client.post(at("weekly_log", stay.pk), WEEK).status_code == 422
    assert WeeklyLog.objects.count() == 0


def test_another_apprentice_finds_no_such_page(abroad, office, sign_in):
    assert sign_in(factories.member("apprentice", office)).get(at("weekly_log", abroad.pk)).status_code == 404


def test_the_office_notes_that_it_has_called(abroad, assistant, sign_in):
    log = a_log(abroad)
    response = sign_in(assistant).post(at("note_call", log.pk))
    assert (response.status_code, response["Location"]) == (302, abroad.get_absolute_url())
    log.refresh_from_db()
    assert log.called_by == assistant


@pytest.mark.parametrize(
    ("person", "status"),
    [("auditor", 403), ("apprentice_user", 403), ("partner_user", 404), ("other_coordinator", 404)],
)
def test_who_cannot_note_a_call(abroad, sign_in, request, person, status):
    log = a_log(abroad)
    client = sign_in(request.getfixturevalue(person))
    assert client.post(at("note_call", log.pk)).status_code == status
    assert client.get(at("note_call", log.pk)).status_code == 405
    log.refresh_from_db()
    assert log.called_at is None
