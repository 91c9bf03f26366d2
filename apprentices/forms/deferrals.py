"""The office's answer to the wish to wait for a later round."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apprentices.forms.fields import LongText
from apprentices.models import Round


class DeferralForm(forms.Form):
    """Yes or no, with words to the applicant."""

    YES, NO = "yes", "no"
    use_required_attribute = False

    answer = forms.ChoiceField(
        label=_("May the application wait?"),
        choices=[(YES, _("Yes, it waits for a later round")), (NO, _("No, it stays as it is"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no")},
    )
    words = LongText(
        label=_("Words to the applicant"),
        help_text=_("A no needs them. They stand in the mail, and after a yes in the letter."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self):
        found = super().clean()
        if found.get("answer") == self.NO and not found.get("words"):
            self.add_error("words", _("Write to the applicant why."))
        return found


class OfficeDeferForm(forms.Form):
    use_required_attribute = False

    reason = LongText(
        label=_("Why does the application wait?"),
        help_text=_("It stands in the letter to the applicant."),
        max_length=1000,
        error_messages={"required": _("Write in a few words why")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CarryForm(forms.Form):
    use_required_attribute = False

    round = forms.ModelChoiceField(
        label=_("Later round"), queryset=Round.objects.none(), error_messages={"required": _("Choose the round")}
    )

    def __init__(self, *args, rounds, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["round"].queryset = rounds
