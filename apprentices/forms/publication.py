"""When decisions go out, and what the head says of them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.forms.late_drafts import CLOCK
from apprentices.models import SelectionSettings
from mobility.common import clock, formats


class PlanForm(forms.Form):
    """The instant of a publication, in the office's own time. Render and clean it in the office's zone."""

    use_required_attribute = False

    at = forms.DateTimeField(
        label=gettext_lazy("Publish on"),
        input_formats=[CLOCK, f"{CLOCK}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=CLOCK),
        error_messages={"required": gettext_lazy("Choose day and clock")},
    )
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        zone = formats.zone(clock.now().astimezone(office.tz))
        self.fields["at"].help_text = _("Date and clock, %(zone)s.") % {"zone": zone}

    def clean_at(self):
        at = self.cleaned_data["at"]
        if at <= clock.now():
            raise ValidationError(_("The moment must lie ahead."))
        return at


class SelectionSettingsForm(forms.ModelForm):
    """How the office wants its selection run."""

    use_required_attribute = False

    class Meta:
        model = SelectionSettings
        fields = ["head_approves", "answer_days", "first_reminder_days", "second_reminder_days", "letters_go_alone"]

    def clean(self):
        found = super().clean()
        if found.get("head_approves") and found.get("letters_go_alone"):
            self.add_error("letters_go_alone", _("Where the head approves decisions, no letter goes out by itself."))
        first, second = found.get("first_reminder_days"), found.get("second_reminder_days")
        if first and second is not None and second >= first:
            words = _("The second reminder comes after the first: nearer to the last day.")
            self.add_error("second_reminder_days", words)
        return found
