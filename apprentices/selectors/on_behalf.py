"""What was written on behalf of an apprentice, as the apprentice reads it, and what is still missing."""

from babel import Locale
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from apprentices.enums import EntryState
from apprentices.models import Application, Entry
from apprentices.selectors.drafts import missing_for_submission
from mobility.common import countries, formats

_COUNTRIES = {"first_country", "second_country", "third_country", "nationality"}
_NOT_ANSWERS = {
    "id", "office", "round", "apprentice", "status", "status_since", "reference", "created_at", "saved_at",
    "submitted_at", "is_late", "replaced_by", "consented_at", "consent_version", "email_confirmed_at",
    "withdrawn_reason", "photo_consent_version", "photo_answered_at",
}  # fmt: skip


def answers_of(application) -> list[tuple[str, str]]:
    """(question, answer) of every column of the form that holds something, in the order of the form."""
    found = []
    for field in Application._meta.concrete_fields:  # noqa: SLF001 - the public face of fields
        value = getattr(application, field.name)
        if field.name not in _NOT_ANSWERS and not field.generated and value not in ("", None, False):
            found.append((capfirst(str(field.verbose_name)), _said(application, field, value)))
    skills = [f"{language_name(skill.language)}: {skill.level}" for skill in application.language_skills.all()]
    if skills:
        found.append((_("Further languages"), ", ".join(skills)))
    files = [str(each.file) for each in application.attachments.select_related("file")]
    if files:
        found.append((_("Files"), ", ".join(files)))
    return found


def _said(application, field, value):
    if field.name in _COUNTRIES:
        return countries.name(value)
    if value is True:
        return _("yes")
    if field.choices:
        return str(getattr(application, f"get_{field.name}_display")())
    if field.get_internal_type() == "DateField":
        return formats.day(value, "plain")
    if "phone" in field.name:
        return formats.phone(value)
    return str(value)


def language_name(code: str) -> str:
    """The name of a language, in the reader's own."""
    return capfirst(Locale.parse(formats.locale()).languages.get(code, code))


def missing_for_approval(entry) -> list:
    """What the apprentice would be asked to send with gaps. The consent is the apprentice's own, so it is not asked here."""
    return [item for item in missing_for_submission(entry.application) if item.field not in ("consented_at", "consent")]


def written_for_somebody(application) -> bool:
    """Whether the draft (with its ``entry``) is written by somebody else than the apprentice."""
    entry = getattr(application, "entry", None)
    return entry is not None and entry.is_theirs


def held_by(user, entry) -> bool:
    """Whether this person may go on writing the draft of an entry."""
    if entry.state != EntryState.WRITING or not user.is_authenticated:
        return False
    return (
        user.has_perm("apprentices.enter_on_behalf", entry)
        and Entry.objects.visible_to(user).filter(pk=entry.pk).exists()
    )
