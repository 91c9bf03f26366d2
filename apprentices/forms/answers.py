"""What an applicant answers after sending: yes or no to an offer, or to withdraw."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apprentices.forms.fields import LongText, PlainText


class WithdrawForm(forms.Form):
    use_required_attribute = False

    reason = LongText(
        label=_("Why do you withdraw?"),
        help_text=_("A few words are enough. The office reads them."),
        max_length=500,
        error_messages={"required": _("Write in a few words why you withdraw")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DeferForm(forms.Form):
    use_required_attribute = False

    reason = LongText(
        label=_("Why do you want to wait for a later round?"),
        help_text=_("A few words are enough. The office reads them and answers."),
        max_length=1000,
        error_messages={"required": _("Write in a few words why you want to wait")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class OfferForm(forms.Form):
    """Yes or no to an offer."""

    YES, NO = "yes", "no"
    use_required_attribute = False

    answer = forms.ChoiceField(
        label=_("Do you take the place?"),
        choices=[(YES, _("Yes, I want to go")), (NO, _("No, I do not want the place"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no")},
    )
    reason = PlainText(label=_("If no: what is the reason?"), max_length=500, required=False)
