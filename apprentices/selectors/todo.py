"""What the applicant has to do, in one list: from this floor, and from the floors above, which add their own."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from apprentices.enums import ApplicationStatus as S
from apprentices.selectors import details
from apprentices.selectors.completion import is_late, topics_of
from apprentices.selectors.endorsements import employer_of
from apprentices.selectors.interviews import ASKED_IN
from apprentices.selectors.status import answer_deadline, can_answer
from mobility.common import clock, formats

SILENT_AFTER = datetime.timedelta(days=7)  # then the applicant may remind the employer
ASK_AGAIN_AFTER = datetime.timedelta(days=3)  # at most so often


@dataclass(frozen=True)
class Todo:
    """One thing to do. ``state``: "you" (it waits for the applicant) or "open" (one may do it).

    ``is_post``: a button that acts, instead of a link to a page. ``do``: the words of the button.
    """

    what: str
    sub: str
    url: str
    do: str
    state: str = "you"
    is_post: bool = False


_more: list[Callable[[object], Iterable[Todo]]] = []


def add_tasks(provider: Callable[[object], Iterable[Todo]]) -> None:
    """Register what a floor above adds for an accepted application: ``provider(application)`` gives its tasks."""
    if provider not in _more:
        _more.append(provider)


def tasks_of(application, *, decision, asked) -> list[Todo]:
    """Everything, what waits for the applicant first. ``asked``: the open request for completion."""
    tasks = []
    if can_answer(application, decision):
        tasks.append(_offer(application, decision))
    if asked is not None:
        tasks.append(_completion(application, asked))
    tasks += _interview(application)
    if application.status == S.ACCEPTED:
        tasks += _details(application)
        for provider in _more:
            tasks += provider(application)
    silent = silent_employer(application)
    if silent is not None and can_ask_again(silent):
        tasks.append(_employer(application, silent))
    return sorted(tasks, key=lambda task: task.state != "you")


def silent_employer(application):
    """The employer's row, when the case still waits for it."""
    if application.status not in {S.SUBMITTED, S.IN_REVIEW, S.RETURNED}:
        return None
    asked = employer_of(application)
    return asked if asked is not None and asked.answer == "waiting" else None


def can_ask_again(asked) -> bool:
    """Silent for seven days, and not reminded, by whomever, in the last three."""
    now = clock.now()
    reminded = asked.reminded_at or asked.asked_at
    return now - asked.asked_at >= SILENT_AFTER and now - reminded >= ASK_AGAIN_AFTER


def _offer(application, decision):
    last_day = answer_deadline(application, decision)
    words = _("Say yes or no by %(date)s. After that the place goes to somebody else.")
    return Todo(
        _("Answer the offer"),
        words % {"date": formats.day(last_day)} if last_day else _("Say yes or no."),
        reverse("apprentices:answer_offer", args=[application.pk]),
        _("Answer the offer"),
    )


def _completion(application, asked):
    topics = ", ".join(str(words) for words in topics_of(asked.fields))
    late = is_late(asked, clock.today(application.office.tz))
    words = _("%(topics)s. The last day was %(date)s.") if late else _("%(topics)s. Last day: %(date)s.")
    return Todo(
        _("Complete your application"),
        words % {"topics": topics, "date": formats.day(asked.due_on)},
        reverse("apprentices:complete", args=[application.pk]),
        _("Complete it"),
    )


def _interview(application):
    """Choose a time, or the chosen one. ``application`` comes from ``status.for_status_page``."""
    if application.status not in ASKED_IN:
        return []
    url = reverse("apprentices:my_interview", args=[application.pk])
    if application.interview_pick_by is not None:
        words = _("We want to talk with you. Last day to choose: %(date)s.")
        sub = words % {"date": formats.day(application.interview_pick_by)}
        return [Todo(_("Choose a time for your interview"), sub, url, _("Choose a time"))]
    if application.interview_at is not None and application.interview_at > clock.now():
        when = formats.moment(application.interview_at.astimezone(application.office.tz))
        return [Todo(_("Come to your interview"), when, url, _("See time and place"), state="open")]
    return []


def _details(application):
    """What the journey asks for, as long as a part of it is missing. It can wait: the office says when it cannot."""
    parts = details.overview_of_loaded(application)
    done = sum(part["state"] == "complete" for part in parts)
    if done == len(parts):
        return []
    words = _("Papers, next of kin, insurances, bank account: %(done)s of %(all)s parts are complete.")
    return [
        Todo(
            _("Get ready to travel"),
            words % {"done": done, "all": len(parts)},
            reverse("apprentices:details", args=[application.pk]),
            _("Go on"),
            state="open",
        )
    ]


def _employer(application, asked):
    days = (clock.now() - asked.asked_at).days
    return Todo(
        _("Remind your training manager"),
        _("%(name)s was asked %(days)s days ago and has not answered. Talk to each other, or let us write again.")
        % {"name": asked.name, "days": days},
        reverse("apprentices:remind_employer", args=[application.pk]),
        _("Write to %(name)s again") % {"name": asked.name},
        state="open",
        is_post=True,
    )
