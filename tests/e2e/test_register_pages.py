"""Import of contracts, people who may be one, and writing on behalf, in a browser: axe in four languages, width, keyboard."""

import re

import pytest
from django.urls import reverse

from apprentices.models import SamePersonHint, TrainingOffice
from apprentices.services import contract_imports, on_behalf
from apprentices.services.duplicates import look_for_pairs
from mobility.common.models import OutboundMail
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Wolfeschlegelsteinhausenbergerdorff-Montgomery"
ROWS = """sysId;fornavn;etternavn;fdato;epost;mobil;type;promrkode;promrnavn;bnr;bedrnavn;start;slutt
K-1;Kari;Nordmann;05.06.2007;new@example.net;99990109;Lærling;HSHEA3;;995810166;Furukollen;01.08.2025;31.07.2027
K-2;Kari;Nordman;05.06.2007;;12;Lærling;HSHEA3;;995810166;Furukollen;01.08.2025;
K-3;Ola;Hansen;31.06.2007;;;Lærling;HSHEA3;;995810166;Furukollen;01.08.2025;
K-4;Per;{long};05.06.2006;;;Lærekandidat;HSHEA3;;995810166;Furukollen;01.08.2025;
""".replace("{long}", LONG)


@pytest.fixture
def filled(office, coordinator):
    """A list with a row of each kind, a pair, and an application that waits for its apprentice."""
    people = [
        factories.ApprenticeFactory(
            office=office, given_name="Kari", family_name=name, birth_date="2007-06-05", email=f"{name}@example.net"
        )
        for name in ("Nordmann", "Nordmann Berg")
    ]
    found = contract_imports.check_contracts(office=office, content=ROWS.encode(), name="vigo.csv", by=coordinator)
    look_for_pairs(office=office)
    TrainingOffice.objects.create(office=office, name="BLOK")
    round_ = factories.RoundFactory(office=office)
    writing = factories.EntryFactory(application__round=round_, application__family_name=LONG, entered_by=coordinator)
    asked = factories.EntryFactory(application__round=round_, entered_by=coordinator)
    on_behalf.ask_to_approve(entry=asked, by=coordinator)
    token = re.search(r"/approve/(\S+)/", OutboundMail.objects.latest("pk").body)[1]
    return {"import": found, "person": people[0], "writing": writing, "asked": asked, "token": token}


def addresses(filled):
    hint = filled["person"].pk
    pk = filled["import"].pk
    return [
        reverse("apprentices:contract_imports"),
        reverse("apprentices:contract_import", args=[pk]),
        reverse("apprentices:discard_contract_import", args=[pk]),
        reverse("apprentices:same_person"),
        reverse("apprentices:pair", args=[SamePersonHint.objects.get().pk]),
        reverse("apprentices:merged_rows", args=[hint]),
        reverse("admin:apprentices_apprentice_changelist"),
        reverse("admin:apprentices_apprentice_change", args=[hint]),
        reverse("apprentices:entries"),
        reverse("apprentices:new_entry"),
        filled["writing"].get_absolute_url(),
        filled["asked"].get_absolute_url(),
        reverse("apprentices:approve_entry", args=[filled["token"]]),
        reverse("apprentices:invite_training_office"),
    ]


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_every_page_is_accessible(page, live_server, enter, speak, axe, told, filled, coordinator, language):
    enter(coordinator)
    speak(language)
    titles = set()
    for path in addresses(filled):
        page.goto(live_server.url + path)
        assert (path, axe()) == (path, [])
        assert (path, page.locator("h1").count()) == (path, 1)
        titles.add(page.title())
    assert len(titles) == len(addresses(filled))
    assert told == []


def test_no_page_is_wider_than_a_phone(page, live_server, enter, filled, coordinator):
    enter(coordinator)
    page.set_viewport_size({"width": 390, "height": 844})
    for path in addresses(filled):
        page.goto(live_server.url + path)
        assert (path, page.evaluate("document.documentElement.scrollWidth")) == (path, 390)
