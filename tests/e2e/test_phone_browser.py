"""One person, a phone with a bad network: from the office's page to the receipt, and nothing gets lost."""

import contextlib
import io
import random
import re
import socket
import threading

import pytest
from django.core.cache import cache
from django.urls import reverse
from PIL import Image
from playwright.sync_api import expect

from apprentices.models import Application
from mobility.common import clock
from tests import factories
from tests.e2e.test_apply_browser import about_oneself, fits, mailed_code, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 800}
ENOUGH = 100_000  # bytes of an upload that have arrived when the line breaks


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()


@pytest.fixture
def round_(office):
    factories.TradeFactory(code="BUXYL3----", name_nb="Xylograffaget", name_en="Xylographer")
    return factories.RoundFactory(office=office, name="Høst 2027", grace_minutes=30)


def photo():
    """A picture that does not get smaller: half a megabyte."""
    file = io.BytesIO()
    Image.frombytes("RGB", (400, 400), random.Random(5).randbytes(400 * 400 * 3)).save(file, "PNG")
    return {"name": "attest.png", "mimeType": "image/png", "buffer": file.getvalue()}


class Line:
    """The way from the phone to the server: carries everything until it is cut, then breaks each upload in its middle."""

    def __init__(self, server_url):
        host, _colon, port = server_url.removeprefix("http://").partition(":")
        self.server = host, int(port)
        self.is_cut = False
        self.broken = 0
        self.door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        with contextlib.suppress(OSError):  # closed at the end of the test
            while True:
                phone, _address = self.door.accept()
                server = socket.create_connection(self.server)
                threading.Thread(target=self.carry, args=(phone, server, True), daemon=True).start()
                threading.Thread(target=self.carry, args=(server, phone, False), daemon=True).start()

    def carry(self, source, target, is_upwards):
        carried = 0
        with contextlib.suppress(OSError):
            while part := source.recv(16_384):
                carried = carried + len(part) if len(part) == 16_384 else 0  # of one upload: small requests are whole
                if is_upwards and self.is_cut and carried > ENOUGH:
                    self.broken += 1
                    break
                target.sendall(part)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        source.close()  # the target is the other thread's source


@pytest.fixture
def line(live_server):
    line = Line(live_server.url)
    yield line
    line.door.close()


def cut_upload(page, line):
    """An upload breaks after some of it has arrived: told to the person, nothing kept, tried again with the same file."""
    line.is_cut = True
    page.set_input_files("#file_certificate", photo())
    row = page.locator("[data-upload-queue] li")
    expect(row).to_contain_text("The upload was cut off. Try again")
    assert line.broken >= 1
    assert Application.objects.get().attachments.count() == 0
    line.is_cut = False
    row.get_by_role("button", name="Try again attest.png").click()
    expect(page.locator("#files-certificate [data-upload-list] li")).to_contain_text("attest.png")
    expect(row).to_have_count(0)


def test_a_phone_goes_from_the_office_page_to_the_receipt(page, browser, line, round_, axe, told):
    """Back, reload, a second device, an upload that is cut, a deadline that passes on the way."""

    def look():
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # colours change at once
            assert (axe(), fits(page)) == ([], True)

    page.set_viewport_size(PHONE)
    page.goto(line.url + round_.office.get_absolute_url())
    with page.expect_navigation():
        page.locator(f"main a[href='{round_.get_absolute_url()}']").first.click()
    look()
    with page.expect_navigation():
        page.click("main a.u-btn--primary")
    page.fill("#id_given_name", "Åse-Marie")
    page.fill("#id_family_name", "Øygården")
    page.fill("#id_email", "ase@example.net")
    page.fill("#id_phone", "999 90 109")
    page.check("#id_consent")
    press(page)
    about_oneself(page)
    press(page)
    page.go_back()
    assert page.input_value("#id_postal_place") == "Lillehammer"
    page.go_forward()
    page.select_option("#id_trade", label="Xylographer")
    page.check("#id_contract_kind_0")
    page.fill("#id_contract_starts_on", factories.days(-300).isoformat())
    page.fill("#id_contract_ends_on", factories.days(400).isoformat())
    page.fill("#id_company_name", "Furukollen bo- og omsorgssenter")
    page.fill("#id_manager_name", "Gunn Helen Strømsør")
    page.fill("#id_manager_email", "gunn@example.com")
    page.select_option("#id_training_office_choice", "none")
    # a link of the stepper saves what was typed before it leaves
    with page.expect_navigation():
        page.click("[data-steps] li:nth-child(4) a")
    page.wait_for_url("**/stay/")

    # the second device: the address and the code of the first mail open the same draft there
    other = browser.new_context(viewport=PHONE).new_page()
    other.goto(line.url + reverse("apprentices:resume"))
    other.fill("#id_email", "ase@example.net")
    press(other, "main form button[type=submit]")
    other.fill("#id_code", mailed_code("ase@example.net"))
    press(other, "main form button[type=submit]")
    other.goto(line.url + reverse("apprentices:apply_stay", args=[round_.pk]))
    other.select_option("#id_first_country", "ES")
    other.check("#id_goes_anywhere")
    other.select_option("#id_english_level", "B1")
    other.check("#id_has_earlier_stays_1")
    press(other)
    other.context.close()

    # back on the phone: what the other device saved is there
    page.reload()
    assert (page.input_value("#id_first_country"), page.is_checked("#id_goes_anywhere")) == ("ES", True)
    press(page)
    page.fill("#id_motivation", "Jeg vil lære mer.\nOg klare meg selv.")
    cut_upload(page, line)
    assert page.input_value("#id_motivation") == "Jeg vil lære mer.\nOg klare meg selv."
    press(page)
    page.go_back()
    assert page.input_value("#id_motivation") == "Jeg vil lære mer.\nOg klare meg selv."
    assert "attest.png" in page.inner_text("main")
    page.reload()
    press(page)
    look()

    # the round closes while the last page is open; the office gives those who had begun half an hour
    round_.closes_at = clock.now()
    round_.save()
    page.reload()
    assert "closed, but you may send until" in page.inner_text("body")
    if page.locator("#id_code").count():
        page.fill("#id_code", mailed_code("ase@example.net"))
    press(page)
    sent = Application.objects.get()
    assert (sent.status, sent.is_late, sent.first_country) == ("submitted", True, "ES")
    assert sent.reference in page.inner_text("main")
    told[:] = [line for line in told if not re.search(r"net::|Failed to load", line)]  # the line that was cut
    assert told == []
    look()
