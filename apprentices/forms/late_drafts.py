"""Letting one applicant in after closing."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.forms.fields import PlainText
from mobility.common import clock, formats

CLOCK = "%Y-%m-%dT%H:%M"  # what a browser's own date and clock field sends


class LateAdmissionForm(forms.Form):
    """Until when, in the office's own time, and why. Render and clean it in the office's zone."""

    use_required_attribute = False

    until = forms.DateTimeField(
        label=gettext_lazy("Let in until"),
        input_formats=[CLOCK, f"{CLOCK}:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=CLOCK),
        error_messages={"required": gettext_lazy("Choose until when")},
    )
    reason = PlainText(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It is kept with the application. The applicant does not see it."),
        max_length=500,
        error_messages={"required": gettext_lazy("Write the reason")},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        zone = formats.zone(clock.now().astimezone(office.tz))
        self.fields["until"].help_text = _("Date and clock, %(zone)s.") % {"zone": zone}

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until <= clock.now():
            raise ValidationError(_("The new deadline must lie ahead."))
        return until
