"""Figures of a rate table in words."""

from django import template

from mobility.grants import figure_words
from mobility.grants.enums import Provenance

register = template.Library()


@register.filter
def of_words(figure):
    """``{{ figure|of_words }}``: 10–99 km."""
    return figure_words.of_words(figure)


@register.filter
def says(figure):
    """``{{ figure|says }}``: 28 €, green travel 56 €."""
    return figure_words.says(figure)


@register.filter
def provenance(code):
    """``{{ figure.provenance|provenance }}``: where it was read, in words."""
    return Provenance(code).label
