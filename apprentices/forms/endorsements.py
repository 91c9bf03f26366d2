"""The answers of those who are asked about an application: a form for each kind."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from phonenumber_field.formfields import PhoneNumberField

from apprentices.enums import RECOMMENDATION, EndorsementAnswer, EndorsementKind, Wages
from apprentices.forms.fields import LongText, PlainText

YES_OR_NO = [
    (EndorsementAnswer.YES, pgettext_lazy("consent to a stay", "Yes")),
    (EndorsementAnswer.NO, pgettext_lazy("consent to a stay", "No")),
]


class AnswerForm(forms.Form):
    """What every kind is asked: the answer first, the name last, as a signature."""

    use_required_attribute = False

    answer = forms.ChoiceField(
        label=_("Do you consent to the stay?"),
        choices=YES_OR_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no")},
    )
    name = PlainText(
        label=_("Your name"),
        help_text=_("Typing your name is your signature under this answer."),
        max_length=160,
        error_messages={"required": _("Write your name")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class EmployerForm(AnswerForm):
    """Consent of the employer, with wages and conditions, and what the training manager thinks."""

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
        help_text=_("The office reads this, and it counts in the selection. The apprentice can ask to see it."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ["answer", "wages", "conditions", "opinion", "name"]

    def clean(self):
        if self.cleaned_data.get("answer") == EndorsementAnswer.NO:  # then there are no wages to tell about
            self.errors.pop("wages", None)
            self.cleaned_data["wages"] = ""
        return self.cleaned_data


class TrainingOfficeForm(AnswerForm):
    """The opinion of the training office: recommends, does not, or on conditions, which it then names."""

    conditions = LongText(
        label=_("Conditions"),
        help_text=_("Needed if you recommend the stay with conditions."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    opinion = LongText(
        label=_("Your opinion"),
        help_text=_(
            "For example how the training goes, and what the stay can add. The office reads this; the apprentice can ask "
            "to see it."
        ),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ["answer", "conditions", "opinion", "name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = (EndorsementAnswer.YES, EndorsementAnswer.CONDITIONAL, EndorsementAnswer.NO)
        self.fields["answer"].label = _("Do you recommend the stay?")
        self.fields["answer"].choices = [(code, capfirst(RECOMMENDATION[code])) for code in choices]
        self.fields["answer"].error_messages["required"] = _("Choose whether you recommend the stay")

    def clean(self):
        is_conditional = self.cleaned_data.get("answer") == EndorsementAnswer.CONDITIONAL
        if is_conditional and not self.cleaned_data.get("conditions") and "conditions" not in self.errors:
            self.add_error("conditions", _("Write the conditions on which you recommend the stay"))
        return self.cleaned_data


class GuardianForm(AnswerForm):
    """Consent of a guardian, and where the office reaches them while the young person is away."""

    phone = PhoneNumberField(
        label=_("Your mobile number"),
        help_text=_("We ring you if something happens during the stay."),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"invalid": _("Write a phone number, with the country code if it is not from here")},
    )
    field_order = ["answer", "phone", "name"]


FORMS = {
    EndorsementKind.EMPLOYER: EmployerForm,
    EndorsementKind.TRAINING_OFFICE: TrainingOfficeForm,
    EndorsementKind.GUARDIAN: GuardianForm,
}


class CorrectionForm(forms.Form):
    """The right name and address of somebody who was asked."""

    use_required_attribute = False

    name = PlainText(
        label=_("Name"), max_length=160, error_messages={"required": _("Write the name")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The link goes to this address. Links to the old one no longer work."),
        error_messages={
            "required": _("Write the e-mail address"),
            "invalid": _("Write an e-mail address: name@place.org"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    phone = PhoneNumberField(
        label=_("Mobile"), required=False, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})
    )
