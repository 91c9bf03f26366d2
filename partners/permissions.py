"""Who may do what with partners, their openings and visit days."""

import rules

from mobility.accounts.enums import Role
from mobility.accounts.predicates import holds
from partners.models import ContactAccess, Partner

is_coordinator = holds(Role.COORDINATOR)
works_in_office = holds(Role.COORDINATOR, Role.HEAD, Role.ASSISTANT, Role.AUDITOR)


@rules.predicate
def speaks_for_partner(user, obj=None):
    """The user signs in for the partner that the object is, or belongs to."""
    if not user.is_authenticated or Role.PARTNER not in user.roles:
        return False
    mine = ContactAccess.objects.in_force_for(user)
    if obj is None:
        return mine.exists()
    partner_id = obj.pk if isinstance(obj, Partner) else getattr(obj, "partner_id", None)
    return partner_id is not None and mine.filter(partner=partner_id).exists()


rules.add_perm("partners", works_in_office)
for _name in ("partner", "contact", "hostcompany", "opening", "visitday"):
    rules.add_perm(f"partners.view_{_name}", works_in_office)
    rules.add_perm(f"partners.add_{_name}", is_coordinator)
    rules.add_perm(f"partners.change_{_name}", is_coordinator)
for _name in ("contact", "opening", "visitday"):
    rules.add_perm(f"partners.delete_{_name}", is_coordinator)  # what is in use is protected by its rows
rules.add_perm("partners.invite_contact", is_coordinator)
rules.add_perm("partners.view_offer", speaks_for_partner)
rules.add_perm("partners.offer_visit_day", speaks_for_partner)
