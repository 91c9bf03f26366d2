"""Other dates or another host of a stay."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Opening
from placements.forms.placements import DayInput
from placements.selectors import changes as selectors
from placements.services.changes import Change, planned


class ChangeForm(forms.Form):
    """``change`` is what is asked for; what speaks against it stands beside its field."""

    use_required_attribute = False

    starts_on = forms.DateField(
        label=_("First day"), widget=DayInput, error_messages={"required": _("Enter the first day of the stay.")}
    )
    ends_on = forms.DateField(
        label=_("Last day"), widget=DayInput, error_messages={"required": _("Enter the last day of the stay.")}
    )
    opening = forms.ModelChoiceField(
        Opening.objects.none(),
        label=_("Host"),
        required=False,
        help_text=_("Openings of all partners that still lie ahead. With another partner the stay is proposed anew."),
    )

    def __init__(self, *args, placement, **kwargs):
        self.placement = placement
        kwargs["initial"] = {
            "starts_on": placement.starts_on,
            "ends_on": placement.ends_on,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        opening = self.fields["opening"]
        opening.queryset = selectors.openings_for(placement)
        opening.empty_label = _("stays as it is: %(host)s, %(city)s") % {
            "host": placement.host.name,
            "city": placement.host.city,
        }
        opening.label_from_instance = _words

    def clean(self):
        super().clean()
        if not self.errors:
            for field, sentence in selectors.problems_of(self.placement, planned(self.placement, self.change)):
                self.add_error(field or None, sentence)
        return self.cleaned_data

    @property
    def change(self):
        return Change(**self.cleaned_data)


def _words(opening):
    """``Residencia Sol, Sevilla (ES), 2 of 3 places left``."""
    host = opening.host_company or opening.partner
    return _("%(host)s, %(city)s (%(country)s): %(left)s of %(places)s places left") % {
        "host": host.name,
        "city": host.city,
        "country": opening.partner.country,
        "left": max(opening.places - opening.taken, 0),
        "places": opening.places,
    }
