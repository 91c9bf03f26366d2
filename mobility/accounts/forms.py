"""Forms about oneself and about the people of an office."""

from django import forms
from django.contrib.auth.forms import SetPasswordMixin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mobility.accounts.enums import Role, WrittenForm
from mobility.accounts.models import User
from mobility.common import clock


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


class InvitationForm(forms.Form):
    """Whom to invite. The floors above add what the membership is limited to."""

    given_name = forms.CharField(
        label=_("Given name"), max_length=100, error_messages={"required": _("Write the given name.")}
    )
    family_name = forms.CharField(label=_("Family name"), max_length=100, required=False)
    address = forms.EmailField(
        label=_("E-mail"),
        help_text=_("The invitation goes there, and the person signs in with it."),
        error_messages={"required": _("Write the e-mail address.")},
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=WrittenForm.choices,
        help_text=_("Somebody who has an account already gets it in the own language."),
    )

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = office.default_language


class ColleagueForm(InvitationForm):
    """Invites somebody into the office itself."""

    ROLES = (Role.COORDINATOR, Role.HEAD, Role.ASSISTANT, Role.REVIEWER, Role.AUDITOR)

    role = forms.ChoiceField(
        label=_("What is the person in the office?"),
        choices=[(role.value, capfirst(role.label)) for role in ROLES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role.")},
    )
    ends_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: until you end it. An auditor always has a last day."),
    )
    field_order = ["role", "given_name", "family_name", "address", "language", "ends_on"]

    def clean_ends_on(self):
        ends_on = self.cleaned_data["ends_on"]
        if ends_on is not None and ends_on < clock.today():
            raise forms.ValidationError(_("The last day lies in the past."))
        if ends_on is None and self.cleaned_data.get("role") == Role.AUDITOR:
            raise forms.ValidationError(_("Give the auditor a last day."))
        return ends_on


class ChoosePasswordForm(SetPasswordMixin, forms.Form):
    """The password of somebody who accepts an invitation and has none yet."""

    error_messages = {"password_mismatch": _("The two passwords are not the same.")}
    password1, password2 = SetPasswordMixin.create_password_fields(label1=_("Password"), label2=_("Password again"))

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = _("At least 12 characters. Three or four words are easy to remember.")
        self.fields["password2"].help_text = ""
        self.fields["password1"].error_messages["required"] = _("Choose a password.")
        self.fields["password2"].error_messages["required"] = _("Write the password once more.")

    def clean(self):
        self.validate_passwords()
        self.validate_password_for_user(self.user)
        return super().clean()


class LinkCodeForm(forms.Form):
    """The six digits that were mailed to whom a signed link belongs."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Code from the e-mail"),
        help_text=_("Six digits. They work for one hour."),
        max_length=20,
        error_messages={"required": _("Write the six digits of the e-mail")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self):
        """With or without spaces and hyphens, as mail programs copy it."""
        return "".join(letter for letter in self.cleaned_data["code"] if letter.isdigit())


class MailCorrectionForm(forms.Form):
    """Address, subject and text of a mail that is held or has failed."""

    use_required_attribute = False

    to_address = forms.EmailField(
        label=pgettext_lazy("mail", "To"), error_messages={"required": _("Write the e-mail address.")}
    )
    subject = forms.CharField(label=_("Subject"), max_length=255, error_messages={"required": _("Write the subject.")})
    body = forms.CharField(
        label=_("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("A mark such as [••••••1] stands for a link or a code: keep it where it is."),
        error_messages={"required": _("Write the text.")},
    )
    send = forms.BooleanField(label=_("Send it right away"), required=False)


class ReasonForm(forms.Form):
    """Why a mail is held or given up."""

    use_required_attribute = False

    note = forms.CharField(label=_("Why"), max_length=200, error_messages={"required": _("Write why, in a few words.")})


class AddressForm(forms.Form):
    """The right address instead of one that mails did not reach, and where it is to be written."""

    use_required_attribute = False

    new = forms.EmailField(label=_("The right address"), error_messages={"required": _("Write the e-mail address.")})
    keys = forms.MultipleChoiceField(
        label=_("Correct it here, too"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, address, sources, **kwargs):
        super().__init__(*args, **kwargs)
        self.address = address
        self.fields["keys"].choices = [
            (source.key, f"{source.found.who}: {source.found.what}") for source in sources if source.can_correct
        ]
        if not self.fields["keys"].choices:
            del self.fields["keys"]

    def clean_new(self):
        new = self.cleaned_data["new"]
        if new.lower() == self.address.lower():
            raise forms.ValidationError(_("This is the address that mails did not reach."))
        return new
