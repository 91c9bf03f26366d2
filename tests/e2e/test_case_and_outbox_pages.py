"""In a browser: the blocks of the case page that open by themselves, and the outbox of one round."""

import pytest
from django.urls import reverse

from apprentices.models import Conflict
from mobility.accounts.enums import Role
from mobility.common import outbox
from tests.apprentices.deciding import in_review
from tests.factories import InterviewFactory, InterviewTimeFactory, OfficeFactory, RoundFactory, TieFactory, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def case():
    """An application in review with an interview, a declared conflict, and a reviewer with a standing tie."""
    office = OfficeFactory()
    application = in_review(RoundFactory(office=office), company_name="Furukollen bo- og omsorgssenter")
    time = InterviewTimeFactory(round=application.round)
    InterviewFactory(application=application, status="booked", place=time.places.get())
    reviewer = member(Role.REVIEWER, office)
    Conflict.objects.create(application=application, person=reviewer, reason="We play in one band.")
    TieFactory(office=office, person=member(Role.REVIEWER, office, given_name="Odd"))
    return application


def test_what_the_registers_say_is_fetched_when_somebody_opens_it(page, live_server, case, enter, speak, axe, told):
    enter(member(Role.COORDINATOR, case.office))
    speak("en")
    page.goto(live_server.url + reverse("admin:apprentices_application_change", args=[case.pk]))
    block = page.get_by_role("region", name="Conflicts of interest")
    assert "has declared a tie" not in block.inner_text()
    summary = block.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    block.get_by_text("has declared a tie to Furukollen").wait_for()
    assert (axe(), told) == ([], [])


def test_all_mails_of_a_round_are_held_by_keyboard(page, live_server, case, enter, speak, axe, told):
    for number in range(3):
        to = outbox.To(address=f"ola{number}@example.org", language="en")
        about = {"application": case.pk} if number else {}
        outbox.queue(
            "accounts/email/plain", to=to, office=case.office, context={"subject": "Hi", "text": "x"}, about=about
        )
    enter(member(Role.COORDINATOR, case.office))
    speak("en")
    page.goto(live_server.url + reverse("accounts:outbox"))
    page.get_by_label("Round").select_option(str(case.round_id))
    page.get_by_role("searchbox", name="Address or subject").focus()
    page.keyboard.press("Enter")
    hold = page.get_by_role("link", name="Hold 2 mails that wait …")
    hold.wait_for()
    assert axe() == []
    hold.focus()
    page.keyboard.press("Enter")
    page.get_by_text("2 of 2 chosen").wait_for()
    assert axe() == []
    page.get_by_role("button", name="Hold 2 mails").focus()
    page.keyboard.press("Enter")
    page.get_by_text("2 mails are held.").wait_for()
    assert told == []
