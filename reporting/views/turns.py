"""The whose-turn board, and the reminder that is shown before it goes out."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from apprentices.models import Round
from apprentices.selectors.casework import officers_of
from mobility.common import clock, formats
from mobility.common.office_page import attempt, office_context
from reporting.enums import Waiting
from reporting.selectors import turns as selectors
from reporting.services import chasing as services

PER_PAGE = 100
ROUNDS = 20


@require_safe
def board(request):
    """Everything that waits, by actor, longest first; actor, round and case officer stand in the address."""
    if not request.user.has_perm("reporting.view_turns"):
        raise PermissionDenied
    chosen = _chosen(request.GET)
    filters = _filters(request.user, chosen)
    groups = selectors.groups_of(request.user, filters)
    total = sum(group.count for group in groups if filters.actor in ("", group.actor))
    pages = max(-(-total // PER_PAGE), 1)
    number = min(_number(request.GET.get("page")), pages)
    lines = selectors.lines_of(request.user, filters, groups, offset=(number - 1) * PER_PAGE, limit=PER_PAGE)
    officers = {person.pk: person for person in officers_of(request.user.working_office)}
    context = office_context(
        request,
        title=_("Whose turn"),
        lead=_("Everything that waits, and for whom. A reminder is shown before it goes out."),
        groups=groups,
        everything=sum(group.count for group in groups),
        has_more=any(group.has_more for group in groups),
        tables=_tables(request.user, groups, lines, officers),
        chosen=chosen,
        rounds=list(Round.objects.visible_to(request.user).only("name")[:ROUNDS]),
        officers=officers.values(),
        others=urlencode({name: value for name, value in chosen.items() if name != "actor"}),
        query=urlencode(chosen),
        number=number,
        pages=pages,
    )
    return render(request, "reporting/turns.html", context)


@require_http_methods(["GET", "POST"])
def remind(request, waiting, pk):
    """GET shows the mail, to whom, and when the last one went out; POST sends it, unless one went out since."""
    line = selectors.line_of(request.user, waiting, pk) if waiting in Waiting.values else None
    if line is None:
        raise Http404
    if not services.can_be_chased(request.user, line):
        raise PermissionDenied
    back_url = reverse("reporting:turns") + (f"?{request.GET.urlencode()}" if request.GET else "")
    mails = services.mails_for(line)
    if not mails:
        raise Http404
    if request.method == "POST":
        done = _("The reminder is on its way.")
        version = request.POST.get("last", "")
        attempt(request, lambda: services.send_reminder(line=line, version=version, by=request.user), done=done)
        return redirect(back_url)
    context = office_context(
        request,
        title=_("Remind: %(person)s") % {"person": line.person},
        eyebrow=line.reference,
        line=line,
        mails=mails,
        last=services.version_of(line),
        was_today=line.reminded_at is not None and _is_today(line.reminded_at, request.user.working_office.tz),
        ago=formats.ago(line.reminded_at, clock.now()) if line.reminded_at else "",
        back_url=back_url,
        case_url=_case_url(line),
    )
    return render(request, "reporting/remind.html", context)


def _is_today(moment, tz):
    return moment.astimezone(tz).date() == clock.today(tz)


def _tables(user, groups, lines, officers):
    """One table for each actor on this page: its head, and rows of line, address, officer, whether it can be reminded."""
    heads = {group.actor: group for group in groups}
    found: dict[str, list] = {}
    for line in lines:
        found.setdefault(line.actor, []).append(
            {
                "line": line,
                "url": _case_url(line),
                "officer": officers.get(line.owner_id),
                "can_chase": services.can_be_chased(user, line),
            }
        )
    return [(heads[actor], rows) for actor, rows in found.items() if actor in heads]


def _case_url(line):
    if line.waiting == Waiting.PLACE:
        return reverse("placements:place", args=[line.application_id])
    if line.placement_id:
        return reverse("placements:placement", args=[line.placement_id])
    return reverse("admin:apprentices_application_change", args=[line.application_id])


def _chosen(values) -> dict[str, str]:
    found = {}
    if values.get("actor") in selectors.ACTORS:
        found["actor"] = values["actor"]
    if _is_key(values.get("round", "")):
        found["round"] = values["round"]
    officer = values.get("officer", "")
    if officer in ("me", "nobody") or _is_key(officer):
        found["officer"] = officer
    return found


def _filters(user, chosen) -> selectors.Filters:
    officer = chosen.get("officer")
    owner = {None: None, "me": user.pk, "nobody": 0}.get(officer, officer and officer.isdecimal() and int(officer))
    return selectors.Filters(
        actor=chosen.get("actor", ""), round_id=int(chosen["round"]) if "round" in chosen else None, owner_id=owner
    )


def _is_key(value) -> bool:
    return value.isdecimal() and len(value) < 19  # what a column of keys can hold


def _number(value) -> int:
    return max(int(value), 1) if (value or "").isdecimal() else 1
