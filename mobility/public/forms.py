"""The one form that everybody may send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.accounts.models import Office


class FaultForm(forms.Form):
    """A fault that somebody met, with or without an account. The address is asked for an answer only."""

    office = forms.ModelChoiceField(
        Office.objects.all(),
        label=_("Which office is it about?"),
        required=False,
        empty_label=_("I do not know"),
    )
    page = forms.CharField(
        label=_("On which page?"), max_length=300, required=False, help_text=_("The address or the heading.")
    )
    text = forms.CharField(
        label=_("What does not work?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Please leave out health, passport and bank details."),
        error_messages={"required": _("Write what does not work.")},
    )
    email = forms.EmailField(
        label=_("Your e-mail address, if you want an answer"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
