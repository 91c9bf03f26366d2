"""An office's own rate tables: copied, imported whole, changed figure by figure. Projects that use one are priced anew."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from mobility.accounts.models import Office
from mobility.common import clock, jobs
from mobility.common.errors import Refused
from mobility.common.history import sign
from mobility.common.workflow import lock
from mobility.grants.figures import NUMBERS, Figure, figures_of, table_of
from mobility.grants.models import Project, RateCopy, RateFigure
from mobility.grants.rates import RateTable
from mobility.grants.selectors import as_figures

TASK = "placements.price_project"  # by name: the stays live two floors up


@transaction.atomic
def copy_table(*, office, table: RateTable, name, source, by) -> RateCopy:
    """Make an own copy of a table, whose figures can be changed. The same copy asked for twice is made once.

    Raises Refused when another table has that name.
    """
    return _keep(office, table.call_year, figures_of(table), name=name, source=source, made_from=table.version, by=by)


@transaction.atomic
def import_table(*, office, call_year, figures: Sequence[Figure], name, source, by) -> RateCopy:
    """Keep a table that was read from a sheet, whole or not at all.

    Raises BadFigures (each problem with its row) or Refused (the name is taken by another table).
    """
    return _keep(office, call_year, figures, name=name, source=source, made_from="", by=by)


@transaction.atomic
def change_figure(*, figure: RateFigure, by, **facts) -> RateFigure:
    """Set low, high, value, second or provenance of one figure. The table must stay whole; its version changes.

    The open stays of the projects that use the table are priced anew by a job; closed cases keep their price. Raises
    BadFigures, and then nothing is kept.
    """
    copy = lock(figure.copy)
    figure = RateFigure.objects.get(pk=figure.pk)
    for name, value in facts.items():
        setattr(figure, name, value)
    rows = [figure if row.pk == figure.pk else row for row in copy.figures.order_by("position")]
    copy.version = table_of(copy.call_year, as_figures(rows)).version
    sign(figure, by)
    figure.save(update_fields=[*facts])
    sign(copy, by)
    copy.save(update_fields=["version"])
    for project in copy.projects.all():
        price_later(project=project)
    return figure


@transaction.atomic
def price_later(*, project: Project) -> None:
    """Have the project's open stays priced anew, after this transaction: a table, a daily rate or the choice changed."""
    Project.objects.filter(pk=project.pk).update(is_price_due=True)  # no edit of the project: no history
    jobs.wake(TASK, project.pk)


def _keep(office, call_year, figures, *, name, source, made_from, by):
    table = table_of(call_year, figures)
    lock(Office.objects.get(pk=office.pk))  # of two at once, the second finds the first one's table
    there = RateCopy.objects.filter(office=office, name=name).first()
    if there is not None:
        if (there.version, there.source) == (table.version, source):
            return there
        raise Refused(_("There is a table of this name already."))
    copy = RateCopy(
        office=office,
        name=name,
        call_year=call_year,
        source=source,
        made_from=made_from,
        version=table.version,
        created_at=clock.now(),
        created_by=by,
    )
    sign(copy, by)
    copy.save()
    rows = [
        RateFigure(
            copy=copy,
            position=position,
            kind=figure.kind,
            of=figure.of,
            provenance=figure.provenance,
            **{column: getattr(figure, column) for column in NUMBERS},
        )
        for position, figure in enumerate(figures, start=1)
    ]
    bulk_create_with_history(rows, RateFigure, default_user=by)
    return copy
