"""What one mobility of a VET learner is paid, line by line. Pure: frozen dataclasses, Decimal, no ORM, no clock.

Amounts are EUR, distances km one way, days are counted with both ends. A line carries its calculation as facts that
can be stored as JSON; ``explain`` and ``source_of`` put the same facts into words in the active language, so that a
stored line and a fresh one read alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from mobility.common.errors import Refused
from mobility.grants.enums import ActivityType, BudgetHeading
from mobility.grants.rates import MissingRate, RateTable

LEARNER_STAYS = (ActivityType.SHORT_TERM_LEARNER, ActivityType.LONG_TERM_LEARNER)
# Programme Guide 2026, VET: lengths of the physical part in days, travel days left out.
DURATIONS = {ActivityType.SHORT_TERM_LEARNER: (10, 89), ActivityType.LONG_TERM_LEARNER: (90, 365)}
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
    """The facts that decide the grant of one learner's stay.

    ``base_rate`` is the daily rate the agency fixed for the receiving country's group. ``position_in_activity`` is the
    learner's place (1, 2, 3 ...) among the stays of the same activity in the project, by start date, then id.
    ``ols_lacks`` says that the online language support has no course in the language or level needed.
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


def price(mobility: Mobility, *, rates: RateTable) -> Pricing:
    """Price a short-term or long-term learner mobility.

    Raises MissingRate when the table lacks a figure (never counts it as 0) and CannotPrice when the facts of the stay
    contradict each other or the activity is not a learner's stay.
    """
    check(mobility, rates=rates)
    lines = [individual_support(mobility, rates=rates), travel(mobility, rates=rates)]
    if mobility.wants_organisational_support:
        lines.append(organisational_support(mobility, rates=rates))
    lines.extend(linguistic_support(mobility, rates=rates))
    return Pricing(lines=tuple(lines), table_version=rates.version)


def check(mobility: Mobility, *, rates: RateTable) -> None:
    """Refuse facts that no grant can be reckoned from. Raises CannotPrice."""
    if mobility.activity not in LEARNER_STAYS:
        raise CannotPrice(_("Only short-term and long-term stays of learners can be priced here."))
    if mobility.end < mobility.start:
        raise CannotPrice(_("The stay ends before it starts."))
    if min(mobility.interruption_days, mobility.days_not_requested, mobility.travel_days) < 0:
        raise CannotPrice(_("A number of days is below zero."))
    if mobility.interruption_days + mobility.days_not_requested > stay_days(mobility.start, mobility.end):
        raise CannotPrice(_("The days without support are more than the days of the stay."))
    if mobility.position_in_activity < 1:
        raise CannotPrice(_("The place in the order of stays begins at 1."))
    most = rates.max_travel_days["green" if mobility.is_green else "standard"]
    if mobility.travel_days > most:
        raise CannotPrice(_("At most %(days)s travel days can be paid for this journey.") % {"days": most})
    if mobility.distance_km is None:
        raise CannotPrice(_("The distance in km is missing."))
    if mobility.distance_km < 0:
        raise CannotPrice(_("The distance is below zero."))


# --- days ---------------------------------------------------------------------------------------------------------


def stay_days(start: date, end: date) -> int:
    """Days of a stay, first and last day counted."""
    return (end - start).days + 1


def funded_days(mobility: Mobility) -> int:
    """Days that individual support is paid for: the stay less unpaid days, plus travel days."""
    stay = stay_days(mobility.start, mobility.end)
    return stay - mobility.interruption_days - mobility.days_not_requested + mobility.travel_days


def activity_for(start: date, end: date, interruption_days: int = 0) -> ActivityType:
    """Long-term from 90 days on (ErasmusPro), short-term below. Travel days do not count."""
    long_from = DURATIONS[ActivityType.LONG_TERM_LEARNER][0]
    days = stay_days(start, end) - interruption_days
    return ActivityType.LONG_TERM_LEARNER if days >= long_from else ActivityType.SHORT_TERM_LEARNER


def duration_problem(activity: str, start: date, end: date, interruption_days: int = 0):
    """A sentence when the stay is shorter or longer than its activity allows, else None.

    A warning, not a refusal: a stay cut short by illness is paid for the days that were.
    """
    least, most = DURATIONS[ActivityType(activity)]
    days = stay_days(start, end) - interruption_days
    if least <= days <= most:
        return None
    return _("The stay lasts %(days)s days; this activity allows %(least)s to %(most)s.") % {
        "days": days,
        "least": least,
        "most": most,
    }


# --- headings -----------------------------------------------------------------------------------------------------


def reduced_rate(base_rate: Decimal, percent: int) -> Decimal:
    """The daily rate after the first days: rounded to a whole euro, halves up, before it is multiplied."""
    return (base_rate * percent / 100).quantize(WHOLE_EURO, rounding=ROUND_HALF_UP)


def individual_support(mobility: Mobility, *, rates: RateTable) -> Line:
    """Days 1-14 (travel days among them) at the base rate, later days at the reduced one."""
    group = rates.country_group(mobility.receiving_country)
    if mobility.base_rate is None:
        raise MissingRate(
            _("the project's daily rate for learners, country group %(group)s") % {"group": group}, rates.call_year
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
    }
    return _line(BudgetHeading.INDIVIDUAL_SUPPORT, "individual_support", amount, facts, rates=rates)


def travel(mobility: Mobility, *, rates: RateTable) -> Line:
    """The amount of the distance band for the return trip; nothing below the first band."""
    if mobility.distance_km is None:
        raise CannotPrice(_("The distance in km is missing."))
    band = rates.band(mobility.distance_km)
    facts = {"distance_km": plain(mobility.distance_km), "is_green": mobility.is_green}
    if band is None:
        facts["least_km"] = min(band.min_km for band in rates.bands)
        return _line(BudgetHeading.TRAVEL, "travel_too_near", Decimal(0), facts, rates=rates)
    facts.update(min_km=band.min_km, max_km=band.max_km, near_edge=rates.near_edge(mobility.distance_km))
    return _line(BudgetHeading.TRAVEL, "travel", band.amount(green=mobility.is_green), facts, rates=rates)


def organisational_support(mobility: Mobility, *, rates: RateTable) -> Line:
    """The stay's own share, by its place in the project; a fixed sum in a country not associated to the programme."""
    provenance = rates.organisational_provenance
    if rates.is_non_associated(mobility.receiving_country):
        if rates.organisational_non_associated is None:
            raise MissingRate(_("organisational support in a country outside the programme"), rates.call_year)
        facts: dict[str, object] = {"country": mobility.receiving_country}
        amount = rates.organisational_non_associated
        return _line(
            BudgetHeading.ORGANISATIONAL_SUPPORT,
            "organisational_non_associated",
            amount,
            facts,
            rates=rates,
            provenance=provenance,
        )
    rate = rates.organisational_rate(mobility.activity)
    facts = {"position": mobility.position_in_activity, "step": rate.step, "activity": str(mobility.activity)}
    amount = rate.amount(mobility.position_in_activity)
    return _line(
        BudgetHeading.ORGANISATIONAL_SUPPORT,
        "organisational_support",
        amount,
        facts,
        rates=rates,
        provenance=provenance,
    )


def linguistic_support(mobility: Mobility, *, rates: RateTable) -> list[Line]:
    """Reinforced support of every long-term stay, and the ordinary one only where the online course is lacking."""
    lines = []
    if mobility.activity == ActivityType.LONG_TERM_LEARNER:
        amount = rates.amount("reinforced_linguistic_support_long_term", _("linguistic support of long-term stays"))
        lines.append(_line(BudgetHeading.LINGUISTIC_SUPPORT, "linguistic_reinforced", amount, {}, rates=rates))
    if mobility.ols_lacks:
        amount = rates.amount("linguistic_support", _("linguistic support"))
        lines.append(_line(BudgetHeading.LINGUISTIC_SUPPORT, "linguistic_support", amount, {}, rates=rates))
    return lines


def project_organisational_support(activity: str, participants: int, *, rates: RateTable) -> Decimal:
    """Support of a whole project for one activity: the step falls on the later participants only."""
    rate = rates.organisational_rate(activity)
    return sum((rate.amount(position) for position in range(1, participants + 1)), Decimal(0))


def base_rate_problem(base_rate: Decimal, participant: str, group: int, *, rates: RateTable):
    """A sentence when a daily rate lies outside the range of the Guide, else None. Raises MissingRate."""
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


# --- words --------------------------------------------------------------------------------------------------------

_WORDS = {
    "organisational_non_associated": _("fixed sum for a stay outside the programme countries"),
    "linguistic_reinforced": _("fixed sum for every long-term stay"),
    "linguistic_support": _("fixed sum, because the online course lacks the language or the level"),
}
_SOURCES = {
    "individual_support": _("Programme Guide %(year)s, VET learners, individual support"),
    "travel": _("Programme Guide %(year)s, travel support by distance band"),
    "travel_too_near": _("Programme Guide %(year)s, travel support by distance band"),
    "organisational_support": _("Programme Guide %(year)s, VET, organisational support"),
    "organisational_non_associated": _("Programme Guide %(year)s, VET, organisational support"),
    "linguistic_reinforced": _("Programme Guide %(year)s, VET, reinforced linguistic support"),
    "linguistic_support": _("Programme Guide %(year)s, VET, linguistic support"),
}
_TRUST = {
    "guide": "",
    "agency": _("amounts as national agencies publish them"),
    "recalled": _("amounts not verified"),
}


def explain(line) -> str:
    """The calculation in words, in the active language. Takes a Line or a stored row with the same ``facts``."""
    facts = line.facts
    rule = facts["rule"]
    if rule == "individual_support":
        return _explain_days(facts)
    if rule == "travel_too_near":
        return str(
            _("%(km)s km is below %(least)s km: no travel support")
            % {
                "km": facts["distance_km"],
                "least": facts["least_km"],
            }
        )
    if rule == "travel":
        return _explain_band(facts)
    if rule == "organisational_support":
        return str(_("participant %(number)s of the activity in the project") % {"number": facts["position"]})
    return str(_WORDS[rule])


def source_of(line) -> str:
    """Where the rule is written, in the active language; says so when the amounts were not read in the Guide."""
    source = str(_SOURCES[line.facts["rule"]] % {"year": line.facts["call_year"]})
    trust = str(_TRUST[line.facts["provenance"]])
    return f"{source} ({trust})" if trust else source


def _explain_days(facts):
    """Written as on a receipt: 14 x 110 + 86 x 77."""
    sum_of_days = f"{facts['full_days']} x {facts['full_rate']}"
    if facts["reduced_days"]:
        sum_of_days += f" + {facts['reduced_days']} x {facts['reduced_rate']}"
    return sum_of_days


def _explain_band(facts):
    if facts["max_km"] is None:
        band = _("band from %(min)s km") % {"min": facts["min_km"]}
    else:
        band = _("band %(min)s-%(max)s km") % {"min": facts["min_km"], "max": facts["max_km"]}
    kind = _("green travel") if facts["is_green"] else _("standard travel")
    return f"{facts['distance_km']} km, {band}, {kind}"


def plain(number: Decimal) -> str:
    """A decimal as it is stored in facts: no exponent, no trailing zeros (110, 82.5)."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _line(heading, rule, amount, facts, *, rates, provenance=None):
    """The provenance of a table may be a sentence; its first word is the code."""
    origin = {"call_year": rates.call_year, "provenance": (provenance or rates.provenance).split()[0]}
    return Line(str(heading), amount.quantize(CENT), {"rule": rule, **facts, **origin})
