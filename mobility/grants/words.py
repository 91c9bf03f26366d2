"""The calculation in words: what a line was made from, and where its rule is written.

Takes a fresh :class:`mobility.grants.arithmetic.Line` or a stored row with the same ``facts``.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mobility.common import formats
from mobility.grants.enums import BudgetHeading

_WORDS = {
    "organisational_non_associated": _("fixed sum for a stay outside the programme countries"),
    "linguistic_reinforced": _("fixed sum for every long-term stay"),
    "linguistic_support": _("fixed sum, because the online course lacks the language or the level"),
    "inclusion_organisation": _("fixed sum for a participant with fewer opportunities"),
    "preparatory_visit": _("fixed sum for the journey and the stay"),
}
_SOURCES = {
    "individual_support": _("Programme Guide %(year)s, VET learners, individual support"),
    "individual_support_staff": _("Programme Guide %(year)s, VET staff, individual support"),
    "travel": _("Programme Guide %(year)s, travel support by distance band"),
    "travel_too_near": _("Programme Guide %(year)s, travel support by distance band"),
    "expensive_travel": _("Programme Guide %(year)s, exceptional costs, expensive travel"),
    "organisational_support": _("Programme Guide %(year)s, VET, organisational support"),
    "organisational_non_associated": _("Programme Guide %(year)s, VET, organisational support"),
    "linguistic_reinforced": _("Programme Guide %(year)s, VET, reinforced linguistic support"),
    "linguistic_support": _("Programme Guide %(year)s, VET, linguistic support"),
    "inclusion_organisation": _("Programme Guide %(year)s, VET, inclusion support for organisations"),
    "course_fees": _("Programme Guide %(year)s, VET, course fees"),
    "inclusion_participants": _("Programme Guide %(year)s, VET, inclusion support for participants"),
    "entry_costs": _("Programme Guide %(year)s, exceptional costs, visa and entry"),
    "financial_guarantee": _("Programme Guide %(year)s, exceptional costs, financial guarantee"),
    "preparatory_visit": _("Programme Guide %(year)s, VET, preparatory visits"),
}
_TRUST = {
    "guide": "",
    "agency": _("amounts as national agencies publish them"),
    "recalled": _("amounts not verified"),
}


@dataclass(frozen=True)
class ShownLine:
    """A line as a page shows it, in the active language; ``amount`` in EUR."""

    heading: str
    words: str
    source: str
    amount: Decimal


def shown(lines) -> list[ShownLine]:
    """Fresh or stored lines as every page shows them."""
    return [ShownLine(str(BudgetHeading(x.heading).label), explain(x), source_of(x), x.amount) for x in lines]


def explain(line) -> str:
    """The calculation in words, in the active language."""
    facts = line.facts
    sentence = _EXPLAIN.get(facts["rule"])
    return str(sentence(facts)) if sentence else str(_WORDS[facts["rule"]])


def source_of(line) -> str:
    """Where the rule is written, in the active language; says so when the amounts were not read in the Guide."""
    facts = line.facts
    rule = facts["rule"]
    if rule == "individual_support" and facts.get("participant") == "staff":
        rule = "individual_support_staff"
    source = str(_SOURCES[rule] % {"year": facts["call_year"]})
    trust = str(_TRUST[facts["provenance"]])
    return f"{source} ({trust})" if trust else source


def _days(facts):
    """14 days at 110 € + 86 days at 77 € (70 % of the daily rate)."""
    words = _days_at(facts["full_days"], facts["full_rate"])
    if not facts["reduced_days"]:
        return words
    reduced = _days_at(facts["reduced_days"], facts["reduced_rate"])
    percent = _("%(percent)s %% of the daily rate, in whole euros") % {"percent": facts["reduced_percent"]}
    return f"{words} + {reduced} ({percent})"


def _days_at(count, rate):
    words = ngettext("%(count)s day at %(rate)s", "%(count)s days at %(rate)s", count)
    return words % {"count": count, "rate": formats.eur(Decimal(rate))}


def _band(facts):
    least = formats.number(facts["min_km"])
    if facts["max_km"] is None:
        band = _("band from %(min)s km") % {"min": least}
    else:
        band = _("band %(min)s–%(max)s km") % {"min": least, "max": formats.number(facts["max_km"])}
    kind = _("green travel") if facts["is_green"] else _("standard travel")
    words = f"{_km(facts)} km, {band}, {kind}"
    return _("%(band)s; replaced by expensive travel") % {"band": words} if "replaced_by" in facts else words


def _too_near(facts):
    least = formats.number(facts["least_km"])
    return _("%(km)s km is below %(least)s km: no travel support") % {"km": _km(facts), "least": least}


def _km(facts):
    return formats.number(Decimal(facts["distance_km"]))


def _expensive(facts):
    return _("%(percent)s %% of the real cost %(cost)s, because the band pays less than %(least)s %% of it") % {
        "percent": facts["percent"],
        "cost": formats.eur(Decimal(facts["real_cost"])),
        "least": facts["least"],
    }


def _real_cost(facts):
    return _("%(what)s: %(percent)s %% of %(cost)s") % {
        "what": facts["what_for"],
        "percent": facts["percent"],
        "cost": formats.eur(Decimal(facts["cost"])),
    }


_EXPLAIN = {
    "individual_support": _days,
    "travel": _band,
    "travel_too_near": _too_near,
    "expensive_travel": _expensive,
    "organisational_support": lambda facts: (
        _("participant %(number)s of the activity in the project") % {"number": facts["position"]}
    ),
    "course_fees": lambda facts: _days_at(facts["days"], facts["rate"]),
    "inclusion_participants": _real_cost,
    "entry_costs": _real_cost,
    "financial_guarantee": _real_cost,
}
