"""What speaks against another date or another host of a stay."""

from django.utils.translation import gettext as _

from mobility.common import formats
from mobility.common.errors import Refused
from mobility.grants.arithmetic import place_problems
from placements.enums import PlacementStatus
from placements.pricing import basis_of, mobility_of
from placements.selectors import placing

CHANGED_IN = (
    PlacementStatus.PROPOSED,
    PlacementStatus.HOST_FOUND,
    PlacementStatus.CONFIRMED,
    PlacementStatus.READY,
    PlacementStatus.ABROAD,
)
"""States in which dates and host can change; afterwards the confirmed return says what was."""


def openings_for(placement):
    """The openings that the stay could move to, with how many places are taken; its own is not among them."""

    return placing.openings_of(placement.office_id).exclude(pk=placement.opening_id)


def is_as_asked(placement, starts_on, ends_on, opening) -> bool:
    """Whether nothing would change."""
    host = opening is None or opening.pk == placement.opening_id
    return host and (placement.starts_on, placement.ends_on) == (starts_on, ends_on)


def problems_of(placement, after) -> list[tuple[str, str]]:
    """(field of the form, sentence) for all that speaks against it; ``after`` is the stay as it would be."""
    if after.ends_on < after.starts_on:
        return [("ends_on", _("The last day lies before the first."))]
    found = [("ends_on", sentence) for sentence in placing.missing_dates(after)]
    if placement.arrived_on and after.starts_on > placement.arrived_on:
        words = _("The apprentice arrived on %(day)s: the stay cannot start later.")
        found.append(("starts_on", words % {"day": formats.day(placement.arrived_on, "plain")}))
    if after.opening_id != placement.opening_id:
        found += [("opening", sentence) for sentence in _about_the_opening(after)]
    if is_as_asked(placement, after.starts_on, after.ends_on, after.opening):
        found.append(("", _("Nothing would change.")))
    return found


def _about_the_opening(after):
    opening = after.opening
    if opening.partner.office_id != after.office_id:
        raise ValueError("the opening belongs to another office")
    if after.application is not None:
        dates = {"starts_on": after.starts_on, "ends_on": after.ends_on}
        yield from placing.obstacles(opening, after.application, taken=placing.living_in(opening), **dates)
    elif placing.living_in(opening) >= opening.places:
        yield _("All places of this opening are taken.")
    yield from _about_the_country(after)


def _about_the_country(after):
    """Rule 12: where the programme does not let this activity go."""
    if after.project is None:
        return
    try:
        basis = basis_of(after.project)
        yield from map(str, place_problems(mobility_of(after, basis, 1), rates=basis.rates))
    except Refused as refused:  # a country or a year that the table lacks
        yield str(refused)
