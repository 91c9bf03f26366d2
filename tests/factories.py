"""One factory for each model, with traits where a state is often needed. Append yours in the section of your app."""

import datetime

import factory
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from apprentices import enums as apprentice_enums
from apprentices import models as apprentices
from mobility.accounts import models as accounts
from mobility.accounts.enums import OfficeKind, Role
from mobility.common import clock, files
from mobility.grants import models as grants
from mobility.grants.rates import rate_table
from mobility.grants.services.rates import copy_table
from partners import models as partners
from placements import models as placements
from placements.enums import PlacementStatus
from reporting import models as reporting

PASSWORD = "fjord-og-multe-2027"
_HASH = make_password(PASSWORD)


def days(count):
    """The date ``count`` days from today."""
    return clock.today() + datetime.timedelta(days=count)


# --- accounts -----------------------------------------------------------------------------------------------------
class OfficeFactory(DjangoModelFactory):
    class Meta:
        model = accounts.Office

    name = factory.Sequence(lambda n: f"Servicekontor {n}")
    short_name = factory.Sequence(lambda n: f"SK{n}")
    slug = factory.Sequence(lambda n: f"sk{n}")
    kind = OfficeKind.COUNTY_SERVICE_OFFICE
    country = "NO"
    email = factory.LazyAttribute(lambda o: f"post@{o.slug}.example.org")
    phone = "+4799990001"
    has_appeals = True


class UserFactory(DjangoModelFactory):
    class Meta:
        model = accounts.User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    given_name = "Kari"
    family_name = factory.Sequence(lambda n: f"Haugseth {n}")
    password = _HASH
    language = "en"
    written_form = "nb"


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = accounts.Membership

    user = factory.SubFactory(UserFactory)
    office = factory.SubFactory(OfficeFactory)
    role = Role.COORDINATOR
    starts_on = factory.LazyFunction(lambda: days(-30))


def member(role, office=None, **user):
    """A user who holds ``role`` in ``office``."""
    return MembershipFactory(role=role, office=office or OfficeFactory(), user=UserFactory(**user)).user


# --- grants -------------------------------------------------------------------------------------------------------
class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = grants.Project

    office = factory.SubFactory(OfficeFactory)
    code = factory.Sequence(lambda n: f"2026-1-NO01-KA121-VET-{n:09d}")
    title = "Ut i Europa"
    starts_on = factory.LazyFunction(lambda: days(-200))
    ends_on = factory.LazyFunction(lambda: days(400))
    awarded = 300_000


class BaseRateFactory(DjangoModelFactory):
    class Meta:
        model = grants.BaseRate

    project = factory.SubFactory(ProjectFactory)
    participant_kind = "vet_learner"
    country_group = 2
    eur_per_day = 110


def rate_copy(office, year=2026, name="Avtalen", by=None):
    """An office's own copy of a shipped table."""
    return copy_table(office=office, table=rate_table(year), name=name, source="Vedlegg 3", by=by)


class BudgetLineFactory(DjangoModelFactory):
    class Meta:
        model = grants.BudgetLine

    project = factory.SubFactory(ProjectFactory)
    heading = "travel"
    awarded = 38_400


# --- apprentices --------------------------------------------------------------------------------------------------
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
        prepared = factory.Trait(status=apprentice_enums.RoundStatus.PREPARED)

    office = factory.SubFactory(OfficeFactory)
    project = factory.SubFactory(ProjectFactory, office=factory.SelfAttribute("..office"))
    name = factory.Sequence(lambda n: f"Høst {n}")
    status = apprentice_enums.RoundStatus.OPEN
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
            status=apprentice_enums.ApplicationStatus.SUBMITTED,
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
    kind = apprentice_enums.EndorsementKind.EMPLOYER
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
    kind = apprentice_enums.TieKind.COMPANY
    name = "Furukollen bo- og omsorgssenter"


class DecisionFactory(DjangoModelFactory):
    """A pending offer."""

    class Meta:
        model = apprentices.Decision

    application = factory.SubFactory(ApplicationFactory, submitted=True, status="in_review")
    result = apprentice_enums.DecisionResult.OFFER
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

    application = factory.SubFactory("tests.factories.ApplicationFactory")
    kind = apprentice_enums.AttachmentKind.CV
    file = factory.LazyAttribute(lambda o: _stored(o.application, "attachment", "cv.pdf", "application/pdf"))
    preview = factory.LazyAttribute(lambda o: _stored(o.application, "preview", "preview.jpg", "image/jpeg"))


def _stored(application, kind, name, content_type):
    return files.store(office=application.office, kind=kind, name=name, content=b"%PDF-1.7 ", content_type=content_type)


# --- partners -----------------------------------------------------------------------------------------------------
class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = partners.Partner

    office = factory.SubFactory(OfficeFactory)
    name = factory.Sequence(lambda n: f"Casa Puente {n}")
    country = "ES"
    city = "Sevilla"
    email = factory.Sequence(lambda n: f"partner{n}@example.com")


class HostCompanyFactory(DjangoModelFactory):
    class Meta:
        model = partners.HostCompany

    partner = factory.SubFactory(PartnerFactory)
    name = factory.Sequence(lambda n: f"Residencia {n}")
    city = "Sevilla"
    contact_name = "Łukasz Żółć"
    contact_email = factory.Sequence(lambda n: f"mentor{n}@example.com")


class OpeningFactory(DjangoModelFactory):
    class Meta:
        model = partners.Opening

    partner = factory.SubFactory(PartnerFactory)
    host_company = factory.SubFactory(HostCompanyFactory, partner=factory.SelfAttribute("..partner"))
    starts_on = factory.LazyFunction(lambda: days(90))
    ends_on = factory.LazyFunction(lambda: days(220))
    places = 2


class ContactAccessFactory(DjangoModelFactory):
    class Meta:
        model = partners.ContactAccess

    partner = factory.SubFactory(PartnerFactory)
    membership = factory.SubFactory(
        MembershipFactory, role=Role.PARTNER, office=factory.SelfAttribute("..partner.office")
    )


class VisitDayFactory(DjangoModelFactory):
    """A day with one place; ``places=3`` for three."""

    class Meta:
        model = partners.VisitDay
        skip_postgeneration_save = True

    partner = factory.SubFactory(PartnerFactory)
    on = factory.LazyFunction(lambda: days(120))
    from_time = datetime.time(9)
    to_time = datetime.time(15)

    @factory.post_generation
    def places(self, create, extracted, **kwargs):
        for number in range(1, (extracted or 1) + 1):
            partners.VisitSlot.objects.create(visit_day=self, number=number)


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = partners.Contact

    partner = factory.SubFactory(PartnerFactory)
    name = factory.Sequence(lambda n: f"Paloma Núñez {n}")
    email = factory.Sequence(lambda n: f"contact{n}@example.com")


# --- placements ---------------------------------------------------------------------------------------------------
class PlacementFactory(DjangoModelFactory):
    """A stay of 98 days in 102 days' time, proposed to the partner; ``status=`` for what happened later."""

    class Meta:
        model = placements.Placement

    office = factory.SubFactory(OfficeFactory)
    apprentice = factory.SubFactory(ApprenticeFactory, office=factory.SelfAttribute("..office"))
    project = factory.SubFactory(ProjectFactory, office=factory.SelfAttribute("..office"))
    partner = factory.SubFactory(PartnerFactory, office=factory.SelfAttribute("..office"))
    host_company = factory.SubFactory(HostCompanyFactory, partner=factory.SelfAttribute("..partner"))
    status = PlacementStatus.PROPOSED
    starts_on = factory.LazyFunction(lambda: days(102))
    ends_on = factory.LazyFunction(lambda: days(199))
    distance_km = 2200


class RealCostFactory(DjangoModelFactory):
    """A visa that nobody has approved yet."""

    class Meta:
        model = placements.RealCost

    placement = factory.SubFactory(PlacementFactory)
    kind = "entry"
    what_for = "Visa"
    amount = 80
    evidence = factory.LazyAttribute(lambda o: _stored(o.placement, "real-cost", "visa.pdf", "application/pdf"))


class CriterionOutcomeFactory(DjangoModelFactory):
    """A criterion of the selection, assessed again at the end of the stay."""

    class Meta:
        model = placements.CriterionOutcome

    placement = factory.SubFactory(PlacementFactory)
    criterion = factory.SubFactory(CriterionFactory, round__office=factory.SelfAttribute("...placement.office"))
    mark_at_selection = 4
    mark_at_end = 5
    assessed_at = factory.LazyFunction(clock.now)


# --- reporting ----------------------------------------------------------------------------------------------------
class ReportJobFactory(DjangoModelFactory):
    """A report that was just asked for; ``done=True`` for a finished one with a file."""

    class Meta:
        model = reporting.ReportJob

    class Params:
        done = factory.Trait(
            state="done",
            progress=100,
            finished_at=factory.LazyFunction(clock.now),
            result=factory.LazyAttribute(
                lambda o: files.store(
                    office=o.office, kind="report", name="report.pdf", content=b"%PDF-", content_type="application/pdf"
                )
            ),
        )

    project = factory.SubFactory(ProjectFactory)
    office = factory.SelfAttribute("project.office")
    language = "nb"
    requested_at = factory.LazyFunction(clock.now)
    requested_by = factory.SubFactory(UserFactory)
