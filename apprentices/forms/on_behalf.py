"""Whom an application is written for, and what the apprentice makes of it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apprentices import consent
from apprentices.forms.fields import EMAIL_WORDS, PlainText
from apprentices.models import Round, TrainingOffice
from mobility.accounts.enums import WrittenForm
from mobility.accounts.forms import InvitationForm


class StartEntryForm(forms.Form):
    """The person and the round. The rest is asked by the steps of the ordinary form."""

    use_required_attribute = False

    round = forms.ModelChoiceField(
        Round.objects.none(),
        label=_("Round"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the round.")},
    )
    given_name = PlainText(
        label=_("Given name"), max_length=100, error_messages={"required": _("Write the given name.")}
    )
    family_name = PlainText(label=_("Family name"), max_length=100, required=False)
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_(
            "The apprentice's own. The application is approved through a link to it, and cannot be sent without."
        ),
        error_messages={
            **EMAIL_WORDS,
            "required": _("Write the apprentice's e-mail address: nothing can be sent without it."),
        },
    )
    written_form = forms.ChoiceField(label=_("Language of letters"), choices=WrittenForm.choices)

    def __init__(self, *args, office, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["round"].queryset = Round.objects.open_now().filter(office=office)
        self.fields["written_form"].initial = office.default_language

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if email == self.by.email.lower():
            raise forms.ValidationError(_("This is your own address. Write the apprentice's."))
        return email


class ApproveForm(forms.Form):
    """Sending asks for the apprentice's own consent; a no does not."""

    use_required_attribute = False

    consent = forms.BooleanField(required=False)
    reason = PlainText(
        label=_("If you say no: why?"),
        help_text=_("You need not tell."),
        max_length=500,
        required=False,
    )

    def __init__(self, *args, office, refuses=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.refuses = refuses
        self.fields["consent"].label = consent.text(office.name)

    def clean_consent(self):
        if not self.refuses and not self.cleaned_data["consent"]:
            raise forms.ValidationError(_("Tick that you consent"))
        return self.cleaned_data["consent"]


class InviteTrainingOfficeForm(InvitationForm):
    training_office = forms.ModelChoiceField(
        TrainingOffice.objects.none(),
        label=_("Training office"),
        empty_label=_("Choose a training office"),
        help_text=_("The person sees only what this training office has entered."),
        error_messages={"required": _("Choose the training office.")},
    )
    field_order = ["training_office", "given_name", "family_name", "address", "language"]

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, office=by.working_office, **kwargs)
        self.fields["training_office"].queryset = TrainingOffice.objects.visible_to(by)
