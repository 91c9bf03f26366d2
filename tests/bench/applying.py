"""The form and the status page at 1,000, 10,000 and 100,000 applications: growth, queries, and eight at once.

One request after the other in this process gives growth and queries; gunicorn with two workers on the same database
gives what eight people at once get done against one (goal 6 of the measurements).
"""

import datetime
import http.client
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from functools import partial

from tests.bench.figures import BACKEND, HOST, in_turn, queries
from tests.bench.scratch import database

SIZES = (1_000, 10_000, 100_000)
TURNS = 9
SECONDS = 4  # of one run of the load
GROWTH = {(1_000, 10_000): 1.15, (10_000, 100_000): 1.25}
QUERIES = {"start": 6, "form": 6, "status": 10}
AT_ONCE, THROUGHPUT = 8, 1.7
SECRET = "benchbenchbenchbenchbenchbench32"


def measure() -> dict:
    """Fill a database that is made for it and thrown away; measure at each size, then under load at the largest."""
    with database(for_a_server=True):
        scene, found = Scene(), {}
        for size in SIZES:
            scene.fill(size)
            found[str(size)] = scene.measured()
        load = under_load(scene)
    return {"sizes": found, "load": load, "goals": goals(found, load)}


class Scene:
    """An open round, an applicant with a case of the own, and a browser that holds a draft."""

    def __init__(self):
        from django.test import Client  # after Django is set up

        from apprentices.models import Trade  # after Django is set up
        from apprentices.views.pages import DRAFTS  # after Django is set up
        from mobility.accounts.enums import Role  # after Django is set up
        from mobility.common import clock  # after Django is set up
        from tests import factories  # after Django is set up

        self.office = factories.OfficeFactory(slug="bench")
        self.round = factories.RoundFactory(office=self.office)
        self.trades = list(Trade.objects.all()[:20])
        person = factories.member(Role.APPRENTICE, self.office)
        apprentice = factories.ApprenticeFactory(office=self.office, user=person)
        self.own = factories.ApplicationFactory(submitted=True, round=self.round, apprentice=apprentice)
        self.draft = factories.ApplicationFactory(round=self.round, email_confirmed_at=clock.now())
        self.applicant, self.public = Client(**HOST), Client(**HOST)
        self.applicant.force_login(person, backend=BACKEND)
        session = self.public.session
        session[DRAFTS] = {str(self.round.pk): self.draft.pk}
        session["_csrftoken"] = SECRET
        session.save()
        self.size = 0

    def fill(self, size):
        """Add applications of others until there are ``size``; plain rows, many at a time."""
        from apprentices.models import Application, Apprentice  # after Django is set up

        born, moment = datetime.date(2007, 3, 1), self.round.opens_at
        for first in range(self.size, size, 5_000):
            numbers = range(first, min(first + 5_000, size))
            people = Apprentice.objects.bulk_create(
                Apprentice(
                    office=self.office,
                    given_name="Kari",
                    family_name=f"Nordmann {n}",
                    email=f"kari{n}@example.org",
                    birth_date=born,
                    trade=self.trades[n % len(self.trades)],
                )
                for n in numbers
            )
            Application.objects.bulk_create(
                Application(
                    round=self.round,
                    office=self.office,
                    apprentice=person,
                    given_name=person.given_name,
                    family_name=person.family_name,
                    email=person.email,
                    birth_date=born,
                    trade=person.trade,
                    motivation="I want to see how others work. " * 20,
                    reference=f"B-{n:06d}",
                    status=("submitted", "in_review", "offered", "accepted", "rejected")[n % 5],
                    submitted_at=moment + datetime.timedelta(seconds=n),
                )
                for n, person in zip(numbers, people, strict=True)
            )
        self.size = size

    def requests(self):
        """Name -> (client, method, address, data)."""
        from django.urls import reverse  # after Django is set up

        from tests.browserless import Page  # after Django is set up

        step = reverse("apprentices:apply_apprenticeship", args=[self.round.pk])
        body = self.public.get(step).content.decode()
        sent = Page(f"http://localhost{step}", 200, body).form(having="company_name").data({})
        return {
            "bare": (self.applicant, "GET", "/bench/bare/", None),
            "start": (self.public, "GET", reverse("apprentices:apply", args=[self.round.pk]), None),
            "form": (self.public, "GET", step, None),
            "form_sent": (self.public, "POST", step, [*_without_token(sent), ("csrfmiddlewaretoken", SECRET)]),
            "status": (self.applicant, "GET", reverse("apprentices:status", args=[self.own.pk]), None),
        }

    def measured(self) -> dict:
        wanted = self.requests()
        for name, request in wanted.items():  # warm, and refuse to measure an error page
            answer = ask(request)
            if answer.status_code != (302 if request[1] == "POST" else 200):
                raise AssertionError(f"{name}: {request[2]} answers {answer.status_code}")
        found = in_turn({name: partial(ask, request) for name, request in wanted.items()}, TURNS)
        for name, (client, method, address, _data) in wanted.items():
            found[name]["queries"] = queries(client, address) if method == "GET" else None
        return found


def _without_token(pairs):
    return [pair for pair in pairs if pair[0] != "csrfmiddlewaretoken"]


def ask(request):
    client, method, address, data = request
    if method == "GET":
        return client.get(address)
    return client.post(address, urllib.parse.urlencode(data), content_type="application/x-www-form-urlencoded")


# --- eight at once ----------------------------------------------------------------------------------------------------
def under_load(scene) -> dict:
    """Answers a second of one and of eight at once, from gunicorn with two workers."""
    from django.conf import settings  # after Django is set up
    from django.db import connection  # after Django is set up

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = database_url(connection)
    connection.close()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "mobility.wsgi", "-b", f"127.0.0.1:{port}", "-w", "2", "--log-level", "error"],
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"},
    )  # fmt: skip
    try:
        wait_for(port)
        found = {}
        for name, (client, method, address, data) in scene.requests().items():
            cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
            request = (port, method, address, urllib.parse.urlencode(data or []), cookie)
            throughput(request, AT_ONCE, seconds=1)  # both workers warm
            one, many = throughput(request, 1), throughput(request, AT_ONCE)
            found[name] = {"one": one, "eight": many, "ratio": round(many["per_second"] / one["per_second"], 2)}
        return found
    finally:
        server.terminate()
        server.wait(timeout=20)


def database_url(connection):
    """The address of the database that the measurements made, for the server's environment."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    user = urllib.parse.quote(values["USER"]) + (
        f":{urllib.parse.quote(values['PASSWORD'])}" if values["PASSWORD"] else ""
    )
    return f"postgres://{user}@{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"


def wait_for(port):
    for _try in range(200):
        try:
            if send((port, "GET", "/healthz", "", "")) == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")


def send(request) -> int:
    port, method, address, body, cookie = request
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Host": "localhost", "Cookie": cookie}
    if method == "POST":
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, address, body=body or None, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def throughput(request, people, seconds=SECONDS) -> dict:
    """Answers a second when so many people ask without a pause; ``errors`` are answers of 400 and above."""
    until = time.monotonic() + seconds
    answers: list[int] = []

    def ask_on():
        while time.monotonic() < until:
            answers.append(send(request))

    threads = [threading.Thread(target=ask_on) for _person in range(people)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - began
    return {"per_second": round(len(answers) / took, 1), "errors": sum(status >= 400 for status in answers)}


def over_bare(found, size, name) -> float:
    """CPU time beside that of the bare view of the same size: minutes lie between two sizes, and machines drift."""
    at_size = found[str(size)]
    return at_size[name]["cpu_ms"]["min"] / at_size["bare"]["cpu_ms"]["min"]


# --- goals ------------------------------------------------------------------------------------------------------------
def goals(found, load) -> dict:
    """Each goal with what was found; ``met`` says whether it holds."""
    result = {}
    for name in ("start", "form", "form_sent", "status"):
        for (small, large), most in GROWTH.items():
            ratio = round(over_bare(found, large, name) / over_bare(found, small, name), 2)
            result[f"growth_{name}_{small}_to_{large}_at_most_{most}"] = {"found": ratio, "met": ratio <= most}
        many = load[name]
        result[f"{name}_eight_at_once_at_least_{THROUGHPUT}"] = {
            "found": many["ratio"],
            "errors": many["eight"]["errors"],
            "met": many["ratio"] >= THROUGHPUT and not many["eight"]["errors"],
        }
    for name, most in QUERIES.items():
        counted = [found[str(size)][name]["queries"] for size in SIZES]
        met = max(counted) <= most and len(set(counted)) == 1
        result[f"queries_{name}_at_most_{most}"] = {"found": counted, "met": met}
    return result
