"""What the rules say of a draft, on the check page of the form."""

from django import template

from apprentices.selectors.eligibility import BLOCK, WARN
from apprentices.selectors.eligibility_facts import findings_of
from apprentices.selectors.eligibility_words import lines

register = template.Library()

WORTH_READING = {"guardian_consents"}


@register.simple_tag
def draft_eligibility(application):
    """Lines worth reading before one sends: what blocks, what warns, and that a guardian consents. One query."""
    found = findings_of(application)
    return lines([each for each in found if each.level in {BLOCK, WARN} or each.code in WORTH_READING])
