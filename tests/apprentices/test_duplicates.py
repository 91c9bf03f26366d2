"""The same person twice: found in small groups, decided by somebody, merged with everything that points there."""

import datetime

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apprentices.enums import HintState
from apprentices.models import Application, Apprentice, PersonMerge, SamePersonHint
from apprentices.selectors.duplicates import look_alikes
from apprentices.selectors.merging import in_the_way, pointers, rows_to_move
from apprentices.services.applications import submit_application
from apprentices.services.duplicates import look_for_pairs, say_two_people
from apprentices.services.eligibility import check_eligibility
from apprentices.services.merging import merge_people
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership
from mobility.common import clock
from mobility.common.errors import NotReady, TransitionNotAllowed
from tests import factories

pytestmark = pytest.mark.django_db
BORN = datetime.date(2007, 6, 5)


@pytest.fixture
def person(office):
    """``person(given_name=…)``: Kari Nordmann of the office, changed."""

    def _person(**changes):
        facts = {"given_name": "Kari", "family_name": "Nordmann", "birth_date": BORN, "office": office}
        return factories.ApprenticeFactory(**facts | changes)

    return _person


@pytest.fixture
def hint(person, office):
    person()
    person(family_name="Nordman", municipality="Hamar")
    look_for_pairs(office=office)
    return SamePersonHint.objects.get()


@pytest.fixture
def merge(coordinator):
    def _merge(hint, *, kept=None, take=()):
        return merge_people(hint=hint, kept=kept or hint.first, take=take, by=coordinator)

    return _merge


# --- found ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        ({"given_name": "NORDMANN", "family_name": "Kåri"}, ["name"]),
        ({"given_name": "Karin"}, ["name"]),
        ({"given_name": "Ola"}, []),
        ({"birth_date": BORN + datetime.timedelta(days=1)}, []),
        ({"given_name": "Ola", "birth_date": None, "email": "K.ari+x@gmail.com"}, ["email"]),
        ({"birth_date": None, "phone": "+4799990109"}, ["phone"]),
        ({"given_name": "Ola", "birth_date": None, "phone": "+4799990109"}, []),
        ({"birth_date": None, "contract": True}, ["contract"]),
        ({"given_name": "Ola", "birth_date": None, "contract": True}, []),
        ({"email": "kari@gmail.com", "phone": "+4799990109", "contract": True}, ["name", "email", "phone", "contract"]),
    ],
)
def test_why_two_people_look_alike(person, office, other, reasons):
    one = person(email="kari@gmail.com", phone="+4799990109")
    company = factories.TrainingCompanyFactory(office=office)
    factories.ContractFactory(apprentice=one, company=company)
    signs = other.pop("contract", False)
    if "birth_date" in other and other["birth_date"] is None:
        other["birth_date"] = datetime.date(2001, 1, 1)
    second = person(**other)
    if signs:
        factories.ContractFactory(apprentice=second, company=company)
    assert look_alikes(office) == ({(one.pk, second.pk): reasons} if reasons else {})


def test_nobody_is_compared_across_offices_or_with_a_row_that_was_merged(person, office):
    one = person()
    person(office=factories.OfficeFactory())
    person(merged_into=one)
    assert look_alikes(office) == {}


def test_two_queries_whatever_the_number_of_people(person, office):
    person()
    with CaptureQueriesContext(connection) as few:
        look_alikes(office)
    for _more in range(3):
        person()
    with CaptureQueriesContext(connection) as many:
        look_alikes(office)
    assert (len(few), len(many)) == (2, 2)


def test_a_day_of_birth_that_everybody_has_does_not_compare_everybody(person, office):
    people = [person() for _number in range(60)]
    assert len(look_alikes(office)) == len(people) - 1


def test_looking_again_writes_a_pair_once_and_forgets_what_is_no_longer_alike(hint, office):
    assert look_for_pairs(office=office) == 1
    Apprentice.objects.filter(pk=hint.second_id).update(family_name="Hansen")
    assert look_for_pairs(office=office) == 0
    assert SamePersonHint.objects.count() == 0


def test_what_was_decided_is_not_asked_again(hint, office, coordinator):
    say_two_people(hint=hint, by=coordinator)
    assert look_for_pairs(office=office) == 0
    hint.refresh_from_db()
    assert (hint.state, hint.decided_by) == (HintState.NOT_SAME, coordinator)
    with pytest.raises(TransitionNotAllowed):
        say_two_people(hint=hint, by=coordinator)


# --- merged -----------------------------------------------------------------------------------------------------------
def test_everything_that_names_a_person_is_known():
    assert {f"{pointer.model._meta.label}.{pointer.column}" for pointer in pointers()} == {
        "apprentices.Application.apprentice",
        "apprentices.Contract.apprentice",
        "placements.Placement.apprentice",
    }


def test_applications_contracts_and_stays_move_and_both_histories_stay(hint, merge, coordinator):
    kept, merged = hint.first, hint.second
    application = factories.ApplicationFactory(round__office=kept.office, submitted=True, apprentice=merged)
    contract = factories.ContractFactory(apprentice=merged)
    stay = factories.PlacementFactory(office=kept.office, apprentice=merged)
    assert rows_to_move(merged) == [("Applications", 1), ("Contracts", 1), ("Placements", 1)]
    log = merge(hint, take=["municipality", "family_name"])
    for row in (application, contract, stay):
        row.refresh_from_db()
        assert row.apprentice == kept
    kept.refresh_from_db()
    merged.refresh_from_db()
    assert (kept.family_name, kept.municipality, merged.merged_into) == ("Nordman", "Hamar", kept)
    assert (log.by, log.taken) == (coordinator, ["family_name", "municipality"])
    assert log.moved == {"apprentices.Application": 1, "apprentices.Contract": 1, "placements.Placement": 1}
    assert contract.history.first().history_user == coordinator
    assert [row.family_name for row in kept.history.all()] == ["Nordman", "Nordmann"]
    assert merged.history.count() == 2


def test_eligibility_is_computed_anew_with_the_contracts_of_both(hint, merge):
    application = factories.ApplicationFactory(round__office=hint.office, submitted=True, apprentice=hint.first)
    before = [finding["code"] for finding in check_eligibility(application=application).findings]
    factories.ContractFactory(apprentice=hint.second, approved_on=factories.days(-200), source="import")
    merge(hint)
    application.eligibility.refresh_from_db()
    codes = [finding["code"] for finding in application.eligibility.findings]
    assert ("contract_not_in_register" in before, "contract_not_in_register" in codes) == (True, False)
    assert "contract_approved" in codes


def test_a_merged_row_is_in_no_list_and_looks_like_nobody(hint, merge, office, coordinator):
    merge(hint)
    assert list(Apprentice.objects.visible_to(coordinator)) == [hint.first]
    assert look_for_pairs(office=office) == 0
    assert SamePersonHint.objects.get().state == HintState.MERGED


def test_two_applications_in_one_round_are_explained_and_nothing_moves(hint, merge):
    one = factories.ApplicationFactory(round__office=hint.office, submitted=True, apprentice=hint.first)
    other = factories.ApplicationFactory(round=one.round, submitted=True, apprentice=hint.second)
    factories.ContractFactory(apprentice=hint.second)
    assert [str(other) in words for words in in_the_way(hint.first, hint.second)] == [True]
    with pytest.raises(NotReady, match=other.reference):
        merge(hint)
    assert hint.second.contracts.count() == 1
    assert PersonMerge.objects.count() == 0
    Application.objects.filter(pk=other.pk).update(status="withdrawn")
    merge(hint)
    assert hint.first.applications.count() == 2


def test_a_failure_at_the_end_keeps_nothing(hint, merge, monkeypatch):
    factories.ContractFactory(apprentice=hint.second)
    monkeypatch.setattr(PersonMerge.objects, "create", lambda **_facts: (_ for _ in ()).throw(IntegrityError("late")))
    with pytest.raises(IntegrityError, match="late"):
        merge(hint)
    hint.second.refresh_from_db()
    assert (hint.second.merged_into, hint.second.contracts.count()) == (None, 1)


def test_the_second_account_loses_its_role_and_its_applications_are_the_first_ones(hint, merge):
    for person in (hint.first, hint.second):
        person.user = factories.member(Role.APPRENTICE, hint.office)
        person.save()
    other = hint.second.user
    application = factories.ApplicationFactory(round__office=hint.office, submitted=True, apprentice=hint.second)
    merge(hint)
    assert list(Application.objects.owned_by(hint.first.user)) == [application]
    assert list(Application.objects.owned_by(other)) == []
    assert not Membership.objects.in_force().filter(user=other).exists()
    assert Membership.objects.in_force().filter(user=hint.first.user).exists()


def test_an_account_comes_along_where_the_kept_row_has_none(hint, merge):
    hint.second.user = factories.member(Role.APPRENTICE, hint.office)
    hint.second.save()
    merge(hint)
    hint.first.refresh_from_db()
    assert hint.first.user == hint.second.user
    assert Membership.objects.in_force().filter(user=hint.first.user).exists()


def test_an_account_that_is_somebody_else_here_keeps_its_role(hint, merge, person):
    hint.first.user = factories.member(Role.APPRENTICE, hint.office)
    hint.first.save()
    hint.second.user = factories.member(Role.APPRENTICE, hint.office)
    hint.second.save()
    person(given_name="Sister", user=hint.second.user)
    merge(hint)
    assert Membership.objects.in_force().filter(user=hint.second.user).exists()


def test_a_pair_is_merged_once(hint, merge):
    merge(hint)
    with pytest.raises(TransitionNotAllowed):
        merge(hint, kept=hint.second)
    assert PersonMerge.objects.count() == 1


def test_only_known_fields_are_taken(hint, merge):
    with pytest.raises(TypeError, match="office"):
        merge(hint, take=["office"])


def test_three_rows_of_one_person_end_in_one(hint, merge, person, office, coordinator):
    person(given_name="Kaari")
    look_for_pairs(office=office)
    say_two_people(hint=SamePersonHint.objects.get(first=hint.second), by=coordinator)
    merge(hint)
    carried = SamePersonHint.objects.filter(first=hint.first).exclude(pk=hint.pk).get()
    assert carried.state == HintState.NOT_SAME


def test_after_an_application_and_an_import_somebody_looks(office, monkeypatch):
    woken = []
    monkeypatch.setattr("mobility.common.jobs.wake", lambda name, pk: woken.append((name, pk)))
    submit_application(application=factories.ApplicationFactory(round__office=office, email_confirmed_at=clock.now()))
    assert ("apprentices.look_for_pairs", office.pk) in woken


# --- pages ------------------------------------------------------------------------------------------------------------
def test_a_coordinator_looks_compares_and_merges(client, sign_in, coordinator, hint):
    sign_in(coordinator)
    assert "Nordman" in client.get(reverse("apprentices:same_person")).content.decode()
    page = client.get(hint.get_absolute_url()).content.decode()
    assert "born on the same day" in page.lower()
    chosen = {
        "kept": hint.first_id,
        "family_name": hint.second_id,
        "email": hint.first_id,
        "municipality": hint.second_id,
    }
    address = reverse("apprentices:merge_people", args=[hint.pk])
    confirm = client.post(address, chosen).content.decode()
    assert "Its history can be read" in confirm
    assert PersonMerge.objects.count() == 0
    answer = client.post(address, {**chosen, "confirmed": "1"})
    assert answer.url == hint.first.get_absolute_url()
    hint.first.refresh_from_db()
    assert (hint.first.family_name, hint.first.municipality) == ("Nordman", "Hamar")
    assert "1 row was merged into this one" in client.get(answer.url).content.decode()
    history = client.get(reverse("apprentices:merged_rows", args=[hint.first_id])).content.decode()
    assert (str(hint.second_id) in history, coordinator.get_full_name() in history) == (True, True)


def test_what_stands_in_the_way_is_told_beside_the_choices_and_there_is_nothing_to_confirm(
    client, sign_in, coordinator, hint
):
    one = factories.ApplicationFactory(round__office=hint.office, submitted=True, apprentice=hint.first)
    other = factories.ApplicationFactory(round=one.round, submitted=True, apprentice=hint.second)
    sign_in(coordinator)
    chosen = {"kept": hint.first_id, "family_name": hint.second_id, "email": hint.second_id}
    page = client.post(reverse("apprentices:merge_people", args=[hint.pk]), chosen | {"municipality": hint.first_id})
    assert other.reference in page.content.decode()
    assert "Its history can be read" not in page.content.decode()
    assert page.context["form"]["email"].value() == str(hint.second_id)


def test_two_people_by_a_button(client, sign_in, coordinator, hint):
    sign_in(coordinator)
    client.post(reverse("apprentices:two_people", args=[hint.pk]))
    hint.refresh_from_db()
    assert hint.state == HintState.NOT_SAME
    assert "Nobody looks alike" in client.get(reverse("apprentices:same_person")).content.decode()


def test_a_head_looks_and_does_not_merge(client, sign_in, head, hint):
    sign_in(head)
    assert "See what merging" not in client.get(hint.get_absolute_url()).content.decode()
    assert client.post(reverse("apprentices:merge_people", args=[hint.pk])).status_code == 403
    assert client.post(reverse("apprentices:look_for_pairs")).status_code == 403


def test_another_office_finds_no_pair(client, sign_in, other_coordinator, hint):
    sign_in(other_coordinator)
    assert client.get(hint.get_absolute_url()).status_code == 404
    assert "Nordman" not in client.get(reverse("apprentices:same_person")).content.decode()


def test_the_case_page_and_the_workbench_say_so(client, sign_in, coordinator, assistant, hint):
    application = factories.ApplicationFactory(round__office=hint.office, submitted=True, apprentice=hint.second)
    case = reverse("admin:apprentices_application_change", args=[application.pk])
    sign_in(coordinator)
    assert hint.get_absolute_url() in client.get(case).content.decode()
    assert "1 pair may be the same person" in client.get(reverse("admin:index")).content.decode()
    sign_in(assistant)
    assert hint.get_absolute_url() not in client.get(case).content.decode()


def test_the_list_of_pairs_costs_the_same_for_one_and_three(client, sign_in, coordinator, hint, person, office):
    sign_in(coordinator)
    address = reverse("apprentices:same_person")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for name in ("Ola", "Per"):
        person(given_name=name), person(given_name=name)
    look_for_pairs(office=office)
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).content.decode().count('data-label="Born"') == 3
    assert len(many) == len(few)
