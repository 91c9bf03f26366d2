"""Tags and filters of every template (a builtin library: no ``{% load %}``). All markup goes through format_html."""

import math
from functools import cache
from itertools import chain

from django import template
from django.forms import BaseForm
from django.forms.formsets import BaseFormSet
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mobility.common import clock as the_clock
from mobility.common import countries, form_errors, formats, languages

register = template.Library()

# who -> (modifier, icon, words)
ACTORS = {
    "me": ("u-turn--you", "dot", _("Your turn")),
    "office": ("u-turn--us", "building", _("The office")),
    "partner": ("", "globe", _("The partner")),
    "employer": ("", "case", _("The employer")),
    "training_manager": ("", "case", _("The training manager")),
    "training_office": ("", "users", _("The training office")),
    "apprentice": ("", "user", _("The apprentice")),
    "guardian": ("", "users", _("The guardian")),
    "host": ("", "home", _("The host company")),
    "reviewer": ("", "star", _("The reviewers")),
    "head": ("", "user", _("The head")),
    "instructor": ("", "user", _("The instructor")),
    "nobody": ("", "check", pgettext_lazy("whose turn", "Nobody")),
}
LATE_AFTER = 14  # days (DESIGN: a turn older than this is marked)


@register.simple_tag
@cache  # few icons, many rows
def i(name, cls=""):
    """Decorative icon of icons.svg: the word beside it carries the meaning."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f"u-i {cls}".strip(),
        static("u/img/icons.svg"),
        name,
    )


@register.simple_tag
def pill(kind, icon, word):
    """``{% pill "ok" "check" word %}``; kinds: ok you stop wait news brand quiet."""
    return format_html('<span class="u-pill u-pill--{}">{}{}</span>', kind, i(icon), word)


@register.simple_tag
def turn(who, days=None, mine=False):
    """Whose turn, and for how many days: ``{% turn case.turn case.turn_days %}``.

    ``mine=True`` says "Your turn" to the reader. ``days`` may be a number or words; more than 14 days are marked late.
    """
    modifier, icon, words = ACTORS["me" if mine else who]
    counted = isinstance(days, int)
    late = counted and days > LATE_AFTER
    told = days_in_words(days) if counted else days or ""
    return format_html(
        '<span class="{}">{}<span>{}</span>{}</span>',
        " ".join(part for part in ("u-turn", modifier, "u-turn--late" if late else "") if part),
        i(icon),
        words,
        format_html(' <span class="u-turn__days">{}</span>', told) if told else "",
    )


@register.simple_tag
def actor(who):
    """``{% actor "employer" %}``: The employer."""
    return ACTORS[who][2]


@register.simple_tag(name="days")
def days_in_words(count):
    """``{% days 3 %}``: 3 days."""
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


@register.simple_tag
def bar(*parts):
    """``{% bar "c1" 54 "c2" 28 %}``: a stacked bar, widths in percent; the figures also stand in words beside it."""
    rects, x = [], 0
    for series, width in zip(parts[::2], parts[1::2], strict=True):
        rects.append((series, x, width))
        x += width
    inner = format_html_join("", '<rect class="u-{}" x="{}%" width="{}%" height="100%"/>', rects)
    return format_html('<svg class="u-bar" aria-hidden="true">{}</svg>', inner)


@register.simple_tag
def ring(done, total, label=""):
    """``{% ring 6 9 %}``: the ready light. Without a label it says "6 of 9 ready"."""
    around = 2 * math.pi * 44
    share = done / total if total else 0
    return format_html(
        '<svg class="u-ring" viewBox="0 0 100 100" role="img" aria-label="{}">'
        '<circle class="bg" cx="50" cy="50" r="44"/>'
        '<circle class="fg" cx="50" cy="50" r="44" stroke-dasharray="{} {}" transform="rotate(-90 50 50)"/>'
        '<text x="50" y="58">{}/{}</text></svg>',
        label or gettext("%(done)s of %(total)s ready") % {"done": done, "total": total},
        f"{around * share:.1f}",
        f"{around:.1f}",
        done,
        total,
    )


@register.simple_tag
def initials(name):
    """``Kari Haugseth`` -> ``KH``, for the round avatar; beside it stands the name itself."""
    words = str(name).split()
    return (words[0][:1] + words[-1][:1] if len(words) > 1 else str(name)[:2]).upper()


@register.simple_tag
def error_list(*forms):
    """Problems of forms, formsets or lists of them, as (``#id`` or "", words). Asked by components/errors.html."""
    return list(chain.from_iterable(form_errors.problems(form) for form in _flat(forms)))


def _flat(forms):
    for form in forms:
        if isinstance(form, BaseForm | BaseFormSet):
            yield form
        elif isinstance(form, list | tuple):
            yield from _flat(form)
        elif form:  # the admin wraps them: AdminForm has the form, InlineAdminFormSet the formset
            yield getattr(form, "formset", None) or form.form


@register.filter
def day(value, form="long"):
    """``{{ round.departs_on|day }}``: weekday, day, month, year. Forms: long, plain, short, near."""
    return formats.day(value, form)


@register.filter
def clock(value):
    """``{{ visit.starts_at|clock }}``: 23:59."""
    return formats.clock(value)


@register.filter
def moment(value, form="long"):
    """``{{ round.closes_at|moment }}``: day, clock and zone in words."""
    return formats.moment(value, form)


@register.filter
def eur(value, decimals=None):
    """``{{ grant.total|eur }}``: 12 300 €."""
    return formats.eur(value, decimals)


@register.filter
def eur_change(value):
    """``{{ difference|eur_change }}``: + 150 €, − 150 €, or the words for none."""
    if not value:
        return gettext("no change")
    return f"{'+' if value > 0 else '−'} {formats.eur(abs(value))}"


@register.filter
def number(value, decimals=None):
    """``{{ grant.distance_km|number }}``: 2 200."""
    return formats.number(value, decimals)


@register.filter
def country(code):
    """``{{ partner.country|country }}``: the name in the reader's language."""
    return countries.name(str(code)) if code else ""


@register.filter
def language(code):
    """``{{ skill.language|language }}``: the name in the reader's language."""
    return languages.name(str(code)) if code else ""


@register.filter
def any_has(rows, key):
    """``{% if effects|any_has:"follows" %}``: whether at least one of the dicts says something under ``key``."""
    return any(row.get(key) for row in rows)


@register.filter
def days_since(value):
    """``{% turn "partner" placement.status_since|days_since %}``: whole days from an instant until now."""
    return (the_clock.now() - value).days if value else None


@register.filter
def phone(value):
    """``{{ office.phone|phone }}``: +47 99 99 00 01. The link of a number takes the number itself: ``tel:{{ … }}``."""
    return formats.phone(value)
