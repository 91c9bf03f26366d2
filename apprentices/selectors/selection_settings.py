"""How an office wants its selection run."""

from django.utils.translation import pgettext

from apprentices.models import SelectionSettings


def settings_of(office) -> SelectionSettings:
    """The office's settings; without a row of its own the defaults, unsaved. One query for each office object."""
    try:
        return office.selection_settings
    except SelectionSettings.DoesNotExist:
        return SelectionSettings(office=office)


def changes_of(office) -> list[dict]:
    """Who changed what when, newest first: dicts of at, who, changes (column in words, before, after)."""
    rows = list(SelectionSettings.history.filter(office_id=office.pk).select_related("history_user")[:20])
    log = []
    for row, older in zip(rows, [*rows, None][1:], strict=True):
        names = row.diff_against(older).changed_fields if older else []
        fields = [SelectionSettings._meta.get_field(name) for name in names if not name.startswith("switched_on")]  # noqa: SLF001
        log.append(
            {
                "at": row.history_date,
                "who": str(row.history_user) if row.history_user else "",
                "changes": [
                    {
                        "what": field.verbose_name,
                        "before": _words(getattr(older, field.name)),
                        "after": _words(getattr(row, field.name)),
                    }
                    for field in fields
                ],
            }
        )
    return log


def _words(value) -> str:
    if isinstance(value, bool):
        return pgettext("setting", "on") if value else pgettext("setting", "off")
    return str(value)
