"""Returning an application for completion: what the office asks, and the named fields as the applicant gets them."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.forms.apply import ContactForm, PersonForm
from apprentices.forms.apply_stay import MotivationForm, StayForm
from apprentices.forms.apply_work import ApprenticeshipForm, training_office_choice
from apprentices.forms.fields import Day, LongText
from apprentices.selectors.completion import IN_THE_FORM, TOPICS, fields_of
from mobility.common import clock


class ReasonForm(forms.Form):
    """Why somebody does what is out of the ordinary."""

    use_required_attribute = False

    reason = LongText(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It stays in the log of the case."),
        max_length=1000,
        error_messages={"required": gettext_lazy("Write the reason")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReturnForm(forms.Form):
    """What the applicant is asked to complete, why, and by when."""

    use_required_attribute = False

    topics = forms.MultipleChoiceField(
        label=gettext_lazy("What is to be completed"),
        help_text=gettext_lazy("Only this can be changed; everything else stays readable."),
        choices=[(code, words) for code, (words, _fields) in TOPICS.items()],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick what is to be completed")},
    )
    message = LongText(
        label=gettext_lazy("What you need"),
        help_text=gettext_lazy(
            "The applicant reads this, in the mail and above the form. Write as you speak to a young person."
        ),
        max_length=1000,
        error_messages={"required": gettext_lazy("Write what you need")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    due_on = Day(label=gettext_lazy("Last day"), error_messages={"required": gettext_lazy("Choose the last day")})

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        self.application = application

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on <= clock.today(self.application.office.tz):
            raise forms.ValidationError(_("The last day must lie ahead."))
        return due_on

    @property
    def request(self) -> dict:
        """What the service takes, from a valid form."""
        return {
            "fields": fields_of(self.cleaned_data["topics"]),
            "message": self.cleaned_data["message"],
            "due_on": self.cleaned_data["due_on"],
        }


def completion_forms(data, application, named) -> list[forms.Form]:
    """The steps of the form cut down to the named fields, filled with what is there. Anything else in ``data`` is lost."""
    steps = (
        (ContactForm, {"office": application.office}),
        (PersonForm, {"application": application}),
        (ApprenticeshipForm, {"application": application}),
        (StayForm, {"application": application}),
        (MotivationForm, {"application": application}),
    )
    shown = {IN_THE_FORM.get(name, name) for name in named}
    stored = {"training_office_choice": training_office_choice(application)}
    found = []
    for form_class, context in steps:
        fields = [name for name in form_class.base_fields if name in shown]
        if fields:
            initial = {name: stored[name] if name in stored else getattr(application, name) for name in fields}
            form = form_class(data, initial=initial, **context)
            for name in set(form.fields) - set(fields):
                del form.fields[name]
            found.append(form)
    return found


def answers_of(filled) -> dict:
    """What was changed in this page and is sound, of all the forms together."""
    return {name: value for form in filled for name, value in form.answers().items()}
