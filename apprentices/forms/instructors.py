"""Which instructor of the register gets an account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apprentices.models import Instructor
from mobility.accounts.enums import Role
from mobility.accounts.models import Membership


class InviteInstructorForm(forms.Form):
    """Name, address and language stand in the register."""

    instructor = forms.ModelChoiceField(
        Instructor.objects.none(),
        label=_("Instructor (tutor)"),
        empty_label=_("Choose an instructor"),
        help_text=_("The invitation goes to the address in the register."),
        error_messages={"required": _("Choose the instructor.")},
    )

    def __init__(self, *args, by, instructor=None, **kwargs):
        super().__init__(*args, **kwargs)
        members = Membership.objects.in_force().filter(office=by.working_office, role=Role.INSTRUCTOR)
        found = Instructor.objects.visible_to(by).exclude(user__in=members.values("user")).select_related("company")
        self.fields["instructor"].queryset = found.order_by("family_name", "given_name")
        self.fields["instructor"].label_from_instance = lambda i: f"{i.full_name}, {i.company} ({i.email})"
        self.fields["instructor"].initial = instructor
