"""What one mobility is paid, line by line. Pure: frozen dataclasses, Decimal, no ORM, no clock.

Amounts are EUR, distances km one way, days are counted with both ends. A line carries its calculation as facts that
can be stored as JSON; :mod:`mobility.grants.words` puts them into sentences, so that a stored line and a fresh one read
alike. Each function names its rule (the numbers are those of docs/erasmus.md).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from mobility.common.errors import Refused
from mobility.grants.activities import ACTIVITIES, LEARNER_STAYS, NEVER, Activity
from mobility.grants.enums import ActivityType, BudgetHeading, ParticipantKind
from mobility.grants.rates import OUTSIDE_PROGRAMME, MissingRate, RateTable

WHOLE_EURO = Decimal(1)
CENT = Decimal("0.01")


class CannotPrice(Refused, ValueError):
    """The facts of the stay do not allow a calculation; ``str()`` says why in the active language."""

    def __init__(self, reason):
        self.reason = reason
        super().__init__(reason)

    def __str__(self):
        return str(self.reason)


@dataclass(frozen=True)
class Mobility:
    """The facts that decide the grant of one person's mobility.

    ``base_rate`` is the daily rate (EUR) the agency fixed for the receiving country's group and the kind of
    participant; accompanying persons use that of staff. ``position_in_activity`` is the participant's place (1, 2, 3
    ...) among those of the same activity in the project, by start date, then id. ``ols_lacks`` says that the online
    language support has no course in the language or level needed, or that somebody with fewer opportunities cannot
    use it. ``real_travel_cost`` (EUR) asks for expensive travel. ``course_days`` are days with a course fee.
    """

    activity: str
    receiving_country: str
    start: date
    end: date
    base_rate: Decimal | None
    distance_km: Decimal | None
    position_in_activity: int
    travel_days: int = 0
    interruption_days: int = 0
    days_not_requested: int = 0
    is_green: bool = False
    ols_lacks: bool = False
    wants_organisational_support: bool = True
    sending_country: str = ""
    is_accompanying: bool = False
    has_fewer_opportunities: bool = False
    real_travel_cost: Decimal | None = None
    course_days: int = 0
    is_accredited: bool = True

    @property
    def rules(self) -> Activity:
        return ACTIVITIES[ActivityType(self.activity)]

    @property
    def rates_of(self) -> ParticipantKind | None:
        """Whose daily rates pay it (rule 2); None where nothing is paid by the day."""
        return ParticipantKind.STAFF if self.is_accompanying and self.rules.rates else self.rules.rates


@dataclass(frozen=True)
class Line:
    """One heading's amount in EUR with the facts of its calculation; the fact ``rule`` says how to read the others."""

    heading: str
    amount: Decimal
    facts: Mapping[str, object]

    @property
    def rule(self):
        return self.facts["rule"]


@dataclass(frozen=True)
class Pricing:
    """The lines of one mobility, their sum in EUR and the version of the rate table that gave them."""

    lines: tuple[Line, ...]
    table_version: str

    @property
    def total(self):
        return sum((line.amount for line in self.lines), Decimal("0.00"))

    def amount(self, heading):
        return sum((line.amount for line in self.lines if line.heading == heading), Decimal("0.00"))

    def line(self, *rules) -> Line | None:
        """The line of one of these rules, if there is one."""
        return next((line for line in self.lines if line.rule in rules), None)


def price(mobility: Mobility, *, rates: RateTable) -> Pricing:
    """Price one mobility of any activity.

    Raises MissingRate when the table lacks a figure (never counts it as 0) and CannotPrice when the facts contradict
    each other. A length outside the activity's limits is no obstacle here (a stay cut short by illness is paid for
    the days that were): see ``duration_problem``.
    """
    for problem in contradictions(mobility, rates=rates):
        raise CannotPrice(problem)
    lines = [line for part in _parts(mobility) for line in part(mobility, rates=rates)]
    return Pricing(lines=tuple(lines), table_version=rates.version)


def _parts(mobility) -> list[Callable[..., list[Line]]]:
    if mobility.rules.rates is None:
        return [preparatory_visit]
    if mobility.is_accompanying:
        return [individual_support, travel]
    return [individual_support, travel, organisational_support, linguistic_support, inclusion_support, course_fees]


# --- what speaks against it -----------------------------------------------------------------------------------------
def contradictions(mobility: Mobility, *, rates: RateTable):
    """Sentences, one at a time, why no grant can be reckoned from these facts."""
    if mobility.end < mobility.start:
        yield _("The stay ends before it starts.")
    if mobility.rules.rates is None:
        return
    if min(mobility.interruption_days, mobility.days_not_requested, mobility.travel_days) < 0:
        yield _("A number of days is below zero.")
    stay = stay_days(mobility.start, mobility.end)
    if mobility.interruption_days + mobility.days_not_requested > max(stay, 0):
        yield _("The days without support are more than the days of the stay.")
    if mobility.position_in_activity < 1:
        yield _("The place in the order of stays begins at 1.")
    most = rates.max_travel_days["green" if mobility.is_green else "standard"]
    if mobility.travel_days > most:
        yield _("At most %(days)s travel days can be paid for this journey.") % {"days": most}
    if mobility.distance_km is None:
        yield _("The distance in km is missing.")
    elif mobility.distance_km < 0:
        yield _("The distance is below zero.")
    if mobility.real_travel_cost is not None and mobility.real_travel_cost < 0:
        yield _("The real cost of the journey is below zero.")
    yield from _course_problems(mobility, stay)


def _course_problems(mobility, stay):
    if not mobility.rules.has_course_fee or mobility.is_accompanying:
        return
    if not 0 <= mobility.course_days <= mobility.rules.most:
        yield _("A course fee is paid for up to %(most)s days.") % {"most": mobility.rules.most}
    elif mobility.course_days > stay:
        yield _("The course lasts longer than the stay.")


def place_problems(mobility: Mobility, *, rates: RateTable):
    """Sentences why this activity cannot go between these countries (rule 12)."""
    sending, receiving = mobility.sending_country, mobility.receiving_country
    if sending == receiving:
        yield _("The sending and the receiving country are the same.")
    if NEVER & {sending, receiving}:
        yield _("Belarus and Russia cannot take part.")
    elif rates.is_non_associated(sending):
        yield _("The sending country does not take part in the programme.")
    elif rates.is_non_associated(receiving):
        if not mobility.rules.goes_outside:
            yield _("This activity cannot go to a country outside the programme.")
        if not mobility.is_accredited:
            yield _("Only accredited projects can go to a country outside the programme.")


# --- days -----------------------------------------------------------------------------------------------------------
def stay_days(start: date, end: date) -> int:
    """Days of a stay, first and last day counted."""
    return (end - start).days + 1


def funded_days(mobility: Mobility) -> int:
    """Days that individual support is paid for (rule 3): the stay less unpaid days, plus travel days."""
    if mobility.rules.rates is None:
        return 0
    stay = stay_days(mobility.start, mobility.end)
    return stay - mobility.interruption_days - mobility.days_not_requested + mobility.travel_days


def activity_for(start: date, end: date, interruption_days: int = 0) -> ActivityType:
    """A learner's stay is long-term from 90 days on (ErasmusPro), short-term below. Travel days do not count."""
    short, long = LEARNER_STAYS
    days = stay_days(start, end) - interruption_days
    return long if days >= ACTIVITIES[long].least else short  # type: ignore[operator]  # both have their limits


def duration_problem(activity: str, start: date, end: date, interruption_days: int = 0):
    """A sentence when the stay is shorter or longer than its activity allows, else None.

    Binds participants, not accompanying persons. Fewer opportunities: see ``is_short_with_reason``.
    """
    rules = ACTIVITIES[ActivityType(activity)]
    if rules.least is None or rules.most is None:
        return None
    days = stay_days(start, end) - interruption_days
    if rules.least <= days <= rules.most:
        return None
    return _("The stay lasts %(days)s days; this activity allows %(least)s to %(most)s.") % {
        "days": days,
        "least": rules.least,
        "most": rules.most,
    }


def is_short_with_reason(mobility: Mobility) -> bool:
    """Whether the stay is shorter than usual but allowed, with a reason, because of fewer opportunities."""
    rules = mobility.rules
    if not mobility.has_fewer_opportunities or rules.least_with_fewer_opportunities is None or rules.least is None:
        return False
    days = stay_days(mobility.start, mobility.end) - mobility.interruption_days
    return rules.least_with_fewer_opportunities <= days < rules.least


# --- headings -------------------------------------------------------------------------------------------------------
def reduced_rate(base_rate: Decimal, percent: int) -> Decimal:
    """The daily rate after the first days (rule 4): rounded to a whole euro, halves up, before it is multiplied."""
    return (base_rate * percent / 100).quantize(WHOLE_EURO, rounding=ROUND_HALF_UP)


def individual_support(mobility: Mobility, *, rates: RateTable) -> list[Line]:
    """Rules 2-4: days 1-14 (travel days among them) at the base rate, later days at the reduced one."""
    group = rates.country_group(mobility.receiving_country)
    kind = mobility.rates_of
    if mobility.base_rate is None:
        raise MissingRate(
            _("the project's daily rate for learners, country group %(group)s") % {"group": group}
            if kind == ParticipantKind.VET_LEARNER
            else _("the project's daily rate for staff, country group %(group)s") % {"group": group},
            rates.call_year,
        )
    days = funded_days(mobility)
    full_days = min(days, rates.full_rate_days)
    later_rate = reduced_rate(mobility.base_rate, rates.reduced_rate_percent)
    amount = full_days * mobility.base_rate + (days - full_days) * later_rate
    facts = {
        "stay_days": stay_days(mobility.start, mobility.end),
        "interruption_days": mobility.interruption_days,
        "days_not_requested": mobility.days_not_requested,
        "travel_days": mobility.travel_days,
        "funded_days": days,
        "full_days": full_days,
        "full_rate": plain(mobility.base_rate),
        "reduced_days": days - full_days,
        "reduced_rate": plain(later_rate),
        "reduced_percent": rates.reduced_rate_percent,
        "country": mobility.receiving_country,
        "country_group": group,
        "participant": str(kind),
    }
    origin = rates.origin("days", "full_rate_days")
    return [
        line_of(BudgetHeading.INDIVIDUAL_SUPPORT, "individual_support", amount, facts, rates=rates, provenance=origin)
    ]


def travel(mobility: Mobility, *, rates: RateTable) -> list[Line]:
    """Rules 5 and 11: the amount of the distance band, or most of the real cost where that is far above it."""
    unit = _travel_unit(mobility, rates=rates)
    cost = mobility.real_travel_cost
    if not cost:
        return [unit]
    least = rates.percent("expensive_travel_if_unit_cost_below_percent", _("when travel counts as expensive"))
    if unit.amount * 100 >= cost * least:  # exactly the least share is covered
        return [unit]
    percent = rates.percent("expensive_travel_percent", _("the share of expensive travel"))
    facts = {"real_cost": plain(cost), "percent": percent, "least": least, "unit_cost": plain(unit.amount)}
    amount = (cost * percent / 100).quantize(CENT, rounding=ROUND_HALF_UP)
    replaced = Line(unit.heading, Decimal("0.00"), {**unit.facts, "replaced_by": "expensive_travel"})
    return [replaced, line_of(BudgetHeading.EXCEPTIONAL_COSTS, "expensive_travel", amount, facts, rates=rates)]


def _travel_unit(mobility, *, rates):
    band = rates.band(mobility.distance_km)
    facts = {"distance_km": plain(mobility.distance_km), "is_green": mobility.is_green}
    facts["near_edge"] = rates.near_edge(mobility.distance_km)
    if band is None:
        facts["least_km"] = min(band.min_km for band in rates.bands)
        return line_of(BudgetHeading.TRAVEL, "travel_too_near", Decimal(0), facts, rates=rates)
    facts.update(min_km=band.min_km, max_km=band.max_km)
    amount, origin = band.amount(green=mobility.is_green), rates.origin("band", str(band.min_km))
    return line_of(BudgetHeading.TRAVEL, "travel", amount, facts, rates=rates, provenance=origin)


def organisational_support(mobility: Mobility, *, rates: RateTable) -> list[Line]:
    """Rule 7: the person's own share, by its place in the project; a fixed sum outside the programme countries."""
    if not mobility.wants_organisational_support:
        return []
    heading = BudgetHeading.ORGANISATIONAL_SUPPORT
    if rates.is_non_associated(mobility.receiving_country):
        rate = rates.organisational_rate(OUTSIDE_PROGRAMME)
        facts: dict[str, object] = {"country": mobility.receiving_country}
        name = "organisational_non_associated"
    else:
        rate = rates.organisational_rate(mobility.activity)
        facts = {"position": mobility.position_in_activity, "step": rate.step, "activity": str(mobility.activity)}
        facts.update(first=plain(rate.first), later=plain(rate.later))
        name = "organisational_support"
    amount = rate.amount(mobility.position_in_activity)
    return [line_of(heading, name, amount, facts, rates=rates, provenance=rate.provenance)]


def linguistic_support(mobility: Mobility, *, rates: RateTable) -> list[Line]:
    """Rule 8: reinforced support of every long-term stay, and the ordinary one where the online course is lacking."""
    heading, lines = BudgetHeading.LINGUISTIC_SUPPORT, []
    if mobility.rules.has_reinforced_linguistic_support:
        name = "reinforced_linguistic_support_long_term"
        amount = rates.amount(name, _("linguistic support of long-term stays"))
        origin = rates.origin("amount", name)
        lines.append(line_of(heading, "linguistic_reinforced", amount, {}, rates=rates, provenance=origin))
    if mobility.ols_lacks and mobility.rules.has_linguistic_support:
        amount = rates.amount("linguistic_support", _("linguistic support"))
        origin = rates.origin("amount", "linguistic_support")
        lines.append(line_of(heading, "linguistic_support", amount, {}, rates=rates, provenance=origin))
    return lines


def inclusion_support(mobility: Mobility, *, rates: RateTable) -> list[Line]:
    """Rule 9: a fixed sum to the organisation for each participant with fewer opportunities."""
    if not mobility.has_fewer_opportunities:
        return []
    amount = rates.amount("inclusion_support_organisation", _("inclusion support for organisations"))
    origin = rates.origin("amount", "inclusion_support_organisation")
    heading = BudgetHeading.INCLUSION_ORGANISATION
    return [line_of(heading, "inclusion_organisation", amount, {}, rates=rates, provenance=origin)]


def course_fees(mobility: Mobility, *, rates: RateTable) -> list[Line]:
    """Rule 10: the fee of a course by the day."""
    if not mobility.rules.has_course_fee or not mobility.course_days:
        return []
    daily = rates.amount("course_fee_per_day", _("the fee of a course day"))
    facts = {"days": mobility.course_days, "rate": plain(daily)}
    amount, origin = daily * mobility.course_days, rates.origin("amount", "course_fee_per_day")
    return [line_of(BudgetHeading.COURSE_FEES, "course_fees", amount, facts, rates=rates, provenance=origin)]


def preparatory_visit(mobility: Mobility, *, rates: RateTable) -> list[Line]:
    """Rule 10: one sum a person that covers the journey and the stay."""
    amount = rates.amount("preparatory_visit", _("preparatory visits"))
    heading, origin = BudgetHeading.PREPARATORY_VISITS, rates.origin("amount", "preparatory_visit")
    return [line_of(heading, "preparatory_visit", amount, {}, rates=rates, provenance=origin)]


def base_rate_problem(base_rate: Decimal, participant: str, group: int, *, rates: RateTable):
    """A sentence when a daily rate lies outside the range of the Guide (rule 2), else None. Raises MissingRate."""
    low, high = rates.base_rate_range(participant, group)
    if low is not None and base_rate < low:
        return _("The daily rate for country group %(group)s must be at least %(low)s EUR in call year %(year)s.") % {
            "group": group,
            "low": low,
            "year": rates.call_year,
        }
    if base_rate > high:
        return _("The daily rate for country group %(group)s can be at most %(high)s EUR in call year %(year)s.") % {
            "group": group,
            "high": high,
            "year": rates.call_year,
        }
    return None


def plain(number: Decimal) -> str:
    """A decimal as it is stored in facts: no exponent, no trailing zeros (110, 82.5)."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def line_of(heading, rule, amount, facts, *, rates, provenance=None) -> Line:
    """A line in whole cents, halves up, that says which call year's table it comes from and how far that is trusted."""
    origin = {"call_year": rates.call_year, "provenance": provenance or rates.provenance}
    return Line(str(heading), amount.quantize(CENT, rounding=ROUND_HALF_UP), {"rule": rule, **facts, **origin})
