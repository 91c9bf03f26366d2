"""Role x address: who gets in, own, foreign and missing rows alike; a GET writes nothing, a refused POST neither.

``WHO`` is the short list to read: every address of ours with a number in it, and the roles that may open it for a row of
their own office. Everybody else gets 403 or 404, and a foreign row is the same 404 as a missing one, for everybody.
"""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from tests.house import APPRENTICE, INSTRUCTOR, PARTNER, ROLES, A, C, H, House, R, U

pytestmark = pytest.mark.django_db
MISSING = 987654321
READERS = {C, H, A, U}
POST_ONLY = {
    "apprentices:note_police",
    "apprentices:mark_read", "apprentices:mark_unread", "apprentices:finish_follow_up",
    "apprentices:save_review_draft", "apprentices:show_other_marks", "apprentices:end_tie",
    "apprentices:close_interview_time", "apprentices:give_interview_back",
    "accounts:invite_again", "accounts:retry_mail", "accounts:hold_mail", "accounts:release_mail", "placements:remind", "placements:note_call", "reporting:retry",
    "apprentices:send_code", "apprentices:leave_draft", "apprentices:decide_contract_rows",
    "apprentices:remind_employer",
    "placements:approve_cost", "placements:withdraw_cost",
    "apprentices:plan_publication", "apprentices:cancel_plan", "apprentices:send_to_head",
    "apprentices:two_people", "apprentices:write_entry", "apprentices:ask_to_approve", "apprentices:take_back_entry",
}  # fmt: skip
PUBLIC = {
    "apprentices:apply", "apprentices:apply_contact", "apprentices:apply_person", "apprentices:apply_apprenticeship",
    "apprentices:apply_stay", "apprentices:apply_motivation", "apprentices:apply_check", "apprentices:send_code",
    "apprentices:draft_file", "apprentices:draft_preview", "apprentices:leave_draft",
    "apprentices:receipt",
}  # fmt: skip
"""The public form: the row is a round that everybody may see; drafts are tested in tests/apprentices."""

# address -> (which row, roles that get in)
WHO = {
    "accounts:invite_again": ("invited", {C}),
    "accounts:end_membership": ("membership", {C}),
    "accounts:mail": ("mail", {C, H}),
    "accounts:retry_mail": ("mail", {C}),
    "accounts:hold_mail": ("mail", {C}),
    "accounts:release_mail": ("mail", {C}),
    "accounts:correct_mail": ("mail", {C}),
    "accounts:send_mail_again": ("mail", {C}),
    "accounts:give_up_mail": ("mail", {C}),
    "apprentices:status": ("application", {APPRENTICE}),
    "apprentices:answer_offer": ("application", {APPRENTICE}),
    "apprentices:withdraw": ("application", {APPRENTICE}),
    "apprentices:complete": ("application", {APPRENTICE}),
    "apprentices:remind_employer": ("application", {APPRENTICE}),
    "apprentices:return_application": ("application", {C}),
    "apprentices:case_mails": ("application", {C, H}),
    "apprentices:case_conflicts": ("application", {C}),
    "apprentices:add_note": ("application", {C, H}),
    "apprentices:mark_read": ("application", {C, H, A}),
    "apprentices:mark_unread": ("application", {C, H, A}),
    "apprentices:finish_follow_up": ("note", {C, H}),
    "apprentices:close_completion": ("application", {C}),
    "apprentices:make_exception": ("application", {C}),
    "apprentices:own_letter": ("lettered", set()),
    "apprentices:details": ("accepted", {APPRENTICE}),
    "apprentices:case_details": ("accepted", {C, H, U}),
    "apprentices:note_police": ("accepted", {C}),
    "apprentices:review": ("review", {R}),
    "apprentices:save_review_draft": ("review", {R}),
    "apprentices:show_other_marks": ("review", {R}),
    "apprentices:declare_review_conflict": ("review", {R}),
    "apprentices:end_tie": ("tie", {R}),
    "apprentices:change_criteria": ("round", {C}),
    "apprentices:round_reviewers": ("round", {C, H, U}),
    "apprentices:fill_up_reviewers": ("round", {C}),
    "apprentices:interviews": ("round", {C, H, U}),
    "apprentices:invite_to_interview": ("round", set()),  # names applications in the address: see test_interview_pages
    "apprentices:close_interview_time": ("interview_time", {C}),
    "apprentices:note_interview": ("interview", {C}),
    "apprentices:call_off_interview": ("interview", {C}),
    "apprentices:my_interview": ("application", {APPRENTICE}),
    "apprentices:give_interview_back": ("application", {APPRENTICE}),
    "apprentices:my_interview_calendar": ("application", {APPRENTICE}),
    "apprentices:open_round": ("round", {C}),
    "apprentices:copy_round": ("round", {C}),
    "apprentices:late_drafts": ("round", {C}),
    "apprentices:admit_late": ("late_draft", {C}),
    "apprentices:assign_reviewers": ("round", set()),  # names applications in the address: see test_selection_pages
    "apprentices:ranking": ("round", {C, H, U}),
    "apprentices:decide": ("round", {C}),
    "apprentices:publish": ("round", {C, H}),
    "apprentices:decision_letter": ("decision", {C, H, U}),
    "apprentices:letter_preview": ("decision", {C, H, U}),
    "apprentices:own_lapse_letter": ("lapsed", {APPRENTICE}),
    "apprentices:lapse_letter": ("lapsed_offer", {C, H, U}),
    "apprentices:appeal_decision": ("rejected", {APPRENTICE}),
    "apprentices:own_appeal_letter": ("rejected", {APPRENTICE}),
    "apprentices:appeals": ("round", {C, H, U}),
    "apprentices:answer_appeal": ("appeal", {C, H}),
    "apprentices:appeal_letter": ("appeal", {C, H, U}),
    "apprentices:ask_to_defer": ("application", {APPRENTICE}),
    "apprentices:own_deferral_letter": ("lettered", set()),
    "apprentices:deferrals": ("round", {C}),
    "apprentices:defer_application": ("application", {C}),
    "apprentices:answer_deferral": ("wish", {C}),
    "apprentices:carry_over": ("wish", {C}),
    "apprentices:plan_publication": ("round", {C, H}),
    "apprentices:cancel_plan": ("round", {C, H}),
    "apprentices:send_to_head": ("round", {C}),
    "apprentices:approve": ("round", {H}),
    "apprentices:remind_endorsement": ("endorsement", {C}),
    "apprentices:correct_endorsement": ("endorsement", {C}),
    "apprentices:invite_instructor": ("instructor", {C}),
    "apprentices:contract_import": ("contract_import", {C}),
    "apprentices:decide_contract_rows": ("contract_import", {C}),
    "apprentices:apply_contract_import": ("contract_import", {C}),
    "apprentices:discard_contract_import": ("contract_import", {C}),
    "apprentices:contract_import_report": ("contract_import", {C}),
    "apprentices:entry": ("entry", {C, H}),
    "apprentices:write_entry": ("entry", {C, H}),
    "apprentices:ask_to_approve": ("entry", {C, H}),
    "apprentices:take_back_entry": ("entry", {C, H}),
    "apprentices:pair": ("hint", {C, H}),
    "apprentices:two_people": ("hint", {C}),
    "apprentices:merge_people": ("hint", {C}),
    "apprentices:merged_rows": ("apprentice", {C, H}),
    "partners:invite_contact": ("partner", {C}),
    "placements:place": ("application", {C}),
    "placements:placement": ("placement", READERS),
    "placements:confirm": ("placement", {C}),
    "placements:make_ready": ("placement", {C}),
    "placements:cancel": ("placement", {C}),
    "placements:change": ("placement", {C}),
    "placements:grant": ("placement", {C}),
    "placements:lodging": ("placement", {C}),
    "placements:real_cost": ("placement", {C}),
    "placements:approve_cost": ("cost", {C, H}),
    "placements:withdraw_cost": ("cost", {C}),
    "placements:cost_evidence": ("cost", {C, H, U}),
    "grants:rate_copy": ("rate_copy", {C, H, U}),
    "grants:rate_copy_sheet": ("rate_copy", {C, H, U}),
    "grants:rate_figure": ("rate_figure", {C, H}),
    "placements:make_agreement": ("placement", {C}),
    "placements:remind": ("agreement", {C}),
    "placements:agreement_document": ("agreement", {*READERS, APPRENTICE, PARTNER}),
    "placements:sign": ("signature", {APPRENTICE}),
    "placements:candidate": ("placement", {PARTNER}),
    "placements:refuse_candidate": ("placement", {PARTNER}),
    "placements:candidate_lodging": ("placement", {C, PARTNER}),
    "placements:my_stay": ("placement", {APPRENTICE}),
    "placements:book_visit": ("placement", {C, INSTRUCTOR}),
    "placements:cancel_visit": ("visit", {C, INSTRUCTOR}),
    "placements:visit_calendar": ("visit", {*READERS, APPRENTICE, INSTRUCTOR, PARTNER}),
    "placements:confirm_arrival": ("placement", {C, PARTNER}),
    "placements:confirm_return": ("placement", {C}),
    "placements:weekly_log": ("placement", {APPRENTICE}),
    "placements:note_call": ("log", {C, H, A}),
    "placements:outcomes": ("placement", {C, H, U}),
    "placements:finish_evaluation": ("placement", {C}),
    "placements:close_placement": ("placement", {C}),
    "reporting:checks": ("project", {C, H, U}),
    "reporting:report": ("job", {C, H, U}),
    "reporting:progress": ("job", {C, H, U}),
    "reporting:download": ("job", {C, H, U}),
    "reporting:retry": ("job", {C, H}),
}
TWO_NUMBERS = {
    "accounts:mail_attachment": ("mail", "file", {C, H}),
    "apprentices:hand_over": ("round", "reviewer", {C}),
    "apprentices:own_file": ("application", "attachment", {APPRENTICE}),
    "apprentices:own_preview": ("application", "attachment", {APPRENTICE}),
    "apprentices:attachment": ("application", "attachment", {C, H, U, R, APPRENTICE}),
    "apprentices:details_certificate": ("accepted", "certificate", {APPRENTICE}),
    "apprentices:details_insurance": ("accepted", "policy", {APPRENTICE}),
    "apprentices:attachment_preview": ("application", "attachment", {C, H, U, R, APPRENTICE}),
}


@pytest.fixture
def houses():
    return House(), House()


@pytest.fixture
def writes():
    """The statements that changed a row since the last ``clear()``; sessions and savepoints do not count."""
    seen = []

    def watch(execute, sql, params, many, context):
        if re.match(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", sql) and "django_session" not in sql:
            seen.append(sql[:160])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen


def numbered():
    """Names of all our addresses, with how many numbers each asks for (signed links ask for a token: not here)."""
    found = {}

    def walk(resolver, prefix):
        for entry in resolver.url_patterns:
            if hasattr(entry, "url_patterns"):
                if entry.namespace != "admin" and "allauth" not in str(entry.urlconf_name):
                    walk(entry, f"{entry.namespace}:" if entry.namespace else prefix)
            elif entry.name and not entry.pattern.converters.keys() - {"pk", "file_pk", "row_pk"}:
                found.setdefault(f"{prefix}{entry.name}", set()).add(len(entry.pattern.converters))

    walk(get_resolver(), "")
    return found


@pytest.fixture
def ask(writes):
    """``ask(person, name, *keys)``: the answer to a GET, or to a POST where only that is taken."""
    clients = {}

    def _ask(person, name, *keys):
        if person not in clients:
            clients[person] = Client()
            clients[person].force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
            writes.clear()
        address = reverse(name, args=keys)
        answer = clients[person].post(address) if name in POST_ONLY else clients[person].get(address)
        answer.close()
        return answer

    return _ask


def test_every_address_with_a_number_stands_in_the_matrix():
    ours = {name for name, counts in numbered().items() if counts - {0} and name != "demo_mail"}
    assert ours - set(WHO) - set(TWO_NUMBERS) - PUBLIC == set()
    assert set(WHO) - ours == set()


@pytest.mark.parametrize("name", sorted(WHO))
def test_own_foreign_and_missing_rows(houses, writes, ask, name):
    own, foreign = houses
    row, let_in = WHO[name]
    found = {}
    for role in ROLES:
        person = own.people[role]
        answers = [
            ask(person, name, key).status_code for key in (getattr(own, row).pk, getattr(foreign, row).pk, MISSING)
        ]
        assert answers[1:] == [404, 404], f"{role}: foreign {answers[1]}, missing {answers[2]}"
        if answers[0] not in {403, 404}:
            assert answers[0] in {200, 302}, f"{role}: {answers[0]}"
            found[role] = answers[0]
        if name not in POST_ONLY or role not in let_in:
            assert writes == [], f"{role} wrote"
        writes.clear()
    assert set(found) == let_in


@pytest.mark.parametrize("name", sorted(TWO_NUMBERS))
def test_rows_of_rows(houses, writes, ask, name):
    own, _foreign = houses
    outer, inner, let_in = TWO_NUMBERS[name]
    found = set()
    for role in ROLES:
        person = own.people[role]
        keys = [(getattr(house, outer).pk, getattr(other, inner).pk) for house in houses for other in houses]
        answers = [ask(person, name, *pair).status_code for pair in keys]
        assert answers[1:] == [404, 404, 404]
        if answers[0] == 200:
            found.add(role)
        assert ask(person, name, MISSING, MISSING).status_code == 404
    assert found == let_in
    assert writes == []


ADMIN_ROWS = {
    "apprentices.application": "application",
    "apprentices.apprentice": "apprentice",
    "apprentices.instructor": "instructor",
    "apprentices.round": "round",
    "apprentices.trainingcompany": "company",
    "apprentices.trainingmanager": "training_manager",
    "grants.consortiummember": "member",
    "grants.project": "project",
    "partners.opening": "opening",
    "partners.partner": "partner",
    "placements.placement": "placement",
}


@pytest.mark.parametrize("label", sorted(ADMIN_ROWS))
def test_the_admin_shows_own_rows_to_the_office_and_foreign_ones_to_nobody(houses, writes, label):
    if label not in {model._meta.label_lower for model in admin.site._registry}:
        pytest.fail(f"{label} is not in the admin")
    own, foreign = houses
    app, model = label.split(".")
    for role in ROLES:
        client = Client()
        client.force_login(own.people[role], backend="allauth.account.auth_backends.AuthenticationBackend")
        writes.clear()
        for page in ("change", "history"):
            answers = [
                client.get(reverse(f"admin:{app}_{model}_{page}", args=[key])).status_code
                for key in (getattr(own, ADMIN_ROWS[label]).pk, getattr(foreign, ADMIN_ROWS[label]).pk, MISSING)
            ]
            staff = role in {C, H, A, R, U}
            assert answers[1] == answers[2], f"{role} {page}: {answers}"
            assert answers[1] in ({403, 404} if staff else {302, 403, 404}), f"{role} {page}: {answers}"
            if role == C:
                assert answers[0] in {200, 302}, f"{role} {page}: {answers}"
            if not staff or role == R:
                assert answers[0] != 200, f"{role} {page}: {answers}"
        names = client.get(reverse(f"admin:{app}_{model}_changelist"))
        if names.status_code == 200:
            keys = {row.pk for row in names.context["cl"].result_list}
            assert getattr(foreign, ADMIN_ROWS[label]).pk not in keys
        assert writes == [], role


def test_every_model_of_the_admin_stands_in_the_matrix():
    registered = {model._meta.label_lower for model in admin.site._registry}
    unscoped = {"apprentices.trade", "apprentices.trainingoffice"}
    assert registered - set(ADMIN_ROWS) - unscoped == set()
