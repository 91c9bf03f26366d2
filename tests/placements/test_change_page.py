"""The page that changes dates or host: the effect first, then the change; nothing typed is lost."""

import datetime

import pytest
from django.urls import reverse

from mobility.accounts.enums import Role
from mobility.common import formats
from placements.enums import PlacementStatus
from placements.services.grants import price_placement
from tests import factories
from tests.factories import days
from tests.placements.conftest import mails
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def placement(stay, project, coordinator):
    factories.BaseRateFactory(project=project)
    placement = stay(PlacementStatus.CONFIRMED)
    price_placement(placement=placement, by=coordinator)
    return placement


def address(placement):
    return reverse("placements:change", args=[placement.pk])


def asked(placement, **changes):
    end = placement.ends_on - datetime.timedelta(days=9)
    return {"starts_on": placement.starts_on.isoformat(), "ends_on": end.isoformat(), "opening": ""} | changes


def hidden(answer):
    return dict(answer.context["hidden"])


def test_the_effect_is_shown_line_by_line_and_nothing_is_saved(sign_in, coordinator, placement):
    answer = sign_in(coordinator).post(address(placement), asked(placement))
    rows = {row["what"]: (str(row["now"]), str(row["after"])) for row in answer.context["effects"]}
    assert rows["Days"] == ("98", "89")
    assert rows["Activity"] == ("Long-term learning mobility (ErasmusPro)", "Short-term learning mobility")
    assert rows["Individual support"] == (formats.eur(8162), formats.eur(8162 - 9 * 77))
    assert rows["Organisational support"] == (formats.eur(500), formats.eur(350))
    assert rows["Grant in all"] == (formats.eur(9207), formats.eur(9207 - 9 * 77 - 300))
    page = answer.content.decode()
    assert "The boundary between 89 and 90 days is crossed: other support is paid." in page
    assert f"− {formats.eur(9 * 77)}: 14 days at" in page
    assert [who["who"] for who in answer.context["told"]] == [
        placement.partner.name, placement.apprentice.full_name, placement.application.manager_name,
    ]  # fmt: skip
    placement.refresh_from_db()
    assert (placement.days, mails()) == (98, [])


def test_confirming_changes_the_stay_and_a_second_click_does_nothing(sign_in, coordinator, placement):
    client = sign_in(coordinator)
    facts = hidden(client.post(address(placement), asked(placement)))
    answers = [client.post(address(placement), facts) for _click in range(2)]
    assert [answer["Location"] for answer in answers] == [placement.get_absolute_url()] * 2
    placement.refresh_from_db()
    assert (placement.days, placement.status_changes.count(), len(mails())) == (89, 1, 3)


def test_what_changed_meanwhile_is_shown_anew_with_what_was_typed(sign_in, coordinator, placement):
    client = sign_in(coordinator)
    facts = hidden(client.post(address(placement), asked(placement)))
    placement.project.base_rates.update(eur_per_day=100)
    again = client.post(address(placement), facts)
    assert "Something has changed meanwhile." in again.content.decode()
    fresh = hidden(again)
    assert {name: fresh[name] for name in ("starts_on", "ends_on", "opening")} == asked(placement)
    assert fresh["fingerprint"] != facts["fingerprint"]
    placement.refresh_from_db()
    assert placement.days == 98
    assert client.post(address(placement), fresh)["Location"] == placement.get_absolute_url()


def test_the_way_back_keeps_what_was_typed(sign_in, coordinator, placement):
    client = sign_in(coordinator)
    answer = client.post(address(placement), asked(placement))
    form = client.get(answer.context["back_url"]).content.decode()
    assert f'value="{asked(placement)["ends_on"]}"' in form


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"ends_on": ""}, "ends_on", "Enter the last day of the stay."),
        ({"ends_on": "2026-02-30"}, "ends_on", "Enter a valid date."),
        ({"ends_on": days(101).isoformat()}, "ends_on", "The last day lies before the first."),
        ({"ends_on": days(900).isoformat()}, "ends_on", "A stay lasts from 10 to 365 days."),
        ({"opening": "999999"}, "opening", "Select a valid choice. That choice is not one of the available choices."),
        ({"ends_on": days(199).isoformat()}, "__all__", "Nothing would change."),
    ],
)
@pytest.mark.parametrize("confirm", [{}, {"confirm": "1", "fingerprint": "x"}])
def test_what_cannot_be_stands_beside_its_field(sign_in, coordinator, placement, changes, field, words, confirm):
    if field == "__all__" and confirm:
        return  # a second click: see above
    answer = sign_in(coordinator).post(address(placement), asked(placement, **changes) | confirm)
    assert words in answer.context["form"].errors[field]
    assert answer.context["form"]["starts_on"].value() == placement.starts_on.isoformat()
    placement.refresh_from_db()
    assert placement.days == 98


def test_only_openings_of_the_own_office_are_offered(sign_in, coordinator, placement):
    foreign = factories.OpeningFactory()
    answer = sign_in(coordinator).post(address(placement), asked(placement, opening=foreign.pk))
    assert "opening" in answer.context["form"].errors


def test_a_stranger_finds_nothing_and_only_a_coordinator_changes(sign_in, other_coordinator, office, placement):
    assert sign_in(other_coordinator).get(address(placement)).status_code == 404
    for role in (Role.HEAD, Role.ASSISTANT, Role.AUDITOR):
        assert sign_in(factories.member(role, office)).post(address(placement), {}).status_code == 403


def test_a_stay_that_is_over_says_why_it_cannot_change(sign_in, coordinator, placement):
    placement.status = PlacementStatus.RETURNED
    placement.save()
    client = sign_in(coordinator)
    assert "until the return is confirmed" in client.get(address(placement)).content.decode()
    assert client.post(address(placement), asked(placement))["Location"] == placement.get_absolute_url()
    assert "Change dates or host" not in client.get(placement.get_absolute_url()).content.decode()


def test_the_form_asks_the_same_for_one_and_for_three_openings(sign_in, coordinator, placement, office):
    client = sign_in(coordinator)
    partner = factories.PartnerFactory(office=office)
    factories.OpeningFactory(partner=partner)
    few = queries_of(client, address(placement))
    factories.OpeningFactory.create_batch(2, partner=partner)
    assert queries_of(client, address(placement)) == few
