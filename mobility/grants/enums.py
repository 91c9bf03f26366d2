"""Codes of the programme. Source: Programme Guide 2026, VET; the labels are ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActivityType(models.TextChoices):
    """What a participant goes abroad for. What each is paid and how long it lasts: :mod:`mobility.grants.activities`."""

    SHORT_TERM_LEARNER = "short_term_learner", _("short-term learning mobility")
    LONG_TERM_LEARNER = "long_term_learner", _("long-term learning mobility (ErasmusPro)")
    GROUP_MOBILITY = "group_mobility", _("group mobility of learners")
    SKILLS_COMPETITION = "skills_competition", _("skills competition")
    JOB_SHADOWING = "job_shadowing", _("job shadowing")
    TEACHING_OR_TRAINING = "teaching_or_training", _("teaching or training assignment")
    COURSES_AND_TRAINING = "courses_and_training", _("course or training")
    INVITED_EXPERT = "invited_expert", _("invited expert")
    HOSTED_TEACHER = "hosted_teacher", _("hosted teacher or educator in training")
    PREPARATORY_VISIT = "preparatory_visit", _("preparatory visit")
    ADU_SHORT_TERM = "adu_short_term", _("short-term learning mobility of adults")
    ADU_LONG_TERM = "adu_long_term", _("long-term learning mobility of adults")
    ADU_GROUP = "adu_group", _("group mobility of adult learners")


class ParticipantKind(models.TextChoices):
    """Whose daily rates apply."""

    VET_LEARNER = "vet_learner", _("learner")
    STAFF = "staff", _("staff")


class Provenance(models.TextChoices):
    """How far a figure can be trusted."""

    GUIDE = "guide", _("read in the Programme Guide of that year")
    AGENCY = "agency", _("read on pages of national agencies, not in the Guide")
    RECALLED = "recalled", _("not verified: check it against your grant agreement")


class FigureKind(models.TextChoices):
    """What a figure of a rate table says; the columns that each uses: :mod:`mobility.grants.figures`."""

    BAND = "band", _("travel support by distance")
    DAILY_RATE = "daily_rate", _("range of the daily rate")
    ORGANISATIONAL_SUPPORT = "organisational_support", _("organisational support")
    AMOUNT = "amount", _("fixed sum")
    PERCENT = "percent", _("percentage")
    DAYS = "days", _("number of days")
    STAFF_RATE_FOR = "staff_rate_for", _("paid at the daily rates of staff")
    COUNTRY = "country", _("country group")
    COUNTRY_OUTSIDE = "country_outside", _("country group, outside the programme")


class RealCostKind(models.TextChoices):
    """What is paid by what it really cost, with evidence (rules 9 and 11)."""

    INCLUSION = "inclusion", _("extra cost of a participant with fewer opportunities")
    EXPENSIVE_TRAVEL = "expensive_travel", _("expensive travel")
    ENTRY = "entry", _("visa, residence permit, vaccination or medical certificate")
    GUARANTEE = "guarantee", _("financial guarantee")


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
