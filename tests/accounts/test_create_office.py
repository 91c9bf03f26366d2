"""A real office starts without the demo."""

import pytest
from django.core.management import CommandError, call_command

from mobility.accounts.enums import Role
from mobility.accounts.models import Membership, Office, User
from mobility.accounts.services import offices
from mobility.common.errors import Refused
from mobility.common.models import OutboundMail
from tests import factories

pytestmark = pytest.mark.django_db
FACTS = {
    "name": "Internasjonalt servicekontor, Østlandet",
    "kind": "county_service_office",
    "country": "no",
    "email": "kari@example.org",
    "coordinator": "Kari Anne Haugseth",
}


def create(capsys, **facts):
    call_command("create_office", **{**FACTS, **facts})
    return capsys.readouterr().out


def test_an_office_its_first_coordinator_and_the_invitation_are_made(capsys, client):
    said = create(capsys)
    office = Office.objects.get()
    assert (office.slug, office.country, office.default_language, office.time_zone, office.has_appeals) == (
        "internasjonalt-servicekontor-ostlandet",
        "NO",
        "nb",
        "Europe/Oslo",
        True,
    )
    user = User.objects.get()
    assert (user.email, user.given_name, user.family_name) == ("kari@example.org", "Kari Anne", "Haugseth")
    assert Membership.objects.get().role == Role.COORDINATOR
    mail = OutboundMail.objects.get()
    assert (mail.to_address, mail.language) == ("kari@example.org", "nb")
    link = said.split()[-1]
    assert link in mail.body
    response = client.post(
        "/" + link.split("/", 3)[3], {"password1": factories.PASSWORD, "password2": factories.PASSWORD}, follow=True
    )
    assert response.redirect_chain == [("/", 302), ("/admin/", 302)]


@pytest.mark.parametrize(
    ("country", "language", "zone"),
    [("SE", "sv", "Europe/Stockholm"), ("FI", "en", "Europe/Helsinki"), ("ES", "en", "Europe/Madrid")],
)
def test_language_and_zone_follow_the_country(capsys, country, language, zone):
    create(capsys, country=country, kind="training_office")
    office = Office.objects.get()
    assert (office.default_language, office.time_zone, office.has_appeals) == (language, zone, False)


def test_two_offices_of_like_names_get_two_addresses(capsys):
    create(capsys)
    create(capsys, name="Internasjonalt servicekontor Østlandet", email="per@example.org")
    assert sorted(Office.objects.values_list("slug", flat=True)) == [
        "internasjonalt-servicekontor-ostlandet",
        "internasjonalt-servicekontor-ostlandet-2",
    ]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": "  "}, "The office needs a name."),
        (
            {"kind": "bank"},
            "The kind is one of: county_service_office, consortium_coordinator, training_office, project_team.",
        ),
        ({"country": "Norway"}, "The country is the two-letter code of a programme country, such as NO or SE."),
        ({"email": "kari"}, "kari is not an e-mail address."),
        ({"language": "de"}, "The language is one of: nb, nn, sv, en."),
        ({"time_zone": "Oslo"}, "time_zone: This is not the name of a time zone, such as Europe/Oslo."),
    ],
)
def test_a_wrong_fact_is_one_sentence_and_makes_nothing(wrong, sentence):
    with pytest.raises(CommandError) as caught:
        call_command("create_office", **{**FACTS, **wrong})
    assert str(caught.value) == sentence
    assert (Office.objects.count(), User.objects.count(), OutboundMail.objects.count()) == (0, 0, 0)


def test_an_office_is_made_once(capsys):
    create(capsys)
    with pytest.raises(CommandError, match="already"):
        call_command("create_office", **{**FACTS, "name": FACTS["name"].upper()})
    assert Office.objects.count() == 1


def test_a_coordinator_of_another_office_keeps_the_account(capsys, other_coordinator):
    create(capsys, email=other_coordinator.email)
    assert User.objects.filter(email=other_coordinator.email).count() == 1
    assert Membership.objects.filter(user=other_coordinator).count() == 2


def test_an_office_whose_invitation_cannot_be_made_is_not_kept(monkeypatch):
    def refuses(**facts):
        raise Refused("The address is blocked.")

    monkeypatch.setattr(offices.memberships, "invite", refuses)
    with pytest.raises(CommandError, match="address is blocked"):
        call_command("create_office", **FACTS)
    assert Office.objects.count() == 0
