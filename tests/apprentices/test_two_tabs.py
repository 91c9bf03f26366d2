"""Two tabs after the first stage: an old one writes over nothing that a newer one saved, and says what was changed."""

import pytest
from django.urls import reverse

from apprentices.models import Application, Attachment
from apprentices.selectors.protected import own_content
from apprentices.services.completion import return_application
from tests import factories
from tests.apprentices.test_attachments import SCRIPT, named
from tests.apprentices.test_details import accepted, at
from tests.common.test_uploads import pdf

pytestmark = pytest.mark.django_db
WORDS = "Changed meanwhile in another tab or on another phone: "


@pytest.fixture
def me(sign_in, apprentice_user):
    return sign_in(apprentice_user)


def shown(page):
    """What a tab sends along without being touched: the values of its fields, and what it was rendered with."""
    form = page.context["form"]
    fields = {field.html_name: field.value() or "" for field in form}
    return fields | {field.html_initial_name: field.value() or "" for field in form}


def test_a_section_keeps_what_the_newer_tab_saved(me, office, apprentice_user):
    application = accepted(office, apprentice_user)
    address = at(application, "english")
    old = shown(me.get(address))
    me.post(address, shown(me.get(address)) | {"cv_english": "School"})
    answer = me.post(address, old | {"letter_english": "Dear Sir"}, follow=True)
    assert (application.details.cv_english, application.details.letter_english) == ("School", "Dear Sir")
    assert WORDS + "CV in English" in answer.content.decode()
    assert 'name="initial-cv_english"' in me.get(address).content.decode()


def test_protected_content_keeps_what_the_newer_tab_saved(me, office, apprentice_user):
    application = accepted(office, apprentice_user)
    address = at(application, "health")
    me.post(address, {"has_needs": "True", "diet": "peanuts", "consent": "on"})
    old = shown(me.get(address))
    me.post(address, shown(me.get(address)) | {"diet": "peanuts and eggs"})
    answer = me.post(address, old | {"support": "a quiet room"}, follow=True)
    kept = own_content(application, "health")
    assert (kept["diet"], kept["support"]) == ("peanuts and eggs", "a quiet room")
    assert WORDS in answer.content.decode()
    assert "peanuts and eggs" not in answer.content.decode()  # the words name the question, not the answer


@pytest.fixture
def returned(office, apprentice_user, coordinator):
    application = accepted(office, apprentice_user, status="in_review")
    fields = ["motivation", "wished_tasks", "attachment:cv"]
    return_application(
        application=application, fields=fields, message="More.", due_on=factories.days(7), by=coordinator
    )
    return application


def test_a_returned_application_keeps_what_the_newer_tab_saved(me, returned):
    address = reverse("apprentices:complete", args=[returned.pk])

    def tab():
        return {
            name: field.value() or ""
            for form in me.get(address).context["filled"]
            for field in form
            for name in (field.html_name, field.html_initial_name)
        }

    old = tab()
    me.post(address, tab() | {"motivation": "Newer", "save": "1"})
    answer = me.post(address, old | {"wished_tasks": "Welding", "save": "1"}, follow=True)
    kept = Application.objects.get(pk=returned.pk)
    assert (kept.motivation, kept.wished_tasks) == ("Newer", "Welding")
    assert WORDS in answer.content.decode()
    assert 'name="initial-motivation"' in me.get(address).content.decode()


# --- files of a returned application go up one by one ----------------------------------------------------------------
def files_of(returned, kind="cv"):
    return reverse("apprentices:complete_files", args=[returned.pk, kind])


def test_the_script_uploads_a_file_that_the_office_asked_for(me, returned):
    page = me.get(reverse("apprentices:complete", args=[returned.pk])).content.decode()
    assert ("uploads.js" in page, f'data-upload="{files_of(returned)}"' in page) == (True, True)
    answer = me.post(files_of(returned), {"file_cv": named(pdf())}, headers=SCRIPT)
    assert "data-upload-list" in answer.content.decode()
    assert [each.kind for each in Attachment.objects.all()] == ["cv"]
    refused = me.post(files_of(returned), {"file_cv": named(b"no", "cv.svg")}, headers=SCRIPT)
    assert (refused.status_code, refused.json()["message"]) == (
        422,
        "This file is not a PDF, JPG or PNG. Please choose another one.",
    )


def test_a_file_that_nobody_asked_for_is_not_taken(me, returned):
    answer = me.post(files_of(returned, "other"), {"file_other": named(pdf())}, headers=SCRIPT)
    assert (answer.status_code, Attachment.objects.count()) == (409, 0)


def test_without_the_script_the_whole_page_is_saved(me, returned):
    answer = me.post(files_of(returned), {"motivation": "Alt jeg skrev", "file_cv": named(pdf())})
    assert answer.url == reverse("apprentices:complete", args=[returned.pk])
    assert (Application.objects.get().motivation, Attachment.objects.count()) == ("Alt jeg skrev", 1)
    assert me.get(files_of(returned)).url == answer.url + "#files-cv"


def test_a_stranger_finds_no_such_page(sign_in, returned, office):
    stranger = sign_in(factories.member("apprentice", office))
    assert stranger.post(files_of(returned), {"file_cv": named(pdf())}, headers=SCRIPT).status_code == 404
    assert Attachment.objects.count() == 0
