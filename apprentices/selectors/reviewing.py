"""Who may review, and what waits for a reviewer."""

from apprentices.models import Review
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership, User


def reviewers_of(office_id):
    """The people who are reviewers of the office today."""
    current = Membership.objects.in_force().filter(office=office_id, role=Role.REVIEWER)
    return User.objects.filter(pk__in=current.values("user")).order_by("family_name", "given_name", "pk")


def own_reviews(user):
    """A reviewer's own sheets in the working office, the ones that wait first."""
    return (
        Review.objects.visible_to(user)
        .filter(reviewer=user.pk)
        .select_related("application__round", "application__trade")
        .order_by("given_at", "assigned_at", "pk")
    )
