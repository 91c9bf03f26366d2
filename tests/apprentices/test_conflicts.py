"""Conflicts of interest: declared and detected, each in one sentence; what is only a warning."""

import pytest

from apprentices.enums import EndorsementKind
from apprentices.models import Conflict, TrainingOffice, TrainingOfficeMember
from apprentices.selectors.conflicts import PUBLIC_MAIL, Ties
from apprentices.services.assigning import assign_reviewers
from apprentices.services.reviews import give_review, save_draft
from apprentices.services.ties import declare_tie, end_tie
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership
from mobility.common.errors import Refused
from tests import factories
from tests.factories import member

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(office):
    return member(
        Role.REVIEWER, office, email="espen@county.example", given_name="Espen", family_name="Haugseth", phone=""
    )


@pytest.fixture
def round_(office):
    return factories.RoundFactory(office=office)


def applied(round_, **fields):
    return factories.ApplicationFactory(
        round=round_,
        submitted=True,
        **{
            "given_name": "Liv",
            "family_name": "Berg",
            "company_name": "Furukollen AS",
            "manager_email": "gunn@furukollen.example",
            **fields,
        },
    )


def found(person, application):
    return [
        (finding.code, finding.words, finding.blocks)
        for finding in Ties([person], [application]).between(person, application)
    ]


def test_a_stranger_to_everything_may_judge(person, round_):
    assert found(person, applied(round_)) == []


CASES = {
    "the applicant's address": ({"email": "ESPEN@county.example"}, "applicant", "Espen Haugseth is the applicant."),
    "the training manager's address": (
        {"manager_email": "Espen@County.example"},
        "employer",
        "Espen Haugseth trains the applicant or answers for Furukollen AS.",
    ),
    "the instructor's address": (
        {"instructor_email": "espen@county.example"},
        "employer",
        "Espen Haugseth trains the applicant or answers for Furukollen AS.",
    ),
    "a colleague by the domain": (
        {"manager_email": "gunn@county.example"},
        "employer",
        "Espen Haugseth has an address of Furukollen AS (county.example).",
    ),
    "a guardian's address": (
        {"guardian_email": "espen@county.example"},
        "guardian",
        "Espen Haugseth is named as a guardian of the applicant.",
    ),
    "the second guardian's name": (
        {"second_guardian_name": "espen haugseth"},
        "guardian",
        "Espen Haugseth is named as a guardian of the applicant.",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_the_application_says_blocks(person, round_, case):
    fields, code, words = CASES[case]
    assert found(person, applied(round_, **fields)) == [(code, words, True)]


def test_a_public_mail_provider_says_nothing(person, round_):
    person.email = "espen@gmail.com"
    assert "gmail.com" in PUBLIC_MAIL
    assert found(person, applied(round_, manager_email="gunn@gmail.com")) == []


def test_who_was_asked_about_the_applicant_does_not_judge(person, round_):
    application = applied(round_)
    factories.EndorsementFactory(
        application=application, kind=EndorsementKind.TRAINING_OFFICE, email="espen@county.example"
    )
    assert [code for code, _words, _blocks in found(person, application)] == ["training_office"]


@pytest.mark.parametrize("factory", [factories.TrainingManagerFactory, factories.InstructorFactory])
@pytest.mark.parametrize("by", ["account", "address"])
def test_whoever_trains_at_the_company_does_not_judge_its_apprentices(person, round_, office, factory, by):
    company = factories.TrainingCompanyFactory(office=office, name="Furukollen", organisation_number="923609016")
    link = {"user": person} if by == "account" else {"email": "ESPEN@county.example"}
    factory(office=office, company=company, **link)
    words = "Espen Haugseth is training manager or instructor of Furukollen AS."
    assert found(person, applied(round_, company_number="923 609 016")) == [("employer", words, True)]
    assert found(person, applied(round_)) == [("employer", words, True)]  # by its name, whatever it is in law
    assert found(person, applied(round_, company_name="Another AS")) == []


def test_a_member_of_the_training_office_does_not_judge_its_apprentices(person, round_, office):
    mine, other = (TrainingOffice.objects.create(office=office, name=name) for name in ("BLOK", "Nord"))
    membership = Membership.objects.create(user=person, office=office, role=Role.TRAINING_OFFICE)
    TrainingOfficeMember.objects.create(membership=membership, training_office=mine)
    theirs = applied(round_, training_office=mine, training_office_answer="listed")
    assert [code for code, _words, _blocks in found(person, theirs)] == ["training_office"]
    assert found(person, applied(round_, training_office=other, training_office_answer="listed")) == []


def test_the_same_family_name_is_a_warning_and_the_same_phone_blocks(person, round_):
    person.family_name = "Berg"
    application = applied(round_, phone="+4799990107")
    assert found(person, application) == [("same_name", "Espen Berg and Liv Berg have the same family name.", False)]
    person.phone = "99 99 01 07"
    assert [(code, blocks) for code, _words, blocks in found(person, application)] == [("relative", True)]


def test_a_part_of_a_double_name_is_a_shared_name(person, round_):
    person.family_name = "Berg-Øygården"
    assert [code for code, _words, _blocks in found(person, applied(round_))] == ["same_name"]


def test_a_declared_conflict_blocks_that_application_only(person, round_):
    mine, other = applied(round_), applied(round_)
    Conflict.objects.create(application=mine, person=person, reason="A neighbour")
    assert found(person, mine) == [
        ("declared", "Espen Haugseth has declared a conflict of interest: A neighbour", True)
    ]
    assert found(person, other) == []


TIES = {
    "the company's name": {"kind": "company", "name": "furukollen"},
    "the company's number": {"kind": "company", "name": "FK", "organisation_number": "923609016"},
    "the person's name": {"kind": "person", "name": "liv berg"},
    "the person's address": {"kind": "person", "name": "My niece", "email": "Liv@example.net"},
    "the person's phone": {"kind": "person", "name": "My niece", "phone": "+4799990107"},
    "the training manager": {"kind": "person", "name": "Gunn Strømsør"},
}


@pytest.mark.parametrize("case", TIES)
def test_a_standing_tie_blocks_until_it_is_taken_back(person, round_, office, case):
    application = applied(
        round_, email="liv@example.net", phone="+4799990107", company_number="923609016", manager_name="Gunn Strømsør"
    )
    tie = declare_tie(office=office, by=person, **TIES[case])
    assert [(code, blocks) for code, _words, blocks in found(person, application)] == [("tie", True)]
    other = applied(
        round_, family_name="Vik", company_name="X", manager_name="Y", email="v@example.net", phone="+4799990111"
    )
    assert found(person, other) == []
    end_tie(tie=tie, by=person)
    assert found(person, application) == []


def test_nobody_ends_somebody_elses_tie(office, person):
    tie = factories.TieFactory(office=office)
    with pytest.raises(Refused, match="Only the person who declared"):
        end_tie(tie=tie, by=person)
    tie.refresh_from_db()
    assert tie.ended_at is None


def test_the_same_tie_twice_is_one(office, person):
    first = declare_tie(office=office, by=person, kind="company", name="Furukollen")
    assert declare_tie(office=office, by=person, kind="company", name=" FURUKOLLEN ") == first


def test_a_tie_of_another_office_does_not_count(person, round_):
    factories.TieFactory(person=person, name="Furukollen AS")
    assert found(person, applied(round_)) == []


def test_a_conflict_blocks_at_assigning_at_the_draft_and_at_giving_marks(person, round_, office, coordinator):
    application = applied(round_)
    others = [member(Role.REVIEWER, office, family_name=f"N{n}") for n in range(2)]
    factories.TieFactory(office=office, person=person, name="Furukollen AS")
    made = assign_reviewers(applications=[application], reviewers=[person, *others], by=coordinator)
    assert {review.reviewer for review in made} == set(others)
    sheet = factories.ReviewFactory(application=application, reviewer=person)
    for act in (
        lambda: save_draft(review=sheet, typed={"remark": "x"}, by=person),
        lambda: give_review(review=sheet, marks={}, by=person),
    ):
        with pytest.raises(Refused, match="has declared a tie to Furukollen AS"):
            act()
    sheet.refresh_from_db()
    assert (sheet.draft, sheet.given_at) == ({}, None)


@pytest.mark.parametrize("count", [1, 4])
def test_many_people_and_applications_cost_the_same_queries(round_, office, count, django_assert_num_queries):
    people = [member(Role.REVIEWER, office) for _ in range(count)]
    applications = [applied(round_) for _ in range(count)]
    with django_assert_num_queries(6):
        ties = Ties(people, applications)
        assert [ties.between(person, application) for person in people for application in applications] == (
            [[]] * count**2
        )
