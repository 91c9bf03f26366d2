"""A project held against its limits, and its organisational support added up."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext as _

from mobility.common import formats
from mobility.common.errors import Refused
from mobility.grants.arithmetic import base_rate_problem
from mobility.grants.caps import OK, OVER, Check, ProjectFacts, checks_of
from mobility.grants.enums import BudgetHeading as H
from mobility.grants.selectors import rates_of
from placements.models import GrantLine, Placement
from placements.pricing import WITHOUT_PRICE
from placements.services.project_prices import step_adjustment


@dataclass(frozen=True)
class Support:
    """Organisational support of a project (EUR): what the stays carry, and what closed ones no longer carry."""

    shares: Decimal
    adjustment: Decimal

    @property
    def total(self) -> Decimal:
        return self.shares + self.adjustment


def checks_of_project(project) -> list[Check]:
    """Limits of the programme first, then what is wrong with the project's own rows."""
    return [*checks_of(facts_of(project)), *_own_rows(project)]


def support_of(project) -> Support:
    lines = GrantLine.objects.filter(grant__placement__in=_stays(project), heading=H.ORGANISATIONAL_SUPPORT)
    return Support(lines.aggregate(sum=Sum("amount"))["sum"] or Decimal(0), step_adjustment(project))


def facts_of(project) -> ProjectFacts:
    """Raises MissingRate for a call year without a table."""
    stays, outside = _stays(project), sorted(rates_of(project).third_countries)
    lines = GrantLine.objects.filter(grant__placement__in=stays)
    there = lines.filter(grant__placement__partner__country__in=outside).exclude(
        Q(heading=H.INCLUSION_PARTICIPANTS) | Q(facts__rule="expensive_travel")
    )
    counted = stays.aggregate(
        all=Count("pk"),
        outside=Count("pk", filter=Q(partner__country__in=outside)),
        members=Count("apprentice__member", distinct=True),
    )
    return ProjectFacts(
        is_accredited=project.is_accredited,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        awarded=project.awarded,
        awarded_for=defaultdict(Decimal, project.budget_lines.values_list("heading", "awarded")),
        participants=counted["all"],
        outside=there.aggregate(sum=Sum("amount"))["sum"] or Decimal(0),
        stays_outside=counted["outside"],
        members_sending=counted["members"],
        course_fees=lines.filter(heading=H.COURSE_FEES).aggregate(sum=Sum("amount"))["sum"] or Decimal(0),
    )


def _stays(project):
    return Placement.objects.filter(project=project, office=project.office_id).exclude(status__in=WITHOUT_PRICE)


def _own_rows(project):
    stays = _stays(project)
    inside = Q(starts_on__gte=F("project__starts_on")) & (Q(ends_on=None) | Q(ends_on__lte=F("project__ends_on")))
    dates = f"{formats.day(project.starts_on, 'short')} – {formats.day(project.ends_on, 'short')}"
    source = _("Programme Guide, VET, eligibility of a mobility")
    yield _none_of(_("Stays outside the dates of the project"), stays.exclude(inside).count(), dates, source)
    wrong = list(_wrong_rates(project))
    title = _("Daily rates outside the range of the Guide")
    words = " ".join(wrong) if wrong else _("None.")
    yield Check(title, str(len(wrong)), "0", OVER if wrong else OK, words, _("Programme Guide, individual support"))
    title = _("Stays without a price")
    yield _none_of(title, stays.filter(grant=None).count(), _("Their grant is missing from every sum."), _("Utferd"))
    title = _("Stays priced with a figure that nobody has read")
    recalled = stays.filter(grant__lines__facts__provenance="recalled").distinct().count()
    yield _none_of(title, recalled, _("See where each figure of the rate table was read."), _("Utferd"))


def _none_of(title, count, words, source):
    return Check(title, str(count), "0", OVER if count else OK, words, source)


def _wrong_rates(project):
    try:
        rates = rates_of(project)
        for rate in project.base_rates.all():
            problem = base_rate_problem(rate.eur_per_day, rate.participant_kind, rate.country_group, rates=rates)
            if problem:
                yield str(problem)
    except Refused as refused:
        yield str(refused)
