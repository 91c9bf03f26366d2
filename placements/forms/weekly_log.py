"""The weekly log, made for a phone."""

from django import forms
from django.utils.translation import gettext_lazy as _

MOODS = [
    (5, _("Very well")),
    (4, _("Well")),
    (3, _("So-so")),
    (2, _("Not so well")),
    (1, _("Badly")),
]


class WeeklyLogForm(forms.Form):
    days_present = forms.TypedChoiceField(
        label=_("How many days were you at work or at the course this week?"),
        coerce=int,
        choices=[("", _("Choose")), *((str(number), str(number)) for number in range(8))],
        error_messages={"required": _("Choose how many days you were there.")},
    )
    mood = forms.TypedChoiceField(
        label=_("How is it going?"),
        coerce=int,
        choices=MOODS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it is going.")},
    )
    text = forms.CharField(
        label=_("What did you do and learn?"),
        max_length=3000,
        help_text=_("A few sentences are enough. The office at home reads it; the partner does not."),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write a few words about your week.")},
    )
    wants_call = forms.BooleanField(
        label=_("Please call me"), required=False, help_text=_("Somebody from the office rings you.")
    )
