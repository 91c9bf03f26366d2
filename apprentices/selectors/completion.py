"""What an applicant can be asked to complete, what of it is still missing, and who must be reminded."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices import workflow
from apprentices.enums import ApplicationStatus, AttachmentKind, EndorsementKind, Stage, TrainingOfficeAnswer
from apprentices.models import Application, CompletionRequest
from apprentices.selectors.drafts import GUARDIANS, needs_guardian
from mobility.common import clock, countries, formats, languages
from mobility.common.workflow import Transition

LANGUAGES = "languages"  # the rows of languages besides English
FILES = "attachment:"  # before the kind of a file: the files of that kind

# what the office chooses: (words, the fields that it opens); the first field must be filled before it is sent again
TOPICS = {
    "given_name": (gettext_lazy("Given name"), ("given_name",)),
    "family_name": (gettext_lazy("Family name"), ("family_name",)),
    "call_name": (gettext_lazy("Call name"), ("call_name",)),
    "phone": (gettext_lazy("Mobile"), ("phone",)),
    "written_form": (gettext_lazy("Language of letters"), ("written_form",)),
    "birth_date": (gettext_lazy("Date of birth, guardian"), ("birth_date", *GUARDIANS)),
    "gender": (gettext_lazy("Gender"), ("gender",)),
    "nationality": (gettext_lazy("Nationality"), ("nationality",)),
    "address": (
        gettext_lazy("Address"),
        ("has_protected_address", "address", "postal_code", "postal_place", "municipality"),
    ),
    "trade": (gettext_lazy("Trade"), ("trade",)),
    "contract_kind": (gettext_lazy("Kind of contract"), ("contract_kind",)),
    "training_period": (gettext_lazy("Training period"), ("contract_starts_on", "contract_ends_on")),
    "company": (gettext_lazy("Training company"), ("company_name", "company_number")),
    "training_office": (
        gettext_lazy("Training office"),
        ("training_office_answer", "training_office", "training_office_name"),
    ),
    "manager": (gettext_lazy("Training manager"), ("manager_name", "manager_email", "manager_phone")),
    "instructor": (gettext_lazy("Instructor"), ("instructor_name", "instructor_email", "instructor_phone")),
    "countries": (
        gettext_lazy("Wishes for countries"),
        ("first_country", "second_country", "third_country", "goes_anywhere"),
    ),
    "expected_wages": (gettext_lazy("Wages during the stay"), ("expected_wages",)),
    "english_level": (gettext_lazy("English"), ("english_level",)),
    LANGUAGES: (gettext_lazy("Other languages"), (LANGUAGES,)),
    "earlier_stays": (
        gettext_lazy("Earlier stays with Erasmus+"),
        ("has_earlier_stays", "earlier_where", "earlier_starts_on", "earlier_ends_on", "earlier_days"),
    ),
    "wished_tasks": (gettext_lazy("Wished tasks"), ("wished_tasks",)),
    "competence_aims": (gettext_lazy("Competence aims"), ("competence_aims",)),
    "motivation": (gettext_lazy("Motivation"), ("motivation",)),
    "referee": (gettext_lazy("Reference"), ("referee_name", "referee_contact")),
    **{f"{FILES}{kind}": (kind.label, (f"{FILES}{kind}",)) for kind in AttachmentKind if kind.stage == Stage.FIRST},
}
EARLIER = ("earlier_where", "earlier_starts_on", "earlier_ends_on", "earlier_days")
ADDRESS = ("address", "postal_code", "postal_place", "municipality")
MAY_STAY_EMPTY = {
    "call_name",
    "company_number",
    "training_office",
    "manager_phone",
    "instructor_name",
    "instructor_email",
    "instructor_phone",
    LANGUAGES,
    "second_country",
    "third_country",
    "goes_anywhere",
    *GUARDIANS,
    "has_protected_address",
    *EARLIER,
}
ASKABLE = frozenset(name for _words, fields in TOPICS.values() for name in fields)
NEVER_ASKED = frozenset({"email", "has_photo_consent"})
"""Never the e-mail address: it is the way in. Never consents: nobody can be told to give one."""

REMIND_BEFORE = datetime.timedelta(days=2)
REMIND_NOT_BEFORE = datetime.timedelta(hours=24)  # since the request itself


def fields_of(topics) -> list[str]:
    """The fields that these topics open, in the order of the form."""
    return [name for code, (_words, fields) in TOPICS.items() if code in topics for name in fields]


def topics_of(fields) -> list:
    """The words of the topics that these fields belong to; lazy, so that a mail has them in its own language."""
    return [words for words, names in TOPICS.values() if set(names) & set(fields)]


def kinds_of(fields) -> list[AttachmentKind]:
    """The kinds of files among these fields, in the order of the form."""
    return [kind for kind in AttachmentKind if f"{FILES}{kind}" in fields]


def columns_of(fields) -> list[str]:
    """The columns of the application among these fields."""
    return [name for name in fields if name != LANGUAGES and not name.startswith(FILES)]


def is_open_for_files(application, kind) -> bool:
    """Whether a returned application takes files of this kind: those, and only those, that the office named."""
    asked = open_request(application) if application.status == ApplicationStatus.RETURNED else None
    return asked is not None and f"{FILES}{kind}" in asked.fields


def open_request(application) -> CompletionRequest | None:
    """What the applicant is asked for now."""
    return application.completion_requests.open().first()


def is_late(asked, today) -> bool:
    """Whether the last day has passed; the applicant may complete all the same."""
    return today > asked.due_on


@dataclass(frozen=True)
class Missing:
    """A named field that is still empty."""

    field: str
    sentence: str

    def __str__(self):
        return self.sentence

    @property
    def anchor(self) -> str:
        """Where on the page of the applicant it is filled in."""
        if self.field.startswith(FILES):
            return f"#file_{self.field.removeprefix(FILES)}"
        return f"#id_{IN_THE_FORM.get(self.field, self.field)}"


IN_THE_FORM = {"training_office_answer": "training_office_choice"}
"""Columns that a field of another name fills: the one choice is two columns."""


def missing_for_completion(application, asked) -> list[Missing]:
    """Everything named that is still empty, in the order of the form. Page and guard share it."""
    found = []
    given = set(application.attachments.values_list("kind", flat=True)) if kinds_of(asked.fields) else set()
    for name in asked.fields:
        kind = name.removeprefix(FILES)
        if name.startswith(FILES):
            if kind not in given:
                found.append(Missing(name, _("Add a file: %(kind)s") % {"kind": AttachmentKind(kind).label}))
        elif _is_needed(application, name) and getattr(application, name) in ("", None):
            label = Application._meta.get_field(name).verbose_name  # noqa: SLF001
            found.append(Missing(name, _("Fill in: %(field)s") % {"field": label}))
    return found


def _is_needed(application, name):
    if name in {"guardian_name", "guardian_email"}:
        return needs_guardian(application)
    if name in ADDRESS:
        return not application.has_protected_address
    if name == "training_office_name":
        return application.training_office_answer == TrainingOfficeAnswer.OTHER
    if name == "first_country":
        return not application.goes_anywhere
    return name not in MAY_STAY_EMPTY


def snapshot(application, fields) -> dict[str, object]:
    """What the fields say now, as codes: kept with the request, so that before and after stay readable."""
    columns = columns_of(fields)
    values = {name: getattr(application, Application._meta.get_field(name).attname) for name in columns}  # noqa: SLF001
    plain = {name: value if isinstance(value, bool | int | None) else str(value) for name, value in values.items()}
    if LANGUAGES in fields:
        plain[LANGUAGES] = {skill.language: skill.level for skill in application.language_skills.all()}
    for kind in kinds_of(fields):
        files = application.attachments.filter(kind=kind).select_related("file")
        plain[f"{FILES}{kind}"] = {str(each.file_id): each.file.original_name for each in files}
    return plain


def changes_of(asked) -> list[dict]:
    """Before and after of every field, for the case page: field, before, after, is_changed."""
    return [
        {
            "field": _words_of(name),
            "before": readable(name, asked.before.get(name)),
            "after": readable(name, asked.after.get(name)),
            "is_changed": asked.before.get(name) != asked.after.get(name),
        }
        for name in asked.fields
    ]


def _words_of(name) -> str:
    if name == LANGUAGES or name.startswith(FILES):
        return str(TOPICS[name][0])
    return str(Application._meta.get_field(name).verbose_name)  # noqa: SLF001


def readable(name, value) -> str:
    """A kept code in the reader's language."""
    if name == LANGUAGES:
        return ", ".join(f"{languages.name(code)}: {level}" for code, level in (value or {}).items())
    if name.startswith(FILES):
        return ", ".join((value or {}).values())
    return "" if value in ("", None) else _of_column(name, value)


def _of_column(name, value) -> str:
    field = Application._meta.get_field(name)  # noqa: SLF001
    if name.endswith("_country"):
        return countries.name(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, models.DateField):
        return formats.day(datetime.date.fromisoformat(value), "plain")
    if isinstance(field, models.ForeignKey):
        return str(field.related_model.objects.filter(pk=value).first() or "")
    return str(dict(field.flatchoices).get(value, value))


NAMED_BY = {
    EndorsementKind.EMPLOYER: ("manager_email",),
    EndorsementKind.GUARDIAN: ("guardian_email", "second_guardian_email"),
    EndorsementKind.TRAINING_OFFICE: ("training_office",),
}
"""The fields that say who is asked."""


def parties_changed(asked) -> list[str]:
    """The kinds of those who are asked that somebody else stands for since the completion was answered."""
    return [
        kind
        for kind, names in NAMED_BY.items()
        if any(asked.before.get(name) != asked.after.get(name) for name in names)
    ]


def way_back(asked) -> Transition:
    """The move that takes the application back to where it was returned from."""
    back_to_review = asked.returned_from == ApplicationStatus.IN_REVIEW
    return workflow.COMPLETE_IN_REVIEW if back_to_review else workflow.COMPLETE


def due_for_reminder(limit=200) -> list[int]:
    """Ids of open requests whose last day is near and who have had no reminder: what the sweeper wakes."""
    due = CompletionRequest.objects.open().filter(
        application__status=ApplicationStatus.RETURNED,
        reminded_at=None,
        due_on__lte=clock.today() + REMIND_BEFORE,
        due_on__gte=clock.today(),
        asked_at__lt=clock.now() - REMIND_NOT_BEFORE,
    )
    return list(due.order_by("due_on", "pk").values_list("pk", flat=True)[:limit])
