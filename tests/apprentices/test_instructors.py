"""Which instructor of the register signs in."""

import pytest
from django.urls import reverse

from apprentices.services.instructors import invite_instructor
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership, User
from mobility.accounts.services.memberships import end_membership
from mobility.common.errors import Refused
from mobility.common.models import OutboundMail
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def instructor(office):
    return factories.InstructorFactory(office=office, email="berit@example.com", written_form="nn")


def test_the_account_is_tied_to_the_entry_of_the_register(instructor, coordinator, office):
    invite_instructor(instructor=instructor, by=coordinator)
    instructor.refresh_from_db()
    user = User.objects.get(email="berit@example.com")
    assert instructor.user == user
    assert (user.get_full_name(), user.written_form) == ("Berit Nordhaugen", "nn")
    assert Membership.objects.filter(user=user, office=office, role=Role.INSTRUCTOR).count() == 1
    assert OutboundMail.objects.get().language == "nn"


def test_nobody_is_invited_twice(instructor, coordinator):
    invite_instructor(instructor=instructor, by=coordinator)
    with pytest.raises(Refused):
        invite_instructor(instructor=instructor, by=coordinator)
    assert OutboundMail.objects.count() == 1


def test_who_has_left_can_be_invited_again(instructor, coordinator):
    invite_instructor(instructor=instructor, by=coordinator)
    end_membership(membership=Membership.objects.get(role=Role.INSTRUCTOR), by=coordinator)
    invite_instructor(instructor=instructor, by=coordinator)
    assert Membership.objects.in_force().filter(role=Role.INSTRUCTOR).count() == 1


def test_a_coordinator_chooses_from_the_own_register(sign_in, coordinator, other_coordinator, instructor):
    foreign = factories.InstructorFactory(office=other_coordinator.working_office)
    client = sign_in(coordinator)
    url = reverse("apprentices:invite_instructor")
    assert list(client.get(url).context["form"].fields["instructor"].queryset) == [instructor]
    page = client.post(url, {"instructor": foreign.pk})
    assert "instructor" in page.context["form"].errors
    assert client.get(reverse("apprentices:invite_instructor", args=[foreign.pk])).status_code == 404
    response = client.post(url, {"instructor": instructor.pk})
    assert response.url == reverse("accounts:people")
    assert list(client.get(url).context["form"].fields["instructor"].queryset) == []


@pytest.mark.parametrize("role", ["head", "assistant", "reviewer", "instructor_user"])
def test_only_coordinators_invite_instructors(sign_in, request, role, instructor):
    client = sign_in(request.getfixturevalue(role))
    assert client.post(reverse("apprentices:invite_instructor"), {"instructor": instructor.pk}).status_code == 403
    instructor.refresh_from_db()
    assert instructor.user is None
