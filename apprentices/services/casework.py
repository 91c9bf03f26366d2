"""The office's own work on a case: notes, who has it, what was read. Nothing of it moves a case or mails anybody."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_update_with_history

from apprentices.enums import GIVEN
from apprentices.models import Application, CaseNote, CaseReading, Round
from apprentices.selectors.casework import officers_of
from mobility.accounts.models import User
from mobility.common import clock
from mobility.common.errors import Refused, TransitionNotAllowed
from mobility.common.workflow import lock


@transaction.atomic
def add_note(*, application, by, text, key, follow_up_on=None, follow_up_for=None) -> CaseNote:
    """Keep a note; a follow-up comes back to the workbench of ``follow_up_for`` (else of ``by``) on its day.

    The same ``key`` again (a double click) gives the note that is there. For colleagues the case is unread from now on.
    """
    application = lock(application)
    if follow_up_on and follow_up_on < clock.today(application.office.tz):
        raise Refused(_("The day to come back to it has passed."))
    who = (follow_up_for or by) if follow_up_on else None
    if who is not None:
        _require_officer(who, application.office_id)
    note, made = CaseNote.objects.get_or_create(
        key=key,
        defaults={
            "application": application,
            "author": by,
            "written_at": clock.now(),
            "text": text.strip(),
            "follow_up_on": follow_up_on,
            "follow_up_for": who,
        },
    )
    if made:
        note_news(application)
        mark_read(application=application, by=by)
    return note


@transaction.atomic
def finish_follow_up(*, note, by) -> CaseNote:
    """Take a follow-up off the workbench. Raises TransitionNotAllowed when somebody did so already."""
    note = CaseNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if note.follow_up_on is None or note.done_at:
        raise TransitionNotAllowed(_("Somebody has done this already."))
    note.done_at, note.done_by = clock.now(), by
    note.save(update_fields=["done_at", "done_by"])
    return note


@transaction.atomic
def give_cases(*, applications: Iterable[Application], owner: User, by) -> int:
    """Make a colleague the case officer of these applications, and say of how many. The history keeps who did it."""
    chosen = [lock(application) for application in sorted(applications, key=lambda each: each.pk)]
    for office_id in {application.office_id for application in chosen}:
        _require_officer(owner, office_id)
    return _give([application for application in chosen if application.owner_id != owner.pk], owner, by)


@transaction.atomic
def hand_over(*, office, leaving: User | None, to: User, by) -> int:
    """Everything open that one person (None: nobody) has in the office goes to a colleague: cases, follow-ups, rounds.

    Returns the number of cases and follow-ups. Settled cases stay with whom they were.
    """
    _require_officer(to, office.pk)
    if leaving is not None and leaving.pk == to.pk:
        raise Refused(_("Choose somebody else to take over."))
    mine = Application.objects.open_cases().filter(office=office, owner=leaving)
    moved = _give(list(mine.select_for_update(of=("self",)).order_by("pk")), to, by)
    if leaving is not None:
        notes = CaseNote.objects.open_follow_ups().filter(application__office=office, follow_up_for=leaving)
        moved += notes.update(follow_up_for=to)
        for found in Round.objects.select_for_update(of=("self",)).filter(office=office, owner=leaving):
            found.owner = to
            found._history_user = by  # type: ignore[attr-defined]  # noqa: SLF001 - simple-history's documented name
            found.save(update_fields=["owner"])
    return moved


def note_news(application):
    """Something came that a colleague has to see: for everybody who has not had the case open since, it is unread."""
    Application.objects.filter(pk=application.pk).update(news_at=clock.now())


def mark_read(*, application, by):
    """``by`` has the case open now."""
    CaseReading.objects.update_or_create(application=application, user=by, defaults={"read_at": clock.now()})


def mark_unread(*, application, by):
    """Keep the case marked as unread for ``by`` alone, also where nothing came."""
    CaseReading.objects.update_or_create(application=application, user=by, defaults={"read_at": None})


def _give(applications, owner, by):
    for application in applications:
        application.owner = owner
    if applications:
        bulk_update_with_history(
            applications, Application, ["owner"], default_user=by, default_change_reason=GIVEN, batch_size=200
        )
    return len(applications)


def _require_officer(person, office_id):
    if not officers_of(office_id).filter(pk=person.pk).exists():
        raise Refused(_("%(person)s does not work with cases in this office now.") % {"person": person})
