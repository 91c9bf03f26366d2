"""Forms of the filters that somebody gives a name."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SavedFilterForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(
        label=_("Name of the filter"),
        max_length=60,
        error_messages={
            "required": _("Write a name for the filter."),
            "max_length": _("The name of a filter has at most 60 characters."),
        },
    )
    is_shared = forms.BooleanField(label=_("For the whole office"), required=False)

    def clean_name(self):
        return " ".join(self.cleaned_data["name"].split())


class ChangeFilterForm(SavedFilterForm):
    delete = forms.BooleanField(label=_("Delete this filter"), required=False)
