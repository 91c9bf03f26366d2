"""Whom a partner is to have in its portal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.accounts.forms import InvitationForm
from partners.models import Partner


class InviteContactForm(InvitationForm):
    partner = forms.ModelChoiceField(
        Partner.objects.none(),
        label=_("Partner"),
        empty_label=_("Choose a partner"),
        help_text=_("The person sees this partner's candidates only."),
        error_messages={"required": _("Choose the partner.")},
    )
    field_order = ["partner", "given_name", "family_name", "address", "language"]

    def __init__(self, *args, by, partner=None, **kwargs):
        super().__init__(*args, office=by.working_office, **kwargs)
        self.fields["partner"].queryset = Partner.objects.visible_to(by).filter(is_active=True)
        if partner is not None:
            self.fields["partner"].initial = partner
            self.fields["language"].initial = partner.language
