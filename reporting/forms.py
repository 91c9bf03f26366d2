"""Forms of reports."""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.accounts.enums import WrittenForm
from mobility.grants.models import Project


class ReportRequestForm(forms.Form):
    """Which project, in which language; only projects that the person may see can be chosen."""

    project = forms.ModelChoiceField(
        label=_("Project"),
        queryset=Project.objects.none(),
        empty_label=_("Choose a project"),
        error_messages={
            "required": _("Choose a project."),
            "invalid_choice": _("Choose one of your office's projects."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language of the report"),
        choices=WrittenForm,
        error_messages={"required": _("Choose a language."), "invalid_choice": _("Choose one of the languages.")},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = Project.objects.visible_to(user)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True  # stands in the page's own form
