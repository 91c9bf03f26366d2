"""The pipeline: cases by stage, with how long they have been there."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apprentices.models import Round
from mobility.common.office_page import office_context
from reporting.selectors import pipeline as selectors

ROUNDS = 20


@require_safe
def pipeline(request):
    """Each stage with its number, its ages, and the lists behind them; ``?round=`` for one round."""
    if not request.user.has_perm("reporting.view_pipeline"):
        raise PermissionDenied
    chosen = request.GET.get("round", "")
    rounds = list(Round.objects.visible_to(request.user).only("name")[:ROUNDS])
    stages = selectors.stages(request.user, round_id=int(chosen) if chosen.isdecimal() else None)
    context = office_context(
        request,
        title=_("Cases by stage"),
        lead=_("How many there are, and for how long they have been where they are. Each figure opens its list."),
        stages=stages,
        band_words=selectors.BAND_WORDS,
        rounds=rounds,
        chosen=chosen,
        total=sum(stage.total.number for stage in stages),
        late=sum(figure.number for stage in stages for figure in stage.bands if figure.is_late),
    )
    return render(request, "reporting/pipeline.html", context)
