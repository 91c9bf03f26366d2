from mobility.accounts.models.links import AccessLink
from mobility.accounts.models.offices import Office
from mobility.accounts.models.people import Membership, User

__all__ = ["AccessLink", "Membership", "Office", "User"]
