"""Placing, candidates, the agreement and the own stay, seen by a browser: rows, errors, a long name, four languages."""

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus
from mobility.common.models import OutboundMail
from placements.enums import PlacementStatus
from placements.models import LearningAgreement
from placements.services import agreements, signatures
from tests import factories
from tests.factories import days

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = ["nb", "nn", "sv", "en"]
LONG_NAME = "Þórðardóttir-Sáŋŋá von und zu Öffentlichkeitsbeauftragtenverband"
LONG_HOST = "Seniorenresidenz-und-Pflegeheimbetriebsgesellschaft am Rummelsburger See mbH & Co. KG"


@pytest.fixture
def world(office, coordinator, apprentice_user, partner_access):
    """One accepted applicant with openings to choose from, and stays in the states that the pages show."""
    partner = partner_access.partner
    project = factories.ProjectFactory(office=office)
    round_ = factories.RoundFactory(office=office, project=project)
    company = factories.HostCompanyFactory(partner=partner, name=LONG_HOST)
    opening = factories.OpeningFactory(partner=partner, host_company=company, places=9)
    opening.trades.add(factories.TradeFactory())
    factories.OpeningFactory(partner=partner, minimum_age=40)
    factories.VisitDayFactory(partner=partner, places=2)
    factories.ContactFactory(partner=partner, is_primary=True)

    def accepted(**facts):
        application = factories.ApplicationFactory(
            round=round_, submitted=True, status=ApplicationStatus.ACCEPTED, family_name=LONG_NAME, **facts
        )
        application.apprentice.user = apprentice_user
        application.apprentice.save()
        return application

    def stay(status, **facts):
        application = accepted()
        return factories.PlacementFactory(
            **{
                "office": office,
                "apprentice": application.apprentice,
                "application": application,
                "project": project,
                "partner": partner,
                "opening": opening,
                "host_company": company,
                "status": status,
                "starts_on": days(102),
                **facts,
            }
        )

    signing = stay(PlacementStatus.CONFIRMED, lodging="Calle Feria 3, 41003 Sevilla", starts_on=days(101))
    texts = {"language": "nb", "tasks": "Stell og omsorg.\n\nTo uker språkkurs.", "outcomes": ["planlegge en dag"]}
    agreement = agreements.make_agreement(placement=signing, by=coordinator, **texts)
    return {
        "accepted": accepted(),
        "opening": opening,
        "project": project,
        "proposed": stay(PlacementStatus.PROPOSED),
        "host_found": stay(PlacementStatus.HOST_FOUND),
        "refused": stay(PlacementStatus.REFUSED, refusal_reason="Full house in autumn."),
        "signing": signing,
        "agreement": agreement,
        "partner": partner,
    }


def url(name, *args):
    return reverse(name if ":" in name else f"placements:{name}", args=args)


def addresses(world, who):
    signing = world["signing"].pk
    signature = {s.party: s.pk for s in world["agreement"].signatures.all()}
    found = {
        "coordinator": [
            url("unplaced"),
            url("place", world["accepted"].pk),
            url("placement", signing),
            url("placement", world["refused"].pk),
            url("confirm", world["host_found"].pk),
            url("make_ready", signing),
            url("cancel", signing),
            url("lodging", signing),
            url("make_agreement", signing),
            url("make_agreement", signing) + "?language=nb",
            url("sign", signature["office"]),
            url("admin:placements_placement_changelist"),
            url("admin:partners_partner_changelist"),
            url("admin:partners_partner_change", world["partner"].pk),
            url("admin:partners_partner_add"),
            url("admin:partners_opening_changelist"),
            url("admin:partners_opening_change", world["opening"].pk),
            url("admin:partners_opening_add"),
        ],
        "partner_user": [
            url("candidates"),
            url("candidate", world["proposed"].pk),
            url("candidate", signing),
            url("refuse_candidate", world["proposed"].pk),
            url("candidate_lodging", signing),
            url("partners:offer"),
        ],
        "apprentice_user": [
            url("my_stay", signing),
            url("my_stay", world["proposed"].pk),
            url("sign", signature["apprentice"]),
        ],
    }
    return found[who]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", ["coordinator", "partner_user", "apprentice_user"])
def test_axe_finds_nothing_and_the_policy_stops_nothing(
    page, request, live_server, enter, speak, axe, told, world, who, language
):
    enter(request.getfixturevalue(who))
    speak(language)
    page.set_viewport_size({"width": 390, "height": 900})
    for address in addresses(world, who):
        page.goto(live_server.url + address)
        assert (address, page.locator("html").get_attribute("lang")) == (address, language)
        assert (address, page.locator("h1").count()) == (address, 1)
        assert (address, axe()) == (address, [])
        assert (address, told) == (address, [])
        assert (address, page.evaluate("document.documentElement.scrollWidth <= innerWidth")) == (address, True)


FORMS = [
    ("coordinator", "place", "accepted"),
    ("coordinator", "cancel", "signing"),
    ("coordinator", "make_agreement", "host_found"),
    ("partner_user", "candidate", "proposed"),
    ("partner_user", "refuse_candidate", "proposed"),
    ("partner_user", "partners:offer", None),
    ("apprentice_user", "sign", "agreement"),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_take_the_focus_and_are_accessible(page, request, live_server, enter, speak, axe, world, language):
    speak(language)
    page.set_viewport_size({"width": 390, "height": 900})
    for who, name, key in FORMS:
        enter(request.getfixturevalue(who))
        row = world.get(key)
        if isinstance(row, LearningAgreement):
            row = row.signatures.first()
        page.goto(live_server.url + url(name, *([row.pk] if row else [])))
        for field in page.locator(
            "main form:not(.u-lang) :is(input:not([type]), input[type=text], input[type=email], input[type=date], input[type=time], textarea)"
        ).all():
            if field.is_visible():
                field.fill("")
        with page.expect_navigation():
            page.locator("main form[method=post]:not(.u-lang):not(.u-pick__body) button[type=submit]").last.click()
        page.wait_for_function("document.activeElement.hasAttribute('data-error-summary')")
        assert (name, page.title().split(":")[0] != page.title()) == (name, True)
        assert (name, axe()) == (name, [])


def test_a_link_is_signed_by_keyboard_alone(page, live_server, world, coordinator, apprentice_user, axe, told):
    agreement = world["agreement"]
    for party, by in (("apprentice", apprentice_user), ("office", coordinator)):
        signature = agreement.signatures.get(party=party)
        signatures.sign(signature=signature, typed_name=signature.name, by=by)
    mail = OutboundMail.objects.filter(to_address=world["signing"].application.manager_email).get()
    page.goto(live_server.url + "/" + mail.secrets[0].split("/", 3)[3])
    assert (axe(), told) == ([], [])
    page.locator("#id_has_read").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("Gunn Helen Strømsør")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == live_server.url + url("signed")
    assert axe() == []
    assert agreement.signatures.get(party="employer").signed_name == "Gunn Helen Strømsør"


def test_an_opening_is_chosen_and_sent_by_keyboard(page, live_server, enter, world, coordinator, axe):
    enter(coordinator)
    page.goto(live_server.url + url("place", world["accepted"].pk))
    page.locator("#id_opening_0").focus()
    page.keyboard.press("Space")
    page.fill("#id_starts_on", days(102).isoformat())
    page.fill("#id_ends_on", days(199).isoformat())
    page.locator("main form[method=post] button[type=submit]").last.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert axe() == []
    page.locator("#content-main button[type=submit]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert world["accepted"].placements.get().opening == world["opening"]
