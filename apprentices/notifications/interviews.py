"""Mails about interviews: to the applicant in the own written form, to the interviewer in theirs."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from apprentices.calendars import interview_calendar
from apprentices.notifications.mail import FOLDER, queue, to_applicant
from mobility.common import files, outbox
from mobility.common.calendars import CANCEL, REQUEST


def interview_invited(interview):
    """Choose a time: the page, and the last day."""
    _to_applicant(interview, "interview_invited")


def interview_invitation_preview(application, *, pick_by) -> tuple[str, str]:
    """Subject and text of the invitation as it would go out now."""
    context = {"application": application, "round": application.round, "pick_by": pick_by, "url": _page(application)}
    return outbox.written(
        f"{FOLDER}/interview_invited", to=to_applicant(application), office=application.office, context=context
    )


def interview_reminder(interview):
    _to_applicant(interview, "interview_reminder")


def interview_booked(interview, *, before):
    """The picked time with its calendar file; ``before``: the time that it replaces, or None."""
    time = interview.place.time
    _to_applicant(interview, "interview_booked", time=time, before=before, file=_file(interview, time, REQUEST))
    _to_interviewer(interview, time, "moved" if before else "booked")
    if before is not None and before.interviewer_id != time.interviewer_id:
        _to_interviewer(interview, before, "given_back")


def interview_given_back(interview, time):
    _to_applicant(interview, "interview_given_back", time=time, file=_file(interview, time, CANCEL))
    _to_interviewer(interview, time, "given_back")


def interview_called_off(interview, *, reason, time=None):
    """The office calls it off; with a calendar file that takes the entry away, where a time was picked."""
    file = _file(interview, time, CANCEL) if time is not None else None
    _to_applicant(interview, "interview_called_off", reason=reason, time=time, file=file)


def interviewer_told_of_withdrawal(interview, time):
    _to_interviewer(interview, time, "withdrawn")


def _to_applicant(interview, name, *, file=None, **context):
    application = interview.application
    with timezone.override(application.office.tz):  # the clock of the place, wherever the worker or the reader is
        mail = queue(
            application, name, to=to_applicant(application), interview=interview, pick_by=interview.pick_by,
            url=_page(application), **context,
        )  # fmt: skip
    if file is not None:
        mail.attachments.add(file)


def _to_interviewer(interview, time, what):
    """What became of one of the own times: booked, moved, given_back or withdrawn."""
    person = time.interviewer
    to = outbox.To(address=person.email, language=person.written_form, name=person.get_short_name(), user=person)
    url = settings.SITE_URL + reverse("apprentices:my_interviews")
    with timezone.override(interview.application.office.tz):
        queue(interview.application, "interview_told", to=to, time=time, what=what, url=url)


def _file(interview, time, method):
    application = interview.application
    with translation.override(application.apprentice.written_form):
        content = interview_calendar(interview, time, method=method)
        name = _("interview.ics")
    return files.store(
        office=application.office,
        kind="interview-calendar",
        name=name,
        content=content,
        content_type="text/calendar",
        language=application.apprentice.written_form,
    )


def _page(application):
    return settings.SITE_URL + reverse("apprentices:my_interview", args=[application.pk])
