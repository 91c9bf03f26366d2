"""The limits of a whole project (rules 10 and 12, KA122). Pure: facts in, one check a limit out, in words.

Amounts are EUR. Sources: Programme Guide 2026, vocational education and training.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility.common import formats
from mobility.grants.enums import BudgetHeading

OK, OVER, NOTHING = "ok", "over", "nothing"
OUTSIDE_PERCENT = 20
COURSE_PERCENT, SMALL_GRANT, SMALL_GRANT_COURSES = 50, Decimal(40_000), Decimal(20_000)
COURSE_PER_SENDER, COURSE_PER_CONSORTIUM = 3, 10
VISIT_PERSONS = 3
SHORT_PARTICIPANTS, SHORT_MONTHS, MONTH = 30, (6, 18), 30  # KA122; a month is 30 days


@dataclass(frozen=True)
class CourseSeat:
    """One person in one course; ``sender`` is the organisation the person comes from."""

    person: object
    course: object
    sender: object


@dataclass(frozen=True)
class ProjectFacts:
    """What the limits are held against. ``outside``: the grant of stays in countries outside the programme, without
    inclusion support for participants and expensive travel; ``visits``: host -> persons of each preparatory visit.
    """

    is_accredited: bool
    starts_on: date
    ends_on: date
    awarded: Decimal
    awarded_for: Mapping[str, Decimal]
    participants: int
    outside: Decimal
    stays_outside: int
    members_sending: int = 0
    course_fees: Decimal = Decimal(0)
    courses: tuple[CourseSeat, ...] = ()
    visits: Mapping[object, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """One limit: the figure, the limit, whether it is kept, and where the rule is written; all in the active language."""

    title: str
    figure: str
    limit: str
    state: str
    words: str
    source: str


def checks_of(facts: ProjectFacts) -> list[Check]:
    """Every limit that the project has, in the order of the rules."""
    found = [_outside(facts), _course_fees(facts), *_course_seats(facts), *_visits(facts)]
    return found if facts.is_accredited else [*found, *_short_term_project(facts)]


def _outside(facts):
    """Rule 12: at most 20 % of the awarded grant; only accredited projects at all."""
    title, source = _("Stays outside the programme countries"), _("Programme Guide, countries not associated")
    left_out = (BudgetHeading.INCLUSION_PARTICIPANTS, BudgetHeading.EXCEPTIONAL_COSTS)
    limit = _share(facts.awarded - sum(_awarded(facts, heading) for heading in left_out), OUTSIDE_PERCENT)
    if not facts.is_accredited:
        figure = _stays(facts.stays_outside)
        words = _("Only accredited projects may send there.")
        return Check(title, figure, _stays(0), OVER if facts.stays_outside else OK, words, source)
    words = _("At most %(percent)s %% of the awarded grant, without inclusion support and exceptional costs.")
    return _against(title, facts.outside, limit, words % {"percent": OUTSIDE_PERCENT}, source)


def _course_fees(facts):
    """Rule 10: at most half of the grant, or 20 000 where it is at most 40 000; inclusion for participants left out."""
    grant = facts.awarded - _awarded(facts, BudgetHeading.INCLUSION_PARTICIPANTS)
    limit = SMALL_GRANT_COURSES if grant <= SMALL_GRANT else _share(grant, COURSE_PERCENT)
    amount = max(facts.course_fees, _awarded(facts, BudgetHeading.COURSE_FEES))
    words = _("At most half of the grant, or %(sum)s where the grant is at most %(small)s.") % {
        "sum": formats.eur(SMALL_GRANT_COURSES),
        "small": formats.eur(SMALL_GRANT),
    }
    return _against(_("Course fees"), amount, limit, words, _("Programme Guide, VET, course fees"))


def _course_seats(facts) -> Iterator[Check]:
    """Rule 10: three persons of a sender and ten of a consortium in the same course, one course a person."""
    source = _("Programme Guide, VET, courses and training")
    by_sender = Counter((seat.course, seat.sender) for seat in facts.courses)
    by_course = Counter(seat.course for seat in facts.courses)
    by_person = Counter(seat.person for seat in facts.courses)
    for title, counted, limit in (
        (_("Persons of one sender in the same course"), by_sender, COURSE_PER_SENDER),
        (_("Persons of the project in the same course"), by_course, COURSE_PER_CONSORTIUM),
        (_("Courses of one person"), by_person, 1),
    ):
        yield _at_most(title, counted.values(), limit, _("No course is entered."), source)


def _visits(facts) -> Iterator[Check]:
    """Rule 10: at most three persons a preparatory visit, one visit a host."""
    source = _("Programme Guide, VET, preparatory visits")
    none = _("No preparatory visit is entered.")
    persons = [count for visits in facts.visits.values() for count in visits]
    yield _at_most(_("Persons of one preparatory visit"), persons, VISIT_PERSONS, none, source)
    visits = [len(visits) for visits in facts.visits.values()]
    yield _at_most(_("Preparatory visits to one host"), visits, 1, none, source)


def _short_term_project(facts) -> Iterator[Check]:
    """KA122: at most 30 participants, 6 to 18 months, no consortium."""
    source = _("Programme Guide, short-term projects (KA122)")
    none = _("No participant yet.")
    yield _at_most(
        _("Participants"), [facts.participants] if facts.participants else [], SHORT_PARTICIPANTS, none, source
    )
    least, most = SHORT_MONTHS
    days = (facts.ends_on - facts.starts_on).days + 1
    kept = least * MONTH <= days <= most * MONTH
    words = _("A short-term project lasts %(least)s to %(most)s months of 30 days.") % {"least": least, "most": most}
    limits = _days(least * MONTH), _days(most * MONTH)
    limit = _("%(least)s to %(most)s") % {"least": limits[0], "most": limits[1]}
    yield Check(_("Length of the project"), _days(days), limit, OK if kept else OVER, words, source)
    state = OVER if facts.members_sending else OK
    words = _("A short-term project has no consortium.")
    yield Check(_("Members that send participants"), str(facts.members_sending), "0", state, words, source)


def _against(title, amount, limit, words, source):
    if not amount:
        return Check(title, formats.eur(0), formats.eur(limit), NOTHING, words, source)
    return Check(title, formats.eur(amount), formats.eur(limit), OVER if amount > limit else OK, words, source)


def _at_most(title, counts, limit, none, source):
    most = max(counts, default=0)
    if not most:
        return Check(title, "0", str(limit), NOTHING, none, source)
    words = _("At most %(limit)s.") % {"limit": limit}
    return Check(title, str(most), str(limit), OVER if most > limit else OK, words, source)


def _awarded(facts, heading):
    return facts.awarded_for.get(heading, Decimal(0))


def _share(amount, percent):
    """In whole cents, downwards: a limit is not rounded up."""
    return max(amount, Decimal(0)) * percent // 1 / 100


def _stays(count):
    return ngettext("%(count)s stay", "%(count)s stays", count) % {"count": count}


def _days(count):
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}
