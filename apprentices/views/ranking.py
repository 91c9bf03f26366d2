"""The ranking list of a round."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from apprentices.enums import ApplicationStatus, DecisionResult
from apprentices.models import Application, Decision, Round
from apprentices.selectors import ranking as selectors
from apprentices.selectors.endorsements import objections_to
from mobility.common.office_page import office_context

PER_PAGE = 100
OPEN_FOR_DECISION = {ApplicationStatus.IN_REVIEW, ApplicationStatus.WAITING_LIST}


@require_safe
def ranking(request, pk):
    """Everybody who is judged in the round, best first, with the line below the last place."""
    found = get_object_or_404(Round.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("apprentices.view_ranking", found):
        raise PermissionDenied
    standings = selectors.standings(found)
    page = Paginator(standings, PER_PAGE).get_page(request.GET.get("page"))
    lines = _lines(page.object_list, found, request.GET.get("tick"))
    context = office_context(
        request,
        title=_("Ranking: %(round)s") % {"round": found},
        round=found,
        page=page,
        lines=lines,
        total=len(standings),
        without_score=sum(line.score is None for line in standings),
        seats=selectors.seats(found),
        line_is_tied=_is_line_tied(standings, found.places),
        results=DecisionResult.choices,
        can_decide=request.user.has_perm("apprentices.decide_application", found),
        can_publish=request.user.has_perm("apprentices.publish_decisions", found),
    )
    return render(request, "apprentices/ranking.html", context)


def _lines(standings, found, tick):
    """Rows of one page: standing, application, reviews, decision, and where the line of places lies."""
    keys = [line.application_id for line in standings]
    applications = (
        Application.objects.select_related("trade", "round", "office").prefetch_related("endorsements").in_bulk(keys)
    )
    totals = {review: total for line in standings for review, total in line.totals.items()}
    reviews = selectors.review_scores(keys, totals)
    pending = {each.application_id: each for each in Decision.objects.pending().filter(application__in=keys)}
    rows = []
    for line in standings:
        application = applications[line.application_id]
        is_above = line.position <= found.places
        can_choose = application.status in OPEN_FOR_DECISION
        rows.append(
            {
                "standing": line,
                "application": application,
                "reviews": reviews[line.application_id],
                "missing": sum(score is None for _name, score in reviews[line.application_id]),
                "pending": pending.get(line.application_id),
                "objections": objections_to(application),
                "can_choose": can_choose,
                "ticked": can_choose and tick == ("above" if is_above else "below"),
                "is_last_place": line.position == found.places,
            }
        )
    return rows


def _is_line_tied(standings, places):
    """Whether the last place and the first without one have the same score."""
    if len(standings) <= places:
        return False
    return standings[places - 1].score is not None and standings[places - 1].score == standings[places].score
