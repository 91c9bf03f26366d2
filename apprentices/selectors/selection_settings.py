"""How an office wants its selection run."""

from apprentices.models import SelectionSettings


def settings_of(office) -> SelectionSettings:
    """The office's settings; without a row of its own the defaults, unsaved. One query for each office object."""
    try:
        return office.selection_settings
    except SelectionSettings.DoesNotExist:
        return SelectionSettings(office=office)
