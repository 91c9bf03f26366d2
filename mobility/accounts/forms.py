"""Forms about oneself and about the people of an office."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.accounts.models import User


class ProfileForm(forms.ModelForm):
    """What everybody may change about themselves. Address, password and second factor have pages of their own."""

    class Meta:
        model = User
        fields = ["given_name", "family_name", "phone", "language", "written_form"]
        help_texts = {
            "language": _("The pages speak this language to you."),
            "written_form": _("Letters and mails to you are written in this language."),
        }
        widgets = {
            "given_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "family_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["given_name"].required = True
        self.fields["given_name"].error_messages["required"] = _("Write your given name.")
