"""The ranking list of a round."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, FilteredRelation, Q
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from apprentices.enums import ApplicationStatus, DecisionResult, Gender
from apprentices.models import Application, Review, Round
from apprentices.selectors import ranking as selectors
from apprentices.selectors.endorsements import objections_to
from apprentices.selectors.reviewing import owes_marks
from mobility.common import countries
from mobility.common.office_page import office_context

PER_PAGE = 100
SHOWN = 8  # values of one sum before the rest is folded away
OF_SHEETS = (
    "application_id", "total", "seen_at", "changed_at", "reviewer__given_name", "reviewer__family_name",
    "reviewer__email",
)  # fmt: skip
OPEN_FOR_DECISION = {ApplicationStatus.IN_REVIEW, ApplicationStatus.WAITING_LIST}


@require_safe
def ranking(request, pk):
    """Everybody who is judged in the round, best first, with the line below the last place, and the sums of the line."""
    found = get_object_or_404(Round.objects.visible_to(request.user).select_related("office"), pk=pk)
    if not request.user.has_perm("apprentices.view_ranking", found):
        raise PermissionDenied
    owed = owes_marks(request.user, round=found)
    if owed:
        return _marks_first(request, found, owed)
    seats = selectors.seats(found)
    page = Paginator(range(seats.ranked), PER_PAGE).get_page(request.GET.get("page"))
    rows = selectors.first_rows(found, max(found.places, page.end_index()) + 1)  # one more: it may tie with the last
    shown = selectors.lines_of(rows)[max(page.start_index() - 1, 0) : page.end_index()]
    context = office_context(
        request,
        title=_("Ranking: %(round)s") % {"round": found},
        round=found,
        page=page,
        lines=_lines(shown, found, request.GET.get("tick")),
        total=seats.ranked,
        seats=seats,
        line_is_tied=selectors.is_line_tied(rows, found.places),
        sums=_sums(found, rows[: found.places]) if seats.ranked else [],
        can_decide=request.user.has_perm("apprentices.decide_application", found),
        can_publish=request.user.has_perm("apprentices.publish_decisions", found),
        can_invite=request.user.has_perm("apprentices.plan_interviews", found),
    )
    return render(request, "apprentices/ranking.html", context)


def _marks_first(request, found, owed):
    """Nobody sees what others gave before giving own marks: not a coordinator who reviews, either."""
    context = office_context(request, title=_("Ranking: %(round)s") % {"round": found}, round=found, owed=owed)
    return render(request, "apprentices/ranking_marks_first.html", context)


def _lines(standings, found, tick):
    """Rows of one page: standing, application, reviews, decision, and where the line of places lies."""
    keys = [line.application_id for line in standings]
    applications = (
        Application.objects.select_related("trade")
        .prefetch_related("endorsements")
        .annotate(
            pending=FilteredRelation("decisions", condition=Q(decisions__published_at=None)),
            pending_key=F("pending__pk"),
            pending_result=F("pending__result"),
        )
        .defer("motivation", "competence_aims", "wished_tasks")
        .in_bulk(keys)
    )
    sheets = Review.objects.filter(application__in=keys).select_related("reviewer").only(*OF_SHEETS)
    reviews: dict[int, list[dict]] = {}
    for sheet in sheets:
        reviews.setdefault(sheet.application_id, []).append(
            {
                "who": sheet.reviewer,
                "score": selectors.hundredths(sheet.total),
                "changed": sheet.is_changed_after_seeing,
            }
        )
    rows = []
    for line in standings:
        application = applications[line.application_id]
        application.round, application.office = found, found.office  # the same for all: not fetched with each row
        is_above = line.position <= found.places
        can_choose = application.status in OPEN_FOR_DECISION
        mine = reviews.get(line.application_id, [])
        rows.append(
            {
                "standing": line,
                "application": application,
                "reviews": mine,
                "missing": sum(each["score"] is None for each in mine),
                "pending": application.pending_key,
                "pending_words": DecisionResult(application.pending_result).label if application.pending_key else "",
                "objections": objections_to(application),
                "can_choose": can_choose,
                "ticked": can_choose and tick == ("above" if is_above else "below"),
                "is_last_place": line.position == found.places,
            }
        )
    return rows


def _sums(found, above):
    """How the places of the line are spread, beside everybody in the list: four small tables."""
    shares = selectors.shares(found, above)
    nowhere = pgettext("sum of a ranking", "not known")
    words = {
        "trade": str,
        "municipality": str,
        "gender": lambda value: Gender(value).label,
        "first_country": countries.name,
    }
    titles = {
        "trade": _("By trade"),
        "municipality": _("By municipality"),
        "gender": _("By gender"),
        "first_country": _("By first wish"),
    }
    parts = []
    for name, title in titles.items():
        rows = [(words[name](share.value) if share.value else nowhere, share) for share in shares[name]]
        parts.append({"code": name, "title": title, "rows": rows[:SHOWN], "more": rows[SHOWN:]})
    return parts
