"""Who may do what with stays abroad. First section: placing and agreements; second: the stay itself."""

import rules

from mobility.accounts.enums import Role
from mobility.accounts.predicates import holds, is_person
from partners.permissions import speaks_for_partner
from placements.enums import Party

is_coordinator = holds(Role.COORDINATOR)
works_in_office = holds(Role.COORDINATOR, Role.HEAD, Role.ASSISTANT, Role.AUDITOR)
is_the_apprentice = is_person("apprentice.user")


# --- placing, agreements -------------------------------------------------------------------------------------------
@rules.predicate
def is_party_to(user, agreement):
    """The apprentice whose stay it is, or the partner that receives."""
    placement = agreement.placement
    return is_the_apprentice(user, placement) or speaks_for_partner(user, placement)


@rules.predicate
def signs_for_party(user, signature):
    """The user is the party, or speaks for it: the office's coordinator, the partner that hosts itself."""
    placement = signature.agreement.placement
    match signature.party:
        case Party.APPRENTICE:
            return is_the_apprentice(user, placement)
        case Party.OFFICE:
            return is_coordinator(user, placement)
        case Party.HOST:
            return placement.host_company_id is None and speaks_for_partner(user, placement)
    return False  # guardian and employer sign by link only


rules.add_perm("placements", works_in_office)
rules.add_perm("placements.view_placement", works_in_office)
rules.add_perm("placements.export_placement", works_in_office)
rules.add_perm("placements.propose_placement", is_coordinator)  # asked with the application
rules.add_perm("placements.confirm_placement", is_coordinator)
rules.add_perm("placements.cancel_placement", is_coordinator)
rules.add_perm("placements.make_ready", is_coordinator)
rules.add_perm("placements.make_agreement", is_coordinator)
rules.add_perm("placements.change_placement", is_coordinator)
rules.add_perm("placements.price_placement", is_coordinator)
rules.add_perm("placements.approve_real_cost", holds(Role.COORDINATOR, Role.HEAD))
rules.add_perm("placements.view_grant", holds(Role.COORDINATOR, Role.HEAD, Role.AUDITOR))
rules.add_perm("placements.set_lodging", is_coordinator | speaks_for_partner)
rules.add_perm("placements.view_candidate", speaks_for_partner)
rules.add_perm("placements.answer_candidate", speaks_for_partner)
rules.add_perm("placements.view_own_stay", is_the_apprentice)
rules.add_perm("placements.view_learningagreement", works_in_office | is_party_to)
rules.add_perm("placements.sign_agreement", signs_for_party)


# --- the stay: visits, arrival, weekly log, return, evaluation ------------------------------------------------------
@rules.predicate
def trains_the_apprentice(user, placement):
    """The user is an instructor of the office and stands as such in a contract of this apprentice."""
    return (
        user.office_as(Role.INSTRUCTOR) == placement.office_id
        and placement.apprentice.contracts.filter(instructor__user=user.pk).exists()
    )


@rules.predicate
def has_the_visit(user, visit):
    """The visit is the user's own."""
    return visit.instructor.user_id == user.pk and user.office_as(Role.INSTRUCTOR) == visit.office_id


sees_outcomes = holds(Role.COORDINATOR, Role.HEAD, Role.AUDITOR)  # marks of selection: never an assistant

rules.add_perm("placements.view_visits", holds(Role.INSTRUCTOR))
rules.add_perm("placements.book_visit", is_coordinator | trains_the_apprentice)
rules.add_perm("placements.cancel_visit", is_coordinator | has_the_visit)
rules.add_perm("placements.confirm_arrival", is_coordinator | speaks_for_partner)
rules.add_perm("placements.view_who_is_abroad", works_in_office)
rules.add_perm("placements.write_weeklylog", is_the_apprentice)
rules.add_perm("placements.view_weeklylog", works_in_office | is_the_apprentice)
rules.add_perm("placements.note_call", holds(Role.COORDINATOR, Role.HEAD, Role.ASSISTANT))
rules.add_perm("placements.confirm_return", is_coordinator)
rules.add_perm("placements.view_outcomes", sees_outcomes)
rules.add_perm("placements.assess_criteria", is_coordinator)
rules.add_perm("placements.finish_evaluation", is_coordinator)
rules.add_perm("placements.close_placement", is_coordinator)
