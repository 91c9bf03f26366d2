"""The calculation in words: what a line was made from, and where its rule is written.

Takes a fresh :class:`mobility.grants.arithmetic.Line` or a stored row with the same ``facts``.
"""

from django.utils.translation import gettext_lazy as _

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
    "preparatory_visit": _("Programme Guide %(year)s, VET, preparatory visits"),
}
_TRUST = {
    "guide": "",
    "agency": _("amounts as national agencies publish them"),
    "recalled": _("amounts not verified"),
}


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
    """Written as on a receipt: 14 x 110 + 86 x 77."""
    sum_of_days = f"{facts['full_days']} x {facts['full_rate']}"
    if facts["reduced_days"]:
        sum_of_days += f" + {facts['reduced_days']} x {facts['reduced_rate']}"
    return sum_of_days


def _band(facts):
    if facts["max_km"] is None:
        band = _("band from %(min)s km") % {"min": facts["min_km"]}
    else:
        band = _("band %(min)s-%(max)s km") % {"min": facts["min_km"], "max": facts["max_km"]}
    kind = _("green travel") if facts["is_green"] else _("standard travel")
    words = f"{facts['distance_km']} km, {band}, {kind}"
    return _("%(band)s; replaced by expensive travel") % {"band": words} if "replaced_by" in facts else words


def _too_near(facts):
    return _("%(km)s km is below %(least)s km: no travel support") % {
        "km": facts["distance_km"],
        "least": facts["least_km"],
    }


def _expensive(facts):
    return _("%(percent)s %% of the real cost %(cost)s EUR, because the band pays less than %(least)s %% of it") % {
        "percent": facts["percent"],
        "cost": facts["real_cost"],
        "least": facts["least"],
    }


_EXPLAIN = {
    "individual_support": _days,
    "travel": _band,
    "travel_too_near": _too_near,
    "expensive_travel": _expensive,
    "organisational_support": lambda facts: (
        _("participant %(number)s of the activity in the project") % {"number": facts["position"]}
    ),
    "course_fees": lambda facts: f"{facts['days']} x {facts['rate']}",
}
