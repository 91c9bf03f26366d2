"""The register, and everything from a round to an appeal."""

import datetime

import factory
from factory.django import DjangoModelFactory

from apprentices import enums
from apprentices import models as apprentices
from mobility.accounts.enums import Role
from mobility.common import clock, files
from tests.factories.accounts import OfficeFactory, member
from tests.factories.base import days, stored
from tests.factories.grants import ProjectFactory


class TradeFactory(DjangoModelFactory):
    class Meta:
        model = apprentices.Trade
        django_get_or_create = ("code",)

    code = "HSHEA3----"
    name_nb = "Helsearbeiderfaget"
    programme = "HS"


class TrainingCompanyFactory(DjangoModelFactory):
    class Meta:
        model = apprentices.TrainingCompany

    office = factory.SubFactory(OfficeFactory)
    name = factory.Sequence(lambda n: f"Furukollen {n}")


class TrainingManagerFactory(DjangoModelFactory):
    class Meta:
        model = apprentices.TrainingManager

    office = factory.SubFactory(OfficeFactory)
    company = factory.SubFactory(TrainingCompanyFactory, office=factory.SelfAttribute("..office"))
    given_name = "Gunn Helen"
    family_name = "Strømsør"
    email = factory.Sequence(lambda n: f"manager{n}@example.com")


class InstructorFactory(DjangoModelFactory):
    class Meta:
        model = apprentices.Instructor

    office = factory.SubFactory(OfficeFactory)
    company = factory.SubFactory(TrainingCompanyFactory, office=factory.SelfAttribute("..office"))
    given_name = "Berit"
    family_name = "Nordhaugen"
    email = factory.Sequence(lambda n: f"instructor{n}@example.com")


class ApprenticeFactory(DjangoModelFactory):
    class Meta:
        model = apprentices.Apprentice

    office = factory.SubFactory(OfficeFactory)
    given_name = "Åse-Marie"
    family_name = factory.Sequence(lambda n: f"Øygården {n}")
    email = factory.Sequence(lambda n: f"apprentice{n}@example.net")
    birth_date = factory.LazyFunction(lambda: days(-7416))
    trade = factory.SubFactory(TradeFactory)


class ContractFactory(DjangoModelFactory):
    class Meta:
        model = apprentices.Contract

    apprentice = factory.SubFactory(ApprenticeFactory)
    kind = "apprenticeship"
    starts_on = factory.LazyFunction(lambda: days(-400))
    ends_on = factory.LazyFunction(lambda: days(330))
    company = factory.SubFactory(TrainingCompanyFactory, office=factory.SelfAttribute("..apprentice.office"))
    training_manager = factory.SubFactory(
        TrainingManagerFactory,
        office=factory.SelfAttribute("..apprentice.office"),
        company=factory.SelfAttribute("..company"),
    )
    instructor = factory.SubFactory(
        InstructorFactory,
        office=factory.SelfAttribute("..apprentice.office"),
        company=factory.SelfAttribute("..company"),
    )


class SamePersonHintFactory(DjangoModelFactory):
    class Meta:
        model = apprentices.SamePersonHint

    office = factory.SubFactory(OfficeFactory)
    first = factory.SubFactory(ApprenticeFactory, office=factory.SelfAttribute("..office"))
    second = factory.SubFactory(ApprenticeFactory, office=factory.SelfAttribute("..office"))
    reasons = ["name"]


class ContractImportFactory(DjangoModelFactory):
    """A list of no rows that was looked through."""

    class Meta:
        model = apprentices.ContractImport

    office = factory.SubFactory(OfficeFactory)
    file = factory.LazyAttribute(
        lambda o: files.store(
            office=o.office, kind="contracts", name="vigo.csv", content=b"sysId;", content_type="text/csv"
        )
    )


class RoundFactory(DjangoModelFactory):
    """A round that is open now; ``prepared=True`` for one that no coordinator has opened."""

    class Meta:
        model = apprentices.Round

    class Params:
        prepared = factory.Trait(status=enums.RoundStatus.PREPARED)

    office = factory.SubFactory(OfficeFactory)
    project = factory.SubFactory(ProjectFactory, office=factory.SelfAttribute("..office"))
    name = factory.Sequence(lambda n: f"Høst {n}")
    status = enums.RoundStatus.OPEN
    opens_at = factory.LazyFunction(lambda: clock.now() - datetime.timedelta(days=10))
    closes_at = factory.LazyFunction(lambda: clock.now() + datetime.timedelta(days=20))
    places = 30
    departs_from = factory.LazyFunction(lambda: days(100))
    departs_to = factory.LazyFunction(lambda: days(107))
    returns_from = factory.LazyFunction(lambda: days(190))
    returns_to = factory.LazyFunction(lambda: days(205))
    answer_by = factory.LazyFunction(lambda: days(50))


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = apprentices.Criterion

    round = factory.SubFactory(RoundFactory)
    code = factory.Sequence(lambda n: f"criterion-{n}")
    weight = 50
    name_nb = "Motivasjon"
    name_en = "Motivation"


class ApplicationFactory(DjangoModelFactory):
    """A complete draft; ``submitted=True`` for one that was sent (``status=`` for what happened later)."""

    class Meta:
        model = apprentices.Application

    class Params:
        submitted = factory.Trait(
            status=enums.ApplicationStatus.SUBMITTED,
            reference=factory.Sequence(lambda n: f"UT-{n:04d}"),
            submitted_at=factory.LazyFunction(clock.now),
            email_confirmed_at=factory.LazyFunction(clock.now),
            apprentice=factory.SubFactory(
                ApprenticeFactory,
                office=factory.SelfAttribute("..office"),
                given_name=factory.SelfAttribute("..given_name"),
                family_name=factory.SelfAttribute("..family_name"),
                email=factory.SelfAttribute("..email"),
                birth_date=factory.SelfAttribute("..birth_date"),
                written_form=factory.SelfAttribute("..written_form"),
            ),
        )

    round = factory.SubFactory(RoundFactory)
    office = factory.SelfAttribute("round.office")
    given_name = "Åse-Marie"
    family_name = factory.Sequence(lambda n: f"Øygården {n}")
    email = factory.Sequence(lambda n: f"applicant{n}@example.net")
    phone = "+4799990109"
    written_form = "nb"
    consented_at = factory.LazyFunction(clock.now)
    birth_date = factory.LazyFunction(lambda: days(-7416))
    gender = "female"
    nationality = "NO"
    address = "Storgata 1"
    postal_code = "2609"
    postal_place = "Lillehammer"
    municipality = "Lillehammer"
    trade = factory.SubFactory(TradeFactory)
    contract_kind = "apprenticeship"
    contract_starts_on = factory.LazyFunction(lambda: days(-400))
    contract_ends_on = factory.LazyFunction(lambda: days(330))
    company_name = "Furukollen bo- og omsorgssenter"
    training_office_answer = "none"
    manager_name = "Gunn Helen Strømsør"
    manager_email = "gunn.helen@example.com"
    first_country = "ES"
    english_level = "B2"
    has_earlier_stays = False
    motivation = "Jeg vil lære mer om demensomsorg."


class EndorsementFactory(DjangoModelFactory):
    """The employer, asked and waiting for; ``answered="yes"`` for an answer, ``kind="guardian"`` for somebody else."""

    class Meta:
        model = apprentices.Endorsement
        skip_postgeneration_save = True

    application = factory.SubFactory(ApplicationFactory, submitted=True)
    kind = enums.EndorsementKind.EMPLOYER
    name = "Gunn Helen Strømsør"
    email = factory.Sequence(lambda n: f"asked{n}@example.com")
    asked_at = factory.LazyFunction(clock.now)
    written_form = "en"

    @factory.post_generation
    def answered(self, create, extracted, **kwargs):
        if extracted:
            self.answer, self.answered_at = extracted, clock.now()
            self.save()
            self.replies.create(answer=extracted, name=self.name, email=self.email, given_at=self.answered_at)


class CaseNoteFactory(DjangoModelFactory):
    """A note; ``follow_up_for=person`` for one that comes back today (``follow_up_on=`` for another day)."""

    class Meta:
        model = apprentices.CaseNote

    application = factory.SubFactory(ApplicationFactory, submitted=True)
    author = factory.LazyAttribute(lambda o: member(Role.COORDINATOR, o.application.office))
    text = "Ring bedriften om lønn."
    follow_up_for = None
    follow_up_on = factory.LazyAttribute(lambda o: days(0) if o.follow_up_for else None)


class EntryFactory(DjangoModelFactory):
    """A whole draft that the office writes for somebody, without consent and with an address nobody has confirmed."""

    class Meta:
        model = apprentices.Entry

    application = factory.SubFactory(ApplicationFactory, consented_at=None)
    office = factory.SelfAttribute("application.office")
    entered_by = factory.LazyAttribute(lambda o: member(Role.COORDINATOR, o.office))


class ReviewFactory(DjangoModelFactory):
    """A sheet that waits; ``marks=4`` gives that mark for every criterion of the round."""

    class Meta:
        model = apprentices.Review
        skip_postgeneration_save = True

    application = factory.SubFactory(ApplicationFactory, submitted=True, status="in_review")
    reviewer = factory.LazyAttribute(lambda o: member(Role.REVIEWER, o.application.office))
    assigned_at = factory.LazyFunction(clock.now)

    @factory.post_generation
    def marks(self, create, extracted, **kwargs):
        if extracted:
            self.total = 0
            for criterion in self.application.round.criteria.all():
                apprentices.ReviewMark.objects.create(review=self, criterion=criterion, mark=extracted)
                self.total += extracted * criterion.weight
            self.given_at, self.criteria_version = clock.now(), self.application.round.criteria_version
            self.save()


class InterviewTimeFactory(DjangoModelFactory):
    """Twenty minutes ten days from now, with one place; ``places=3`` for three."""

    class Meta:
        model = apprentices.InterviewTime
        skip_postgeneration_save = True

    round = factory.SubFactory(RoundFactory)
    starts_at = factory.Sequence(lambda n: clock.now() + datetime.timedelta(days=10, minutes=30 * n))
    where = "Parkgata 64, Hamar"
    interviewer = factory.LazyAttribute(lambda o: member(Role.COORDINATOR, o.round.office))
    opened_by = factory.SelfAttribute("interviewer")

    @factory.post_generation
    def places(self, create, extracted, **kwargs):
        for number in range(1, (extracted or 1) + 1):
            self.places.create(number=number)


class InterviewFactory(DjangoModelFactory):
    """An invitation that waits for the applicant; ``place=`` with ``status="booked"`` for one that was picked."""

    class Meta:
        model = apprentices.Interview

    application = factory.SubFactory(ApplicationFactory, submitted=True, status="in_review")
    pick_by = factory.LazyFunction(lambda: days(5))
    invited_by = factory.LazyAttribute(lambda o: member(Role.COORDINATOR, o.application.office))


class TieFactory(DjangoModelFactory):
    class Meta:
        model = apprentices.Tie

    office = factory.SubFactory(OfficeFactory)
    person = factory.LazyAttribute(lambda o: member(Role.REVIEWER, o.office))
    kind = enums.TieKind.COMPANY
    name = "Furukollen bo- og omsorgssenter"


class DecisionFactory(DjangoModelFactory):
    """A pending offer."""

    class Meta:
        model = apprentices.Decision

    application = factory.SubFactory(ApplicationFactory, submitted=True, status="in_review")
    result = enums.DecisionResult.OFFER
    decided_at = factory.LazyFunction(clock.now)
    decided_by = factory.LazyAttribute(lambda o: member(Role.COORDINATOR, o.application.office))
    version = factory.LazyAttribute(lambda o: o.application.decisions.count() + 1)
    published_at = None
    published_by = factory.LazyAttribute(lambda o: o.decided_by if o.published_at else None)


class AppealFactory(DjangoModelFactory):
    """An appeal that came in time."""

    class Meta:
        model = apprentices.Appeal

    decision = factory.SubFactory(
        DecisionFactory, result="rejection", reasons="x", published_at=factory.LazyFunction(clock.now)
    )
    text = "I have the certificate that you say is missing."
    due_on = factory.LazyFunction(lambda: clock.today() + datetime.timedelta(days=21))


class AttachmentFactory(DjangoModelFactory):
    class Meta:
        model = apprentices.Attachment

    application = factory.SubFactory(ApplicationFactory)
    kind = enums.AttachmentKind.CV
    file = factory.LazyAttribute(lambda o: stored(o.application, "attachment", "cv.pdf", "application/pdf"))
    preview = factory.LazyAttribute(lambda o: stored(o.application, "preview", "preview.jpg", "image/jpeg"))
