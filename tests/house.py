"""One office with one row of everything: what the matrix of roles and addresses is asked about."""

from apprentices.enums import ApplicationStatus
from apprentices.models import LapsedOffer
from mobility.accounts.enums import Role
from mobility.common import clock, files, outbox
from mobility.grants.models import ConsortiumMember
from partners.models import VisitSlot
from placements import models as placements
from placements.enums import Party, PlacementStatus
from reporting.models import ReportJob
from tests import factories

C, H, A, R, U = Role.COORDINATOR, Role.HEAD, Role.ASSISTANT, Role.REVIEWER, Role.AUDITOR
APPRENTICE, INSTRUCTOR, PARTNER = Role.APPRENTICE, Role.INSTRUCTOR, Role.PARTNER
ROLES = (C, H, A, R, U, APPRENTICE, INSTRUCTOR, PARTNER)


class House:
    """One office with one row of everything, and one person in every role that the rows belong to."""

    def __init__(self):
        self.office = factories.OfficeFactory()
        self.people = {role: factories.member(role, self.office) for role in (C, H, A, R, U, APPRENTICE, INSTRUCTOR)}
        self._apprentice()
        self._stay()
        self._papers()

    def _apprentice(self):
        office, people = self.office, self.people
        self.project = factories.ProjectFactory(office=office)
        self.round = factories.RoundFactory(office=office, project=self.project)
        criterion = factories.CriterionFactory(round=self.round, weight=100)
        pdf = {"content": b"%PDF-1.7 ", "content_type": "application/pdf"}
        self.file = files.store(office=office, kind="attachment", name="cv.pdf", **pdf)
        self.application = factories.ApplicationFactory(
            round=self.round, submitted=True, status=ApplicationStatus.IN_REVIEW
        )
        self.accepted = factories.ApplicationFactory(
            round=factories.RoundFactory(office=office), submitted=True, status=ApplicationStatus.ACCEPTED
        )
        self.accepted.apprentice.user = people[APPRENTICE]
        self.accepted.apprentice.save()
        self.wish = self.accepted.deferrals.create(reason="Syk", asked_by=people[APPRENTICE])
        self.certificate = self.accepted.certificates.create(name="Førstehjelp")
        self.policy = self.accepted.insurance_policies.create(company="Gjensidige")
        self.attachment = factories.AttachmentFactory(application=self.application)
        self.application.apprentice.user = people[APPRENTICE]
        self.application.apprentice.save()
        closed = factories.RoundFactory(office=office, closes_at=clock.now(), project=self.project)
        self.late_draft = factories.ApplicationFactory(round=closed)
        self.apprentice = self.lettered = self.application.apprentice
        self.lettered = self.application
        self.endorsement = factories.EndorsementFactory(application=self.application)
        self.note = factories.CaseNoteFactory(application=self.application, follow_up_for=people[C])
        self.reviewer = people[R]
        self.review = self.application.reviews.create(reviewer=people[R], assigned_at=clock.now())
        self.decision = self.application.decisions.create(
            result="rejection",
            reasons="For få poeng",
            criterion=criterion,
            decided_at=clock.now(),
            decided_by=people[C],
        )
        self.rejected = factories.ApplicationFactory(
            round=factories.RoundFactory(office=office), submitted=True, status=ApplicationStatus.REJECTED
        )
        self.rejected.apprentice.user = people[APPRENTICE]
        self.rejected.apprentice.save()
        self.appeal = factories.AppealFactory(
            decision=factories.DecisionFactory(
                application=self.rejected, result="rejection", reasons="Nei", published_at=clock.now(),
                published_by=people[C],
            ),
            letter=self.file,
        )  # fmt: skip
        self.lapsed = factories.ApplicationFactory(
            round=factories.RoundFactory(office=office), submitted=True, status=ApplicationStatus.LAPSED
        )
        self.lapsed.apprentice.user = people[APPRENTICE]
        self.lapsed.apprentice.save()
        self.lapsed_offer = factories.DecisionFactory(application=self.lapsed, published_at=clock.now())
        LapsedOffer.objects.create(decision=self.lapsed_offer, last_day=factories.days(-1), letter=self.file)
        self.tie = factories.TieFactory(office=office, person=people[R], name="Somebody else")
        time = factories.InterviewTimeFactory(round=self.round, interviewer=people[C])
        self.interview = factories.InterviewFactory(
            application=self.application, invited_by=people[C], status="booked", place=time.places.get()
        )
        self.interview_time = factories.InterviewTimeFactory(round=self.round, interviewer=people[C])
        self.contract = factories.ContractFactory(apprentice=self.apprentice)
        self.instructor = self.contract.instructor
        self.instructor.user = people[INSTRUCTOR]
        self.instructor.save()
        self.company, self.training_manager = self.contract.company, self.contract.training_manager

        twin = factories.ApprenticeFactory(office=office)
        self.hint = factories.SamePersonHintFactory(office=office, first=self.apprentice, second=twin)
        self.entry = factories.EntryFactory(application__round=self.round)
        self.contract_import = factories.ContractImportFactory(office=office, file=self.file)

    def _stay(self):
        self.partner = factories.PartnerFactory(office=self.office)
        access = factories.ContactAccessFactory(partner=self.partner)
        self.people[PARTNER] = access.membership.user
        self.opening = factories.OpeningFactory(partner=self.partner)
        self.placement = factories.PlacementFactory(
            office=self.office,
            apprentice=self.apprentice,
            partner=self.partner,
            project=self.project,
            opening=self.opening,
            status=PlacementStatus.ABROAD,
            starts_on=factories.days(-20),
            ends_on=factories.days(60),
        )
        day = factories.VisitDayFactory(partner=self.partner, on=factories.days(20))
        self.visit = placements.Visit.objects.create(
            placement=self.placement,
            instructor=self.instructor,
            slot=VisitSlot.objects.get(visit_day=day),
            calendar_uid=f"visit-{self.office.pk}",
        )
        self.cost = factories.RealCostFactory(placement=self.placement)
        self.rate_copy = factories.rate_copy(self.office)
        self.rate_figure = self.rate_copy.figures.first()
        self.log = self.placement.weekly_logs.create(
            week_starts_on=factories.days(-7), days_present=5, mood=4, text="Fint", wants_call=True
        )

    def _papers(self):
        agreement = self.placement.learning_agreements.create(
            version=1, tasks="Stell", created_at=clock.now(), document=self.file
        )
        self.agreement = agreement
        self.signature = agreement.signatures.create(
            party=Party.APPRENTICE, position=1, name="Åse", asked_at=clock.now()
        )
        to = outbox.To(address="a@example.net", language="nb")
        self.mail = outbox.queue(
            "accounts/email/plain", to=to, office=self.office, context={"text": "x", "subject": "y"}
        )
        self.mail.attachments.add(self.file)
        self.mail.state = self.mail.State.FAILED
        self.mail.save()
        self.job = ReportJob.objects.create(
            office=self.office,
            project=self.project,
            language="nb",
            state="done",
            progress=100,
            requested_at=clock.now(),
            requested_by=self.people[C],
            finished_at=clock.now(),
            result=self.file,
        )
        self.membership = factories.MembershipFactory(office=self.office, role=Role.ASSISTANT)
        self.invited = factories.MembershipFactory(office=self.office, role=Role.ASSISTANT)
        self.member = ConsortiumMember.objects.create(
            office=self.office, name="Lärhuset", city="Göteborg", contact_name="C", contact_email="c@example.org"
        )
