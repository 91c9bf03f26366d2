"""The grant calculator, for everybody."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mobility.grants.calculator import calculate
from mobility.grants.forms.calculator import CalculatorForm
from mobility.grants.rates import MissingRate
from mobility.grants.words import shown


@login_not_required
@require_safe
def calculator(request):
    """What a stay would be paid. The address keeps the answers, so that a link shows the same page."""
    form = CalculatorForm(request.GET if "origin" in request.GET else None)
    context = {"form": form}
    if form.is_bound and form.is_valid():
        try:
            context |= _result(request, form)
        except MissingRate as missing:
            form.add_error("year", str(missing))
    return render(request, "grants/calculator.html", context)


def _result(request, form):
    values = form.cleaned_data
    found = calculate(values["mobility"], origin=values["origin"], venue=values["venue"], rates=form.rates)
    lines = shown(found.pricing.lines)
    return {
        "found": found,
        "lines": lines,
        "origin": values["origin"],
        "venue": values["venue"],
        "is_green": values["green"],
        "assumed_rate": values["mobility"].base_rate if values["rate_is_assumed"] else None,
        "others": [*_others(request, form, "origin"), *_others(request, form, "venue")],
    }


def _others(request, form, name):
    """Places of the same name, each with the address of this page for it."""
    for place in form.others(name):
        query = request.GET.copy()
        query[name] = place.key
        yield {"place": place, "url": f"?{query.urlencode()}"}
