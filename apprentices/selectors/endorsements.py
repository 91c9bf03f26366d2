"""Who is asked about an application, who has answered what, and what that means for the case."""

import datetime
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apprentices.ages import of_age_if_born_by
from apprentices.enums import ApplicationStatus, EndorsementAnswer, EndorsementKind, TrainingOfficeAnswer
from apprentices.models import Application, Contract, Endorsement, EndorsementReply, TrainingManager
from apprentices.selectors.drafts import needs_guardian
from mobility.common import clock, formats

S = ApplicationStatus
ORDER = {EndorsementKind.EMPLOYER: 0, EndorsementKind.GUARDIAN: 1, EndorsementKind.TRAINING_OFFICE: 2}
ANSWERABLE = {S.SUBMITTED, S.IN_REVIEW, S.RETURNED, S.WAITING_LIST, S.OFFERED, S.ACCEPTED}
"""While the application lives, an answer may come, and be changed."""

REMINDED_IN = {S.SUBMITTED, S.IN_REVIEW, S.RETURNED}  # once it is decided or withdrawn, the clock reminds nobody
REMIND_AFTER = (datetime.timedelta(days=7), datetime.timedelta(days=14))  # from the day of asking, once each
REST = datetime.timedelta(days=3)  # no two reminders nearer to each other than this, whoever sent the first


@dataclass(frozen=True)
class Party:
    """Somebody to ask about an application."""

    kind: str
    name: str
    email: str
    written_form: str
    phone: str = ""


@dataclass(frozen=True)
class AskedLine:
    """Somebody who was asked, as the case page shows them."""

    endorsement: Endorsement
    earlier: list[EndorsementReply]  # every answer but the newest, newest first
    is_needed: bool


def parties_of(application) -> list[Party]:
    """Everybody who is to be asked about an application now that it is sent.

    The employer always; the training office, where the application names one (or the company has one and nothing was
    said) and its address is known; the guardians while the applicant is under 18 (NORDIC: at signing or at departure).
    """
    home = application.office.default_language
    manager = TrainingManager.objects.filter(
        office=application.office_id, email__iexact=application.manager_email
    ).first()
    parties = [
        Party(
            EndorsementKind.EMPLOYER,
            application.manager_name,
            application.manager_email,
            manager.written_form if manager else home,
            str(application.manager_phone or ""),
        )
    ]
    body = _training_office(application)
    if body is not None and body.email:
        parties.append(Party(EndorsementKind.TRAINING_OFFICE, body.contact_name or body.name, body.email, home))
    if needs_guardian(application):
        guardians = (
            (application.guardian_name, application.guardian_email),
            (application.second_guardian_name, application.second_guardian_email),
        )
        parties += [
            Party(EndorsementKind.GUARDIAN, name or email, email, application.written_form)
            for name, email in guardians
            if email
        ]
    return parties


def _training_office(application):
    if application.training_office_id:
        return application.training_office
    if application.training_office_answer in (TrainingOfficeAnswer.NONE, TrainingOfficeAnswer.OTHER):
        return None
    contracts = Contract.objects.filter(apprentice=application.apprentice_id).select_related("training_office")
    contract = contracts.filter(starts_on=application.contract_starts_on).first() or contracts.first()
    return contract.training_office if contract else None


def is_needed(endorsement) -> bool:
    """Whether the case still needs this answer: a guardian's ends to count on the applicant's 18th birthday.

    Nothing is stored: the birthday passes, a departure moves, and the answer to this question follows.
    """
    return endorsement.kind != EndorsementKind.GUARDIAN or needs_guardian(endorsement.application)


def endorsements_of(application) -> list[Endorsement]:
    """Everybody who was asked: the employer, guardians, the training office. Uses what a list has prefetched."""
    rows = sorted(application.endorsements.all(), key=lambda row: (ORDER[row.kind], row.asked_at, row.pk))
    for row in rows:
        row.application = application  # with its office and round, which the caller has
    return rows


def asked_lines(application) -> list[AskedLine]:
    """Everybody who was asked, with the answers before the newest one. Prefetch ``endorsements__replies``."""
    return [
        AskedLine(row, list(row.replies.all())[-2::-1], is_needed(row))  # oldest first, but for the newest: backwards
        for row in endorsements_of(application)
    ]


@dataclass(frozen=True)
class AskedForApplicant:
    """Somebody who was asked, as the applicant reads it: a consent with its yes or no, an opinion only as given."""

    who: str
    name: str
    words: str
    asked_at: datetime.datetime


def asked_for_applicant(application) -> list[AskedForApplicant]:
    """Whom we asked, when, and yes or no; what a training office thinks stays with the office."""
    who = {
        EndorsementKind.EMPLOYER: _("Your training manager"),
        EndorsementKind.GUARDIAN: _("Your guardian"),
        EndorsementKind.TRAINING_OFFICE: _("Your training office"),
    }
    return [
        AskedForApplicant(who[row.kind], row.name, _told_to_applicant(row), row.asked_at)
        for row in endorsements_of(application)
    ]


def _told_to_applicant(row):
    if row.answer == EndorsementAnswer.WAITING:
        return _("has not answered yet") if is_needed(row) else _("need not answer: you are 18 now")
    if row.kind == EndorsementKind.TRAINING_OFFICE:
        return _("has answered")
    return _("said yes") if row.answer == EndorsementAnswer.YES else _("said no")


def employer_of(application) -> Endorsement | None:
    """The employer's row, or None when nobody has been asked."""
    return next((row for row in application.endorsements.all() if row.kind == EndorsementKind.EMPLOYER), None)


def waiting_of(application) -> list[Endorsement]:
    """Whose answer is still needed, in the order in which a case names them."""
    waiting = [row for row in endorsements_of(application) if row.answer == EndorsementAnswer.WAITING]
    return [row for row in waiting if is_needed(row)]


def objections_to(application) -> list[str]:
    """Why no place may be looked for: the newest answer of the employer, or of a guardian who counts, is no.

    A training office gives an opinion; its "does not recommend" is shown and keeps nothing back.
    """
    sentences = {
        EndorsementKind.EMPLOYER: _("The employer does not consent to the stay (%(name)s)"),
        EndorsementKind.GUARDIAN: _("The guardian does not consent to the stay (%(name)s)"),
    }
    return [
        sentences[row.kind] % {"name": row.name}
        for row in endorsements_of(application)
        if row.kind in sentences and row.answer == EndorsementAnswer.NO and is_needed(row)
    ]


def missing_consents(application) -> list[str]:
    """What keeps a stay from being confirmed: an objection, or a consent that nobody has given yet."""
    sentences = {
        EndorsementKind.EMPLOYER: _("The employer has not answered yet (%(name)s)"),
        EndorsementKind.GUARDIAN: _("The guardian has not answered yet (%(name)s)"),
    }
    waiting = [sentences[row.kind] % {"name": row.name} for row in waiting_of(application) if row.kind in sentences]
    return [*objections_to(application), *waiting]


def standing_words(application) -> list[str]:
    """What a decision page shows, a sentence each: ``Employer: consents``, ``Guardian: waiting since 20 November``."""
    words = []
    for row in endorsements_of(application):
        if row.answer != EndorsementAnswer.WAITING:
            answer = row.answer_words
        elif is_needed(row):
            answer = _("waiting since %(day)s") % {"day": formats.day(row.asked_at, "plain")}
        else:
            answer = pgettext("consent of a guardian", "not needed any more")
        words.append(_("%(who)s: %(answer)s") % {"who": capfirst(row.get_kind_display()), "answer": answer})
    return words


def due_reminders(limit=200) -> list[int]:
    """Ids of the endorsements whose next reminder is due. The sweeper asks; the service looks again, with the lock."""
    return list(_due(clock.now()).order_by("asked_at", "pk").values_list("pk", flat=True)[:limit])


def is_reminder_due(endorsement) -> bool:
    return _due(clock.now()).filter(pk=endorsement.pk).exists() and is_needed(endorsement)


def _due(now):
    reached = Q()
    for number, after in enumerate(REMIND_AFTER):
        reached |= Q(reminders=number, asked_at__lte=now - after)
    rested = Q(reminded_at=None) | Q(reminded_at__lte=now - REST)
    asked = Endorsement.objects.filter(
        reached, rested, answer=EndorsementAnswer.WAITING, application__status__in=REMINDED_IN
    )
    return asked.exclude(of_grown_ups())


def of_grown_ups() -> Q:
    """Guardians of applicants who are 18 today: their answers count no more. For lists; one row asks ``is_needed``."""
    return Q(kind=EndorsementKind.GUARDIAN, application__birth_date__lte=of_age_if_born_by(clock.today()))


def visible_endorsements(user):
    """Endorsements of the applications that ``user`` may see."""
    return Endorsement.objects.filter(application__in=Application.objects.visible_to(user))


def with_employers_answer(applications):
    """Annotate ``employer_answer``, to order a list by it."""
    asked = Endorsement.objects.filter(application=OuterRef("pk"), kind=EndorsementKind.EMPLOYER)
    return applications.annotate(employer_answer=Subquery(asked.values("answer")[:1]))
