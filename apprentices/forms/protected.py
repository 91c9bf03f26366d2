"""The sections of the second stage that lie encrypted. Their cleaned values are plain enough for JSON."""

import datetime
import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from stdnum import iban
from stdnum.exceptions import ValidationError as NotValid
from stdnum.no import kontonr

from apprentices import protected_consent
from apprentices.enums import ProtectedKind
from apprentices.forms.details import DetailForm, phone_field, yes_no
from apprentices.forms.fields import EMAIL_WORDS, Day, LongText, PlainText
from apprentices.selectors.protected import last_characters
from mobility.common import countries

CHOOSE = [("", _("Choose"))]
_SWEDISH = re.compile(r"\d{4,5}[,;]?\d{2,10}")  # clearing number and account number


class ProtectedForm(DetailForm):
    """A section with a consent. The box is shown, and needed, as long as no consent is in force."""

    kind: ProtectedKind

    consent = forms.BooleanField(
        error_messages={"required": _("Tick that you consent. Without it we keep nothing of this.")}
    )

    def __init__(self, *args, application, content, has_consent, **kwargs):
        self.needed_now = () if has_consent else ("consent",)
        self.stored = content
        super().__init__(*args, application=application, initial=self.to_initial(content), **kwargs)
        if has_consent:
            del self.fields["consent"]
        else:
            self.fields["consent"].label = protected_consent.text(self.kind, application.office.name)

    def to_initial(self, content):
        return content

    def content(self) -> dict:
        """What is kept: every sound answer that was changed in this page, dates and phones as text; else what was there."""
        changed = {name: value for name, value in self.answers().items() if name != "consent"}
        return self.stored | {name: _plain(value) for name, value in changed.items()}

    def asked(self):
        return [part for part in super().asked() if part["fields"]]


def _plain(value):
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool) else str(value)


class HealthForm(ProtectedForm):
    kind = ProtectedKind.HEALTH
    parts = (("has_needs", "diet", "health", "support"),)
    optional = ("diet", "health", "support")

    has_needs = yes_no(_("Is there something that we should know about food, health or support?"))
    diet = LongText(
        label=_("What do you not eat?"),
        help_text=_("Allergies, and what you do not eat for other reasons."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    health = LongText(
        label=_("What should we know about your health?"),
        help_text=_("Only what matters while you are away: illness, medicine, whom to call."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    support = LongText(
        label=_("What help do you need?"),
        help_text=_("At work, with reading and writing, with getting around."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _name(label, **more):
    return PlainText(label=label, max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}), **more)


def _email(label):
    return forms.EmailField(
        label=label,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages=EMAIL_WORDS,
    )


class NextOfKinForm(ProtectedForm):
    kind = ProtectedKind.NEXT_OF_KIN
    parts = (
        ("first_name", "first_relation", "first_phone", "first_email", "first_knows"),
        ("second_name", "second_relation", "second_phone", "second_email", "second_knows"),
    )
    optional = ("first_email", "second_name", "second_relation", "second_phone", "second_email", "second_knows")

    first_name = _name(_("Name"))
    first_relation = _name(_("Who this is to you"), help_text=_("Mother, brother, friend …"))
    first_phone = phone_field(pgettext_lazy("of a person", "Phone"))
    first_email = _email(_("E-mail"))
    first_knows = forms.BooleanField(label=_("This person knows that I give you the number"))
    second_name = _name(_("Name of a second person"))
    second_relation = _name(_("Who the second person is to you"))
    second_phone = phone_field(_("Phone of the second person"))
    second_email = _email(_("E-mail of the second person"))
    second_knows = forms.BooleanField(label=_("The second person knows that I give you the number"))


class BankForm(ProtectedForm):
    kind = ProtectedKind.BANK
    parts = (("country", "holder", "number"),)

    country = forms.ChoiceField(
        label=_("Where is the account?"),
        choices=[("NO", _("Norway")), ("SE", _("Sweden")), ("IBAN", _("another country"))],
        widget=forms.RadioSelect,
    )
    holder = _name(_("Whose account it is"))
    number = PlainText(
        label=_("Account number"),
        help_text=_("Norway: 11 digits. Sweden: clearing number, a comma, account number. Otherwise: IBAN."),
        max_length=50,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self):
        number, country = self.cleaned_data.get("number"), self.cleaned_data.get("country")
        if number:
            try:
                self.cleaned_data["number"] = account_number(number, country)
            except ValidationError as error:
                self.add_error("number", error)
        return self.cleaned_data


def account_number(number: str, country: str) -> str:
    """The number without spaces, if it can be one: Norwegian by modulo 11, Swedish by its shape, else IBAN.

    An IBAN is right in every country. Raises ValidationError.
    """
    bare = re.sub(r"[\s.\-]", "", number).upper()
    try:
        if bare[:2].isalpha():
            return iban.validate(bare)
        if country == "NO":
            return kontonr.validate(bare)
        if country == "SE" and _SWEDISH.fullmatch(bare):
            return bare.replace(";", ",")
    except NotValid:
        pass
    raise ValidationError(
        {
            "NO": _("This is not a Norwegian account number: look at the 11 digits"),
            "SE": _("Write the clearing number, a comma and the account number"),
        }.get(country, _("This is not an IBAN: look at the letters and digits"))
    )


class TravelForm(ProtectedForm):
    """The stored numbers are never put into the page again: an empty field keeps the one that is there."""

    kind = ProtectedKind.TRAVEL
    hidden = ("document_number", "card_number")
    parts = (
        ("document_kind", "document_number", "document_country", "document_expires_on"),
        ("card_number", "card_expires_on"),
    )

    document_kind = forms.ChoiceField(
        label=_("Which do you travel with?"),
        choices=[("passport", _("Passport")), ("id_card", _("Identity card"))],
        widget=forms.RadioSelect,
    )
    document_number = PlainText(
        label=_("Number"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )
    document_country = forms.ChoiceField(label=_("Issued by"))
    document_expires_on = Day(label=_("Valid to"))
    card_number = PlainText(
        label=_("Number of the European Health Insurance Card"),
        max_length=24,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    card_expires_on = Day(label=_("The card is valid to"))

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, application=application, **kwargs)
        self.fields["document_country"].choices = [*CHOOSE, *countries.choices()]
        for name in self.hidden:
            if self.stored.get(name):
                self.fields[name].help_text = _(
                    "We have the one that ends in %(end)s. Leave this empty to keep it."
                ) % {"end": last_characters(self.stored[name])}

    def to_initial(self, content):
        return {name: value for name, value in content.items() if name not in self.hidden}

    def content(self):
        found = super().content()
        for name in self.hidden:
            found[name] = found.get(name) or self.stored.get(name, "")
        return found

    def clean_document_number(self):
        return _letters_and_digits(self.cleaned_data["document_number"], 5)

    def clean_card_number(self):
        return _letters_and_digits(self.cleaned_data["card_number"], 6)


def _letters_and_digits(number, at_least):
    bare = re.sub(r"[\s\-]", "", number).upper()
    if bare and not (bare.isascii() and bare.isalnum() and len(bare) >= at_least):
        raise ValidationError(_("Write the number as it stands there: letters and digits only"))
    return bare


PROTECTED_FORMS: dict[str, type[ProtectedForm]] = {
    form.kind: form for form in (HealthForm, NextOfKinForm, BankForm, TravelForm)
}
"""The form of each protected kind."""
