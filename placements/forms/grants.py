"""What a coordinator types so that a stay can be priced."""

from django import forms
from django.utils.translation import gettext_lazy as _

from placements.forms.placements import GREEN_TRAVEL_DAYS, TRAVEL_DAYS
from placements.models import Placement


class GrantForm(forms.ModelForm):
    class Meta:
        model = Placement
        fields = ["distance_km", "is_green", "travel_days", "interruption_days", "ols_lacks"]
        error_messages = {"distance_km": {"required": _("Enter the distance in km.")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["distance_km"].required = True
        self.fields["is_green"].label = _("Green travel: train, bus or car-pooling for at least half of the way")
        self.fields["travel_days"].help_text = _(
            "At most 2, at most 6 with green travel. They come on top of the stay."
        )
        self.fields["interruption_days"].help_text = _("Days inside the stay that the programme does not pay.")

    def clean(self):
        data = super().clean()
        limit = GREEN_TRAVEL_DAYS if data.get("is_green") else TRAVEL_DAYS
        if (data.get("travel_days") or 0) > limit:
            words = _("More than 2 travel days are for green travel only.")
            self.add_error("travel_days", words if limit == TRAVEL_DAYS else _("At most 6 travel days are paid."))
        length = (self.instance.ends_on - self.instance.starts_on).days + 1 if self.instance.ends_on else None
        if length and (data.get("interruption_days") or 0) >= length:
            self.add_error("interruption_days", _("The interruption is as long as the stay."))
        return data
