"""Forms of the office's own work on a case: a note, and who has it."""

import uuid

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from apprentices.models import CaseNote
from apprentices.selectors.casework import officers_of
from mobility.common import clock


class NoteForm(forms.Form):
    """A note; with a day, it comes back to somebody's workbench."""

    text = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=CaseNote._meta.get_field("text").max_length,  # noqa: SLF001
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Read by coordinators, the head and the auditor. Write what the case needs, and nothing about health."
        ),
    )
    follow_up_on = forms.DateField(
        label=gettext_lazy("Come back to it on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Then it stands on the workbench until it is done."),
    )
    follow_up_for = forms.ModelChoiceField(
        label=gettext_lazy("Who comes back to it"), required=False, queryset=None, empty_label=gettext_lazy("I do")
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, application, by, for_colleagues=True, **kwargs):
        """``for_colleagues``: whether one may choose who comes back to it (the short form on the case page does not ask)."""
        super().__init__(*args, **kwargs)
        self.application = application
        if for_colleagues:
            self.fields["follow_up_for"].queryset = officers_of(application.office_id).exclude(pk=by.pk)
        else:
            del self.fields["follow_up_for"]

    def clean_follow_up_on(self):
        day = self.cleaned_data["follow_up_on"]
        if day and day < clock.today(self.application.office.tz):
            raise forms.ValidationError(_("Choose today or a later day."))
        return day

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("follow_up_for") and not cleaned.get("follow_up_on") and "follow_up_on" not in self.errors:
            self.add_error("follow_up_on", _("Say when, too."))
        return cleaned


class OfficerForm(forms.Form):
    """Which colleague gets the cases."""

    owner = forms.ModelChoiceField(
        label=gettext_lazy("Case officer"), queryset=None, empty_label=pgettext_lazy("choice", "Choose …")
    )

    def __init__(self, *args, office_id, without=None, **kwargs):
        """``without``: somebody who is not offered, because the work is taken from there."""
        super().__init__(*args, **kwargs)
        people = officers_of(office_id)
        self.fields["owner"].queryset = people.exclude(pk=without.pk) if without else people
