"""The page where an office says how it wants its selection run."""

import pytest
from django.urls import reverse

from apprentices.models import SelectionSettings
from mobility.common import clock

pytestmark = pytest.mark.django_db
VALUES = {"first_reminder_days": "5", "second_reminder_days": "2", "answer_days": "10"}


def address():
    return reverse("apprentices:selection_settings")


def test_an_office_without_settings_sees_the_defaults(sign_in, coordinator):
    page = sign_in(coordinator).get(address())
    assert (page.status_code, page.context["form"]["answer_days"].value()) == (200, 7)
    assert SelectionSettings.objects.count() == 0


def test_who_switches_letters_on_stands_there_with_the_moment(sign_in, coordinator, office):
    client = sign_in(coordinator)
    client.post(address(), VALUES)
    client.post(address(), VALUES | {"letters_go_alone": "on"})
    kept = SelectionSettings.objects.get()
    assert (kept.office, kept.first_reminder_days, kept.answer_days) == (office, 5, 10)
    assert (kept.switched_on_by, kept.switched_on_at.date()) == (coordinator, clock.now().date())
    newest, first = client.get(address()).context["changes"]
    assert [each["what"] for each in newest["changes"]] == [
        "the letter to the next of the waiting list goes out by itself"
    ]
    assert (newest["who"], first["changes"]) == (str(coordinator), [])


def test_what_contradicts_itself_is_told_and_kept_on_the_page(sign_in, head):
    page = sign_in(head).post(address(), VALUES | {"second_reminder_days": "9"})
    assert page.context["form"]["second_reminder_days"].value() == "9"
    assert "The second reminder comes after the first" in page.content.decode()
    assert SelectionSettings.objects.count() == 0


@pytest.mark.parametrize("person", ["assistant", "reviewer", "auditor", "apprentice_user"])
def test_nobody_else_changes_them(sign_in, person, request):
    client = sign_in(request.getfixturevalue(person))
    assert (client.get(address()).status_code, client.post(address(), VALUES).status_code) == (403, 403)
    assert SelectionSettings.objects.count() == 0
