"""A figure of a rate table in words: what it is of, and what it says, in the active language."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mobility.common import countries, formats
from mobility.grants.enums import ActivityType, FigureKind, ParticipantKind
from mobility.grants.rates import OUTSIDE_PROGRAMME

K = FigureKind
_NAMES = {
    "full_rate_days": gettext_lazy("days at the whole daily rate"),
    "max_travel_days_standard": gettext_lazy("travel days, at most"),
    "max_travel_days_green": gettext_lazy("travel days with green travel, at most"),
    "reduced_rate_percent": gettext_lazy("share of the daily rate on later days"),
    "expensive_travel_percent": gettext_lazy("share of expensive travel"),
    "expensive_travel_if_unit_cost_below_percent": gettext_lazy("travel is expensive where its band covers less than"),
    "visa_percent": gettext_lazy("share of visa, permit, vaccination and certificate"),
    "financial_guarantee_percent": gettext_lazy("share of a financial guarantee"),
    "inclusion_support_organisation": gettext_lazy("inclusion support for organisations, a participant"),
    "linguistic_support": gettext_lazy("linguistic support"),
    "reinforced_linguistic_support_long_term": gettext_lazy("reinforced linguistic support of a long-term stay"),
    "preparatory_visit": gettext_lazy("preparatory visit, a person"),
    "course_fee_per_day": gettext_lazy("course fee, a day"),
    OUTSIDE_PROGRAMME: gettext_lazy("any activity in a country outside the programme"),
}


def of_words(figure) -> str:
    """What the figure is of: ``10–99 km``, ``Learner, country group 2``, ``Norway``."""
    if figure.kind == K.BAND:
        return _band(figure)
    if figure.kind == K.DAILY_RATE:
        kind, _space, group = figure.of.partition(" ")
        return _("%(who)s, country group %(group)s") % {"who": capfirst(ParticipantKind(kind).label), "group": group}
    if figure.kind in (K.COUNTRY, K.COUNTRY_OUTSIDE):
        return countries.name(figure.of)
    name = _NAMES.get(figure.of)
    return capfirst(str(ActivityType(figure.of).label if name is None else name))


def says(figure) -> str:
    """The figure itself: ``28 €, green travel 56 €``, ``350 €, 200 € from participant 101 on``, ``group 2``."""
    return _SAYS[K(figure.kind)](figure)


def _band(figure):
    if figure.high is None:
        return _("from %(low)s km") % {"low": formats.number(figure.low)}
    return _("%(low)s–%(high)s km") % {"low": formats.number(figure.low), "high": formats.number(figure.high)}


def _band_amounts(figure):
    if figure.second is None:
        return formats.eur(figure.value)
    amounts = {"standard": formats.eur(figure.value), "green": formats.eur(figure.second)}
    return _("%(standard)s, green travel %(green)s") % amounts


def _daily(figure):
    if figure.low is None:
        return _("up to %(high)s a day") % {"high": formats.eur(figure.high)}
    return _("%(low)s to %(high)s a day") % {"low": formats.eur(figure.low), "high": formats.eur(figure.high)}


def _support(figure):
    if figure.low is None:
        return formats.eur(figure.value)
    return _("%(first)s, %(later)s from participant %(step)s on") % {
        "first": formats.eur(figure.value),
        "later": formats.eur(figure.value if figure.second is None else figure.second),
        "step": formats.number(figure.low),
    }


def _days(figure):
    count = int(figure.value)
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


def _group(figure):
    return _("group %(group)s") % {"group": formats.number(figure.value)}


_SAYS = {
    K.BAND: _band_amounts,
    K.DAILY_RATE: _daily,
    K.ORGANISATIONAL_SUPPORT: _support,
    K.AMOUNT: lambda figure: formats.eur(figure.value),
    K.PERCENT: lambda figure: f"{formats.number(figure.value)}{formats.NBSP}%",
    K.DAYS: _days,
    K.STAFF_RATE_FOR: lambda figure: _("daily rates of staff"),
    K.COUNTRY: _group,
    K.COUNTRY_OUTSIDE: lambda figure: _("%(group)s, outside the programme") % {"group": _group(figure)},
}
