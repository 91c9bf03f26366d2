"""Who may do what with projects, their rates and their budgets."""

import rules

from mobility.accounts.enums import Role
from mobility.accounts.predicates import holds

keeps_projects = holds(Role.COORDINATOR)
changes_rates = holds(Role.COORDINATOR, Role.HEAD)
sees_projects = holds(Role.COORDINATOR, Role.HEAD, Role.AUDITOR)

rules.add_perm("grants", sees_projects)
for model in ("project", "baserate", "budgetline", "consortiummember"):
    rules.add_perm(f"grants.view_{model}", sees_projects)
    rules.add_perm(f"grants.add_{model}", keeps_projects)
    rules.add_perm(f"grants.change_{model}", keeps_projects)

rules.add_perm("grants.view_ratecopy", sees_projects)
rules.add_perm("grants.change_ratecopy", changes_rates)
