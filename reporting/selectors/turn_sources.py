"""What waits and for whom: one source for each way in which a case waits for one actor.

A source gives its oldest rows first and only so many as it is asked for, so that an index can answer it. The board
(``turns.py``) puts them together.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat

from apprentices.enums import ApplicationStatus as A
from apprentices.enums import EndorsementAnswer, EndorsementKind
from apprentices.models import (
    Appeal,
    Application,
    BankAccount,
    CompletionRequest,
    Decision,
    Details,
    Endorsement,
    InsurancePolicy,
    Interview,
    NextOfKin,
    Review,
    TravelDocument,
)
from apprentices.selectors.endorsements import REMINDED_IN, of_grown_ups
from mobility.common import clock
from placements.enums import AgreementStatus, Party
from placements.enums import PlacementStatus as P
from placements.models import Placement, Signature
from placements.selectors.placing import NOT_LIVING
from placements.services.signatures import SIGNED_IN
from reporting.enums import Waiting

COLUMNS = (
    "waiting", "actor", "key_", "application_id", "placement_id", "since", "person", "reference", "whom", "reminded_at",
    "owner_id",
)  # fmt: skip
ASKED = {
    EndorsementKind.EMPLOYER: "employer",
    EndorsementKind.TRAINING_OFFICE: "training_office",
    EndorsementKind.GUARDIAN: "guardian",
}
PARTIES = {
    Party.APPRENTICE: "apprentice",
    Party.GUARDIAN: "guardian",
    Party.OFFICE: "office",
    Party.EMPLOYER: "employer",
    Party.HOST: "host",
}
TRAVELLED = (P.ABROAD, P.RETURNED, P.EVALUATED, P.CLOSED)
TO_BE_MET = (A.SUBMITTED, A.IN_REVIEW)
TO_BE_TOLD = (A.IN_REVIEW, A.WAITING_LIST, A.REJECTED)
NOBODY = Cast(Value(None), BigIntegerField())
NEVER = Cast(Value(None), DateTimeField())
UNNAMED = Value("", CharField())


@dataclass(frozen=True)
class Source:
    """The rows that wait for one actor in one way.

    ``since``: the column, or the expression, that says from when a row waits. ``case``: the path from a row to its
    application; ``stay``: the path to its stay, whose application it then is (empty where the row is the stay, None where
    there is none). ``whom`` names who is waited for; ``reminded``: the column of the last reminder, where there is one.
    """

    waiting: Waiting
    actor: str
    rows: QuerySet
    since: Any
    case: str = ""
    stay: str | None = None
    whom: Any = UNNAMED
    reminded: Any = NEVER

    def of_row(self, key: int) -> Self:
        return replace(self, rows=self.rows.filter(pk=key))

    def moments(self, most: int) -> QuerySet:
        """(actor, since) of those that have waited longest."""
        return self.rows.order_by(self.since).values_list(Value(self.actor, CharField()), self.since)[:most]

    def lines(self, most: int) -> QuerySet:
        """The COLUMNS of those that have waited longest."""
        has_stay = self.stay is not None
        person = f"{self.stay}apprentice__" if has_stay else self.case
        application = f"{self.stay}application__" if has_stay else self.case
        return self.rows.order_by(self.since, "pk").values_list(
            Value(str(self.waiting), CharField()),
            Value(self.actor, CharField()),
            Cast("pk", BigIntegerField()),
            Cast(f"{application}pk", BigIntegerField()),
            Cast(f"{self.stay}pk", BigIntegerField()) if has_stay else NOBODY,
            self.since,
            Concat(f"{person}given_name", Value(" "), f"{person}family_name", output_field=CharField()),
            Coalesce(f"{application}reference", Value(""), output_field=CharField()),
            Cast(self.whom, CharField()),
            self.reminded,
            Cast(f"{application}owner", BigIntegerField()),
        )[:most]


def sources(user, *, round_id=None, owner_id=None) -> list[Source]:
    """Everything that can wait, of what ``user`` may see. ``owner_id``: of one case officer's, 0 for cases of nobody."""
    applications, stays = Application.objects.visible_to(user), Placement.objects.visible_to(user)
    if round_id:
        applications, stays = applications.filter(round=round_id), stays.filter(application__round=round_id)
    if owner_id is not None:
        owner = owner_id or None
        applications, stays = applications.filter(owner=owner), stays.filter(application__owner=owner)
    return [
        *_asked(applications),
        *_applicants(applications),
        *_of_the_office(applications),
        *_decisions(applications),
        *_stays(stays),
        *_signatures(stays),
    ]


def _of(applications, **wanted) -> Exists:
    """A row's application is one of these. Looked up row by row: the rows come by age, and few are asked for."""
    return Exists(applications.filter(pk=OuterRef("application"), **wanted))


def _asked(applications) -> Iterator[Source]:
    """Employers, training offices and guardians; and reviewers."""
    waiting = Endorsement.objects.filter(_of(applications, status__in=REMINDED_IN), answer=EndorsementAnswer.WAITING)
    for kind, actor in ASKED.items():
        rows = waiting.filter(kind=kind)
        if kind == EndorsementKind.GUARDIAN:
            rows = rows.exclude(of_grown_ups())
        yield Source(
            Waiting.ENDORSEMENT, actor, rows, F("asked_at"), "application__", whom=F("name"), reminded=F("reminded_at")
        )
    sheets = Review.objects.filter(_of(applications, status=A.IN_REVIEW), given_at=None)
    reviewer = Concat("reviewer__given_name", Value(" "), "reviewer__family_name", output_field=CharField())
    yield Source(Waiting.REVIEW, "reviewer", sheets, F("assigned_at"), "application__", whom=reviewer)


def _applicants(applications) -> Iterator[Source]:
    completions = CompletionRequest.objects.open().filter(_of(applications, status=A.RETURNED))
    invited = Interview.objects.waiting().filter(_of(applications, status__in=TO_BE_MET))
    reminded = F("reminded_at")
    yield Source(Waiting.COMPLETION, "apprentice", completions, F("asked_at"), "application__", reminded=reminded)
    yield Source(Waiting.INTERVIEW, "apprentice", invited, F("invited_at"), "application__", reminded=reminded)
    yield Source(Waiting.OFFER, "apprentice", applications.filter(status=A.OFFERED), F("status_since"))
    yield Source(Waiting.DETAILS, "apprentice", _without_details(applications), F("status_since"))


def _without_details(applications):
    """Who has said yes, and lacks one of the parts without which nobody travels."""

    def given(model, **wanted):
        return Exists(model.objects.filter(application=OuterRef("pk"), **wanted))

    complete = (
        Q(given(Details, saved_at__isnull=False))
        & given(NextOfKin, saved_at__isnull=False)
        & given(TravelDocument, saved_at__isnull=False)
        & given(BankAccount, saved_at__isnull=False)
        & given(InsurancePolicy)
    )
    gone = Exists(Placement.objects.filter(application=OuterRef("pk"), status__in=TRAVELLED))
    return applications.filter(~complete, ~gone, status=A.ACCEPTED)


def _of_the_office(applications) -> Iterator[Source]:
    asked = Endorsement.objects.filter(application=OuterRef("pk"), answer=EndorsementAnswer.WAITING)
    of_guardians = Q(kind=EndorsementKind.GUARDIAN)  # apart: only of theirs one has to look at the birth date
    answered = ~Exists(asked.exclude(of_guardians)) & ~Exists(asked.filter(of_guardians).exclude(of_grown_ups()))
    sheets = Exists(Review.objects.filter(application=OuterRef("pk"), given_at=None))
    pending = Exists(Decision.objects.pending().filter(application=OuterRef("pk")))
    invited = Exists(Interview.objects.waiting().filter(application=OuterRef("pk")))
    placed = Exists(Placement.objects.filter(application=OuterRef("pk")).exclude(status__in=NOT_LIVING))
    for kind, rows in (
        (Waiting.REVIEWERS, applications.filter(answered, status=A.SUBMITTED)),
        (Waiting.DECISION, applications.filter(answered, ~sheets, ~pending, ~invited, status=A.IN_REVIEW)),
        (Waiting.PLACE, applications.filter(~placed, status=A.ACCEPTED)),
    ):
        yield Source(kind, "office", rows, F("status_since"))


def _decisions(applications) -> Iterator[Source]:
    """What is decided and not published, and what was appealed against."""
    made = Decision.objects.pending().filter(_of(applications, status__in=TO_BE_TOLD))
    with_the_head = made.filter(sent_at__isnull=False, approved_at=None)
    decided = made.exclude(pk__in=with_the_head.values("pk"))
    appeals = Appeal.objects.open().filter(decision__application__in=applications)
    came = Coalesce("sent_on_at", "received_at")
    yield Source(Waiting.PUBLICATION, "office", decided, F("decided_at"), "application__")
    yield Source(Waiting.APPROVAL, "head", with_the_head, F("sent_at"), "application__")
    yield Source(Waiting.APPEAL, "office", appeals, came, "decision__application__")


def _stays(stays) -> Iterator[Source]:
    today = clock.today()
    late = stays.filter(status__in=[P.CONFIRMED, P.READY], starts_on__lte=today)
    overdue = stays.filter(status=P.ABROAD, ends_on__lt=today)
    proposed = stays.filter(status=P.PROPOSED)
    yield Source(Waiting.PROPOSAL, "partner", proposed, F("status_since"), stay="", whom=F("partner__name"))
    yield Source(Waiting.ARRIVAL, "office", late, Cast("starts_on", DateTimeField()), stay="")
    yield Source(Waiting.RETURN, "office", overdue, Cast("ends_on", DateTimeField()), stay="")
    for kind, status in (
        (Waiting.CONFIRMATION, P.HOST_FOUND), (Waiting.ASSESSMENT, P.RETURNED), (Waiting.CLOSING, P.EVALUATED)
    ):  # fmt: skip
        yield Source(kind, "office", stays.filter(status=status), F("status_since"), stay="")


def _signatures(stays) -> Iterator[Source]:
    """The first empty place under each agreement."""
    earlier = Signature.objects.filter(
        agreement=OuterRef("agreement"), position__lt=OuterRef("position"), signed_at=None
    )
    first = Signature.objects.filter(
        ~Exists(earlier),
        agreement__placement__in=stays.filter(status__in=SIGNED_IN),
        agreement__status=AgreementStatus.SIGNING,
        signed_at=None,
    )
    since = Coalesce("asked_at", "agreement__created_at")
    for party, actor in PARTIES.items():
        rows = first.filter(party=party)
        yield Source(Waiting.SIGNATURE, actor, rows, since, stay="agreement__placement__", whom=F("name"))
