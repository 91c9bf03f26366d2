"""What somebody should look at before a price is believed."""

from django.utils.translation import gettext as _

from mobility.grants.arithmetic import Mobility, Pricing, is_short_with_reason
from mobility.grants.rates import RateTable


def warnings_of(mobility: Mobility, pricing: Pricing, *, rates: RateTable) -> list[str]:
    """Sentences in the active language: a short stay, a distance at an edge, what is unverified, what needs approval."""
    found = []
    if is_short_with_reason(mobility):
        found.append(_("The stay is shorter than usual: give the reason (fewer opportunities)."))
    found += _about_the_way(pricing.lines)
    if is_unverified(mobility, pricing, rates=rates):
        found.append(_("An amount or a range was not read in an official source: it is unverified."))
    if pricing.line("expensive_travel"):
        found.append(_("Expensive travel needs a reason and the approval of the agency."))
    return found


def warnings_of_lines(lines) -> list[str]:
    """What stored lines say themselves: a distance at an edge or below the first band, amounts nobody has read."""
    lines = list(lines)
    found = _about_the_way(lines)
    if any(line.facts["provenance"] == "recalled" for line in lines):
        found.append(_("An amount or a range was not read in an official source: it is unverified."))
    return found


def _about_the_way(lines):
    found = []
    for facts in (line.facts for line in lines if line.facts["rule"] in ("travel", "travel_too_near")):
        if facts["near_edge"]:
            found.append(_("The distance is within 1 km of the edge of a distance band: check it."))
        if facts["rule"] == "travel_too_near":
            found.append(_("The distance is below %(least)s km: no travel support.") % {"least": facts["least_km"]})
    return found


def is_unverified(mobility: Mobility, pricing: Pricing, *, rates: RateTable) -> bool:
    """Whether a figure that was used is recalled, and read nowhere."""
    if any(line.facts["provenance"] == "recalled" for line in pricing.lines):
        return True
    if mobility.rates_of is None:
        return False
    group = rates.groups.get(mobility.receiving_country)
    is_recalled = rates.origin("daily_rate", f"{mobility.rates_of} {group}") == "recalled"
    return is_recalled or mobility.activity in rates.unverified_activities
