"""The rate tables: the shipped ones to read, the office's own to copy, import and change."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mobility.common.admin import edits_of
from mobility.common.errors import NotReady, Refused
from mobility.common.exports import csv_response
from mobility.common.office_page import confirm_page, office_context
from mobility.grants import figure_sheets
from mobility.grants.enums import Provenance
from mobility.grants.figure_words import of_words, says
from mobility.grants.figures import figures_of, table_of
from mobility.grants.forms.rates import CopyForm, FigureForm, ImportForm
from mobility.grants.models import RateCopy, RateFigure
from mobility.grants.rates import MissingRate, rate_table
from mobility.grants.selectors import changes_of, sections_of, stored_figures, tables_for
from mobility.grants.services import rates as services


@require_safe
def rates(request):
    """Every table by call year: how far it can be trusted, and which projects are priced by it."""
    _require(request, "grants.view_ratecopy")
    context = office_context(
        request,
        title=_("Rate tables"),
        lead=_("What the programme pays, by call year. A figure that a table lacks is an error, never 0."),
        rows=tables_for(request.user),
        origins=Provenance.values,
        may_change=request.user.has_perm("grants.change_ratecopy"),
    )
    return render(request, "grants/rates.html", context)


@require_safe
def rate_table_page(request, year):
    """A table that comes with Utferd, to be read."""
    _require(request, "grants.view_ratecopy")
    table = _shipped(year)
    context = office_context(
        request,
        title=_("Rate table of call year %(year)s") % {"year": year},
        eyebrow=_("Comes with Utferd, is never changed"),
        table=table,
        sections=sections_of(figures_of(table)),
        copy=None,
        may_change=request.user.has_perm("grants.change_ratecopy"),
    )
    return render(request, "grants/rate_table.html", context)


@require_safe
def rate_copy(request, pk):
    """An own table: its figures with a way to change each, and who changed what."""
    copy = _copy(request, pk, "grants.view_ratecopy")
    rows = list(copy.figures.order_by("position"))
    context = office_context(
        request,
        title=copy.name,
        eyebrow=_("Own rate table, call year %(year)s") % {"year": copy.call_year},
        table=table_of(copy.call_year, stored_figures(copy.pk)),
        sections=sections_of(rows),
        copy=copy,
        changes=changes_of(copy),
        may_change=request.user.has_perm("grants.change_ratecopy", copy),
    )
    return render(request, "grants/rate_table.html", context)


@require_http_methods(["GET", "POST"])
def copy_rates(request, year):
    """Make an own copy of a shipped table."""
    _require(request, "grants.change_ratecopy")
    table = _shipped(year)
    form = CopyForm(request.POST or None, initial={"name": _("Own table %(year)s") % {"year": year}})
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        copy = _try(
            form,
            lambda: services.copy_table(office=request.user.working_office, table=table, by=request.user, **facts),
        )
        if copy:
            messages.success(request, _("Your table is made. Choose it in the project that it is for."))
            return redirect(copy)
    return confirm_page(
        request,
        title=_("Copy the rate table of call year %(year)s?") % {"year": year},
        lead=_("The figures of your copy can be changed; every change is kept. A closed case keeps its price."),
        submit=_("Make the copy"),
        back_url=reverse("grants:rate_table", args=[year]),
        form=form,
    )


@require_http_methods(["GET", "POST"])
def import_rates(request):
    """Look through a sheet first; what is wrong refuses the whole table, with the row."""
    _require(request, "grants.change_ratecopy")
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        table = _try(form, lambda: table_of(data["call_year"], data["figures"]))
        if table and "confirm" not in request.POST:
            return _show_import(request, data, table)
        copy = table and _try(
            form,
            lambda: services.import_table(
                office=request.user.working_office,
                by=request.user,
                **{name: data[name] for name in ("call_year", "figures", "name", "source")},
            ),
        )
        if copy:
            messages.success(request, _("Your table is made. Choose it in the project that it is for."))
            return redirect(copy)
    context = office_context(
        request,
        title=_("Import a rate table"),
        lead=_("First you see what was read. A table with one wrong row is refused as a whole, with the row."),
        form=form,
    )
    return render(request, "grants/import_rates.html", context)


@require_http_methods(["GET", "POST"])
def rate_figure(request, pk):
    """Change one figure of an own table; what it said before stays readable."""
    copies = RateCopy.objects.visible_to(request.user)
    figure = get_object_or_404(RateFigure.objects.filter(copy__in=copies).select_related("copy"), pk=pk)
    _require(request, "grants.change_ratecopy", figure.copy)
    before, of = says(figure), of_words(figure)
    form = FigureForm(request.POST or None, instance=figure)
    if request.method == "POST" and form.is_valid():
        facts = form.facts
        if _try(form, lambda: services.change_figure(figure=figure, by=request.user, **facts)):
            messages.success(request, _("The figure is changed. Open stays of its projects are priced anew."))
            return redirect(figure.copy)
    context = office_context(
        request,
        title=of,
        eyebrow=f"{figure.copy.name} · {figure.get_kind_display()}",
        form=form,
        figure=figure,
        before=before,
        edits=edits_of(figure),
    )
    return render(request, "grants/rate_figure.html", context)


@require_safe
def rate_table_sheet(request, year):
    """A shipped table as CSV."""
    _require(request, "grants.view_ratecopy")
    return _sheet(f"rates-{year}.csv", figures_of(_shipped(year)))


@require_safe
def rate_copy_sheet(request, pk):
    """An own table as CSV."""
    copy = _copy(request, pk, "grants.view_ratecopy")
    return _sheet(f"rates-{copy.call_year}-{copy.pk}.csv", stored_figures(copy.pk))


def _show_import(request, data, table):
    kept = {name: data[name] for name in ("call_year", "name", "source", "content")}
    effects = [
        {"what": heading, "now": "", "after": str(len(figures)), "follows": "; ".join(says(f) for f in figures[:3])}
        for heading, figures in sections_of(data["figures"])
    ]
    return confirm_page(
        request,
        title=_("Import the table “%(name)s”?") % {"name": data["name"]},
        eyebrow=_("Call year %(year)s, version %(version)s") % {"year": data["call_year"], "version": table.version},
        submit=_("Import the table"),
        back_url=reverse("grants:rates"),
        effects=effects,
        hidden=[*kept.items(), ("confirm", 1)],
    )


def _try(form, act):
    """Run one act; what it refuses stands in the form."""
    try:
        return act()
    except NotReady as refused:
        for sentence in refused.missing:
            form.add_error(None, sentence)
    except Refused as refused:
        form.add_error("name" if "name" in form.fields else None, str(refused))
    return None


def _sheet(name, figures):
    return csv_response(name, figure_sheets.COLUMNS, figure_sheets.rows_of(figures))


def _shipped(year):
    try:
        return rate_table(year)
    except MissingRate as missing:
        raise Http404 from missing


def _copy(request, pk, permission):
    copy = get_object_or_404(RateCopy.objects.visible_to(request.user), pk=pk)
    _require(request, permission, copy)
    return copy


def _require(request, permission, obj=None):
    if not request.user.has_perm(permission, obj):
        raise PermissionDenied
