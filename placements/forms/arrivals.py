"""Dates of what happened: arrived, returned; and the date of the list of who is abroad."""

from django import forms
from django.utils.translation import gettext_lazy as _

from placements.forms.placements import DayInput


class ArrivalForm(forms.Form):
    arrived_on = forms.DateField(
        label=_("Arrived on"), widget=DayInput, error_messages={"required": _("Enter the day of arrival.")}
    )


class ReturnForm(forms.Form):
    ends_on = forms.DateField(
        label=_("Last day of the stay"),
        help_text=_("The last day at work or course. It replaces the planned one."),
        widget=DayInput,
        error_messages={"required": _("Enter the last day of the stay.")},
    )
    returned_on = forms.DateField(
        label=_("Came home on"), widget=DayInput, error_messages={"required": _("Enter the day of return.")}
    )
    note = forms.CharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("If the stay ended early: why.")
    )  # fmt: skip


class OnDateForm(forms.Form):
    on = forms.DateField(
        label=_("Date"), required=False, widget=DayInput(attrs={"class": "u-input"}),
        error_messages={"invalid": _("Enter a date, such as 2027-02-10.")},
    )  # fmt: skip
