"""Who may do what with rounds, applications and the people at home."""

import rules

from mobility.accounts.enums import OFFICE_STAFF, Role
from mobility.accounts.predicates import holds, is_person

is_office_staff = holds(*OFFICE_STAFF)
is_coordinator = holds(Role.COORDINATOR)
leads = holds(Role.COORDINATOR, Role.HEAD)
sees_scores = holds(Role.COORDINATOR, Role.HEAD, Role.AUDITOR)  # an assistant never does
is_reviewer = holds(Role.REVIEWER)


@rules.predicate
def has_protected_address(user, application=None):
    return bool(getattr(application, "has_protected_address", False))


# --- selection ----------------------------------------------------------------------------------------------------
rules.add_perm("apprentices", is_office_staff)
rules.add_perm("apprentices.view_round", is_office_staff)
rules.add_perm("apprentices.add_round", is_coordinator)
rules.add_perm("apprentices.change_round", is_coordinator)
rules.add_perm("apprentices.open_round", is_coordinator)
rules.add_perm("apprentices.view_criterion", is_office_staff)
rules.add_perm("apprentices.add_criterion", is_coordinator)
rules.add_perm("apprentices.change_criterion", is_coordinator)
rules.add_perm("apprentices.view_application", is_office_staff)
rules.add_perm("apprentices.export_application", sees_scores)
# what the applicant uploaded: for those who judge it, and for the applicant; never for an assistant
rules.add_perm("apprentices.view_attachment", sees_scores | is_reviewer | is_person("apprentice.user"))
rules.add_perm("apprentices.view_later_attachment", sees_scores | is_person("apprentice.user"))
# protected content: each reading is logged (services/protected.py)
rules.add_perm("apprentices.read_protected", leads)
rules.add_perm("apprentices.view_details", sees_scores)
rules.add_perm("apprentices.note_police_certificate", is_coordinator)
# where somebody lives: of a protected address nobody but coordinator and head learns anything
rules.add_perm("apprentices.view_address", leads | (is_office_staff & ~has_protected_address))
rules.add_perm("apprentices.admit_late", is_coordinator)
rules.add_perm("apprentices.assign_reviewers", is_coordinator)
rules.add_perm("apprentices.make_exception", is_coordinator)
rules.add_perm("apprentices.return_application", is_coordinator)
rules.add_perm("apprentices.chase_endorsement", is_coordinator)
rules.add_perm("apprentices.give_review", is_reviewer)
rules.add_perm("apprentices.view_ranking", sees_scores)
rules.add_perm("apprentices.change_criteria", is_coordinator)
rules.add_perm("apprentices.plan_interviews", is_coordinator)
rules.add_perm("apprentices.view_interviews", sees_scores)
rules.add_perm("apprentices.note_interview", holds(Role.COORDINATOR, Role.HEAD, Role.REVIEWER))
rules.add_perm("apprentices.decide_application", is_coordinator)
rules.add_perm("apprentices.publish_decisions", leads)
rules.add_perm("apprentices.approve_decisions", holds(Role.HEAD))
rules.add_perm("apprentices.change_selection_settings", leads)
rules.add_perm("apprentices.view_appeal", sees_scores)
rules.add_perm("apprentices.answer_appeal", leads)

# the coordinator's day: notes are for those who see scores, and the unread marks for everybody who works here
rules.add_perm("apprentices.view_casenote", sees_scores)
rules.add_perm("apprentices.add_casenote", leads)
rules.add_perm("apprentices.give_case", leads)
rules.add_perm("apprentices.follow_cases", holds(Role.COORDINATOR, Role.HEAD, Role.ASSISTANT))

# --- registers ----------------------------------------------------------------------------------------------------
rules.add_perm("apprentices.view_trade", is_office_staff)
for _name in ("apprentice", "contract", "trainingcompany", "trainingoffice", "trainingmanager", "instructor"):
    rules.add_perm(f"apprentices.view_{_name}", is_office_staff)
    rules.add_perm(f"apprentices.add_{_name}", is_coordinator)
    rules.add_perm(f"apprentices.change_{_name}", is_coordinator)

rules.add_perm("apprentices.import_contracts", is_coordinator)
rules.add_perm("apprentices.compare_people", leads)
rules.add_perm("apprentices.enter_on_behalf", holds(Role.COORDINATOR, Role.HEAD, Role.TRAINING_OFFICE))
rules.add_perm("apprentices.merge_people", is_coordinator)

# --- the applicant's own pages -------------------------------------------------------------------------------------
is_applicant = is_person("apprentice.user")
rules.add_perm("apprentices.follow_application", is_applicant)
rules.add_perm("apprentices.answer_offer", is_applicant)
rules.add_perm("apprentices.appeal_decision", is_applicant)
rules.add_perm("apprentices.pick_interview", is_applicant)
rules.add_perm("apprentices.withdraw_application", is_applicant)
rules.add_perm("apprentices.give_details", is_applicant)
rules.add_perm("apprentices.complete_application", is_applicant)
rules.add_perm("apprentices.remind_employer", is_applicant)
