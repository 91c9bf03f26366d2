"""Returns for completion on the office's pages."""

from django import template
from django.utils.translation import gettext as _

from apprentices.selectors.completion import changes_of, is_late
from mobility.common import clock
from mobility.common.templatetags.utferd import pill

register = template.Library()


@register.filter
def changes(asked):
    """Before and after of every named field."""
    return changes_of(asked)


@register.simple_tag
def completion_pill(asked):
    """Where the request stands: waiting, late, answered, or closed by the office."""
    if asked.answered_at is None:
        if is_late(asked, clock.today(asked.application.office.tz)):
            return pill("stop", "clock", _("late"))
        return pill("wait", "clock", _("waiting for the applicant"))
    if asked.closed_by_id:
        return pill("quiet", "x", _("closed without an answer"))
    return pill("ok", "check", _("completed"))
