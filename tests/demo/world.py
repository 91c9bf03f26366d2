"""Who takes part in the demo, their browsers, their mails, and the clock that moves."""

import datetime
import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.browserless import Browser

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "fjord-og-multe-i-ord"


@dataclass
class World:
    """The state of one run: addresses of the rows that the steps made, and one browser for each person."""

    site: str
    output: Path
    browsers: dict[str, Browser] = field(default_factory=dict)
    today: datetime.date = field(default_factory=datetime.date.today)
    seen: set[str] = field(default_factory=set)
    keys: dict[str, str] = field(default_factory=dict)
    report: Path | None = None

    @classmethod
    def from_environment(cls):
        return cls(site=os.environ["SITE_URL"], output=Path(os.environ["DEMO_OUTPUT"]))

    def browser(self, person):
        """The browser of one person, with its own cookies, switched to English as anybody may."""
        if person not in self.browsers:
            self.browsers[person] = browser = Browser(self.site)
            browser.open("/accessibility/")
            browser.submit(action="/language/", language="en")
        return self.browsers[person]

    def manage(self, *words):
        """Run ``manage.py`` in the demo's own database and return what it prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", *words], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise AssertionError(f"manage.py {' '.join(words)}: {done.stderr[-800:]}")
        return done.stdout

    def move(self, *, days):
        """Let the clock of server and worker go forward."""
        self.manage("move_clock", "--days", str(days))
        self.today += datetime.timedelta(days=days)

    def day(self, count):
        """The date ``count`` days from the demo's today, as a date field sends it."""
        return (self.today + datetime.timedelta(days=count)).isoformat()

    def mail(self, address, *, having=""):
        """The newest mail to ``address`` that nobody has read yet, from the demo's outbox; its page."""
        reader = self.browser("coordinator")
        for _try in range(50):
            page = reader.open("/outbox/")
            rows = re.findall(r'<a href="(/outbox/\d+/)">(.*?)</a><small>(.*?)</small>', page.body)
            for href, subject, to in rows:
                if to.strip() == address and href not in self.seen and having in subject:
                    self.seen.add(href)
                    return reader.open(href)
            time.sleep(0.1)
        raise AssertionError(f"no mail to {address} {having!r}: {rows[:10]}")

    def link_to(self, address, path, *, having=""):
        """The link that contains ``path`` in the newest unread mail to ``address``."""
        return self.mail(address, having=having).link(path)

    def code_to(self, address):
        """The six-digit code in the newest unread mail to ``address``."""
        return re.search(r"\b(\d{6})\b", self.mail(address).text)[1]


def number_in(url):
    """The last number in an address: the key of the row that a page is about."""
    return re.findall(r"/(\d+)/", url)[-1]


def says(page, *words):
    """Fail unless the page says all of ``words``."""
    missing = [word for word in words if word not in page.text]
    if missing:
        raise AssertionError(f"{page.url} ({page.title}) does not say {missing}: {page.text[-1500:]}")
