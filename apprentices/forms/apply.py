"""The three steps of the application form."""

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from apprentices import consent
from apprentices.enums import ContractKind, LanguageLevel
from apprentices.forms.fields import Day, DraftForm, LongText, PlainText
from apprentices.models import Trade
from apprentices.models.trades import validate_organisation_number
from apprentices.selectors.drafts import needs_guardian
from mobility.accounts.enums import WrittenForm
from mobility.common import clock, countries

CHOOSE = [("", _("Choose"))]
YOUNGEST, OLDEST = 14, 100  # years; outside it is a slip of the hand


class ContactForm(DraftForm):
    """Step 1: who applies. The consent is needed before anything is kept."""

    needed_now = ("given_name", "email", "consent")

    given_name = PlainText(
        label=_("Given name"),
        help_text=_("As in your passport."),
        max_length=100,
        error_messages={"required": _("Write your given name")},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_name = PlainText(
        label=_("Family name"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("One that you read, also next year. We send a code to it."),
        error_messages={
            "required": _("Write your e-mail address"),
            "invalid": _("Write an e-mail address such as name@example.com"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = PhoneNumberField(label=_("Mobile"), widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}))
    written_form = forms.ChoiceField(
        label=_("Language of letters"),
        help_text=_("We write to you in this language. The language of the pages stays as it is."),
        choices=WrittenForm.choices,
        widget=forms.RadioSelect,
    )
    consent = forms.BooleanField(error_messages={"required": _("Tick that you consent")})

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = consent.text(office.name)
        self.fields["consent"].help_text = format_html(
            '<a href="{}" target="_blank" rel="noopener">{}</a>',
            reverse("public:office_privacy", args=[office.slug]),
            gettext("How we handle your data (opens in a new tab)"),
        )
        self.fields["phone"].region = office.country
        self.fields["phone"].error_messages["invalid"] = _(
            "Write a mobile number with eight digits, or with + and the country code"
        )

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class ApprenticeshipForm(DraftForm):
    """Step 2: trade, contract, company, manager; a guardian for those under 18."""

    birth_date = Day(
        label=_("Date of birth"),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
    )
    guardian_name = PlainText(
        label=_("Guardian"), help_text=_("You are under 18: an adult consents with you."), max_length=160
    )
    guardian_email = forms.EmailField(
        label=_("E-mail of the guardian"),
        error_messages={"invalid": _("Write an e-mail address such as name@example.com")},
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
    manager_name = PlainText(
        label=_("Training manager"),
        help_text=_("Responsible for your training. We ask this person to consent to your stay."),
        max_length=160,
    )
    manager_email = forms.EmailField(
        label=_("E-mail of the training manager"),
        error_messages={"invalid": _("Write an e-mail address such as name@example.com")},
    )

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        self.application = application
        trades = self.fields["trade"]
        trades.queryset = Trade.objects.all()
        trades.choices = CHOOSE + sorted(
            ((trade.pk, trade.name) for trade in trades.queryset), key=lambda pair: pair[1].casefold()
        )
        if not (needs_guardian(application) or application.guardian_name or self._posted_guardian()):
            del self.fields["guardian_name"], self.fields["guardian_email"]

    def _posted_guardian(self):
        return self.is_bound and any(self.data.get(name) for name in ("guardian_name", "guardian_email"))

    def clean_birth_date(self):
        born = self.cleaned_data["birth_date"]
        today = clock.today(self.application.office.tz)
        if born and not OLDEST >= (today - born).days / 365.25 >= YOUNGEST:
            raise ValidationError(_("Look at the year of your date of birth"))
        return born

    def clean_manager_email(self):
        return self._not_own("manager_email", _("The training manager cannot have the same e-mail address as you"))

    def clean_guardian_email(self):
        return self._not_own("guardian_email", _("Your guardian cannot have the same e-mail address as you"))

    def clean(self):
        starts_on, ends_on = self.cleaned_data.get("contract_starts_on"), self.cleaned_data.get("contract_ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("contract_ends_on", _("Your training period ends before it begins"))
        return self.cleaned_data

    def _not_own(self, name, words):
        address = (self.cleaned_data[name] or "").lower()
        if address and address == self.application.email.lower():
            raise ValidationError(words)
        return address


class StayForm(DraftForm):
    """Step 3: wishes, language, motivation. Files go their own way: views/attachments.py."""

    first_country = forms.ChoiceField(label=_("First wish"))
    second_country = forms.ChoiceField(label=_("Second wish"), required=False)
    third_country = forms.ChoiceField(label=_("Third wish"), required=False)
    goes_anywhere = forms.BooleanField(label=_("Another country is fine, too"), required=False)
    english_level = forms.ChoiceField(
        label=_("How well do you speak English?"),
        help_text=_("Think of what you manage on an ordinary day at work."),
        choices=[*CHOOSE, *LanguageLevel.choices],
    )
    wished_tasks = PlainText(label=_("What would you like to do there?"), max_length=300, required=False)
    motivation = LongText(
        label=_("Why do you want to go?"),
        help_text=_("What do you want to learn, and how will you manage away from home? Up to 2000 characters."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        wishes = [*CHOOSE, *(pair for pair in countries.choices() if pair[0] != application.office.country)]
        for name in ("first_country", "second_country", "third_country"):
            self.fields[name].choices = wishes

    def clean(self):
        seen = set()
        for name in ("first_country", "second_country", "third_country"):
            code = self.cleaned_data.get(name)
            if code and code in seen:
                self.add_error(
                    name,
                    ValidationError(_("You have chosen %(country)s twice"), params={"country": countries.name(code)}),
                )
            seen.add(code)
        return self.cleaned_data


class CodeForm(forms.Form):
    """The six digits of the mail."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Code from the e-mail"),
        help_text=_("Six digits. They work for one hour."),
        max_length=12,
        error_messages={"required": _("Write the six digits of the e-mail")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self):
        return "".join(letter for letter in self.cleaned_data["code"] if letter.isdigit())


class ResumeForm(forms.Form):
    """The address that a draft was begun with."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("E-mail"),
        error_messages={
            "required": _("Write your e-mail address"),
            "invalid": _("Write an e-mail address such as name@example.com"),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
