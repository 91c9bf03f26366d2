"""Importing contracts of the county's register: upload, report per row, decisions, import."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from apprentices.enums import ImportState, RowOutcome
from apprentices.forms.contract_imports import UploadContractsForm, decided
from apprentices.models import ContractImport
from apprentices.selectors.contract_imports import left_out, rows_in_the_way
from apprentices.selectors.import_rows import columns_with_differences, report_lines, rows_for_page
from apprentices.services import contract_imports
from mobility.common.errors import Refused
from mobility.common.exports import csv_response
from mobility.common.office_page import attempt, confirm_page, office_context

PER_PAGE = 50
LISTED = 50  # imports on the front page


@require_http_methods(["GET", "POST"])
def imports(request):
    """The lists that were uploaded, and the way to upload one."""
    _require(request)
    office = request.user.working_office
    form = UploadContractsForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content, name = form.cleaned_data["file"]
        approved_on = form.cleaned_data["approved_on"]
        try:
            found = contract_imports.check_contracts(
                office=office, content=content, name=name, approved_on=approved_on, by=request.user
            )
        except (ValidationError, Refused) as error:
            form.add_error("file", error if isinstance(error, ValidationError) else str(error))
        else:
            return redirect(found)
    listed = ContractImport.objects.visible_to(request.user).without_report().select_related("file", "by")[:LISTED]
    context = office_context(
        request,
        title=_("Contracts from the county's register"),
        eyebrow=office.name,
        form=form,
        imports=[(each, sum(each.counts.values())) for each in listed],
    )
    return render(request, "apprentices/imports/list.html", context)


@require_safe
def contract_import(request, pk):
    """The report, fifty rows a page, filtered by what importing a row does; nothing is changed here."""
    found = _import(request, pk)
    shown = request.GET.get("show", "")
    report = [entry for entry in found.report if not shown or entry["outcome"] == shown]
    page = Paginator(report, PER_PAGE).get_page(request.GET.get("page"))
    context = office_context(
        request,
        title=_("List %(name)s") % {"name": found.file},
        eyebrow=_("Contracts from the county's register"),
        found=found,
        page=page,
        rows=rows_for_page(page.object_list, found.decisions),
        outcomes=[(o, found.counts[o.value]) for o in RowOutcome if found.counts.get(o.value)],
        shown=shown,
        columns=columns_with_differences(found.report, found.decisions),
        in_the_way=len(rows_in_the_way(found.report, found.decisions)),
        left_out=len(left_out(found.decisions)),
        is_open=found.state == ImportState.CHECKED,
    )
    return render(request, "apprentices/imports/report.html", context)


@require_POST
def decide_contract_rows(request, pk):
    """Keep what one page of rows decides, or a decision about a whole column, or leave all errors out."""
    found = _import(request, pk)
    if "take_column" in request.POST or "keep_column" in request.POST:
        taken = "take_column" in request.POST
        column = request.POST["take_column" if taken else "keep_column"]
        attempt(
            request,
            lambda: contract_imports.take_column(contract_import=found, by=request.user, column=column, taken=taken),
        )
    elif "leave_out_errors" in request.POST:
        done = _("Every row with an error is left out.")
        attempt(request, lambda: contract_imports.leave_out_errors(contract_import=found, by=request.user), done=done)
    else:
        choices = decided(request.POST, found.report)
        done = _("Your choices are saved. Nothing is imported yet.")
        attempt(
            request,
            lambda: contract_imports.decide_rows(contract_import=found, by=request.user, **choices),
            done=done,
        )
    return redirect(f"{found.get_absolute_url()}?{request.GET.urlencode()}".rstrip("?"))


@require_http_methods(["GET", "POST"])
def apply_contract_import(request, pk):
    """Say what the import does in all, then do it."""
    found = _import(request, pk)
    if request.method == "POST":
        done = _("The list is imported.")
        attempt(request, lambda: contract_imports.apply_import(contract_import=found, by=request.user), done=done)
        return redirect(found)
    if rows_in_the_way(found.report, found.decisions):
        messages.error(request, _("Some rows have errors or are to be decided. Leave them out, or decide."))
        return redirect(found)
    return confirm_page(
        request,
        title=_("Import the list %(name)s") % {"name": found.file},
        eyebrow=found.office.name,
        submit=_("Import the list"),
        back_url=found.get_absolute_url(),
        effects=_effects(found),
    )


def _effects(found):
    """What the import does, kind by kind; rows that are left out are not counted."""
    out = left_out(found.decisions)
    follows = {
        RowOutcome.NEW_PERSON: _("A new person with a contract."),
        RowOutcome.NEW_CONTRACT: _("A person who is here already gets this contract."),
        RowOutcome.CHANGED: _("Only what you have ticked is taken over; the history keeps what was there."),
        RowOutcome.UNCHANGED: _("Nothing happens."),
        RowOutcome.REPEATED: _("Nothing happens."),
    }
    effects = []
    for outcome, words in follows.items():
        rows = [e for e in found.report if e["outcome"] == outcome and e["number"] not in out]
        if rows:
            effects.append({"what": outcome.label, "now": "", "after": str(len(rows)), "follows": words})
    if out:
        effects.append({"what": _("left out"), "now": "", "after": str(len(out)), "follows": _("Nothing happens.")})
    return effects


@require_http_methods(["GET", "POST"])
def discard_contract_import(request, pk):
    """Give up a list: its file and its report are deleted."""
    found = _import(request, pk)
    if request.method == "POST":
        done = _("The list is deleted. Nothing of it was imported.")
        attempt(request, lambda: contract_imports.discard_import(contract_import=found, by=request.user), done=done)
        return redirect("apprentices:contract_imports")
    effect = {
        "what": str(found.file),
        "now": _("looked through"),
        "after": _("deleted"),
        "follows": _("Nobody's data changes."),
    }
    return confirm_page(
        request,
        title=_("Give up the list %(name)s?") % {"name": found.file},
        eyebrow=found.office.name,
        submit=_("Give up the list"),
        back_url=found.get_absolute_url(),
        effects=[effect],
        danger=True,
    )


@require_safe
def contract_import_report(request, pk):
    """The report as CSV, with the choices made so far."""
    found = _import(request, pk)
    header = [
        _("Row"), _("Number in the county's register"), _("Name"), _("Date of birth"), _("Training company"),
        _("Training period"), _("What happens"), _("Changes"), _("Remarks"), _("Left out"),
    ]  # fmt: skip
    return csv_response(f"contracts-{found.pk}.csv", header, report_lines(found.report, found.decisions))


def _import(request, pk):
    rows = ContractImport.objects.visible_to(request.user).select_related("file", "office", "by", "applied_by")
    found = get_object_or_404(rows, pk=pk)
    _require(request, found)
    return found


def _require(request, obj=None):
    if not request.user.has_perm("apprentices.import_contracts", obj):
        raise PermissionDenied
