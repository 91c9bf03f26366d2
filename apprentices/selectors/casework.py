"""The office's own work on a case: who has it, notes and follow-ups, what is unread, what a colleague leaves behind."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from apprentices.models import Application, CaseNote, CaseReading, Round
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership, User
from mobility.accounts.selectors import Duty

OFFICERS = (Role.COORDINATOR, Role.HEAD)
"""Who may have cases and follow-ups."""


def officers_of(office_id):
    """The colleagues who can have cases now, by name."""
    in_force = Membership.objects.in_force().filter(office=office_id, role__in=OFFICERS)
    found = User.objects.filter(is_active=True, pk__in=in_force.values("user"))
    return found.order_by("given_name", "family_name", "pk")


def officer_for(round):  # noqa: A002 - the domain's word
    """Who gets a new case of this round: the round's officer; else the coordinator with the fewest open cases.

    None only where the office has no coordinator at all.
    """
    if round.owner_id and officers_of(round.office_id).filter(pk=round.owner_id).exists():
        return round.owner
    mine = Membership.objects.in_force().filter(office=round.office_id, role=Role.COORDINATOR, user__is_active=True)
    people = list(User.objects.filter(pk__in=mine.values("user")).order_by("pk"))
    if not people:
        return None
    rows = Application.objects.open_cases().filter(office=round.office_id, owner__in=people).order_by()
    cases = dict(rows.values("owner").annotate(number=Count("pk")).values_list("owner", "number"))
    return min(people, key=lambda person: cases.get(person.pk, 0))


def notes_of(user, application) -> list[CaseNote]:
    """The notes on a case that this person may read, newest first."""
    rows = CaseNote.objects.visible_to(user).filter(application=application)
    return list(rows.select_related("author", "follow_up_for", "done_by"))


def unread(user):
    """As a condition on applications: marked so by hand, or something came since this person last had the case open."""
    mine = CaseReading.objects.filter(user=user.pk, application=OuterRef("pk"))
    read = Exists(mine.filter(read_at__gte=OuterRef("news_at")))
    return Exists(mine.filter(read_at=None)) | (Q(news_at__isnull=False) & ~read)


@dataclass(frozen=True)
class Duties:
    """What a person of the office would leave behind. ``person`` None: what nobody has."""

    person: User | None
    cases: int
    follow_ups: int
    rounds: int
    has_left: bool

    @property
    def any(self) -> bool:
        return bool(self.cases or self.follow_ups or self.rounds)


def duties_in(office_id) -> list[Duties]:
    """Everybody with open cases, follow-ups or rounds: who has left (and nobody) first. Five queries."""
    here = Application.objects.open_cases().filter(office=office_id).order_by()
    cases = dict(here.values("owner").annotate(number=Count("pk")).values_list("owner", "number"))
    notes = CaseNote.objects.open_follow_ups().filter(application__office=office_id).order_by()
    follow_ups = dict(notes.values("follow_up_for").annotate(number=Count("pk")).values_list("follow_up_for", "number"))
    led = Round.objects.filter(office=office_id).exclude(owner=None).order_by()
    rounds = dict(led.values("owner").annotate(number=Count("pk")).values_list("owner", "number"))
    present = set(officers_of(office_id).values_list("pk", flat=True))
    people = User.objects.in_bulk({*cases, *follow_ups, *rounds} - {None})
    found = [
        Duties(people.get(key), cases.get(key, 0), follow_ups.get(key, 0), rounds.get(key, 0), key not in present)
        for key in {*cases, *follow_ups, *rounds}
    ]
    found = [each for each in found if not each.has_left or each.cases or each.follow_ups]
    return sorted(found, key=lambda each: (not each.has_left, str(each.person or "")))


def duties_of(office_id, person) -> Duties:
    """What this person (None: nobody) has in the office now."""
    empty = Duties(person, 0, 0, 0, has_left=False)
    key = person.pk if person else None
    return next((each for each in duties_in(office_id) if (each.person and each.person.pk) == key), empty)


def open_work(membership) -> list[Duty]:
    """For the page that ends a membership: what of the selection this person has open."""
    if membership.role not in OFFICERS:
        return []
    found = duties_of(membership.office_id, membership.user)
    if not (found.cases or found.follow_ups):
        return []
    words = _("%(cases)s open cases, %(follow_ups)s follow-ups") % {
        "cases": found.cases,
        "follow_ups": found.follow_ups,
    }
    return [Duty(words, f"{reverse('apprentices:hand_over')}?from={membership.user_id}")]


def left_behind(office_id) -> int:
    """How many open cases and follow-ups belong to nobody, or to somebody who has left: one query each."""
    present = officers_of(office_id).values("pk")
    cases = Application.objects.open_cases().filter(office=office_id).exclude(owner__in=present)
    notes = CaseNote.objects.open_follow_ups().filter(application__office=office_id)
    return cases.count() + notes.exclude(follow_up_for__in=present).count()
