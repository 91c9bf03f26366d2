"""Mails about a stay whose dates or host have changed."""

from placements.enums import PlacementStatus
from placements.notifications.placing import page, queue, to_apprentice, to_employer, to_partner

TOLD = (PlacementStatus.CONFIRMED, PlacementStatus.READY, PlacementStatus.ABROAD)
"""States in which apprentice and employer know of the stay."""


def tell_changed(before, after):
    """``before`` is the stay as it was. Who knew of it hears what is different; the partner it leaves hears that, too."""
    moves = before.partner_id != after.partner_id
    for to in to_partner(before.partner):
        if moves:
            queue(after, "left_partner", to, before=before)
        else:
            _tell(before, after, to, page("placements:candidate", after.pk))
    if moves and after.status != PlacementStatus.PROPOSED:  # already abroad: the new one is told, not asked
        for to in to_partner(after.partner):
            _tell(before, after, to, page("placements:candidate", after.pk))
    if before.status in TOLD:
        _tell(before, after, to_apprentice(after.apprentice), page("placements:my_stay", after.pk))
        for to in to_employer(after):
            _tell(before, after, to)


def _tell(before, after, to, url=""):
    """``is_open``: another partner has still to say yes, so that the host is not told yet."""
    is_open = after.status == PlacementStatus.PROPOSED and before.partner_id != after.partner_id
    queue(after, "changed", to, before=before, url=url, is_open=is_open)


def told_of(effect) -> list[tuple[str, str]]:
    """(kind, name) of whom ``tell_changed`` mails, for the page that shows it before."""
    before, after = effect.before, effect.after
    found = [("left" if effect.moves_partner else "changed", before.partner.name)]
    if effect.moves_partner:
        found.append(("proposed" if after.status == PlacementStatus.PROPOSED else "changed", after.partner.name))
    if before.status in TOLD:
        found.append(("changed", after.apprentice.full_name))
        found += [("changed", to.name) for to in to_employer(after)]
    return found
