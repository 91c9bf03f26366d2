"""Who may review, what waits for a reviewer, and how sheets are shared evenly."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from apprentices.enums import ApplicationStatus
from apprentices.models import Application, Conflict, Review
from apprentices.selectors.conflicts import Finding, Ties
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership, User

REVIEWERS_EACH = 2
BEING_JUDGED = (ApplicationStatus.IN_REVIEW, ApplicationStatus.RETURNED)
"""Marks are given while it is read, also while the applicant completes something."""


def reviewers_of(office_id):
    """The people who are reviewers of the office today."""
    current = Membership.objects.in_force().filter(office=office_id, role=Role.REVIEWER)
    return User.objects.filter(pk__in=current.values("user")).order_by("family_name", "given_name", "pk")


def own_reviews(user):
    """A reviewer's own sheets in the working office, the ones that wait first."""
    return (
        Review.objects.visible_to(user)
        .filter(reviewer=user.pk)
        .select_related("application__round", "application__trade")
        .order_by("given_at", "assigned_at", "pk")
    )


def open_sheets(user):
    """Sheets that can be filled in now and are not given yet, in the order in which they are offered."""
    return own_reviews(user).filter(given_at=None, application__status__in=BEING_JUDGED)


def owes_marks(user, *, round=None, application=None) -> int:  # noqa: A002 - the domain's word
    """How many sheets this person still owes: until then nobody shows them what others gave.

    Holds for a coordinator who reviews, too: whoever has an open sheet sees no score, no rank and no spread there.
    """
    if Role.REVIEWER not in user.roles:
        return 0
    mine = Review.objects.filter(reviewer=user.pk, given_at=None, application__status__in=BEING_JUDGED)
    if round is not None:
        mine = mine.filter(application__round=round)
    if application is not None:
        mine = mine.filter(application=application)
    return mine.count()


def short_of_reviewers(office_id):
    """Applications in review that fewer than two people read: somebody declared a conflict and nobody was free."""
    return (
        Application.objects.filter(office=office_id, status=ApplicationStatus.IN_REVIEW)
        .annotate(readers=Count("reviews"))
        .filter(readers__lt=REVIEWERS_EACH)
    )


# --- sharing ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Share:
    """One reviewer's part of a plan: open sheets now, how many are added, and those afterwards."""

    person: User
    now: int
    added: int

    @property
    def after(self) -> int:
        return self.now + self.added


@dataclass
class Plan:
    """Who reads what, before anything is saved. ``pairs``: (application, reviewer)."""

    shares: list[Share] = field(default_factory=list)
    pairs: list[tuple[Application, User]] = field(default_factory=list)
    conflicts: list[tuple[Application, User, Finding]] = field(default_factory=list)
    warnings: list[tuple[Application, User, Finding]] = field(default_factory=list)
    short: list[Application] = field(default_factory=list)
    wanted: dict[int, int] = field(default_factory=dict)

    @property
    def missing(self) -> list[str]:
        """One sentence for each application that cannot have its readers."""
        both = _("%(applicant)s needs two reviewers without a conflict of interest; choose more reviewers.")
        one = _("%(applicant)s: nobody of those you chose is free of a conflict of interest.")
        return [
            (both if self.wanted.get(application.pk, REVIEWERS_EACH) > 1 else one)
            % {"applicant": application.full_name}
            for application in self.short
        ]


def open_load(people) -> Counter:
    """Open sheets by the person's key, in every round."""
    found = Review.objects.filter(reviewer__in=people, given_at=None, application__status__in=BEING_JUDGED)
    return Counter(dict(found.order_by().values_list("reviewer").annotate(count=Count("pk"))))


def plan_of(applications: Iterable[Application], people: Sequence[User], *, confirmed=frozenset(), each=None) -> Plan:
    """Share ``applications`` among ``people``: the one with the fewest open sheets first, never one with a conflict.

    ``confirmed``: (application, person) keys of pairs whose warning the coordinator has looked at; an unconfirmed warning
    counts as a conflict. ``each``: how many readers an application still needs (by its key); two where nothing is said.
    Those who can be read by few are shared first, so that they find somebody.
    """
    people = sorted(people, key=lambda person: person.pk)
    applications = sorted(applications, key=lambda application: application.pk)
    ties = Ties(people, applications)
    readers = _readers(applications)
    load = open_load(people)
    plan, added, free = Plan(wanted=each or {}), Counter(), {}
    for application in applications:
        free[application.pk] = [
            person
            for person in people
            if person.pk not in readers.get(application.pk, ()) and _may(plan, ties, application, person, confirmed)
        ]
    for application in sorted(applications, key=lambda one: (len(free[one.pk]), one.pk)):
        wanted = (each or {}).get(application.pk, REVIEWERS_EACH)
        chosen = sorted(free[application.pk], key=lambda person: (load[person.pk] + added[person.pk], person.pk))[
            :wanted
        ]
        if len(chosen) < wanted:
            plan.short.append(application)
            continue
        for person in chosen:
            added[person.pk] += 1
            plan.pairs.append((application, person))
    plan.shares = [Share(person, load[person.pk], added[person.pk]) for person in people]
    return plan


def _readers(applications):
    """Who reads each application already."""
    found: dict[int, set[int]] = {}
    for application, reviewer in Review.objects.filter(application__in=applications).values_list(
        "application", "reviewer"
    ):
        found.setdefault(application, set()).add(reviewer)
    return found


def _may(plan, ties, application, person, confirmed) -> bool:
    blocking = ties.blocking(person, application)
    if blocking is not None:
        plan.conflicts.append((application, person, blocking))
        return False
    warning = ties.warning(person, application)
    if warning is not None:
        plan.warnings.append((application, person, warning))
        return (application.pk, person.pk) in confirmed
    return True


# --- the office's page of reviewers ---------------------------------------------------------------------------------
def sheets_by_reviewer(round) -> list[dict]:  # noqa: A002
    """For each person with a sheet in the round: how many are given and how many wait."""
    counted = (
        Review.objects.filter(application__round=round)
        .order_by()
        .values("reviewer")
        .annotate(
            given=Count("pk", filter=Q(given_at__isnull=False)),
            open=Count("pk", filter=Q(given_at=None, application__status__in=BEING_JUDGED)),
        )
    )
    rows = {row["reviewer"]: row for row in counted}
    people = User.objects.filter(pk__in=rows).order_by("family_name", "given_name", "pk")
    return [{"person": person, "given": rows[person.pk]["given"], "open": rows[person.pk]["open"]} for person in people]


def declared_conflicts(round) -> list[Conflict]:  # noqa: A002
    return list(Conflict.objects.filter(application__round=round).select_related("application", "person"))


def open_reviews_of(round, person):  # noqa: A002
    """The sheets that somebody else takes over when this person falls ill or leaves."""
    return Review.objects.filter(
        application__round=round, reviewer=person, given_at=None, application__status__in=BEING_JUDGED
    )


# --- the score sheet ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Progress:
    """Where a reviewer stands in the pile: ``number`` of ``all``, how many are given, and the key of the next sheet."""

    number: int
    all: int
    given: int
    after: int | None


def progress_of(user, review) -> Progress:
    """The sheets of one round in the order in which they are offered; the next one is the next that waits."""
    rows = list(
        own_reviews(user)
        .filter(application__round=review.application.round_id, application__status__in=BEING_JUDGED)
        .order_by("assigned_at", "pk")
        .values_list("pk", "given_at")
    )
    keys = [key for key, _given in rows]
    here = keys.index(review.pk) if review.pk in keys else -1
    around = rows[here + 1 :] + rows[: max(here, 0)]
    after = next((key for key, given in around if given is None), None)
    return Progress(here + 1, len(rows), sum(given is not None for _key, given in rows), after)


def others_of(review) -> list[Review]:
    """What the other reviewers gave, for somebody who has given own marks and asked to see them."""
    if review.given_at is None or review.seen_at is None:
        return []
    given = Review.objects.filter(application=review.application_id).exclude(pk=review.pk).exclude(given_at=None)
    return list(given.select_related("reviewer").prefetch_related("marks__criterion"))
