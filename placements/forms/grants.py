"""What a coordinator types so that a stay can be priced."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.common import uploads
from mobility.grants.distance import find_place, is_green_share, km_between, namesakes
from mobility.grants.enums import RealCostKind
from mobility.grants.forms.calculator import OTHERS_SHOWN, PlaceField
from placements.forms.placements import GREEN_TRAVEL_DAYS, TRAVEL_DAYS, DayInput
from placements.models import Placement
from placements.selectors import distance

PLACES = ("origin", "venue")


class GrantForm(forms.ModelForm):
    """The way, the journey, the days, the supports. ``facts`` are the arguments of ``change_price_facts``."""

    origin = PlaceField(
        label=_("From"),
        max_length=160,
        required=False,
        help_text=_("The town the journey begins in. A country's code may follow: Lom, NO"),
    )
    venue = PlaceField(label=_("To"), max_length=160, required=False, help_text=_("The town of the host."))

    class Meta:
        model = Placement
        fields = [
            "origin",
            "venue",
            "distance_km",
            "distance_reason",
            "green_percent",
            "travel_days",
            "interruption_days",
            "days_not_requested",
            "ols_lacks",
            "has_fewer_opportunities",
            "wants_organisational_support",
        ]

    def __init__(self, data=None, *args, **kwargs):
        if data is not None:
            data = data.copy()
            for name in PLACES:  # a place of the same name, chosen with its own button
                if data.get(f"pick_{name}"):
                    data[name] = data[f"pick_{name}"]
        super().__init__(data, *args, **kwargs)
        stay = self.instance
        self.fields["days_not_requested"].required = False
        self.suggested = {"origin": distance.suggested_origin(stay), "venue": distance.suggested_venue(stay)}
        self.kept = {"origin": find_place(stay.origin_place), "venue": find_place(stay.venue_place)}
        self.fields["origin"].country, self.fields["venue"].country = stay.office.country, stay.partner.country
        for name in PLACES:
            place = self.kept[name] or (self.suggested[name] if stay.distance_km is None else None)
            self.initial[name] = str(place or "")
        if all(self.kept.values()) and stay.distance_km == km_between(*self.kept.values()):
            self.initial["distance_km"] = None  # it follows from the places
        if stay.is_green and stay.green_percent is None:
            self.initial["green_percent"] = 100
        self.fields["distance_km"].help_text = _(
            "Leave it empty: we reckon it from the two places, one way, as the crow flies."
        )
        self.fields["green_percent"].label = _("Share of the round trip by train, bus or car-pooling (%)")
        self.fields["travel_days"].help_text = _(
            "At most 2, at most 6 with green travel. They come on top of the stay."
        )
        self.fields["interruption_days"].help_text = _("Days inside the stay that the programme does not pay.")

    def others(self) -> dict[str, list]:
        """Other places of the same name as a kept one, for a button each."""
        return {name: namesakes(place, limit=OTHERS_SHOWN) if place else [] for name, place in self.kept.items()}

    def clean(self):
        data = super().clean()
        self._judge_days(data)
        if not self.errors.keys() & {*PLACES, "distance_km"}:
            self._judge_distance(data)
        return data

    def clean_days_not_requested(self):
        return self.cleaned_data["days_not_requested"] or 0

    def _judge_days(self, data):
        data["is_green"] = is_green_share(data.get("green_percent"))
        limit = GREEN_TRAVEL_DAYS if data["is_green"] else TRAVEL_DAYS
        if (data.get("travel_days") or 0) > limit:
            words = _("More than 2 travel days are for green travel only.")
            self.add_error("travel_days", words if limit == TRAVEL_DAYS else _("At most 6 travel days are paid."))
        length = (self.instance.ends_on - self.instance.starts_on).days + 1 if self.instance.ends_on else None
        without = (data.get("interruption_days") or 0) + (data.get("days_not_requested") or 0)
        if length and without >= length:
            self.add_error("interruption_days", _("The interruption is as long as the stay."))

    def _judge_distance(self, data):
        """The km follow from the places; another place than ours, or km of one's own, ask for the reason."""
        places = [data.get(name) for name in PLACES]
        typed = data.get("distance_km")
        if None in places:
            if any(places):
                self.add_error("venue" if places[0] else "origin", _("Enter both places, or none and the km."))
            elif typed is None:
                self.add_error("distance_km", _("Enter the distance in km."))
            return
        reckoned = km_between(*places)
        data["distance_km"] = reckoned if typed is None else typed
        if data.get("distance_reason"):
            return
        for name, place in zip(PLACES, places, strict=True):
            if self.suggested[name] and place != self.suggested[name]:
                words = _("Say why it is another place than %(place)s.") % {"place": self.suggested[name]}
                self.add_error("distance_reason", words)
        if typed is not None and typed != reckoned:
            words = _("Say why the distance is not %(km)s km, as the places say.") % {"km": reckoned}
            self.add_error("distance_reason", words)

    @property
    def facts(self):
        data = dict(self.cleaned_data)
        origin, venue = data.pop("origin"), data.pop("venue")
        return data | {"origin_place": origin.key if origin else "", "venue_place": venue.key if venue else ""}


class CostForm(forms.Form):
    """A cost that is paid as it really was, with its evidence."""

    use_required_attribute = False

    kind = forms.ChoiceField(label=_("What kind of cost?"), choices=RealCostKind)
    what_for = forms.CharField(
        label=_("What was it for?"),
        max_length=200,
        help_text=_("Name what was paid, never the reason why somebody needs it."),
        error_messages={"required": _("Write what was paid.")},
    )
    amount = forms.DecimalField(
        label=_("What did it cost? (EUR)"),
        min_value=Decimal("0.01"),
        max_digits=9,
        decimal_places=2,
        error_messages={"required": _("Enter the amount in euros."), "min_value": _("A cost is more than 0.")},
    )
    evidence = forms.FileField(
        label=_("Evidence"),
        allow_empty_file=True,
        help_text=_("An invoice or a receipt, as PDF, JPG or PNG."),
        widget=forms.ClearableFileInput(attrs={"accept": uploads.ACCEPT}),
        error_messages={"required": _("Choose the invoice or the receipt.")},
    )
    agency_approved_on = forms.DateField(
        label=_("Approved by the agency on"),
        required=False,
        widget=DayInput,
        help_text=_("For expensive travel only."),
    )

    def clean_evidence(self):
        return uploads.check(self.cleaned_data["evidence"])
