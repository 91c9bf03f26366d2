"""The answers of the form on the case page, and who learns where somebody lives."""

import pytest
from django.urls import reverse

from apprentices.models import LanguageSkill
from tests import factories

pytestmark = pytest.mark.django_db
PLACE = "Gamlevegen 77"


@pytest.fixture
def case(office):
    application = factories.ApplicationFactory(
        round=factories.RoundFactory(office=office),
        submitted=True,
        address=PLACE,
        municipality="Ringebu",
        nationality="PL",
        manager_phone="+4799990001",
        instructor_name="Berit Nordhaugen",
        has_earlier_stays=True,
        earlier_where="Graz",
        earlier_days=14,
        competence_aims="Temperere sjokolade",
    )
    LanguageSkill.objects.create(application=application, language="de", level="A2")
    return application


def pages(client, case):
    """Everything an office's person reads of applications: case page, its history, the list, the export."""
    found = [
        client.get(reverse(f"admin:apprentices_application_{name}", args=[case.pk])).content.decode()
        for name in ("change", "history")
    ]
    changelist = reverse("admin:apprentices_application_changelist")
    found.append(client.get(changelist).content.decode())
    exported = client.post(changelist, {"action": "export_csv", "_selected_action": [case.pk]})
    found.append(b"".join(exported).decode() if exported.streaming else exported.content.decode())
    return found


def test_the_case_page_shows_what_was_answered(sign_in, coordinator, case):
    page = pages(sign_in(coordinator), case)[0]
    for words in (PLACE, "Ringebu", "Poland", "Berit Nordhaugen", "German: A2", "Graz, 14 days", "Temperere sjokolade"):
        assert words in page


@pytest.mark.parametrize("role", ["assistant", "auditor", "coordinator", "head"])
def test_a_protected_address_is_read_by_coordinator_and_head_only(sign_in, request, case, role):
    case.has_protected_address = True
    case.address = ""
    case.save()
    page = pages(sign_in(request.getfixturevalue(role)), case)[0]
    assert ("Protected address" in page) is (role in {"coordinator", "head"})


@pytest.mark.parametrize("role", ["assistant", "auditor"])
def test_what_was_written_before_the_protection_shows_nowhere(sign_in, request, case, role):
    client = sign_in(request.getfixturevalue(role))
    assert PLACE in pages(client, case)[0]
    case.has_protected_address = True
    case.save()
    assert not [page for page in pages(client, case) if PLACE in page or "Ringebu" in page]


def test_the_history_keeps_no_address(case):
    case.address = "Et annet sted"
    case.save()
    columns = {field.name for field in type(case.history.first())._meta.fields}
    assert columns & {"address", "postal_code", "postal_place", "municipality"} == set()
