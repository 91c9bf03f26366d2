"""The application form in a real browser: on a phone, by keyboard alone, in four languages, over a slow line."""

import io
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from django.core.cache import cache
from django.urls import reverse
from PIL import Image

from apprentices.models import Application, Endorsement
from mobility.accounts import links
from mobility.accounts.enums import LinkPurpose
from mobility.common import clock
from mobility.common.models import OutboundMail
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG_NAME = "Åse-Marie Łucja Nguyễn " + "Langtnavn" * 8
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()


@pytest.fixture
def round_(office):
    factories.TradeFactory(code="BUXYL3----", name_nb="Xylograffaget", name_en="Xylographer")  # the only one with X
    factories.TradeFactory()
    return factories.RoundFactory(office=office, name="Høst 2027")


def mailed_code(address):
    mail = OutboundMail.objects.filter(to_address=address, template="apprentices/email/draft_code").first()
    return next(secret for secret in mail.secrets if re.fullmatch(r"\d{6}", secret))


def press(page, selector="button.u-btn--primary[form=step]"):
    with page.expect_navigation():
        page.click(selector)


def about_oneself(page):
    page.fill("#id_birth_date", "2006-02-03")
    page.check("#id_gender_0")
    page.select_option("#id_nationality", "NO")
    page.fill("#id_address", "Storgata 1")
    page.fill("#id_postal_code", "2609")
    page.fill("#id_postal_place", "Lillehammer")
    page.fill("#id_municipality", "Lillehammer")


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_keyboard_alone_submits_an_application(page, live_server, round_):
    page.goto(live_server.url + reverse("apprentices:apply", args=[round_.pk]))
    keys = page.keyboard

    def to(selector):
        for _stop in range(60):
            keys.press("Tab")
            if page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"Tab never reached {selector}")

    def type_into(name, text):
        to(f"#id_{name}")
        keys.type(text)

    def enter_date(name, day):
        to(f"#id_{name}")
        keys.type(day.strftime("%m%d%Y"))

    def save():
        to("button.u-btn--primary[form=step]")
        with page.expect_navigation():
            keys.press("Enter")

    to("main a.u-btn--primary")
    with page.expect_navigation():
        keys.press("Enter")
    type_into("given_name", "Kari")
    type_into("family_name", "Haugseth")
    type_into("email", "kari@example.net")
    type_into("phone", "99990109")
    to("#id_written_form_3")
    keys.press("ArrowUp")
    to("#id_consent")
    keys.press("Space")
    save()
    enter_date("birth_date", factories.days(-7000))
    to("[name=gender]")
    keys.press("Space")
    to("#id_nationality")
    keys.type("Norway")
    for name, text in (("address", "Storgata 1"), ("postal_code", "2609"), ("postal_place", "Lillehammer")):
        type_into(name, text)
    type_into("municipality", "Lillehammer")
    save()
    to("#id_trade")
    keys.type("X")
    to("[name=contract_kind]")
    keys.press("Space")
    enter_date("contract_starts_on", factories.days(-300))
    enter_date("contract_ends_on", factories.days(400))
    type_into("company_name", "Furukollen")
    to("#id_training_office_choice")
    keys.type("No training")
    type_into("manager_name", "Gunn Strømsør")
    type_into("manager_email", "gunn@example.com")
    save()
    to("#id_first_country")
    keys.type("Spain")
    to("#id_english_level")
    keys.type("B1")
    to("#id_has_earlier_stays_0")
    keys.press("ArrowDown")
    save()
    type_into("motivation", "Jeg vil lære mer.")
    save()
    type_into("code", mailed_code("kari@example.net"))
    save()
    sent = Application.objects.get()
    assert (sent.status, sent.trade.code, sent.first_country, sent.written_form) == (
        "submitted",
        "BUXYL3----",
        "ES",
        "sv",
    )


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_axe_finds_nothing_on_any_step_with_errors_and_a_long_name(
    page, live_server, round_, speak, axe, told, language
):
    speak(language)

    def look(name):
        assert page.locator("html").get_attribute("lang") == language
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert (name, width, axe(), fits(page), told) == (name, width, [], True, [])

    def step(name):
        page.goto(live_server.url + reverse(f"apprentices:{name}", args=[round_.pk]))

    for name in ("apply", "apply_contact"):
        step(name)
        look(name)
    press(page)
    look("contact with errors")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    page.fill("#id_given_name", LONG_NAME)
    page.fill("#id_email", "lang@example.net")
    page.check("#id_consent")
    press(page)
    page.fill("#id_birth_date", factories.days(-17 * 365).isoformat())
    page.fill("#id_guardian_email", "not an address")
    page.fill("#id_municipality", "M" * 80)
    press(page)
    look("person with errors and a guardian")
    page.fill("#id_guardian_email", "tora@example.net")
    press(page)
    page.fill("#id_company_name", "F" * 160)
    page.fill("#id_manager_email", "not an address")
    press(page)
    look("apprenticeship with errors")
    page.fill("#id_manager_email", "gunn@example.com")
    press(page)
    step("apply_stay")
    page.select_option("#id_first_country", "ES")
    page.select_option("#id_second_country", "ES")
    page.select_option("#id_languages-0-language", "de")
    press(page)
    look("stay with errors")
    step("apply_motivation")
    page.fill("#id_motivation", "a" * 2001)
    page.set_input_files("#file_other", {"name": "a.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"})
    page.wait_for_selector("[data-upload-queue] li button")
    press(page)
    told[:] = [line for line in told if "422" not in line]  # the browser's note that the upload was refused
    look("motivation with errors")
    step("apply_check")
    look("check")
    press(page)
    look("check with errors")
    assert page.evaluate("document.activeElement.hasAttribute('data-error-summary')")
    page.goto(live_server.url + reverse("apprentices:resume"))
    look("resume")
    page.fill("#id_email", "lang@example.net")
    press(page, "main form button[type=submit]")
    press(page, "main form button[type=submit]")
    look("resume code with errors")


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_axe_finds_nothing_on_the_pages_after_sending(
    page, live_server, enter, speak, axe, told, round_, apprentice_user, language
):
    sent = factories.ApplicationFactory(round=round_, submitted=True, status="offered", given_name=LONG_NAME)
    sent.apprentice.user = apprentice_user
    sent.apprentice.save()
    endorsement = Endorsement.objects.create(
        application=sent, name="Gunn Helen", email="gunn@example.com", asked_at=clock.now()
    )
    speak(language)
    enter(apprentice_user)
    link = links.create(
        purpose=LinkPurpose.ENDORSE,
        object_id=endorsement.pk,
        office=round_.office,
        address="g@example.com",
        language="nb",
    )
    pages = [reverse(f"apprentices:{name}", args=[sent.pk]) for name in ("status", "answer_offer", "withdraw")]
    for path in [*pages, "/" + link.url.split("/", 3)[3]]:
        page.goto(live_server.url + path)
        if page.locator("main form[method=post]").count():
            press(page, "main form button[type=submit]")
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert (path, width, axe(), fits(page), told) == (path, width, [], True, [])


# --- a slow line ----------------------------------------------------------------------------------------------------
SLOW = 100_000  # bytes a second
SIZE = 5_000_000  # bytes
LINE = "a-line-that-no-picture-has-inside"
SETTINGS = """from mobility.settings.dev import *
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
"""  # the demo's, without the step of collecting static files


@pytest.fixture
def served(tmp_path):
    """The web server as ``./run`` starts it (threads, long timeout), on a database of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    (tmp_path / "slow_settings.py").write_text(SETTINGS, encoding="utf-8")
    env |= {"VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "slow_settings", "PYTHONPATH": f"{ROOT}:{tmp_path}"}
    env |= {"SITE_URL": f"http://127.0.0.1:{port}"}
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "migrate", "--verbosity", "0"], env=env, check=True, cwd=tmp_path)
    made = subprocess.run(
        [*manage, "shell", "--verbosity", "0", "-c", "from tests.factories import *; print(RoundFactory().pk)"],
        env=env, check=True, cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    started = (ROOT / "run").read_text(encoding="utf-8")
    options = re.findall(r"--(?:worker-class|workers|threads|timeout|graceful-timeout|no-control-socket)", started)
    assert {"--worker-class", "--threads", "--timeout"} <= set(options)
    threads = re.search(r'"gthread", "--workers", "\d+", "--threads", "\d+", "--timeout", "\d+"', started)
    command = [sys.executable, "-m", "gunicorn", "mobility.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class"]
    command += [part.strip('"') for part in threads.group().split(", ")]
    command += ["--no-control-socket"] if "--no-control-socket" in options else []
    log = (tmp_path / "server.log").open("wb")
    server = subprocess.Popen(command, env=env, cwd=ROOT, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield port, int(made.stdout.split()[-1]), tmp_path
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
        log.close()
        shutil.rmtree(tmp_path, ignore_errors=True)


def wait_for(url):
    for _try in range(100):
        try:
            with urllib.request.urlopen(url, timeout=10):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")


class Slow:
    """A browser of sorts: cookies, forms, and a line that carries 100 kB a second."""

    def __init__(self, port):
        self.port, self.cookie = port, ""

    def send(self, head, body=b"", speed=None):
        with socket.create_connection(("127.0.0.1", self.port), timeout=120) as line:
            cookie = f"Cookie: {self.cookie}\r\n" if self.cookie else ""
            line.sendall(f"{head}\r\nHost: 127.0.0.1\r\nConnection: close\r\n{cookie}".encode())
            line.sendall(f"Content-Length: {len(body)}\r\n\r\n".encode())
            begun = time.monotonic()
            for start in range(0, len(body), 20_000):
                try:
                    line.sendall(body[start : start + 20_000])
                except BrokenPipeError:  # it answered without listening to the end
                    break
                if speed:
                    time.sleep(max(0, begun + (start + 20_000) / speed - time.monotonic()))
            answer = b""
            while part := line.recv(65_536):
                answer += part
        for name, value in re.findall(rb"Set-Cookie: (sessionid)=(\w+)", answer):
            self.cookie = f"{name.decode()}={value.decode()}"
        return answer.decode(errors="replace")

    def token(self, path):
        return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.send(f"GET {path} HTTP/1.1")).group(1)


def test_five_megabytes_at_100_kilobytes_a_second_arrive(served):
    port, round_pk, var = served
    slow = Slow(port)
    contact, step = f"/apply/{round_pk}/contact/", f"/apply/{round_pk}/motivation/"
    fields = {"given_name": "Kari", "email": "kari@example.net", "written_form": "nb", "consent": "on"}
    body = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": slow.token(contact)}).encode()
    begun = slow.send(f"POST {contact} HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded", body)
    assert " 302 " in begun.splitlines()[0]
    noise = io.BytesIO()
    Image.frombytes("RGB", (1290, 1290), random.Random(5).randbytes(1290 * 1290 * 3)).save(noise, "PNG")
    assert len(noise.getvalue()) >= SIZE
    parts = [("csrfmiddlewaretoken", slow.token(step)), ("motivation", "Jeg vil")]
    body = b"".join(
        f'--{LINE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in parts
    )
    body += f'--{LINE}\r\nContent-Disposition: form-data; name="file_other"; filename="bilde.png"\r\n'.encode()
    body += b"Content-Type: image/png\r\n\r\n" + noise.getvalue() + f"\r\n--{LINE}--\r\n".encode()
    started = time.monotonic()
    answer = slow.send(f"POST {step} HTTP/1.1\r\nContent-Type: multipart/form-data; boundary={LINE}", body, speed=SLOW)
    assert time.monotonic() - started >= len(body) / SLOW - 1
    assert " 302 " in answer.splitlines()[0], answer[:300]
    kept = list((var / "files").rglob("*.png"))
    assert len(kept) == 1
    with Image.open(kept[0]) as picture:
        assert picture.size == (1290, 1290)
