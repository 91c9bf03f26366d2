"""What a project report is made from."""

from collections import defaultdict
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _

from mobility.common import clock
from mobility.grants.enums import BudgetHeading
from placements.enums import PlacementStatus
from placements.models import CriterionOutcome, GrantLine, Placement
from placements.pricing import WITHOUT_PRICE, last_paid_day, paid_days
from placements.services.project_prices import step_adjustment
from reporting.figures import CriterionRow, MoneyRow, ProjectReport, Stay, mean

HOME = (PlacementStatus.RETURNED, PlacementStatus.EVALUATED, PlacementStatus.CLOSED)
WENT = (PlacementStatus.ABROAD, *HOME)


def report_of(project) -> ProjectReport:
    """The figures of a project as they stand now, with words in the active language."""
    return ProjectReport(
        office_name=project.office.name,
        code=project.code,
        call_year=project.call_year,
        start=project.starts_on,
        end=project.ends_on,
        made_on=clock.today(project.office.tz),
        stays=[_stay(placement) for placement in _placements(project).select_related(*_SHOWN)],
        given_up=_all(project).filter(status__in=WITHOUT_PRICE).count(),
        money=_money(project),
        criteria=_criteria(project),
    )


_SHOWN = ("apprentice__trade", "partner", "host_company", "grant")


def _all(project):
    """A project pays for stays of its own office."""
    return Placement.objects.filter(project=project, office=project.office_id)


def _placements(project):
    return _all(project).exclude(status__in=WITHOUT_PRICE).order_by("starts_on", "pk")


def _stay(placement):
    state = placement.get_status_display()
    grant = getattr(placement, "grant", None)
    return Stay(
        name=str(placement.apprentice),
        trade=str(placement.apprentice.trade or "–"),
        country=placement.partner.country,
        host=str(placement.host),
        start=placement.starts_on,
        end=last_paid_day(placement),
        days=paid_days(placement),
        state=state[:1].upper() + state[1:],
        went=placement.status in WENT,
        is_home=placement.status in HOME,
        grant=grant.total if grant else None,
    )


def _money(project):
    """Every heading that was awarded or used, in the order of the report. Reported: stays that are over.

    A last line keeps stays and project equal to the cent where the order of stays changed after some were closed.
    """
    awarded = dict(project.budget_lines.values_list("heading", "awarded"))
    lines = GrantLine.objects.filter(grant__placement__in=_placements(project))
    reported = _sums(lines.filter(grant__placement__status__in=HOME))
    committed = _sums(lines.exclude(grant__placement__status__in=HOME))
    nothing = Decimal(0)
    rows = [
        MoneyRow(
            heading=heading.label[:1].upper() + heading.label[1:],
            awarded=awarded.get(heading, nothing),
            reported=reported.get(heading, nothing),
            committed=committed.get(heading, nothing),
        )
        for heading in BudgetHeading
        if heading in awarded or heading in reported or heading in committed
    ]
    adjustment = step_adjustment(project)
    if adjustment:
        rows.append(MoneyRow(_("Adjustment of the step of organisational support"), nothing, adjustment, nothing))
    return rows


def _sums(lines):
    return dict(lines.order_by().values("heading").annotate(sum=Sum("amount")).values_list("heading", "sum"))


def _criteria(project):
    """Criteria of the rounds by their code: two rounds that ask the same thing make one row."""
    outcomes = (
        CriterionOutcome.objects.filter(placement__in=_placements(project), mark_at_selection__isnull=False)
        .select_related("criterion")
        .order_by("criterion__position", "criterion__round", "pk")
    )
    by_code = defaultdict(list)
    for outcome in outcomes:
        by_code[outcome.criterion.code].append(outcome)
    return [
        CriterionRow(
            name=group[0].criterion.name,
            stays=len(group),
            at_selection=mean(
                [outcome.mark_at_selection for outcome in group if outcome.mark_at_selection is not None]
            ),
            at_end=mean([Decimal(outcome.mark_at_end) for outcome in group]),
        )
        for group in by_code.values()
    ]
