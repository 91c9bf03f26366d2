"""Whose turn it is, across applications and stays: everything that waits, as one list that the database makes.

Each source gives the same columns; their union is counted and cut into pages by SQL, so that the page is as dear with
100,000 cases as with ten. What a page shows beyond that is fetched for its rows only.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.dateparse import parse_datetime

from apprentices.enums import REMINDED, EndorsementAnswer
from apprentices.enums import ApplicationStatus as A
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
from mobility.common.templatetags.utferd import LATE_AFTER
from placements.enums import AgreementStatus, Party
from placements.enums import PlacementStatus as P
from placements.models import Placement, Signature
from placements.selectors.placing import NOT_LIVING
from placements.services.signatures import SIGNED_IN
from reporting.enums import Waiting
from reporting.models import Chase

ACTORS = (
    "apprentice", "guardian", "employer", "training_office", "reviewer", "partner", "host", "head", "office"
)  # fmt: skip
"""The order of the board: those outside first, whom one has to remind; the office's own work last."""

PARTIES = {
    Party.APPRENTICE: "apprentice",
    Party.GUARDIAN: "guardian",
    Party.OFFICE: "office",
    Party.EMPLOYER: "employer",
    Party.HOST: "host",
}
COLUMNS = (
    "waiting", "actor", "key_", "application_id", "placement_id", "since", "person", "reference", "whom", "reminded_at",
    "owner_id",
)  # fmt: skip
TRAVELLED = (P.ABROAD, P.RETURNED, P.EVALUATED, P.CLOSED)
TO_BE_MET = (A.SUBMITTED, A.IN_REVIEW)
NOBODY = Cast(Value(None), BigIntegerField())
NEVER = Cast(Value(None), DateTimeField())


@dataclass(frozen=True)
class Filters:
    """What the address of the board says. ``owner``: a key, or 0 for cases of nobody."""

    actor: str = ""
    round_id: int | None = None
    owner_id: int | None = None


@dataclass(frozen=True)
class Line:
    """One thing that is waited for. ``key``: the row that waits, of the kind that ``waiting`` says."""

    waiting: str
    actor: str
    key: int
    application_id: int | None
    placement_id: int | None
    since: datetime.datetime
    person: str
    reference: str
    whom: str
    reminded_at: datetime.datetime | None
    owner_id: int | None
    reminders: int = 0

    @property
    def days(self) -> int:
        return max((clock.now() - self.since).days, 0)

    @property
    def what(self):
        return Waiting(self.waiting).label


@dataclass(frozen=True)
class Group:
    """One actor's share: how many wait, how many of them for more than fourteen days, the longest."""

    actor: str
    count: int
    late: int
    oldest: datetime.datetime

    @property
    def days(self) -> int:
        return max((clock.now() - self.oldest).days, 0)


def groups_of(user, filters: Filters) -> list[Group]:
    """The board's heads, in its order: one query."""
    late_before = clock.now() - datetime.timedelta(days=LATE_AFTER + 1)
    select = (
        "SELECT actor, COUNT(*), SUM(CASE WHEN since <= %s THEN 1 ELSE 0 END), MIN(since) FROM board GROUP BY actor"
    )
    rows = _ask(user, filters, select, [_stored(late_before)])
    found = [Group(actor, count, late, _moment(oldest)) for actor, count, late, oldest in rows]
    return sorted(found, key=lambda group: ACTORS.index(group.actor))


def lines_of(user, filters: Filters, *, offset: int, limit: int) -> list[Line]:
    """A page of the board: by actor, who waits longest first; with how often each was reminded. Three queries."""
    ranks = " ".join(f"WHEN '{actor}' THEN {rank}" for rank, actor in enumerate(ACTORS))
    chosen, values = ("WHERE actor = %s", [filters.actor]) if filters.actor else ("", [])
    order = f"CASE actor {ranks} END, since, waiting, key_"  # names of columns and our own codes: nothing typed
    select = f"SELECT {', '.join(COLUMNS)} FROM board {chosen} ORDER BY {order} LIMIT %s OFFSET %s"  # noqa: S608
    rows = _ask(user, filters, select, [*values, limit, offset])
    return _with_reminders([_line(row) for row in rows])


def line_of(user, waiting: str, key: int) -> Line | None:
    """One line of the board, or None where nothing is waited for any more (or never was, for this person)."""
    select = f"SELECT {', '.join(COLUMNS)} FROM board WHERE waiting = %s AND key_ = %s"  # noqa: S608 - our own columns
    found = _with_reminders([_line(row) for row in _ask(user, Filters(), select, [waiting, key])])
    return found[0] if found else None


def _ask(user, filters, select, values) -> list[tuple]:
    sources = _sources(user, filters)
    sql, params = sources[0].union(*sources[1:], all=True).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"WITH board ({', '.join(COLUMNS)}) AS ({sql}) {select}", [*params, *values])
        return cursor.fetchall()


def _line(row) -> Line:
    values: dict[str, Any] = dict(zip(COLUMNS, row, strict=True))
    values["key"] = values.pop("key_")
    values["since"], values["reminded_at"] = _moment(values["since"]), _moment(values["reminded_at"])
    return Line(**values)


def _moment(value):
    """SQLite gives what it was given: text."""
    if not isinstance(value, str):
        return value
    found = parse_datetime(value)
    return found.replace(tzinfo=datetime.UTC) if found and found.tzinfo is None else found


def _stored(moment):
    return connection.ops.adapt_datetimefield_value(moment)


def _with_reminders(lines: list[Line]) -> list[Line]:
    """How often each was reminded, and when last: from the board, and who was asked by link also by the clock."""
    sent = {
        (row["waiting"], row["object_id"]): (row["number"], row["last"])
        for row in Chase.objects.filter(
            waiting__in={line.waiting for line in lines}, object_id__in={line.key for line in lines}
        )
        .order_by()
        .values("waiting", "object_id")
        .annotate(number=Count("pk"), last=Max("sent_at"))
    }
    asked = [line.key for line in lines if line.waiting == Waiting.ENDORSEMENT]
    history = Endorsement.history.filter(id__in=asked, history_change_reason=REMINDED) if asked else []
    by_link = dict(history.order_by().values("id").annotate(n=Count("pk")).values_list("id", "n")) if asked else {}
    found = []
    for line in lines:
        number, last = sent.get((line.waiting, line.key), (0, None))
        number += by_link.get(line.key, 0) if line.waiting == Waiting.ENDORSEMENT else int(line.reminded_at is not None)
        moments = [moment for moment in (last, line.reminded_at) if moment]
        values = {name: getattr(line, name) for name in line.__dataclass_fields__}
        found.append(Line(**(values | {"reminders": number, "reminded_at": max(moments, default=None)})))
    return found


# --- the sources --------------------------------------------------------------------------------------------------
def _sources(user, filters):
    applications = Application.objects.visible_to(user)
    stays = Placement.objects.visible_to(user)
    if filters.round_id:
        applications, stays = (
            applications.filter(round=filters.round_id),
            stays.filter(application__round=filters.round_id),
        )
    if filters.owner_id is not None:
        owner = filters.owner_id or None
        applications, stays = applications.filter(owner=owner), stays.filter(application__owner=owner)
    return [*_asked(applications), *_of_the_office(applications), *_stays(stays), _signatures(stays)]


def _row(rows, waiting, actor, since, *, case="", stay="", whom="", reminded=NEVER):
    """``case``, ``stay``: the path from a row to its application or stay; ``stay`` wins."""
    path = "" if stay == "self" else f"{stay}__" if stay else ""
    person = f"{path}apprentice__" if stay else case
    application = f"{path}application__" if stay else case
    return rows.order_by().values_list(
        Value(str(waiting), CharField()),
        actor if hasattr(actor, "resolve_expression") else Value(actor, CharField()),
        Cast("pk", BigIntegerField()),
        Cast(f"{application}pk" if application else "pk", BigIntegerField()),
        Cast(f"{path}pk", BigIntegerField()) if stay else NOBODY,
        since if hasattr(since, "resolve_expression") else F(since),
        Concat(f"{person}given_name", Value(" "), f"{person}family_name", output_field=CharField()),
        Coalesce(f"{application}reference", Value(""), output_field=CharField()),
        whom if hasattr(whom, "resolve_expression") else Cast(F(whom), CharField()) if whom else Value("", CharField()),
        F(reminded) if isinstance(reminded, str) else reminded,
        Cast(f"{application}owner", BigIntegerField()),
    )


def _asked(applications):
    """Applicants, reviewers, and those who were asked about an application."""
    endorsements = Endorsement.objects.filter(
        application__in=applications, application__status__in=REMINDED_IN, answer=EndorsementAnswer.WAITING
    ).exclude(of_grown_ups())
    completions = CompletionRequest.objects.open().filter(application__in=applications, application__status=A.RETURNED)
    sheets = Review.objects.filter(application__in=applications, application__status=A.IN_REVIEW, given_at=None)
    offers = applications.filter(status=A.OFFERED)
    invited = Interview.objects.waiting().filter(application__in=applications, application__status__in=TO_BE_MET)
    reviewer = Concat("reviewer__given_name", Value(" "), "reviewer__family_name", output_field=CharField())
    return [
        _row(endorsements, Waiting.ENDORSEMENT, Cast(F("kind"), CharField()), "asked_at", case="application__", whom="name",
             reminded="reminded_at"),
        _row(completions, Waiting.COMPLETION, "apprentice", "asked_at", case="application__", reminded="reminded_at"),
        _row(sheets, Waiting.REVIEW, "reviewer", "assigned_at", case="application__",
             whom=reviewer),
        _row(
            invited,
            Waiting.INTERVIEW,
            "apprentice",
            "invited_at",
            case="application__",
            reminded="reminded_at",
        ),
        _row(offers, Waiting.OFFER, "apprentice", "status_since"),
        _row(_without_details(applications), Waiting.DETAILS, "apprentice", "status_since"),
    ]  # fmt: skip


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


def _of_the_office(applications):
    asked = Endorsement.objects.filter(application=OuterRef("pk"), answer=EndorsementAnswer.WAITING)
    waiting = Exists(asked.exclude(of_grown_ups()))
    sheets = Exists(Review.objects.filter(application=OuterRef("pk"), given_at=None))
    pending = Exists(Decision.objects.pending().filter(application=OuterRef("pk")))
    invited = Exists(Interview.objects.waiting().filter(application=OuterRef("pk")))
    placed = Exists(Placement.objects.filter(application=OuterRef("pk")).exclude(status__in=NOT_LIVING))
    made = Decision.objects.pending().filter(
        application__in=applications, application__status__in=[A.IN_REVIEW, A.WAITING_LIST, A.REJECTED]
    )
    with_the_head = made.filter(sent_at__isnull=False, approved_at=None)
    decided = made.exclude(pk__in=with_the_head.values("pk"))
    return [
        _row(applications.filter(~waiting, status=A.SUBMITTED), Waiting.REVIEWERS, "office", "status_since"),
        _row(applications.filter(~waiting, ~sheets, ~pending, ~invited, status=A.IN_REVIEW), Waiting.DECISION, "office",
             "status_since"),
        _row(decided, Waiting.PUBLICATION, "office", "decided_at", case="application__"),
        _row(with_the_head, Waiting.APPROVAL, "head", "sent_at", case="application__"),
        _row(Appeal.objects.open().filter(decision__application__in=applications), Waiting.APPEAL, "office",
             Coalesce("sent_on_at", "received_at"), case="decision__application__"),
        _row(applications.filter(~placed, status=A.ACCEPTED), Waiting.PLACE, "office", "status_since"),
    ]  # fmt: skip


def _stays(stays):
    today = clock.today()
    late = stays.filter(status__in=[P.CONFIRMED, P.READY], starts_on__lte=today)
    overdue = stays.filter(status=P.ABROAD, ends_on__lt=today)
    return [
        _row(stays.filter(status=P.PROPOSED), Waiting.PROPOSAL, "partner", "status_since", stay="self",
             whom="partner__name"),
        _row(stays.filter(status=P.HOST_FOUND), Waiting.CONFIRMATION, "office", "status_since", stay="self"),
        _row(late, Waiting.ARRIVAL, "office", Cast("starts_on", DateTimeField()), stay="self"),
        _row(overdue, Waiting.RETURN, "office", Cast("ends_on", DateTimeField()), stay="self"),
        _row(stays.filter(status=P.RETURNED), Waiting.ASSESSMENT, "office", "status_since", stay="self"),
        _row(stays.filter(status=P.EVALUATED), Waiting.CLOSING, "office", "status_since", stay="self"),
    ]  # fmt: skip


def _signatures(stays):
    """The first empty place under each agreement."""
    earlier = Signature.objects.filter(
        agreement=OuterRef("agreement"), position__lt=OuterRef("position"), signed_at=None
    )
    first = Signature.objects.filter(
        agreement__placement__in=stays,
        agreement__placement__status__in=SIGNED_IN,
        agreement__status=AgreementStatus.SIGNING,
        signed_at=None,
    ).exclude(Exists(earlier))
    actor = Case(*(When(party=party, then=Value(code)) for party, code in PARTIES.items()), output_field=CharField())
    since = Coalesce("asked_at", "agreement__created_at")
    return _row(first, Waiting.SIGNATURE, actor, since, stay="agreement__placement", whom="name")
