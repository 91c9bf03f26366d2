"""Everything that is kept about one person, for the person: plain data, and the files that belong to it.

The right of access (GDPR article 15) covers what others said about the person, too: see docs/adr/0110. What would harm
somebody else's rights is left out by name: who reviewed, addresses of mailed links, other people's files.
"""

import datetime
import decimal
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.db.models.fields.files import FieldFile

from apprentices.models import Appeal, Application, Apprentice, Contract, LapsedOffer, ReviewMark
from apprentices.selectors.details import is_open, own_details
from mobility.common.models import OutboundMail, StoredFile
from mobility.common.models.reads import ReadLog

LEFT_OUT = {
    "search_text": "made by the database from the columns beside it",
    "id": "a number that only the database uses",
    "apprentice": "the person itself, who stands in person.json",
    "replaced_by": "a number that only the database uses",
    "owner": "who of the office works on it: on every letter, and not about the person",
    "news_at": "a mark of the office's lists",
}
"""Columns of an application that are not exported, with the reason. A test keeps the two together complete."""


@dataclass(frozen=True)
class Part:
    """One file of the archive: a name and the rows of a JSON list or object, or a stored file."""

    name: str
    data: Any = None
    file: StoredFile | None = None


_more: list[Callable[[Application], Iterator[Part]]] = []


def add_parts(provider: Callable[[Application], Iterator[Part]]) -> None:
    """Register what a floor above keeps about an applicant; the names of its parts begin with the case's folder."""
    if provider not in _more:
        _more.append(provider)


def parts_of(user) -> Iterator[Part]:
    """The person, each application with its files, the mails, the readings. One application in memory at a time."""
    yield Part("person.json", _person(user))
    for application in applications_of(user):
        folder = f"applications/{application.reference or f'draft-{application.pk}'}"
        yield Part(f"{folder}/application.json", _application(application))
        if is_open(application) or application.consents.exists():
            yield Part(f"{folder}/details.json", own_details(application))
        yield from _files(application, folder)
        for provider in _more:
            for part in provider(application):
                yield Part(f"{folder}/{part.name}", part.data, part.file)
    yield Part("mails.json", _mails(user))
    yield Part("readings.json", _readings(user))


def applications_of(user):
    """The person's applications in every office, and the drafts begun with this address."""
    return (
        Application.objects.filter(
            Q(apprentice__user=user.pk) | Q(apprentice=None, status="draft", email__iexact=user.email)
        )
        .select_related("office", "round", "trade", "training_office", "apprentice")
        .order_by("pk")
    )


def row(instance, *, leave_out=()) -> dict[str, Any]:
    """The columns of one row as JSON can hold them: dates in ISO form, related rows by their own name."""
    found = {}
    for field in instance._meta.concrete_fields:  # noqa: SLF001
        if field.name not in leave_out and not field.generated:
            found[field.name] = _plain(getattr(instance, field.name))
    return found


def _plain(value):
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    if isinstance(value, decimal.Decimal):
        return str(value)
    if isinstance(value, FieldFile):
        return value.name
    if value is None or isinstance(value, bool | int | float | dict | list):
        return value
    return str(value)


def _person(user):
    apprentices = Apprentice.objects.filter(user=user.pk).select_related("office", "trade", "member")
    contracts = Contract.objects.filter(apprentice__user=user.pk).select_related(
        "company", "training_office", "training_manager", "instructor", "apprentice"
    )
    return {
        "account": {
            "given_name": user.given_name,
            "family_name": user.family_name,
            "email": user.email,
            "phone": user.phone,
            "language": user.language,
            "written_form": user.written_form,
            "last_login": _plain(user.last_login),
        },
        "registered_as": [row(each, leave_out={"id", "user", "merged_into"}) for each in apprentices],
        "contracts": [row(each, leave_out={"id", "apprentice"}) for each in contracts],
    }


def _application(application):
    check = getattr(application, "eligibility", None)
    return {
        "answers": row(application, leave_out=LEFT_OUT),
        "languages": [row(each, leave_out={"id", "application"}) for each in application.language_skills.all()],
        "moves": [row(each, leave_out={"id", "application", "by"}) for each in application.status_changes.all()],
        "asked_about_you": [_endorsement(each) for each in application.endorsements.all()],
        "eligibility": row(check, leave_out={"id", "application", "excepted_by"}) if check else None,
        "asked_to_complete": [
            row(each, leave_out={"id", "application", "asked_by", "closed_by"})
            for each in application.completion_requests.all()
        ],
        "decisions": [
            row(each, leave_out={"id", "application", "decided_by", "published_by"})
            for each in application.decisions.published().select_related("criterion", "letter")
        ],
        "lapsed_offers": [
            row(each, leave_out={"id", "decision"})
            for each in LapsedOffer.objects.filter(decision__application=application).select_related("letter")
        ],
        "deferrals": [
            row(each, leave_out={"id", "application", "asked_by", "settled_by"})
            for each in application.deferrals.select_related("letter", "to_round", "carried_to")
        ],
        "appeals": [
            row(each, leave_out={"id", "decision", "answered_by"})
            for each in Appeal.objects.filter(decision__application=application).select_related("letter")
        ],
        "marks": _marks(application),
        "remarks": _remarks(application),
        "interviews": [
            row(each, leave_out={"id", "application", "invited_by", "outcome_by", "place", "calendar_sequence"})
            for each in application.interviews.all()
        ],
        "consents": _consents(application),
    }


def _endorsement(endorsement):
    """What was said, opinion included; the address and number of who said it are somebody else's data."""
    hidden = {"id", "application", "email", "phone", "endorsement"}
    replies = [row(each, leave_out=hidden) for each in endorsement.replies.all()]
    return {**row(endorsement, leave_out=hidden), "answers": replies}


def _marks(application):
    """The reviewers' marks and notes, without their names, once the decision is published."""
    if not application.decisions.published().exists():
        return []
    marks = ReviewMark.objects.filter(review__application=application, review__given_at__isnull=False)
    ordered = marks.select_related("criterion").order_by("review__given_at", "criterion__position", "pk")
    return [row(each, leave_out={"id", "review"}) for each in ordered]


def _remarks(application) -> list[str]:
    """The reviewers' remarks on the whole application, without their names, once the decision is published."""
    if not application.decisions.published().exists():
        return []
    given = application.reviews.exclude(given_at=None).exclude(remark="")
    return list(given.order_by("given_at", "pk").values_list("remark", flat=True))


def _consents(application):
    """To the application itself, to photos, and to each kind of protected content."""
    first = {
        "kind": "application",
        "version": application.consent_version,
        "given_at": _plain(application.consented_at),
    }
    photo = {
        "kind": "photos",
        "version": application.photo_consent_version,
        "given": application.has_photo_consent,
        "answered_at": _plain(application.photo_answered_at),
    }
    return [first, photo, *(row(each, leave_out={"id", "application"}) for each in application.consents.all())]


def _files(application, folder) -> Iterator[Part]:
    """What the person sent, and the letters that were published."""
    for attachment in application.attachments.select_related("file"):
        yield Part(f"{folder}/files/{attachment.kind}-{_safe(attachment.file)}", file=attachment.file)
    for rows in (
        application.decisions.published(),
        LapsedOffer.objects.filter(decision__application=application),
        application.deferrals.all(),
        Appeal.objects.filter(decision__application=application),
    ):
        for each in rows.exclude(letter=None).select_related("letter"):
            yield Part(f"{folder}/letters/{_safe(each.letter)}", file=each.letter)


def _safe(stored) -> str:
    """A name inside the archive that no program takes for a path, and that no two files share."""
    cleaned = "".join(letter if letter.isalnum() or letter in "._- " else "_" for letter in stored.original_name)
    return f"{stored.pk}-{cleaned.lstrip('.') or 'file'}"


def _mails(user) -> Iterator[dict]:
    """Every mail to the account or its address, one at a time; codes and links that still work are hidden."""
    to_person = Q(recipient=user.pk) | Q(to_address__iexact=user.email)
    for mail in OutboundMail.objects.filter(to_person).order_by("pk").iterator(chunk_size=200):
        body = mail.body
        for secret in mail.secrets:
            body = body.replace(secret, "••••••")
        yield {
            "to": mail.to_address,
            "subject": mail.subject,
            "text": body,
            "language": mail.language,
            "state": mail.state,
            "created_at": _plain(mail.created_at),
            "sent_at": _plain(mail.sent_at),
        }


def _readings(user) -> Iterator[dict]:
    """Who of the office has read protected content, as which role, when."""
    log = ReadLog.objects.filter(person=user.pk).select_related("reader", "office").order_by("pk")
    for reading in log.iterator(chunk_size=200):
        yield {
            "office": str(reading.office),
            "read_by": str(reading.reader),
            "role": reading.reader_role,
            "kind": reading.kind,
            "at": _plain(reading.at),
        }
