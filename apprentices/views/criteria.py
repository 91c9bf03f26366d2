"""Correcting the frozen criteria of an opened round: first the effect, then the change with its reason."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from apprentices.forms.criteria import CriteriaForm
from apprentices.models import Application, Round
from apprentices.selectors.criteria import effect_of, missing_for_change
from apprentices.selectors.reviewing import owes_marks
from apprentices.services.criteria import change_criteria as save_change
from apprentices.services.criteria import missing_weights
from mobility.common.office_page import attempt, office_context

NAMED = 10  # applicants named in the effect


@require_http_methods(["GET", "POST"])
def change_criteria(request, pk):
    """The form; ``show`` shows what the change does and keeps what was typed; ``save`` saves."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("apprentices.change_criteria", found):
        raise PermissionDenied
    back_url = reverse("admin:apprentices_round_change", args=[pk])
    missing = missing_for_change(found)
    form = CriteriaForm(request.POST if request.method == "POST" else None, round=found)
    effects = None
    if request.method == "POST" and not missing and form.is_valid():
        if "save" in request.POST and _save(request, found, form):
            return redirect(back_url)
        effects = _effects(request, found, form)
    context = office_context(
        request,
        title=_("Change the criteria of %(round)s") % {"round": found},
        lead=_("Criteria are frozen when a round opens. A correction is logged with your name and your reason."),
        round=found,
        form=form,
        missing=missing,
        effects=effects,
        back_url=back_url,
    )
    return render(request, "apprentices/criteria_change.html", context)


def _save(request, found, form):
    return attempt(
        request,
        lambda: save_change(
            round=found,
            changes=form.changes,
            reason=form.cleaned_data["reason"],
            by=request.user,
            seen_version=form.cleaned_data["version"],
        ),
        done=_("The criteria are changed, and the change is logged."),
    )


def _effects(request, found, form):
    """Rows of now, after and what follows; ``error`` where the change cannot be saved."""
    changes = form.changes
    rows = [
        {
            "what": f"{criterion.name}: {form.fields[f'{name}_{criterion.pk}'].label}",
            "now": form.initial_text(name, criterion),
            "after": form.cleaned_data[f"{name}_{criterion.pk}"],
            "follows": "" if name == "weight" else _("The marks that are given stay."),
        }
        for criterion in form.criteria
        for name in changes.get(criterion.pk, {})
    ]
    for criterion in form.criteria:
        criterion.weight = form.weights[criterion.pk]
    wrong = missing_weights(form.criteria)
    changes_weights = any("weight" in fields for fields in changes.values())
    if changes_weights and not wrong:
        rows.append(_ranking_row(request, found, form.weights))
    return {"rows": rows, "error": wrong[0] if wrong else "", "nothing": not changes}


def _ranking_row(request, found, weights):
    """What other weights do to the list. Somebody who still owes marks there is not told whose rank it is."""
    effect = effect_of(found, weights)
    words = [
        ngettext(
            "%(number)s application gets another score.", "%(number)s applications get another score.", effect.scores
        )
        % {"number": effect.scores},
        ngettext("%(number)s gets another rank.", "%(number)s get another rank.", effect.ranks)
        % {"number": effect.ranks},
    ]
    if (effect.rising or effect.falling) and not owes_marks(request.user, round=found):
        names = Application.objects.in_bulk([*effect.rising, *effect.falling])
        for keys, sentence in (
            (effect.rising, _("Above the line now: %(names)s.")),
            (effect.falling, _("Below the line now: %(names)s.")),
        ):
            if keys:
                words.append(sentence % {"names": ", ".join(names[key].full_name for key in keys[:NAMED])})
    if effect.pending:
        words.append(
            ngettext(
                "%(number)s pending decision keeps the score and version that it was made on.",
                "%(number)s pending decisions keep the score and version that they were made on.",
                effect.pending,
            )
            % {"number": effect.pending}
        )
    version = found.criteria_version
    return {
        "what": _("Version of the criteria"),
        "now": version,
        "after": version + 1,
        "follows": " ".join(words),
    }
