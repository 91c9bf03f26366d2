"""How the state of a stay looks, on pages and in lists."""

from django import template
from django.utils.text import capfirst

from mobility.common.templatetags.utferd import pill
from placements.enums import PlacementStatus as S

register = template.Library()

# state -> (kind of pill, icon)
LOOKS = {
    S.PROPOSED: ("wait", "send"),
    S.HOST_FOUND: ("news", "home"),
    S.REFUSED: ("stop", "x-circle"),
    S.CONFIRMED: ("ok", "check"),
    S.READY: ("ok", "check-circle"),
    S.ABROAD: ("brand", "plane"),
    S.RETURNED: ("quiet", "home"),
    S.EVALUATED: ("quiet", "star"),
    S.CLOSED: ("quiet", "check-circle"),
    S.CANCELLED: ("stop", "x-circle"),
}


@register.simple_tag
def status_pill(placement):
    """The office's name of the state, with its colour and icon."""
    kind, icon = LOOKS[placement.status]
    return pill(kind, icon, capfirst(placement.get_status_display()))
