"""The third step of the application form: the apprenticeship and the people who answer for it."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from apprentices.enums import ContractKind, ExpectedWages, TrainingOfficeAnswer
from apprentices.forms.apply import CHOOSE, not_own, phone_words
from apprentices.forms.fields import EMAIL_WORDS, Day, DraftForm, Group, PlainText, ShownIf
from apprentices.models import Trade, TrainingOffice
from apprentices.models.trades import validate_organisation_number


class ApprenticeshipForm(DraftForm):
    """Step 3: trade, contract, company, training office, manager, instructor, wages."""

    layout = (
        Group(("trade",)),
        Group(("contract_kind", "contract_starts_on", "contract_ends_on")),
        Group(("company_name", "company_number")),
        Group(("training_office_choice",)),
        Group(("training_office_name",), ShownIf("training_office_choice", equals=TrainingOfficeAnswer.OTHER.value)),
        Group(("manager_name", "manager_email", "manager_phone")),
        Group(("instructor_name", "instructor_email", "instructor_phone")),
        Group(("expected_wages",)),
    )

    trade = forms.ModelChoiceField(label=_("Trade"), queryset=Trade.objects.none(), empty_label=_("Choose"))
    contract_kind = forms.ChoiceField(
        label=_("Kind of contract"),
        choices=[(value, capfirst(label)) for value, label in ContractKind.choices],
        widget=forms.RadioSelect,
    )
    contract_starts_on = Day(label=_("Training period from"))
    contract_ends_on = Day(label=_("Training period to"), help_text=_("As in your contract, before any extension."))
    company_name = PlainText(
        label=_("Training company"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    company_number = PlainText(
        label=_("Organisation number of the company"),
        help_text=_("It stands in your contract. Spaces are fine."),
        max_length=16,
        required=False,
        validators=[validate_organisation_number],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    training_office_choice = forms.ChoiceField(
        label=_("Training office"), help_text=_("The one that stands in your contract, if there is one.")
    )
    training_office_name = PlainText(label=_("Name of the training office"), max_length=160)
    manager_name = PlainText(
        label=_("Training manager"),
        help_text=_("Responsible for your training. We ask this person to consent to your stay."),
        max_length=160,
    )
    manager_email = forms.EmailField(
        label=_("E-mail of the training manager"),
        error_messages=EMAIL_WORDS,
    )
    manager_phone = PhoneNumberField(
        label=_("Phone of the training manager"), required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    instructor_name = PlainText(
        label=_("Instructor"),
        help_text=_("Who shows you the work from day to day. It may be the training manager."),
        max_length=160,
        required=False,
    )
    instructor_email = forms.EmailField(label=_("E-mail of the instructor"), required=False, error_messages=EMAIL_WORDS)
    instructor_phone = PhoneNumberField(
        label=_("Phone of the instructor"), required=False, widget=forms.TextInput(attrs={"type": "tel"})
    )
    expected_wages = forms.ChoiceField(
        label=_("Wages during the stay"),
        help_text=_("As far as you know. Your employer is asked, too."),
        choices=[*CHOOSE, *((value, capfirst(label)) for value, label in ExpectedWages.choices)],
        required=False,
    )

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        self.application = application
        trades = self.fields["trade"]
        trades.queryset = Trade.objects.all()
        trades.choices = CHOOSE + sorted(
            ((trade.pk, trade.name) for trade in trades.queryset), key=lambda pair: pair[1].casefold()
        )
        self.offices = list(TrainingOffice.objects.filter(office=application.office))
        self.fields["training_office_choice"].choices = [
            *CHOOSE,
            *((str(office.pk), office.name) for office in self.offices),
            (TrainingOfficeAnswer.NONE.value, _("No training office")),
            (TrainingOfficeAnswer.OTHER.value, _("Another training office")),
        ]
        for name in ("manager_phone", "instructor_phone"):
            phone_words(self.fields[name], application.office)

    def clean_manager_email(self):
        return not_own(self, "manager_email", _("The training manager cannot have the same e-mail address as you"))

    def clean_instructor_email(self):
        return not_own(self, "instructor_email", _("The instructor cannot have the same e-mail address as you"))

    def clean(self):
        starts_on, ends_on = self.cleaned_data.get("contract_starts_on"), self.cleaned_data.get("contract_ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("contract_ends_on", _("Your training period ends before it begins"))
        return self.cleaned_data

    def as_columns(self, answers):
        """The one choice becomes two columns: what was answered, and which office of the list."""
        if "training_office_choice" in answers:
            chosen = answers.pop("training_office_choice")
            office = next((office for office in self.offices if str(office.pk) == chosen), None)
            answers["training_office"] = office
            answers["training_office_answer"] = TrainingOfficeAnswer.LISTED if office else chosen
        return answers


def training_office_choice(application):
    """What the one choice shows for an application."""
    return str(application.training_office_id or application.training_office_answer)
