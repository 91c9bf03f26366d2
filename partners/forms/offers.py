"""Visit days: in the partner's portal, and on the partner's page in the admin."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.common import clock
from partners import selectors
from partners.models import VisitDay
from partners.services import visit_days


class PlacesField(forms.IntegerField):
    def __init__(self, **kwargs):
        super().__init__(
            label=_("places"),
            min_value=0,
            max_value=visit_days.MOST_PLACES,
            help_text=_("How many instructors can come on this day."),
            **kwargs,
        )


class OfferDayForm(forms.Form):
    """A new visit day in the portal."""

    on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day.")},
    )
    from_time = forms.TimeField(
        label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial="09:00"
    )
    to_time = forms.TimeField(
        label=_("To"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial="15:00"
    )
    places = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=visit_days.MOST_PLACES,
        initial=1,
        help_text=_("How many instructors can come on this day."),
    )

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day < clock.today():
            raise forms.ValidationError(_("This day has passed."))
        return day

    def clean(self):
        data = super().clean()
        start, end = data.get("from_time"), data.get("to_time")
        if start and end and end <= start:
            self.add_error("to_time", _("The visit ends before it begins."))
        return data


class VisitDayAdminForm(forms.ModelForm):
    """A visit day with its number of places, which are rows of their own."""

    places = PlacesField(initial=1)

    class Meta:
        model = VisitDay
        fields = ["on", "from_time", "to_time"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # annotated by the inline's queryset: no query for each row
            self.initial["places"] = getattr(self.instance, "places", None) or 0

    def clean_places(self):
        places = self.cleaned_data["places"]
        if self.instance.pk and places < (fewest := selectors.fewest_places(self.instance)):
            raise forms.ValidationError(visit_days.too_few_words(fewest))
        return places
