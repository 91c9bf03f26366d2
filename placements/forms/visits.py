"""Booking a tutor visit."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apprentices.models import Instructor
from placements.selectors.visits import instructor_of, offered_days


class BookVisitForm(forms.Form):
    """A day of the partner inside the stay. The office also says who travels; an instructor books for oneself."""

    day = forms.ModelChoiceField(
        queryset=None,
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose a day."), "invalid_choice": _("Choose one of the free days.")},
    )
    instructor = forms.ModelChoiceField(
        label=_("Who travels"), queryset=None, error_messages={"required": _("Choose who travels.")}
    )

    def __init__(self, *args, placement, instructor=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["day"].queryset = offered_days(placement)
        if instructor is not None:
            del self.fields["instructor"]
            return
        self.fields["instructor"].queryset = Instructor.objects.filter(office=placement.office_id).select_related(
            "company"
        )
        self.fields["instructor"].initial = instructor_of(placement)
        self.fields["instructor"].label_from_instance = lambda person: f"{person.full_name}, {person.company}"


class CancelVisitForm(forms.Form):
    note = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("The partner and the apprentice read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
