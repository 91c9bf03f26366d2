"""Codes of the programme. Source: Programme Guide 2026, VET; the labels are ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityType(models.TextChoices):
    """What a participant goes abroad for. The duration limits are in days."""

    SHORT_TERM_LEARNER = "short_term_learner", _("short-term learning mobility")
    LONG_TERM_LEARNER = "long_term_learner", _("long-term learning mobility (ErasmusPro)")


class ParticipantKind(models.TextChoices):
    """Whose daily rates apply."""

    VET_LEARNER = "vet_learner", _("learner")
    STAFF = "staff", _("staff")


class BudgetHeading(models.TextChoices):
    """The headings of a grant agreement and of its report, in the order of the report."""

    INDIVIDUAL_SUPPORT = "individual_support", _("individual support")
    TRAVEL = "travel", _("travel support")
    ORGANISATIONAL_SUPPORT = "organisational_support", _("organisational support")
    LINGUISTIC_SUPPORT = "linguistic_support", _("linguistic support")
    INCLUSION_ORGANISATION = "inclusion_support_organisation", _("inclusion support for organisations")
    INCLUSION_PARTICIPANTS = "inclusion_support_participants", _("inclusion support for participants")
    PREPARATORY_VISITS = "preparatory_visits", _("preparatory visits")
    COURSE_FEES = "course_fees", _("course fees")
    EXCEPTIONAL_COSTS = "exceptional_costs", _("exceptional costs")
