"""Who may read reports, and who may ask for one."""

import rules

from mobility.accounts.enums import OFFICE_STAFF, Role
from mobility.accounts.predicates import holds

reads_reports = holds(Role.COORDINATOR, Role.HEAD, Role.AUDITOR)
asks_for_reports = holds(Role.COORDINATOR, Role.HEAD)

rules.add_perm("reporting.search", holds(*OFFICE_STAFF))
rules.add_perm("reporting.view_reportjob", reads_reports)
rules.add_perm("reporting.request_reportjob", asks_for_reports)
rules.add_perm("reporting.retry_reportjob", asks_for_reports)
# the coordinator's day: names of reviewers stand on the board, so an assistant is not shown it
rules.add_perm("reporting.view_turns", reads_reports)
rules.add_perm("reporting.view_pipeline", holds(*OFFICE_STAFF))
