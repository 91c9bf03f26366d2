"""What an applicant can be asked to complete, what of it is still missing, and who must be reminded."""

import datetime
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices import workflow
from apprentices.enums import ApplicationStatus
from apprentices.models import Application, CompletionRequest
from apprentices.selectors.drafts import needs_guardian
from mobility.common import clock, countries, formats
from mobility.common.workflow import Transition

# what the office chooses: (words, the fields that it opens); the first field must be filled before it is sent again
TOPICS = {
    "given_name": (gettext_lazy("Given name"), ("given_name",)),
    "family_name": (gettext_lazy("Family name"), ("family_name",)),
    "phone": (gettext_lazy("Mobile"), ("phone",)),
    "birth_date": (gettext_lazy("Date of birth, guardian"), ("birth_date", "guardian_name", "guardian_email")),
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
    "countries": (
        gettext_lazy("Wishes for countries"),
        ("first_country", "second_country", "third_country", "goes_anywhere"),
    ),
    "expected_wages": (gettext_lazy("Wages during the stay"), ("expected_wages",)),
    "english_level": (gettext_lazy("English"), ("english_level",)),
    "earlier_stays": (
        gettext_lazy("Earlier stays with Erasmus+"),
        ("has_earlier_stays", "earlier_where", "earlier_starts_on", "earlier_ends_on", "earlier_days"),
    ),
    "wished_tasks": (gettext_lazy("Wished tasks"), ("wished_tasks",)),
    "competence_aims": (gettext_lazy("Competence aims"), ("competence_aims",)),
    "motivation": (gettext_lazy("Motivation"), ("motivation",)),
    "referee": (gettext_lazy("Reference"), ("referee_name", "referee_contact")),
}
EARLIER = ("earlier_where", "earlier_starts_on", "earlier_ends_on", "earlier_days")
ADDRESS = ("address", "postal_code", "postal_place", "municipality")
MAY_STAY_EMPTY = {
    "company_number",
    "second_country",
    "third_country",
    "goes_anywhere",
    "guardian_name",
    "guardian_email",
    "has_protected_address",
    *EARLIER,
}
ASKABLE = frozenset(name for _words, fields in TOPICS.values() for name in fields)
"""Never the e-mail address: it is the way in. Never consents: nobody can be told to give one."""

REMIND_BEFORE = datetime.timedelta(days=2)
REMIND_NOT_BEFORE = datetime.timedelta(hours=24)  # since the request itself


def fields_of(topics) -> list[str]:
    """The fields that these topics open, in the order of the form."""
    return [name for code, (_words, fields) in TOPICS.items() if code in topics for name in fields]


def topics_of(fields) -> list:
    """The words of the topics that these fields belong to; lazy, so that a mail has them in its own language."""
    return [words for words, names in TOPICS.values() if set(names) & set(fields)]


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


def missing_for_completion(application, asked) -> list[Missing]:
    """Everything named that is still empty, in the order of the form. Page and guard share it."""
    found = []
    for name in asked.fields:
        if _is_needed(application, name) and getattr(application, name) in ("", None):
            label = Application._meta.get_field(name).verbose_name  # noqa: SLF001
            found.append(Missing(name, _("Fill in: %(field)s") % {"field": label}))
    return found


def _is_needed(application, name):
    if name in {"guardian_name", "guardian_email"}:
        return needs_guardian(application)
    if name in ADDRESS:
        return not application.has_protected_address
    if name == "first_country":
        return not application.goes_anywhere
    return name not in MAY_STAY_EMPTY


def snapshot(application, fields) -> dict[str, object]:
    """What the fields say now, as codes: kept with the request, so that before and after stay readable."""
    values = {name: getattr(application, Application._meta.get_field(name).attname) for name in fields}  # noqa: SLF001
    return {name: value if isinstance(value, bool | int | None) else str(value) for name, value in values.items()}


def changes_of(asked) -> list[dict]:
    """Before and after of every field, for the case page: field, before, after, is_changed."""
    return [
        {
            "field": str(Application._meta.get_field(name).verbose_name),  # noqa: SLF001
            "before": readable(name, asked.before.get(name)),
            "after": readable(name, asked.after.get(name)),
            "is_changed": asked.before.get(name) != asked.after.get(name),
        }
        for name in asked.fields
    ]


def readable(name, value) -> str:
    """A kept code in the reader's language."""
    field = Application._meta.get_field(name)  # noqa: SLF001
    if value in ("", None):
        return ""
    if name.endswith("_country"):
        return countries.name(value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, models.DateField):
        return formats.day(datetime.date.fromisoformat(value), "plain")
    if isinstance(field, models.ForeignKey):
        return str(field.related_model.objects.filter(pk=value).first() or "")
    return str(dict(field.flatchoices).get(value, value))


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
