"""What the workbench shows of the office's own work: follow-ups whose day has come, news, and what nobody has any more."""

from django.db.models import Count, Window
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from apprentices.models import Application, CaseNote
from apprentices.selectors.casework import left_behind, unread
from mobility.common import formats
from reporting.selectors.waiting import SHOWN, _task, url

CASES = "admin:apprentices_application_changelist"


def casework_tasks(user, today) -> list[dict]:
    """Three kinds, each by one query (what is left behind: three). For those who see cases."""
    tasks = []
    if user.has_perm("apprentices.add_casenote"):
        tasks += _follow_ups(user, today)
    if user.has_perm("apprentices.give_case"):
        tasks += _left_behind(user)
    if user.has_perm("apprentices.follow_cases"):
        tasks += _news(user)
    return tasks


def _follow_ups(user, today):
    """Own ones that are due, the oldest first; in red from the day after."""
    due = (
        CaseNote.objects.visible_to(user)
        .due(today)
        .filter(follow_up_for=user.pk)
        .select_related("application")
        .annotate(in_all=Window(Count("pk")))
        .order_by("follow_up_on", "pk")
    )
    rows = list(due[: SHOWN * 2])
    tasks = [
        _task(
            _("Come back to %(name)s") % {"name": row.application.full_name},
            row.text if len(row.text) <= 90 else f"{row.text[:89]}…",
            url("admin:apprentices_application_change", row.application_id) + "#notes",
            "stop" if row.follow_up_on < today else "you",
            days=(today - row.follow_up_on).days or None,
        )
        for row in rows
    ]
    more = (rows[0].in_all if rows else 0) - len(rows)
    if more > 0:
        words = ngettext("%(count)s more follow-up", "%(count)s more follow-ups", more) % {"count": more}
        sub = _("The oldest is from %(day)s") % {"day": formats.day(rows[0].follow_up_on, "near")}
        tasks.append({**_task(words, sub, url(CASES, query="officer=me"), "you"), "cases": more})
    return tasks


def _news(user):
    number = Application.objects.visible_to(user).filter(unread(user), owner=user.pk).count()
    if not number:
        return []
    words = ngettext("%(count)s of your cases has news", "%(count)s of your cases have news", number)
    found = _task(words % {"count": number}, "", url(CASES, query="officer=me&news=unread"), "you")
    return [{**found, "cases": number}]


def _left_behind(user):
    number = left_behind(user.working_office.pk)
    if not number:
        return []
    words = ngettext(
        "%(count)s open case or follow-up has no officer here",
        "%(count)s open cases and follow-ups have no officer here",
        number,
    )
    found = _task(words % {"count": number}, _("Hand them over"), url("apprentices:hand_over"), "stop")
    return [{**found, "cases": number}]
