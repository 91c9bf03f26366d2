"""Who may do what with offices, people and mails."""

import rules

from mobility.accounts.enums import Role
from mobility.accounts.predicates import holds

is_coordinator = holds(Role.COORDINATOR)
leads = holds(Role.COORDINATOR, Role.HEAD)

rules.add_perm("accounts", rules.always_allow)
rules.add_perm("accounts.view_membership", leads)
rules.add_perm("accounts.invite_membership", is_coordinator)
rules.add_perm("accounts.end_membership", is_coordinator)
rules.add_perm("common", leads)
rules.add_perm("common.view_outboundmail", leads)
rules.add_perm("common.retry_outboundmail", is_coordinator)
rules.add_perm("common.change_outboundmail", is_coordinator)  # hold, correct, send again, give up
