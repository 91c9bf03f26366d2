"""The invented offices of the demo: whole, around today, each for itself, and never in a real installation."""

import datetime
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from stdnum.no import kontonr

from apprentices.models import (
    Application,
    ApplicationStatusChange,
    Apprentice,
    BankAccount,
    ContractImport,
    Review,
    Round,
    SamePersonHint,
    TrainingCompany,
)
from apprentices.selectors.details import overview
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership, Office, User
from mobility.common import clock
from mobility.common.models import ReadLog
from mobility.grants.models import BudgetLine, ConsortiumMember, Project
from partners.models import Partner
from placements import workflow
from placements.enums import AgreementStatus, Party, PlacementStatus
from placements.models import Grant, LearningAgreement, Placement, PlacementStatusChange, Visit, WeeklyLog
from reporting.demo import loader
from reporting.demo.offices import PASSWORD, TOTP_SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker):
    """Loaded once for all tests of this module, and taken back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert loader.load()
        yield
        transaction.set_rollback(True)


def user(address):
    return User.objects.get(email=address)


def counts(model, office, field="status"):
    rows = model.objects.filter(office__short_name=office).values_list(field, flat=True)
    return {value: list(rows).count(value) for value in set(rows)}


def test_intsek_has_two_rounds_of_35_in_different_stages_and_one_that_is_open():
    rounds = {r.name: r.applications.count() for r in Round.objects.order_by("opens_at")}
    assert list(rounds.values()) == [35, 35, 1]
    assert Round.objects.open_now().count() == 1
    assert counts(Application, "INTSEK") == {
        "draft": 2, "submitted": 2, "in_review": 6, "offered": 4, "waiting_list": 3, "rejected": 7, "accepted": 42,
        "declined": 1, "withdrawn": 2, "lapsed": 1, "deferred": 1,
    }  # fmt: skip


def test_intsek_has_nine_partners_in_seven_countries_and_stays_in_every_stage():
    partners = Partner.objects.filter(office__short_name="INTSEK")
    assert (partners.count(), len(set(partners.values_list("country", flat=True)))) == (9, 7)
    assert set(counts(Placement, "INTSEK")) == set(PlacementStatus)
    assert Placement.objects.abroad().filter(ends_on=None).count() == 1
    assert Placement.objects.started_without_arrival().count() == 1
    assert Visit.objects.booked().count() == 29
    assert WeeklyLog.objects.waiting_for_a_call().count() == 1


def test_the_consortium_has_its_members_and_its_project_and_only_learners():
    office = Office.objects.get(slug="vuxbryggan")
    assert ConsortiumMember.objects.filter(office=office).count() == 13
    assert Apprentice.objects.filter(office=office, member__isnull=False).count() == 27
    project = Project.objects.get(office=office)
    assert Grant.objects.filter(placement__project=project).count() == 21


@pytest.mark.parametrize(
    ("slug", "companies", "apprentices"), [("intsek", 24, 70), ("ranke", 1, 2), ("nordvarde", 17, 0)]
)
def test_offices_have_companies_and_apprentices_of_their_own(slug, companies, apprentices):
    assert TrainingCompany.objects.filter(office__slug=slug).count() == companies
    assert Apprentice.objects.filter(office__slug=slug).count() == apprentices


def test_a_list_of_contracts_waits_with_rows_of_each_kind_and_one_pair_looks_alike():
    counts = ContractImport.objects.get(office__slug="intsek").counts
    assert counts == {"changed": 5, "choose": 1, "new_person": 3, "error": 1}
    assert SamePersonHint.objects.filter(office__slug="intsek").open().count() == 1


def test_nobody_sees_another_offices_people():
    swede = user("coordinator@vuxbryggan.example")
    assert Apprentice.objects.visible_to(swede).count() == 27
    assert not Application.objects.visible_to(swede).exists()
    assert {p.office.slug for p in Placement.objects.visible_to(swede)} == {"vuxbryggan"}


def test_the_moves_in_the_logs_are_those_of_the_workflow_and_end_in_the_present_state():
    known = {move.name: move for move in workflow.PLACEMENT_MOVES}
    for change in PlacementStatusChange.objects.all():
        assert change.from_status in known[change.name].sources
        assert change.to_status == known[change.name].target
    for placement in Placement.objects.exclude(status=PlacementStatus.PROPOSED).prefetch_related("status_changes"):
        last = list(placement.status_changes.all())[-1]
        assert (last.to_status, last.at) == (placement.status, placement.status_since)
    assert not ApplicationStatusChange.objects.filter(at__gt=clock.now()).exists()


def test_departures_are_mondays_and_nothing_done_lies_in_the_future():
    stays = Placement.objects.filter(office__slug="intsek")
    assert {placement.starts_on.weekday() for placement in stays} == {0}
    done = Placement.objects.filter(status__in=["abroad", "returned", "evaluated", "closed"])
    assert all(placement.arrived_on <= clock.today() for placement in done)
    assert not Placement.objects.filter(returned_on__gt=clock.today()).exists()
    assert not WeeklyLog.objects.filter(written_at__gt=clock.now()).exists()


def test_agreements_are_signed_in_order_and_a_replaced_one_has_a_successor():
    orders = {tuple(s.party for s in a.signatures.all()) for a in LearningAgreement.objects.all()}
    assert orders == {(Party.APPRENTICE, Party.OFFICE, Party.EMPLOYER, Party.HOST)}
    for agreement in LearningAgreement.objects.prefetch_related("signatures"):
        moments = [signature.signed_at for signature in agreement.signatures.all() if signature.signed_at]
        assert moments == sorted(moments)
    replaced = LearningAgreement.objects.filter(status=AgreementStatus.REPLACED)
    assert replaced.count() == 2
    assert all(a.placement.learning_agreements.filter(version=a.version + 1).exists() for a in replaced)


def test_prices_of_closed_cases_are_frozen_and_budgets_add_up():
    assert Grant.objects.filter(frozen_at__isnull=False).count() == 11
    assert not Grant.objects.filter(frozen_at__isnull=True, placement__status="closed").exists()
    for project in Project.objects.exclude(office__slug="vuxbryggan"):
        assert sum(line.awarded for line in BudgetLine.objects.filter(project=project)) == project.awarded


def test_every_role_of_intsek_has_a_sign_in_with_the_one_password(client):
    addresses = {address for office, address, _name in loader.sign_ins() if office == "INTSEK"}
    roles = (
        "coordinator",
        "head",
        "assistant",
        "reviewer",
        "auditor",
        "apprentice",
        "instructor",
        "partner",
        "training_office",
    )
    assert addresses == {f"{role}@intsek.example" for role in roles}
    for role in roles:
        account = user(f"{role}@intsek.example")
        assert account.check_password(PASSWORD)
        assert account.roles == {role}
    assert len({u.email for u in User.objects.all()}) == User.objects.count()


def test_the_faces_of_the_portal_have_something_to_look_at():
    assert Placement.objects.visible_to(user("apprentice@intsek.example")).get().status == PlacementStatus.ABROAD
    assert Placement.objects.visible_to(user("instructor@intsek.example")).count() == 3
    sent = Placement.objects.visible_to(user("partner@intsek.example"))
    assert sent.filter(status=PlacementStatus.PROPOSED).count() == 2
    waiting = Review.objects.filter(reviewer=user("reviewer@intsek.example"), given_at=None)
    assert waiting.count() == 2


def test_one_person_belongs_to_two_offices():
    both = user("coordinator@intsek.example").offices_to_choose
    assert sorted(office.short_name for office in both) == ["INTSEK", "IVE"]


def test_one_coordinator_has_a_second_factor_whose_secret_is_told():
    authenticator = Authenticator.objects.get()
    assert Membership.objects.filter(user=authenticator.user).values_list("role", flat=True).get() == Role.COORDINATOR
    out = StringIO()
    call_command("load_demo", stdout=out, stderr=StringIO())
    assert TOTP_SECRET in out.getvalue()
    assert authenticator.user.email in out.getvalue()
    code = format_hotp_value(hotp_value(TOTP_SECRET, next(yield_hotp_counters_from_time())))
    assert TOTP(authenticator).validate_code(code)


def test_a_second_time_changes_nothing_and_says_so():
    before = (User.objects.count(), Placement.objects.count())
    err = StringIO()
    call_command("load_demo", stdout=StringIO(), stderr=err)
    assert err.getvalue() == "The demo offices are here already.\n"
    assert (User.objects.count(), Placement.objects.count()) == before


def test_a_real_installation_refuses_invented_people(settings):
    settings.DEMO = False
    Office.objects.filter(slug="intsek").update(slug="renamed")
    with pytest.raises(CommandError, match="a real installation"):
        call_command("load_demo")
    assert not Office.objects.filter(slug="intsek").exists()


def test_the_dates_follow_the_week_of_loading():
    monday = clock.today() - datetime.timedelta(days=clock.today().weekday())
    round_ = Round.objects.open_now().get()
    assert round_.opens_at.astimezone(round_.office.tz).date() == monday - datetime.timedelta(days=7)


def test_those_who_said_yes_have_given_details_that_lie_encrypted():
    accepted = Application.objects.filter(status="accepted", office__short_name="INTSEK")
    assert accepted.filter(details__isnull=False).count() == accepted.count() == 42
    states = [state_of_all(application) for application in accepted[:8]]
    assert {"complete", "begun", "empty"} <= {state for found in states for state in found}
    assert all(kontonr.is_valid(row.content["number"]) for row in BankAccount.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM apprentices_healthnote")
        assert all(content.startswith("gAAAA") for (content,) in cursor.fetchall())
    assert ReadLog.objects.filter(person=None).count() == 0
    assert ReadLog.objects.count() > 10


def state_of_all(application):
    return [row["state"] for row in overview(application)]


def test_applicants_answered_the_whole_form_and_the_rules_were_asked():
    sent = Application.objects.filter(office__short_name="INTSEK").submitted()
    assert sent.exclude(gender="").exclude(nationality="").count() == sent.count() == 69
    hidden = sent.filter(has_protected_address=True)
    assert hidden.count() == hidden.filter(address="", municipality="").count() > 0
    assert not sent.filter(has_protected_address=False, address="").exists()
    levels = list(sent.values_list("eligibility__level", flat=True))
    assert set(levels) == {"ok", "warn", "unknown"}
