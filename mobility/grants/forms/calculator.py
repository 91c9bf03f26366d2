"""What the grant calculator asks."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mobility.grants.activities import ACTIVITIES
from mobility.grants.arithmetic import Mobility, base_rate_problem, contradictions, duration_problem, place_problems
from mobility.grants.calculator import highest_rate
from mobility.grants.distance import Place, find_place, search_places
from mobility.grants.enums import ActivityType, ParticipantKind
from mobility.grants.rates import MissingRate, known_call_years, rate_table

OTHERS_SHOWN = 4


class PlaceField(forms.CharField):
    """A place by its name, or by the key that a link carries; cleans to a Place (None where it may be empty).

    ``country``: where it is looked for first.
    """

    country = ""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        known = find_place(text)
        found = [known] if known else search_places(text, country="" if "," in text else self.country)
        found = found or search_places(text)
        if not found:
            raise ValidationError(_("We know no place of this name. Try a larger town near it."))
        return found[0]


class CalculatorForm(forms.Form):
    """Sent by GET, so that the address of the page keeps every answer."""

    use_required_attribute = False

    origin = PlaceField(label=_("From"), max_length=120, help_text=_("The town you travel from."))
    venue = PlaceField(
        label=_("To"), max_length=120, help_text=_("The town you stay in. A country's code may follow: Lom, NO")
    )
    start = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    end = forms.DateField(label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    activity = forms.ChoiceField(label=_("What for?"), initial=ActivityType.LONG_TERM_LEARNER)
    green = forms.BooleanField(
        label=_("Green travel: train, bus or car-pooling for at least half of the way"), required=False
    )
    travel_days = forms.IntegerField(
        label=_("Travel days"),
        initial=2,
        min_value=0,
        help_text=_("At most 2, at most 6 with green travel. They come on top of the stay."),
    )
    rate = forms.DecimalField(
        label=_("Daily rate (EUR)"),
        required=False,
        min_value=1,
        max_digits=6,
        decimal_places=2,
        help_text=_("Your office knows it. Without it we reckon with the highest that the programme allows."),
    )
    year = forms.TypedChoiceField(label=_("Call year of the project"), coerce=int)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        activity, year = self.fields["activity"], self.fields["year"]
        activity.choices = [(each.value, capfirst(each.label)) for each in ActivityType]  # type: ignore[attr-defined]
        year.choices = [(each, str(each)) for each in known_call_years()]  # type: ignore[attr-defined]
        year.initial = known_call_years()[0]

    @property
    def rates(self):
        return rate_table(self.cleaned_data["year"])

    def others(self, name) -> list[Place]:
        """Other places of the same name as the one that was taken."""
        text, taken = self.data.get(name, ""), self.cleaned_data.get(name)
        return [] if find_place(text) else [place for place in search_places(text) if place != taken][:OTHERS_SHOWN]

    def clean(self):
        values = self.cleaned_data
        if not self.errors:
            try:
                values["mobility"] = self._mobility(values)
                self._judge(values["mobility"])
            except MissingRate as missing:
                self.add_error("year", str(missing))
        return values

    def _mobility(self, values):
        activity = ActivityType(values["activity"])
        kind = ACTIVITIES[activity].rates
        receiving = values["venue"].country
        rate = values["rate"]
        values["rate_is_assumed"] = kind is not None and rate is None
        if kind is not None and rate is None:
            rate = highest_rate(kind, receiving, rates=self.rates)
        return Mobility(
            activity=activity,
            sending_country=values["origin"].country,
            receiving_country=receiving,
            start=values["start"],
            end=values["end"],
            base_rate=rate,
            distance_km=Decimal(0),  # calculated once both places are known
            position_in_activity=1,
            travel_days=values["travel_days"],
            is_green=values["green"],
        )

    def _judge(self, mobility):
        """Put each problem beside the field where it is put right."""
        for problem in place_problems(mobility, rates=self.rates):
            self.add_error("venue", problem)
        field = "end" if mobility.end < mobility.start else "travel_days"
        for problem in contradictions(mobility, rates=self.rates):
            self.add_error(field, problem)
        problem = duration_problem(mobility.activity, mobility.start, mobility.end)
        if problem and mobility.end >= mobility.start:
            self.add_error("end", problem)
        if self.cleaned_data["rate"] is not None and mobility.rates_of:
            group = self.rates.country_group(mobility.receiving_country)
            problem = base_rate_problem(mobility.base_rate, ParticipantKind(mobility.rates_of), group, rates=self.rates)
            if problem:
                self.add_error("rate", problem)
