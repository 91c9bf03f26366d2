"""The first two steps of the application form, and the small forms that open a draft elsewhere."""

import csv
from functools import cache
from pathlib import Path

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from apprentices import consent
from apprentices.enums import Gender
from apprentices.forms.fields import EMAIL_WORDS, Day, DraftForm, Group, PlainText, ShownIf
from apprentices.selectors.drafts import adult_if_born_by
from mobility.accounts.enums import WrittenForm
from mobility.common import clock, countries

CHOOSE = [("", _("Choose"))]
YOUNGEST, OLDEST = 14, 100  # years; outside it is a slip of the hand
MUNICIPALITIES = Path(__file__).resolve().parent.parent / "data" / "municipalities.csv"


def phone_words(field, office):
    """Numbers without a country code are the office's country's; a wrong one is told what to do."""
    field.region = office.country
    field.error_messages["invalid"] = _("Write a mobile number with eight digits, or with + and the country code")


def not_own(form, name, words):
    """The address of somebody else than the applicant, in small letters."""
    address = (form.cleaned_data[name] or "").lower()
    if address and address == form.application.email.lower():
        raise ValidationError(words)
    return address


@cache
def municipalities(county: str) -> tuple[str, ...]:
    """Names of the municipalities of a county that we have the list of; else empty."""
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as lines:
        return tuple(row["name"] for row in csv.DictReader(lines) if county and row["county"] == county)


class ContactForm(DraftForm):
    """Step 1: how we reach you. The consent is needed before anything is kept."""

    needed_now = ("given_name", "email", "consent")
    layout = (
        Group(("given_name", "family_name")),
        Group(("call_name",)),
        Group(("email", "phone")),
        Group(("written_form",)),
        Group(("consent",)),
    )

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
    call_name = PlainText(
        label=_("Call name"),
        help_text=_("If people call you something else."),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("One that you read, also next year. We send a code to it."),
        error_messages={**EMAIL_WORDS, "required": _("Write your e-mail address")},
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

    def __init__(self, *args, office, on_behalf=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = consent.text(office.name)
        self.fields["consent"].help_text = format_html(
            '<a href="{}" target="_blank" rel="noopener">{}</a>',
            reverse("public:office_privacy", args=[office.slug]),
            gettext("How we handle your data (opens in a new tab)"),
        )
        if on_behalf:  # nobody consents for somebody else: the apprentice is asked before anything is sent
            del self.fields["consent"]
        phone_words(self.fields["phone"], office)

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class PersonForm(DraftForm):
    """Step 2: age, guardian of those under 18, gender, nationality, where one lives (not where that is protected)."""

    birth_date = Day(
        label=_("Date of birth"),
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
    )
    guardian_name = PlainText(
        label=_("Guardian"), help_text=_("You are under 18: an adult consents with you."), max_length=160
    )
    guardian_email = forms.EmailField(label=_("E-mail of the guardian"), error_messages=EMAIL_WORDS)
    second_guardian_name = PlainText(
        label=_("Second guardian"),
        help_text=_("If two adults are responsible for you."),
        max_length=160,
        required=False,
    )
    second_guardian_email = forms.EmailField(
        label=_("E-mail of the second guardian"), error_messages=EMAIL_WORDS, required=False
    )
    gender = forms.ChoiceField(
        label=_("Gender"),
        choices=[(value, capfirst(label)) for value, label in Gender.choices],
        widget=forms.RadioSelect,
    )
    nationality = forms.ChoiceField(label=_("Nationality"), help_text=_("As in your passport."))
    has_protected_address = forms.BooleanField(
        label=_("My address is protected"),
        help_text=_("Decided by the police, the tax office or the child welfare service. Then we do not ask for it."),
        required=False,
    )
    address = PlainText(
        label=_("Address"),
        help_text=_("Street and number."),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postal_code = PlainText(
        label=_("Postal code"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "inputmode": "numeric"}),
    )
    postal_place = PlainText(
        label=_("Postal place"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "address-level2"})
    )
    municipality = PlainText(label=_("Municipality"), max_length=80, widget=forms.TextInput)

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        self.application = application
        adult = ShownIf("birth_date", after=adult_if_born_by(application).isoformat())
        open_address = ShownIf("has_protected_address", equals="")
        self.layout = (
            Group(("birth_date",)),
            Group(("guardian_name", "guardian_email", "second_guardian_name", "second_guardian_email"), adult),
            Group(("gender",)),
            Group(("nationality",)),
            Group(("has_protected_address",)),
            Group(("address", "postal_code", "postal_place"), open_address),
            Group(("municipality",), open_address),
        )
        self.fields["nationality"].choices = [*CHOOSE, *countries.every()]
        self.municipalities = municipalities(application.office.county)
        if self.municipalities:
            self.fields["municipality"].widget.attrs["list"] = "municipalities"

    def clean_birth_date(self):
        born = self.cleaned_data["birth_date"]
        today = clock.today(self.application.office.tz)
        if born and not OLDEST >= (today - born).days / 365.25 >= YOUNGEST:
            raise ValidationError(_("Look at the year of your date of birth"))
        return born

    def clean_guardian_email(self):
        return not_own(self, "guardian_email", _("Your guardian cannot have the same e-mail address as you"))

    def clean_second_guardian_email(self):
        return not_own(self, "second_guardian_email", _("Your guardian cannot have the same e-mail address as you"))

    def clean(self):
        first, second = (self.cleaned_data.get(name) for name in ("guardian_email", "second_guardian_email"))
        if second and first and second.casefold() == first.casefold():
            self.add_error("second_guardian_email", _("Each guardian needs an e-mail address of their own"))
        return self.cleaned_data

    def clean_municipality(self):
        """As the list writes it, however it was typed."""
        typed = self.cleaned_data["municipality"]
        return next((name for name in self.municipalities if name.casefold() == typed.casefold()), typed)


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
        error_messages={**EMAIL_WORDS, "required": _("Write your e-mail address")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
