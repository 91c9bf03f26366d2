"""Interviews: opening times, inviting, picking, moving and giving back a time, and what came out of it."""

import datetime
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from apprentices import workflow
from apprentices.enums import InterviewStatus
from apprentices.models import Application, Interview, InterviewPlace, InterviewStatusChange, InterviewTime, Round
from apprentices.notifications import interviews as notifications
from apprentices.selectors import interviews as selectors
from apprentices.selectors.conflicts import conflict_of
from apprentices.services.casework import note_news
from mobility.common import clock, files, formats
from mobility.common.errors import AlreadyTaken, NotReady, Refused, TransitionNotAllowed
from mobility.common.workflow import lock, move, require

REMIND_TASK = "apprentices.remind_interview"
due_for_reminder = selectors.due_for_reminder
AT_ONCE = 60  # times opened in one go


@transaction.atomic
def open_times(
    *, round: Round, starts_at: datetime.datetime, minutes: int, times: int, places: int, interviewer, by,  # noqa: A002
    pause: int = 0, where="", video_url="",
) -> list[InterviewTime]:  # fmt: skip
    """Open ``times`` interview times one after the other, ``pause`` minutes between them, each with ``places`` places.

    The same again (a double click) opens nothing. Raises Refused (past, too many, nowhere to meet, or the interviewer has
    another time in this stretch).
    """
    round = lock(round)  # noqa: A001
    if not 1 <= times <= AT_ONCE or places < 1:
        raise Refused(_("Open between 1 and %(number)s times at once.") % {"number": AT_ONCE})
    if starts_at <= clock.now():
        raise Refused(_("The first time has passed already."))
    if not where and not video_url:
        raise Refused(_("Say where you meet, or give the address of the video meeting."))
    step = datetime.timedelta(minutes=minutes + pause)
    wanted = [starts_at + step * number for number in range(times)]
    _require_free(interviewer, wanted, minutes)
    made = []
    for moment in wanted:
        time = InterviewTime.objects.create(
            round=round,
            starts_at=moment,
            minutes=minutes,
            where=where,
            video_url=video_url,
            interviewer=interviewer,
            opened_at=clock.now(),
            opened_by=by,
        )
        InterviewPlace.objects.bulk_create([InterviewPlace(time=time, number=n) for n in range(1, places + 1)])
        made.append(time)
    return made


@transaction.atomic
def close_time(*, time: InterviewTime, by) -> None:
    """Take a time away that nobody has picked. Raises Refused when somebody has."""
    time = InterviewTime.objects.select_for_update(of=("self",)).get(pk=time.pk)
    if Interview.objects.filter(place__time=time).exists():
        raise Refused(_("Somebody has picked this time. Call the interview off first."))
    time.delete()


@transaction.atomic
def invite_to_interview(*, applications: Iterable[Application], pick_by: datetime.date, by) -> list[Interview]:
    """Ask these applicants to choose a time by ``pick_by``. Mails each of them.

    Raises Refused (the day has passed, or somebody is invited already) or TransitionNotAllowed (decided, withdrawn); then
    nobody is invited.
    """
    chosen = [lock(application) for application in sorted(applications, key=lambda each: each.pk)]
    made = []
    for application in chosen:
        if pick_by < clock.today(application.office.tz):
            raise Refused(_("The last day to choose has passed."))
        if application.status not in selectors.ASKED_IN:
            raise TransitionNotAllowed(
                _("%(applicant)s is decided: an interview is of no use.") % {"applicant": application.full_name}
            )
        if application.interviews.filter(status__in=selectors.ACTIVE).exists():
            raise Refused(_("%(applicant)s is invited already.") % {"applicant": application.full_name})
        interview = Interview.objects.create(
            application=application, pick_by=pick_by, invited_at=clock.now(), invited_by=by
        )
        _log(interview, "invite", by)
        notifications.interview_invited(interview)
        made.append(interview)
    return made


@files.only_if_kept()
@transaction.atomic
def pick_time(*, interview: Interview, time: InterviewTime, by) -> Interview:
    """Take a free place at this time, or move to it. Mails the applicant (with a calendar file) and the interviewer.

    The same time again (a double click) changes nothing. Raises AlreadyTaken (the last place has gone), Refused (too near,
    or a conflict of interest) or TransitionNotAllowed (nothing to pick any more, or too late to move).
    """
    application = lock(interview.application)
    interview = _locked(interview)
    before = interview.place.time if interview.place else None
    if before == time and interview.status == InterviewStatus.BOOKED:
        return interview
    _require_open(application, interview)
    require(interview, workflow.PICK_TIME)
    _require_in_time(interview)
    offered = InterviewTime.objects.select_for_update(of=("self",)).filter(round=application.round_id)
    if not offered.filter(pk=time.pk).exists():
        raise AlreadyTaken(_("This time is not offered any more. Choose another one."))
    time = offered.get(pk=time.pk)
    if time.starts_at <= clock.now() + selectors.LEAST_NOTICE:
        raise Refused(_("This time begins too soon. Choose another one."))
    conflict = conflict_of(time.interviewer, application)
    if conflict is not None:
        raise Refused(_("This interviewer cannot take your interview. Choose another time."))
    _take(interview, time, by)
    note_news(application)
    notifications.interview_booked(interview, before=before)
    return interview


@files.only_if_kept()
@transaction.atomic
def give_time_back(*, interview: Interview, by) -> Interview:
    """The applicant cannot come: the place is free again, and another time is to be picked. Raises as ``pick_time``."""
    application = lock(interview.application)
    interview = _locked(interview)
    _require_open(application, interview)
    require(interview, workflow.GIVE_TIME_BACK)
    _require_in_time(interview)
    time = interview.place.time  # type: ignore[union-attr]  # booked: the database keeps that it has a place
    move(interview, workflow.GIVE_TIME_BACK, by=by, place=None, calendar_sequence=interview.calendar_sequence + 1)
    note_news(application)
    notifications.interview_given_back(interview, time)
    return interview


@files.only_if_kept()
@transaction.atomic
def call_off(*, interview: Interview, by, reason: str) -> Interview:
    """The office takes the invitation back, or calls off the picked time. Mails the applicant."""
    if not reason.strip():
        raise NotReady([_("Write why the interview is called off.")])
    interview = _locked(interview)
    require(interview, workflow.CALL_OFF)
    time = interview.place.time if interview.place else None
    _call_off(interview, by, reason.strip())
    notifications.interview_called_off(interview, reason=reason.strip(), time=time)
    return interview


@transaction.atomic
def note_outcome(*, interview: Interview, by, outcome: str) -> Interview:
    """What came out of the interview, for the office and the reviewers. Again replaces it. Raises NotReady (nothing)."""
    interview = _locked(interview)
    _require_begun(interview)
    require(interview, workflow.NOTE_OUTCOME)
    if not outcome.strip():
        raise NotReady([_("Write what came out of the interview.")])
    move(interview, workflow.NOTE_OUTCOME, by=by, outcome=outcome.strip(), outcome_by=by)
    return interview


@transaction.atomic
def note_missed(*, interview: Interview, by) -> Interview:
    """The applicant did not come. The office may invite once more."""
    interview = _locked(interview)
    _require_begun(interview)
    move(interview, workflow.NOTE_MISSED, by=by)
    return interview


def drop_interview(*, application, by):
    """Free the place of an application that leaves the route. Inside a transaction; tells nobody but the interviewer."""
    for interview in application.interviews.filter(status__in=[InterviewStatus.INVITED, InterviewStatus.BOOKED]):
        time = interview.place.time if interview.place_id else None
        _call_off(_locked(interview), by, _("The application was withdrawn."))
        if time is not None:
            notifications.interviewer_told_of_withdrawal(interview, time)


@transaction.atomic
def remind_interview(interview_id: int) -> bool:
    """Mail the one reminder before the last day to choose. Safe to run twice; says whether it mailed now."""
    interview = (
        Interview.objects.select_for_update(of=("self",))
        .select_related("application__round", "application__office", "application__apprentice")
        .filter(pk=interview_id)
        .first()
    )
    if interview is None or interview.pk not in selectors.due_for_reminder():
        return False
    interview.reminded_at = clock.now()
    interview.save(update_fields=["reminded_at"])
    notifications.interview_reminder(interview)
    return True


def _take(interview, time, by):
    gone = AlreadyTaken(
        _("The last place on %(time)s has just been taken. Choose another time.")
        % {"time": formats.moment(time.starts_at, "short")}
    )
    free = InterviewPlace.objects.filter(time=time, interview=None).order_by("number").first()
    if free is None:
        raise gone
    try:
        with transaction.atomic():
            move(
                interview,
                workflow.PICK_TIME,
                by=by,
                place=free,
                calendar_sequence=interview.calendar_sequence + (1 if interview.place_id else 0),
            )
    except IntegrityError as error:
        raise gone from error


def _call_off(interview, by, reason):
    move(
        interview,
        workflow.CALL_OFF,
        by=by,
        note=reason,
        place=None,
        calendar_sequence=interview.calendar_sequence + 1,
    )


def _log(interview, name, by):
    InterviewStatusChange.objects.create(
        interview=interview, name=name, to_status=interview.status, by=by, at=clock.now()
    )


def _locked(interview):
    found = Interview.objects.select_for_update(of=("self",)).select_related(
        "application__round", "application__office", "application__apprentice", "place__time__interviewer"
    )
    return found.get(pk=interview.pk)


def _require_open(application, interview):
    if application.status not in selectors.ASKED_IN:
        raise TransitionNotAllowed(_("Your application is decided: there is no interview any more."))


def _require_in_time(interview):
    if interview.status == InterviewStatus.BOOKED and not selectors.can_change(interview):
        raise TransitionNotAllowed(_("It is too late to change the time here. Call the office."))


def _require_begun(interview):
    if interview.place is None or interview.place.time.starts_at > clock.now():
        raise TransitionNotAllowed(_("The interview has not begun yet."))


def _require_free(interviewer, wanted, minutes):
    """Refuse a stretch in which the interviewer is busy already."""
    length = datetime.timedelta(minutes=minutes)
    day = datetime.timedelta(days=1)
    busy = InterviewTime.objects.filter(
        interviewer=interviewer, starts_at__gte=wanted[0] - day, starts_at__lte=wanted[-1] + length
    )
    for time in busy:
        if any(time.starts_at < moment + length and moment < time.ends_at for moment in wanted):
            raise Refused(
                _("%(person)s has another interview time at %(time)s.")
                % {"person": interviewer, "time": formats.moment(time.starts_at, "short")}
            )
