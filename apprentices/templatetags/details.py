"""Words of the second stage: states of sections, kinds, roles."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apprentices.enums import ProtectedKind
from mobility.accounts.enums import Role
from mobility.common.templatetags.utferd import pill

register = template.Library()


@register.simple_tag
def section_pill(state):
    """The state of a section: empty, begun, complete, unreadable."""
    return {
        "complete": lambda: pill("ok", "check", pgettext("section", "complete")),
        "begun": lambda: pill("wait", "clock", pgettext("section", "begun")),
        "empty": lambda: pill("quiet", "circle", pgettext("section", "empty")),
        "unreadable": lambda: pill("stop", "alert", _("cannot be read now")),
    }[state]()


@register.simple_tag
def protected_name(kind):
    return ProtectedKind(kind).label


@register.simple_tag
def role_name(role):
    return Role(role).label if role in Role.values else role
