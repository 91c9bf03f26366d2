"""The sections of the second stage that are no more private than the application."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from apprentices.enums import LodgingWish
from apprentices.forms.fields import Day, DraftForm, LongText, PlainText
from apprentices.reasons_details import reason_for

YES_NO = [("True", _("Yes")), ("False", _("No"))]


def yes_no(label, **more):
    """Yes, no, or no answer yet (None)."""
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda value: value == "True",
        empty_value=None,
        widget=forms.RadioSelect,
        **more,
    )


def phone_field(label, **more):
    return PhoneNumberField(label=label, widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}), **more)


class DetailForm(DraftForm):
    """A section: everything in it can be saved empty. ``parts`` are the fields that one reason explains.

    ``optional`` are those that nobody misses; the page says so.
    """

    parts: tuple[tuple[str, ...], ...] = ()
    optional: tuple[str, ...] = ()

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        self.application = application
        for name, field in self.fields.items():
            if isinstance(field, PhoneNumberField):
                field.region = application.office.country
                field.error_messages["invalid"] = _(
                    "Write a phone number with eight digits, or with + and the country code"
                )
            field.required = name not in self.optional

    def asked(self):
        """The fields as the page shows them, with why each part is asked."""
        return [{"fields": [self[name] for name in names], "why": reason_for(names[0])} for names in self.parts]


class EnglishForm(DetailForm):
    parts = (("cv_english", "letter_english"),)

    cv_english = LongText(
        label=_("CV in English"),
        help_text=_("School, work, what you can do. Up to 6000 characters, or add a file below."),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "en"}),
    )
    letter_english = LongText(
        label=_("Letter in English"),
        help_text=_("Who you are and what you would like to learn. Up to 4000 characters, or add a file below."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8, "lang": "en"}),
    )


class LicenceForm(DetailForm):
    parts = (("has_licence", "licence_classes", "licence_since"),)
    optional = ("licence_since",)

    has_licence = yes_no(_("Do you have a driving licence?"))
    licence_classes = PlainText(label=_("Classes"), help_text=_("As on the licence, for instance B, T."), max_length=60)
    licence_since = Day(label=_("Since"))

    def clean(self):
        if self.cleaned_data.get("has_licence") is False:
            self.cleaned_data |= {"licence_classes": "", "licence_since": None}
        return self.cleaned_data


class LodgingForm(DetailForm):
    parts = (("lodging_wish", "lodging_notes"),)
    optional = ("lodging_notes",)

    lodging_wish = forms.ChoiceField(
        label=_("How would you like to live?"),
        choices=[(value, capfirst(label)) for value, label in LodgingWish.choices],
        widget=forms.RadioSelect,
    )
    lodging_notes = LongText(
        label=_("Is there something more?"),
        help_text=_(
            "With whom you would like to live, animals, smoking. Health belongs under “Food, health and support”."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class GuardiansForm(DetailForm):
    parts = (("guardian_phone", "second_guardian_name", "second_guardian_phone"),)
    optional = ("second_guardian_name", "second_guardian_phone")

    guardian_phone = phone_field(_("Phone of the guardian"))
    second_guardian_name = PlainText(label=_("Second guardian, if there is one"), max_length=160)
    second_guardian_phone = phone_field(_("Phone of the second guardian"))

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, application=application, **kwargs)
        if application.guardian_name:
            self.fields["guardian_phone"].label = _("Phone of %(name)s") % {"name": application.guardian_name}


class A1Form(DetailForm):
    parts = (("a1_asked_on", "a1_received_on"),)

    a1_asked_on = Day(
        label=_("Asked for on"), help_text=_("Your employer asks for it if it pays wages while you are away.")
    )
    a1_received_on = Day(label=_("Came on"))

    def clean(self):
        asked, came = self.cleaned_data.get("a1_asked_on"), self.cleaned_data.get("a1_received_on")
        if asked and came and came < asked:
            self.add_error("a1_received_on", _("The A1 certificate came before it was asked for"))
        return self.cleaned_data


class CertificatesForm(DetailForm):
    """Whether there are any; each is a row of its own below."""

    parts = (("has_certificates",),)

    has_certificates = yes_no(_("Do you have certificates with a date on them?"))


class CertificateForm(DetailForm):
    """One certificate. Its name is what makes it a row."""

    needed_now = ("name",)
    optional = ("expires_on",)
    parts = (("name", "expires_on"),)

    name = PlainText(
        label=_("Certificate"), max_length=160, error_messages={"required": _("Write the name of the certificate")}
    )
    expires_on = Day(label=_("Valid to"), help_text=_("Empty if it does not expire."))


class InsuranceForm(DetailForm):
    """One insurance. The company is what makes it a row."""

    needed_now = ("company",)
    optional = ("policy_number", "expires_on")
    parts = (("company", "policy_number", "emergency_phone", "expires_on"),)

    company = PlainText(
        label=_("Insurance company"), max_length=160, error_messages={"required": _("Write the name of the company")}
    )
    policy_number = PlainText(label=_("Policy number"), max_length=60)
    emergency_phone = phone_field(_("Emergency phone"), help_text=_("The number that is answered day and night."))
    expires_on = Day(label=_("Valid to"))


class PoliceForm(forms.Form):
    """The office notes that a certificate was shown; whoever notes it is the one to whom it was shown."""

    use_required_attribute = False

    shown_on = Day(label=_("Shown to me on"), required=False, help_text=_("Empty takes the note away."))


FORMS: dict[str, type[DetailForm]] = {
    "english": EnglishForm,
    "licence": LicenceForm,
    "certificates": CertificatesForm,
    "lodging": LodgingForm,
    "guardians": GuardiansForm,
    "a1": A1Form,
}
"""The form of each plain section that has one."""
