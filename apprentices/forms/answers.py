"""What is answered after an application was sent: by the applicant, and by the training manager."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apprentices.enums import EndorsementAnswer, Wages
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


class EndorseForm(forms.Form):
    """Yes or no of the employer, with what goes with it."""

    use_required_attribute = False

    answer = forms.ChoiceField(
        label=_("Do you consent to the stay?"),
        choices=[
            (EndorsementAnswer.YES, pgettext_lazy("consent to a stay", "Yes")),
            (EndorsementAnswer.NO, pgettext_lazy("consent to a stay", "No")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no")},
    )
    wages = forms.ChoiceField(
        label=_("Wages during the stay"),
        help_text=_("You have no duty to pay. The answer decides which social security the apprentice has abroad."),
        choices=[(value, capfirst(label)) for value, label in Wages.choices],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what wages you pay during the stay")},
    )
    conditions = LongText(
        label=_("Conditions"),
        help_text=_("For example dates that do not suit you."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    opinion = LongText(
        label=_("What do you think of the apprentice for this stay?"),
        help_text=_("Only the office reads this. It counts in the selection."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    name = PlainText(
        label=_("Your name"),
        help_text=_("Typing your name is your signature under this answer."),
        max_length=160,
        error_messages={"required": _("Write your name")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean(self):
        if self.cleaned_data.get("answer") == EndorsementAnswer.NO:  # then there are no wages to tell about
            self.errors.pop("wages", None)
            self.cleaned_data["wages"] = ""
        return self.cleaned_data
