"""Files on a phone with a bad network: progress, a line that is cut, trying again, several after one another; axe."""

import io
import threading

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from apprentices.models import Application, Attachment
from tests import factories
from tests.apprentices.test_details import accepted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def photo(name="bilde.jpg", color="white"):
    file = io.BytesIO()
    Image.new("RGB", (300, 200), color).save(file, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": file.getvalue()}


@pytest.fixture
def me(page, enter, office, apprentice_user):
    """The page of the English CV of somebody who said yes, on a phone."""
    page.set_viewport_size({"width": 390, "height": 800})
    enter(apprentice_user)
    return accepted(office, apprentice_user)


def open_section(page, live_server, application, code="english"):
    page.goto(live_server.url + reverse("apprentices:details_section", args=[application.pk, code]))


def test_a_cut_upload_is_told_and_tried_again_with_the_same_file(page, live_server, me, axe, told):
    open_section(page, live_server, me)
    page.fill("#id_cv_english", "Alt jeg skrev")
    page.route("**/files/cv_english/", lambda route: route.abort("connectionreset"))
    page.set_input_files("#file_cv_english", photo())
    row = page.locator("[data-upload-queue] li")
    expect(row).to_contain_text("The upload was cut off. Try again")
    assert axe() == []
    page.unroute("**/files/cv_english/")
    row.get_by_role("button", name="Try again bilde.jpg").click()
    expect(page.locator("[data-upload-list] li")).to_contain_text("bilde.jpg")
    expect(row).to_have_count(0)
    assert page.input_value("#id_cv_english") == "Alt jeg skrev"
    assert Attachment.objects.count() == 1
    assert axe() == []
    assert [line for line in told if "ERR_CONNECTION_RESET" not in line and "net::" not in line] == []


def test_several_files_go_one_after_the_other_with_progress_and_one_is_cancelled(page, live_server, me):
    open_section(page, live_server, me)
    go_on = threading.Event()
    seen = []

    def hold(route):
        seen.append(route)
        if go_on.is_set():
            route.continue_()

    page.route("**/files/cv_english/", hold)
    page.set_input_files("#file_cv_english", [photo("en.jpg"), photo("to.jpg", "red"), photo("tre.jpg", "blue")])
    rows = page.locator("[data-upload-queue] li")
    expect(rows).to_have_count(3)
    expect(rows.nth(0).locator("progress")).to_have_attribute("aria-label", "Uploading en.jpg")
    expect(rows.nth(1)).to_contain_text("waiting")
    assert len(seen) == 1
    rows.nth(1).get_by_role("button", name="Cancel to.jpg").click()
    expect(page.locator("[data-upload-say]")).to_have_text("to.jpg was not uploaded.")
    go_on.set()
    seen[0].continue_()
    expect(page.locator("#files-cv_english [data-upload-list] li")).to_have_count(2)
    assert [a.file.original_name for a in Attachment.objects.all()] == ["en.jpg", "tre.jpg"]


def test_saving_waits_for_the_files_that_are_on_their_way(page, live_server, me):
    open_section(page, live_server, me)
    routes = []
    page.route("**/files/cv_english/", lambda route: routes.append(route))  # noqa: PLW0108 - Playwright marks it
    page.fill("#id_letter_english", "Brevet")
    page.set_input_files("#file_cv_english", photo())
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[data-upload-say]")).to_have_text("The page goes on when the files are uploaded.")
    with page.expect_navigation():
        routes[0].continue_()
    assert (Attachment.objects.count(), me.details.letter_english) == (1, "Brevet")


def test_a_refused_and_a_too_large_file_are_told_beside_the_input(page, live_server, me, axe, settings):
    open_section(page, live_server, me)
    page.set_input_files("#file_cv_english", {"name": "cv.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"})
    rows = page.locator("[data-upload-queue] li")
    expect(rows).to_contain_text("This file is not a PDF, JPG or PNG.")
    rows.get_by_role("button", name="Close cv.svg").click()
    expect(rows).to_have_count(0)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_input_files(
        "#file_cv_english", {"name": "stor.pdf", "mimeType": "application/pdf", "buffer": b"0" * 11_000_000}
    )
    expect(rows).to_contain_text("The file “stor.pdf” is 11 MB. It may have up to 10 MB.")
    assert asked == []
    assert axe() == []


def test_a_file_is_replaced_and_deleted_with_the_keyboard(page, live_server, me):
    open_section(page, live_server, me)
    page.set_input_files("#file_cv_english", photo("før.jpg"))
    got = page.locator("#files-cv_english [data-upload-list] li")
    expect(got).to_contain_text("før.jpg")
    got.locator("summary").press("Enter")
    got.locator("input[type=file]").set_input_files(photo("etter.jpg", "red"))
    expect(got).to_contain_text("etter.jpg")
    assert Attachment.objects.get().file.original_name == "etter.jpg"
    page.fill("#id_cv_english", "Alt jeg skrev")
    with page.expect_navigation():
        got.get_by_role("button", name="Delete etter.jpg").press("Enter")
    assert Attachment.objects.count() == 0
    assert page.input_value("#id_cv_english") == "Alt jeg skrev"


def test_enter_in_a_text_field_uploads_and_deletes_nothing(page, live_server, context, office):
    round_ = factories.RoundFactory(office=office)
    page.goto(live_server.url + reverse("apprentices:apply_contact", args=[round_.pk]))
    page.fill("#id_given_name", "Åse")
    page.fill("#id_email", "ase@example.net")
    page.check("#id_consent")
    with page.expect_navigation():
        page.click(".u-savebar button[type=submit]")
    factories.AttachmentFactory(application=Application.objects.get())
    page.goto(live_server.url + reverse("apprentices:apply_motivation", args=[round_.pk]))
    with page.expect_navigation():
        page.press("#id_referee_name", "Enter")
    assert page.url.endswith("/check/")
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize(("language", "scheme"), [("en", "light"), ("nb", "dark"), ("nn", "light"), ("sv", "dark")])
def test_the_pages_of_the_second_stage_have_nothing_that_axe_finds(
    page, live_server, me, axe, told, speak, language, scheme
):
    page.emulate_media(color_scheme=scheme)
    speak(language)
    codes = ("english", "certificates", "health", "next-of-kin", "travel", "insurance", "bank")
    addresses = [
        reverse("apprentices:details", args=[me.pk]),
        *(reverse("apprentices:details_section", args=[me.pk, code]) for code in codes),
        reverse("apprentices:details_insurance", args=[me.pk]),
    ]
    titles = set()
    for address in addresses:
        page.goto(live_server.url + address)
        titles.add(page.title())
        assert (axe(), page.locator("h1").count()) == ([], 1), address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    assert len(titles) == len(addresses)
    page.goto(live_server.url + addresses[-2])
    page.fill("#id_number", "12345")
    page.check("#id_country_0")
    with page.expect_navigation():
        page.click(".u-savebar button[type=submit]")
    assert axe() == []
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    assert told == []
