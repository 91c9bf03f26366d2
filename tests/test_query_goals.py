"""How many queries a page may make, whatever the number of rows; ``./run bench pages`` measures the same pages."""

import pytest
from django.urls import reverse

from apprentices.enums import ApplicationStatus, ProtectedKind
from apprentices.models import Details
from apprentices.services.protected import save_protected
from mobility.common import clock
from placements.selectors.weeks import present_week
from tests import factories
from tests.bench.pages import GOALS
from tests.queries import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office)


def applications(round_, count):
    return [factories.ApplicationFactory(submitted=True, round=round_, status="in_review") for _ in range(count)]


def test_the_list_of_applications(sign_in, coordinator, round_):
    client = sign_in(coordinator)
    address = reverse("admin:apprentices_application_changelist")
    applications(round_, 1)
    one = queries_of(client, address)
    applications(round_, 2)
    assert queries_of(client, address) == one
    assert one <= GOALS["list"]
    assert client.get(address).content.decode().count('class="action-select"') == 3


def test_the_case_page(sign_in, coordinator, round_):
    """With an answer of the employer, opened from a list that leads to the next one."""
    application, *_others = applications(round_, 3)
    factories.EndorsementFactory(application=application, answered="yes")
    address = reverse("admin:apprentices_application_change", args=[application.pk]) + "?_changelist_filters=p%3D1"
    assert queries_of(sign_in(coordinator), address) <= GOALS["detail"]


def test_the_ranking(sign_in, coordinator, round_):
    client = sign_in(coordinator)
    address = reverse("apprentices:ranking", args=[round_.pk])
    applications(round_, 1)
    one = queries_of(client, address)
    applications(round_, 2)
    assert queries_of(client, address) == one
    assert one <= GOALS["board"]


def test_the_public_form(client, round_):
    assert queries_of(client, reverse("apprentices:apply", args=[round_.pk])) <= GOALS["form"]


def own_status_page(application, user):
    application.apprentice.user = user
    application.apprentice.save(update_fields=["user"])
    return reverse("apprentices:status", args=[application.pk])


@pytest.mark.parametrize("status", [status for status in ApplicationStatus if status != ApplicationStatus.DRAFT])
def test_the_status_page(sign_in, apprentice_user, round_, status):
    (application,) = applications(round_, 1)
    application.status = status
    application.save(update_fields=["status"])
    if status == ApplicationStatus.OFFERED:
        factories.DecisionFactory(application=application, published_at=clock.now())
    address = own_status_page(application, apprentice_user)
    assert queries_of(sign_in(apprentice_user), address) <= GOALS["status"]


def test_the_status_page_of_somebody_who_is_abroad_and_has_given_everything(sign_in, apprentice_user, round_):
    (application,) = applications(round_, 1)
    application.status = ApplicationStatus.ACCEPTED
    application.save(update_fields=["status"])
    factories.DecisionFactory(application=application, published_at=clock.now())
    Details.objects.create(application=application, has_licence=False)
    application.certificates.create(name="First aid")
    application.insurance_policies.create(company="Trygg", emergency_phone="+4799990000")
    for kind in ProtectedKind:
        save_protected(application=application, kind=kind, content={"number": "1"}, consents=True, by=apprentice_user)
    factories.AttachmentFactory(application=application)
    placement = factories.PlacementFactory(
        office=round_.office, apprentice=application.apprentice, application=application, status="abroad"
    )
    agreement = placement.learning_agreements.create(created_at=clock.now(), tasks="Bake bread")
    agreement.signatures.create(party="apprentice", position=1, name="Åse-Marie")
    address = own_status_page(application, apprentice_user)
    client = sign_in(apprentice_user)
    assert queries_of(client, address) <= GOALS["status"]
    page = client.get(address).context
    tasks = [task.what for task in (page["first"], *page["tasks"])]
    assert tasks == ["Sign the learning agreement", "Write about your week", "Get ready to travel"]
    placement.weekly_logs.create(week_starts_on=present_week(placement), days_present=5, mood=4, text="Well")
    agreement.signatures.update(signed_at=clock.now(), signed_name="Åse-Marie")
    agreement.signatures.create(party="host", position=2, name="Ana")
    assert [task.what for task in client.get(address).context["tasks"]] == ["Get ready to travel"]
