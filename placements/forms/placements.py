"""Forms of placing: the office's proposal, the partner's answer, reasons."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.common.errors import NotReady
from mobility.grants.models import Project
from partners.models import HostCompany, Opening
from placements.models import Placement
from placements.selectors import placing as selectors

TRAVEL_DAYS, GREEN_TRAVEL_DAYS = 2, 6  # at most; Programme Guide 2026, individual support
ITSELF, NEW = "itself", "new"


class DayInput(forms.DateInput):
    """The browser's own date field, which wants ISO dates in every language."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")


def add_refusal(form, error):
    """Show what a service refused as errors of the form, one line each."""
    for sentence in error.missing if isinstance(error, NotReady) else [str(error)]:
        form.add_error(None, sentence)


class PlaceForm(forms.Form):
    opening = forms.ModelChoiceField(
        Opening.objects.none(),
        label=_("Opening"),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": _("Choose an opening.")},
    )
    starts_on = forms.DateField(
        label=_("First day"), widget=DayInput, error_messages={"required": _("Enter the first day of the stay.")}
    )
    ends_on = forms.DateField(
        label=_("Last day"), widget=DayInput, error_messages={"required": _("Enter the last day of the stay.")}
    )
    project = forms.ModelChoiceField(
        Project.objects.none(), label=_("Project"), error_messages={"required": _("Choose the project that pays.")}
    )
    travel_days = forms.IntegerField(
        label=_("Travel days"),
        min_value=0,
        max_value=GREEN_TRAVEL_DAYS,
        initial=TRAVEL_DAYS,
        help_text=_("At most 2, at most 6 with green travel. They come on top of the stay."),
    )
    is_green = forms.BooleanField(
        label=_("Green travel: train, bus or car-pooling for at least half of the way"), required=False
    )

    def __init__(self, *args, application, user, **kwargs):
        self.application = application
        dates = application.round
        kwargs["initial"] = {
            "starts_on": dates.departs_from,
            "ends_on": dates.returns_from,
            "project": dates.project_id,
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)
        self.fields["opening"].queryset = selectors.openings_of(application.office_id)
        self.fields["project"].queryset = Project.objects.visible_to(user)

    def clean(self):
        data = super().clean()
        starts_on, ends_on, opening = data.get("starts_on"), data.get("ends_on"), data.get("opening")
        if data.get("travel_days") is not None and data["travel_days"] > TRAVEL_DAYS and not data.get("is_green"):
            self.add_error("travel_days", _("More than 2 travel days are for green travel only."))
        if not starts_on or not ends_on:
            return data
        if ends_on < starts_on:
            self.add_error("ends_on", _("The last day lies before the first."))
            return data
        stay = Placement(starts_on=starts_on, ends_on=ends_on, project=data.get("project"))
        for sentence in selectors.missing_dates(stay):
            self.add_error("ends_on", sentence)
        if opening:
            found = selectors.obstacles(
                opening, self.application, taken=opening.taken, starts_on=starts_on, ends_on=ends_on
            )
            for sentence in found:
                self.add_error("opening", sentence)
        return data


class AnswerForm(forms.Form):
    """The partner's yes: where, with whom, and a bed."""

    host = forms.ChoiceField(
        label=_("Where will the apprentice work?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose where the apprentice will work.")},
    )
    company_name = forms.CharField(label=_("If it is another company: its name"), max_length=160, required=False)
    company_city = forms.CharField(label=_("If it is another company: its city"), max_length=80, required=False)
    contact_name = forms.CharField(
        label=_("Contact person at the workplace"),
        max_length=160,
        help_text=_("This person signs the learning agreement for the host."),
        error_messages={"required": _("Enter the name of the contact person.")},
    )
    contact_email = forms.EmailField(
        label=_("E-mail of the contact person"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the e-mail of the contact person.")},
    )
    lodging = forms.CharField(
        label=_("Lodging"),
        max_length=200,
        required=False,
        help_text=_("Address or kind of lodging. Leave it empty if you do not know yet."),
    )

    def __init__(self, *args, placement, **kwargs):
        self.companies = list(HostCompany.objects.filter(partner=placement.partner_id))
        proposed = placement.host_company
        kwargs["initial"] = {
            "host": str(proposed.pk) if proposed else ITSELF,
            "contact_name": proposed.contact_name if proposed else "",
            "contact_email": proposed.contact_email if proposed else "",
            "lodging": placement.lodging,
        }
        super().__init__(*args, **kwargs)
        self.fields["host"].choices = [
            *((str(company.pk), str(company)) for company in self.companies),
            (ITSELF, _("With us: we host the apprentice ourselves")),
            (NEW, _("With another company")),
        ]

    def clean(self):
        data = super().clean()
        if data.get("host") == NEW and not data.get("company_name"):
            self.add_error("company_name", _("Enter the name of the company."))
        return data

    @property
    def facts(self):
        """The arguments of ``find_host``."""
        data = self.cleaned_data
        is_new = data["host"] == NEW
        return {
            "host_company": next((c for c in self.companies if str(c.pk) == data["host"]), None),
            "company_name": data["company_name"] if is_new else "",
            "company_city": data["company_city"] if is_new else "",
            "contact_name": data["contact_name"],
            "contact_email": data["contact_email"],
            "lodging": data["lodging"],
        }


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Why?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write a reason.")},
    )

    def __init__(self, *args, help_text="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = help_text


class LodgingForm(forms.Form):
    lodging = forms.CharField(
        label=_("Lodging"),
        max_length=200,
        help_text=_("Address, or kind of lodging and how to get there."),
        error_messages={"required": _("Enter where the apprentice will live.")},
    )
