"""Steps before departure: the office, the round, the application, selection, placement, learning agreement."""

import datetime
import html
import re
import tempfile
from pathlib import Path

from tests.demo.world import PASSWORD, number_in, says

COORDINATOR = "ragnhild@intsek.example.org"
REVIEWERS = ("espen@intsek.example.org", "siri@intsek.example.org")
APPRENTICE = "ase-marie@apprentice.example.net"
MANAGER = "gunn.helen@furukollen.example.com"
GUARDIAN = "tora@family.example.net"
PARTNER = "lucia@puente.example.com"
HOST = "lukasz@residencia.example.com"
INSTRUCTOR = "berit@furukollen.example.com"
NAME = "Åse-Marie Øygården"


def begin(world):
    """``create_office`` starts a real office; its first coordinator invites two reviewers and a project is entered."""
    printed = world.manage(
        "create_office", "--name", "Internasjonalt servicekontor", "--short-name", "INTSEK", "--slug", "intsek",
        "--kind", "county_service_office", "--country", "NO", "--email", COORDINATOR,
        "--coordinator", "Ragnhild Tveitmoen",
    )  # fmt: skip
    coordinator = world.browser("coordinator")
    coordinator.open(re.search(r"http\S+", printed)[0])
    coordinator.submit(having="password1", password1=PASSWORD, password2=PASSWORD)
    says(coordinator.open("/admin/"), "Ragnhild")
    for address in REVIEWERS:
        coordinator.open("/people/invite/")
        coordinator.submit(
            having="role", role="reviewer", given_name=address.split("@")[0].title(), address=address, language="nb"
        )
        accept(world, address)
    project = coordinator.open("/admin/grants/project/add/")
    facts = {
        "code": "2026-1-NO01-KA121-VET-000012345",
        "title": "Ut i Europa",
        "starts_on": world.day(-30),
        "ends_on": world.day(420),
        "awarded": "120000",
        "base_rates-0-participant_kind": "vet_learner",
        "base_rates-0-country_group": "2",
        "base_rates-0-eur_per_day": "110",
        "budget_lines-0-heading": "individual_support",
        "budget_lines-0-awarded": "100000",
        "budget_lines-1-heading": "travel",
        "budget_lines-1-awarded": "20000",
    }
    del project
    says(coordinator.submit(having="code", **facts), "2026-1-NO01-KA121-VET-000012345")
    return "office, two reviewers, a project"


def accept(world, address):
    """Accept the invitation that was mailed to ``address``, with a password."""
    browser = world.browser(address)
    browser.open(world.link_to(address, "/invitation/"))
    browser.submit(having="password1", password1=PASSWORD, password2=PASSWORD)
    return browser


def open_round(world):
    """A round of 14-week stays with the standard criteria; the window closes in 20 days at 12:00, Norwegian time."""
    coordinator = world.browser("coordinator")
    coordinator.open("/admin/apprentices/round/add/")
    project = next(
        value for value, words in coordinator.page.form(having="opens_at").options["project"].items() if "2026" in words
    )
    world.keys["project"] = project
    page = coordinator.submit(
        having="opens_at",
        name="Reise 2027",
        project=project,
        places="2",
        opens_at=world.day(-1) + "T09:00",
        closes_at=world.day(20) + "T12:00",
        departs_from=world.day(60),
        departs_to=world.day(67),
        returns_from=world.day(157),
        returns_to=world.day(164),
        answer_by=world.day(45),
        start_with="standard",
    )
    world.keys["round"] = number_in(page.url)
    coordinator.open(f"/selection/rounds/{world.keys['round']}/open/")
    coordinator.submit()
    says(world.browser("stranger").open("/o/intsek/"), "Reise 2027", "12:00", "Norwegian time")
    return "open on the office's page"


def apply(world):
    """The public form: five steps, one file, the mailed code, the receipt."""
    apprentice = world.browser("apprentice")
    at = f"/apply/{world.keys['round']}"
    apprentice.open(at + "/")
    apprentice.open(at + "/contact/")
    apprentice.submit(
        having="consent", given_name="Åse-Marie", family_name="Øygården", email=APPRENTICE, phone="99990109",
        written_form="nn", consent="on",
    )  # fmt: skip
    born = (world.today - datetime.timedelta(days=round(17.3 * 365.25))).isoformat()
    apprentice.submit(
        having="nationality", birth_date=born, gender="female", nationality="NO", address="Storgata 1",
        postal_code="2609", postal_place="Lillehammer", municipality="Lillehammer",
    )  # fmt: skip
    # a birth date below 18 brings the guardian's questions, and the step once more
    apprentice.submit(having="guardian_name", guardian_name="Tora Øygården", guardian_email=GUARDIAN)
    form = apprentice.page.form(having="trade")
    trade = next(value for value, words in form.options["trade"].items() if words == "Health care work")
    work = {
        "trade": trade,
        "contract_kind": "apprenticeship",
        "contract_starts_on": world.day(-300),
        "contract_ends_on": world.day(400),
        "company_name": "Furukollen bo- og omsorgssenter",
        "training_office_choice": "none",
        "manager_name": "Gunn Helen Strømsør",
        "manager_email": MANAGER,
        "instructor_name": "Berit Nordhaugen",
        "expected_wages": "full",
    }
    apprentice.submit(having="trade", **work)
    apprentice.submit(
        having="english_level", first_country="ES", second_country="IT", english_level="B2",
        has_earlier_stays="False", **{"languages-0-language": "es", "languages-0-level": "A2"},
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        attest = Path(folder) / "Attest – Øyvind.pdf"
        attest.write_bytes(_small_pdf())
        apprentice.submit(
            having="motivation", has_photo_consent="True", motivation="Eg vil lære meir om demensomsorg.", file_other=attest,
        )  # fmt: skip
    says(apprentice.page, "Attest – Øyvind.pdf", "Confirm your e-mail address")
    apprentice.submit(having="code", code=world.code_to(APPRENTICE))
    says(apprentice.page, "Your reference")
    world.keys["reference"] = re.search(r"Your reference: (\S+)", apprentice.page.text)[1]
    page = apprentice.submit(form=next(f for f in apprentice.page.forms if f.method == "post" and not f.action))
    says(page, "Åse-Marie")
    world.keys["application"] = number_in(page.url)
    world.mail(APPRENTICE)  # the receipt
    return f"reference {world.keys['reference']}"


def open_gate(world, person, address):
    """The mailed link names nobody; after the code from the same mailbox it does."""
    browser = world.browser(person)
    browser.open(world.link_to(address, "/endorse/"))
    if NAME in browser.page.text:
        raise AssertionError("the link alone shows whom it is about")
    ask = next(form for form in browser.page.forms if ("gate", "ask") in {each[:2] for each in form.buttons})
    browser.submit(form=ask, gate="ask")
    browser.submit(having="code", code=world.code_to(address), gate="try")
    says(browser.page, NAME)
    return browser


def consent(world):
    """The links show after a code; only the POST answers. Under 18, a guardian is asked, too."""
    manager = open_gate(world, "manager", MANAGER)
    form = manager.page.form(having="answer")
    chosen = {"answer": "yes", "wages": "full", "opinion": "Ho er klar for dette."}
    if "name" in form.names:
        chosen["name"] = "Gunn Helen Strømsør"
    manager.submit(form=form, **chosen)
    says(manager.page, "Thank you for your answer")
    guardian = open_gate(world, "guardian", GUARDIAN)
    guardian.submit(having="answer", answer="yes", phone="99990112")
    says(guardian.page, "You consented to the stay")
    says(world.browser("apprentice").open(f"/applications/{world.keys['application']}/"), "Åse-Marie")
    return "the employer says yes, with full wages; the guardian says yes"


def select(world):
    """Two sheets, a pending offer, the letter seen before it goes, everything published together."""
    world.move(days=21)
    coordinator = world.browser("coordinator")
    round_key, application = world.keys["round"], world.keys["application"]
    coordinator.open(f"/selection/rounds/{round_key}/reviewers/?application={application}")
    form = coordinator.page.form(having="reviewers")
    names = {address.split("@")[0].title() for address in REVIEWERS}
    chosen = reviewer_keys(coordinator.page.body, names)
    coordinator.submit(form=form, reviewers=chosen)
    for address, mark in zip(REVIEWERS, ("4", "5"), strict=True):
        reviewer = world.browser(address)
        reviewer.open("/selection/reviews/")
        reviewer.open(reviewer.page.link(re.search(r"/selection/reviews/\d+/", reviewer.page.body)[0]))
        sheet = next(form for form in reviewer.page.forms if any(name.startswith("mark_") for name in form.names))
        reviewer.submit(form=sheet, **{name: mark for name in sheet.names if name.startswith("mark_")})
        says(reviewer.page, "are saved")
    says(coordinator.open(f"/selection/rounds/{round_key}/ranking/"), NAME, "4.5")
    coordinator.open(f"/selection/rounds/{round_key}/decide/?application={application}&result=offer")
    coordinator.submit(having="reasons")
    coordinator.open(f"/selection/rounds/{round_key}/publish/")
    says(coordinator.page, NAME)
    coordinator.submit(form=next(form for form in coordinator.page.forms if form.action.endswith("/publish/")))
    letter = world.mail(APPRENTICE)
    assert ".pdf" in letter.body, f"no letter with the mail: {letter.text[:400]}"
    return "offer published, letter in nynorsk"


def reviewer_keys(body, names):
    """The values of the checkboxes whose labels begin with one of ``names``."""
    found = []
    for value, label in re.findall(r'name="reviewers"[^>]*value="(\d+)".*?>\s*([^<>]+?)\s*</label>', body, re.DOTALL):
        if any(html.unescape(label).startswith(name) for name in names):
            found.append(value)
    assert len(found) == len(names), f"reviewers {found}"
    return found


def place_and_sign(world):
    apprentice, coordinator = world.browser("apprentice"), world.browser("coordinator")
    apprentice.open(f"/applications/{world.keys['application']}/")
    apprentice.open(f"/applications/{world.keys['application']}/answer/")
    says(apprentice.submit(having="answer", answer="yes"), "You have said yes")
    _enter_partner(world)
    coordinator.open(f"/placements/place/{world.keys['application']}/")
    opening = next(iter(coordinator.page.form(having="opening").options["opening"]))
    coordinator.submit(
        having="opening", opening=opening, starts_on=world.day(39), ends_on=world.day(39 + 97), travel_days="2",
        project=world.keys["project"],
    )  # fmt: skip
    says(coordinator.page, "98")
    form = next(f for f in coordinator.page.forms if f.method == "post" and ("confirm", "1", "") in _buttons(f))
    page = coordinator.submit(form=form, confirm="1")
    says(page, "Sent to Casa Puente")
    world.keys["placement"] = key = number_in(page.url)
    partner = world.browser("partner")
    says(partner.open("/candidates/"), NAME)
    partner.open(f"/candidates/{key}/")
    partner.submit(having="host", lodging="Residencia Triana, rom 12")
    coordinator.open(f"/placements/{key}/confirm/")
    coordinator.submit()
    coordinator.open(f"/placements/{key}/agreement/")
    coordinator.submit(having="tasks")
    _sign_all(world)
    coordinator.open(f"/placements/{key}/ready/")
    says(coordinator.submit(), "ready to travel")
    return "five signatures in order, guardian among them; ready to travel"


def _buttons(form):
    return [(name, value, "") for name, value, _words in form.buttons] + [
        (name, value, "") for name, value in form.values
    ]


def _enter_partner(world):
    """Partner, host company, opening and visit day in the admin; the partner's person is invited."""
    coordinator = world.browser("coordinator")
    coordinator.open("/admin/partners/partner/add/")
    coordinator.submit(
        having="city",
        **{
            "name": "Casa Puente",
            "country": "ES",
            "city": "Sevilla",
            "email": PARTNER,
            "language": "en",
            "contacts-0-name": "Lucía Ramos",
            "contacts-0-email": PARTNER,
            "host_companies-0-name": "Residencia Triana",
            "host_companies-0-city": "Sevilla",
            "host_companies-0-contact_name": "Łukasz Żółć",
            "host_companies-0-contact_email": HOST,
            "host_companies-0-language": "en",
            "visit_days-0-on": world.day(80),
            "visit_days-0-from_time": "09:00",
            "visit_days-0-to_time": "15:00",
            "visit_days-0-places": "1",
        },
    )
    world.keys["partner"] = partner = number_in(coordinator.open("/admin/partners/partner/").link("Casa Puente"))
    coordinator.open("/admin/partners/opening/add/")
    coordinator.submit(
        having="places",
        partner=partner,
        host_company=first_option(coordinator, "host_company"),
        starts_on=world.day(30),
        ends_on=world.day(150),
        places="1",
    )
    coordinator.open(f"/partners/{partner}/invite/")
    form = coordinator.page.form(having="address")
    coordinator.submit(form=form, given_name="Lucía", family_name="Ramos", address=PARTNER, language="en")
    world.browsers["partner"] = accept(world, PARTNER)


def first_option(browser, name):
    """The first real choice of a select on the open page."""
    return next(value for value in browser.page.form(having=name).options[name] if value)


def _sign_all(world):
    """Apprentice, guardian, office, employer, host; each reads before signing, and the order is kept."""
    key = world.keys["placement"]
    apprentice = world.browser("apprentice")
    apprentice.open("/my-stay/")
    apprentice.open(re.search(r"/agreements/signatures/\d+/", apprentice.page.body)[0])
    sign(apprentice, NAME)
    by_link(world, "guardian", GUARDIAN, "Tora Øygården")
    coordinator = world.browser("coordinator")
    coordinator.open(f"/placements/{key}/")
    coordinator.open(re.search(r"/agreements/signatures/\d+/", coordinator.page.body)[0])
    sign(coordinator, "Ragnhild Tveitmoen")
    by_link(world, "manager", MANAGER, "Gunn Helen Strømsør")
    by_link(world, "host", HOST, "Łukasz Żółć")


def by_link(world, person, address, name):
    browser = world.browser(person)
    browser.open(world.link_to(address, "/sign/"))
    sign(browser, name)


def sign(browser, name):
    browser.submit(having="typed_name", typed_name=name, has_read="on")


def _small_pdf():
    import io  # only here

    import pikepdf  # slow import

    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out)
    return out.getvalue()
