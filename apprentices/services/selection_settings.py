"""How an office wants its selection run: only here the settings change."""

from django.db import transaction
from django.utils.translation import gettext as _

from apprentices.models import SelectionSettings
from apprentices.selectors.selection_settings import settings_of
from mobility.accounts.models import Office
from mobility.common import clock, history
from mobility.common.errors import Refused


@transaction.atomic
def save_selection_settings(*, office, by, **values) -> SelectionSettings:
    """Write the settings of the office; the history keeps who changed what.

    Who switches on that letters go by themselves is named with the moment, and stands as the one who decides. Raises
    Refused where the head approves decisions and letters should go by themselves as well.
    """
    office = Office.objects.select_for_update().get(pk=office.pk)
    settings = settings_of(office)
    was_alone = settings.letters_go_alone
    for name, value in values.items():
        setattr(settings, name, value)
    if settings.letters_go_alone and settings.head_approves:
        raise Refused(_("Where the head approves decisions, no letter goes out by itself."))
    if settings.letters_go_alone and not was_alone:
        settings.switched_on_by, settings.switched_on_at = by, clock.now()
    elif not settings.letters_go_alone:
        settings.switched_on_by = settings.switched_on_at = None
    history.sign(settings, by)
    settings.save()
    return settings
