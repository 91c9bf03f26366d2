"""What makes the money pages live: an own rate table in use, real costs that count and that wait."""

import io
from decimal import Decimal

from PIL import Image, ImageDraw

from mobility.common.uploads import Checked
from mobility.grants.enums import FigureKind
from mobility.grants.figures import Figure, figures_of
from mobility.grants.models import Project
from mobility.grants.rates import rate_table
from mobility.grants.services.rates import change_figure, import_table
from placements.enums import PlacementStatus
from placements.models import Placement
from placements.services.costs import approve_cost, enter_cost
from placements.services.project_prices import price_open_placements
from reporting.demo.home import INTSEK
from reporting.demo.source import Demo

COSTS = (("entry", "Visum", Decimal(80), True), ("entry", "Vaksine mot hepatitt", Decimal("64.50"), False))


def load(demo: Demo) -> None:
    office, by = demo[INTSEK], demo["user:staff-01"]
    projects = Project.objects.filter(office=office).order_by("starts_on")
    project = projects.filter(placements__status=PlacementStatus.ABROAD).distinct().last() or projects.last()
    if project is None:
        return
    year = project.call_year
    copy = import_table(
        office=office,
        call_year=year,
        figures=_with_shares(figures_of(rate_table(year))),
        name=f"Tilskotsavtalen {year}",
        source="Vedlegg 3 til avtalen",
        by=by,
    )
    language = copy.figures.get(kind="amount", of="linguistic_support")
    change_figure(figure=language, by=by, provenance="agency")
    project.rate_copy = copy
    project.save(update_fields=["rate_copy"])
    price_open_placements(project=project)
    abroad = Placement.objects.filter(project=project, status=PlacementStatus.ABROAD).order_by("pk")[: len(COSTS)]
    for stay, (kind, what_for, amount, is_approved) in zip(abroad, COSTS, strict=False):
        cost = enter_cost(
            placement=stay, kind=kind, what_for=what_for, amount=amount, evidence=_receipt(what_for, amount), by=by
        )
        if is_approved:
            approve_cost(cost=cost, by=by)


def _with_shares(figures):
    """The shipped tables of older years lack the shares of real costs; the office has them from its agreement."""
    there = {figure.of for figure in figures if figure.kind == FigureKind.PERCENT}
    shares = {"visa_percent": Decimal(100), "financial_guarantee_percent": Decimal(80)}
    lacking = [(of, percent) for of, percent in shares.items() if of not in there]
    return figures + [Figure(FigureKind.PERCENT, of, value=percent, provenance="agency") for of, percent in lacking]


def _receipt(what_for, amount):
    """A picture of an invented receipt."""
    picture = Image.new("RGB", (480, 240), "white")
    ImageDraw.Draw(picture).text((24, 40), f"{what_for}: {amount} EUR", fill="black")
    content = io.BytesIO()
    picture.save(content, "PNG")
    return Checked(content.getvalue(), "image/png", "kvittering.png")
