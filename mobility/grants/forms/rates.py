"""An office's own rate tables: copying, importing, changing one figure."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.common import tables
from mobility.grants import figure_sheets
from mobility.grants.enums import FigureKind
from mobility.grants.figures import NEEDED, BadFigures
from mobility.grants.models import RateFigure
from mobility.grants.rates import known_call_years

K = FigureKind
LABELS = {
    K.BAND: {
        "low": _("From km"),
        "high": _("To km"),
        "value": _("Standard travel (EUR)"),
        "second": _("Green travel (EUR)"),
    },
    K.DAILY_RATE: {"low": _("Lowest (EUR a day)"), "high": _("Highest (EUR a day)")},
    K.ORGANISATIONAL_SUPPORT: {
        "value": _("A participant (EUR)"),
        "low": _("From participant number"),
        "second": _("A later participant (EUR)"),
    },
    K.AMOUNT: {"value": _("Amount (EUR)")},
    K.PERCENT: {"value": _("Per cent")},
    K.DAYS: {"value": _("Days")},
    K.STAFF_RATE_FOR: {},
    K.COUNTRY: {"value": _("Country group")},
    K.COUNTRY_OUTSIDE: {"value": _("Country group")},
}
"""Which columns a kind of figure asks for, in this order."""


class CopyForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(
        label=_("Name of your table"), max_length=80, error_messages={"required": _("Give your table a name.")}
    )
    source = forms.CharField(
        label=_("Where do the figures come from?"),
        max_length=300,
        help_text=_("For example: Annex 3 of the grant agreement, signed 12 May 2026."),
        error_messages={"required": _("Say where the figures were read.")},
    )


class ImportForm(CopyForm):
    """A sheet of figures. ``content`` is sent back by the page that shows what was read, so that nobody uploads twice."""

    call_year = forms.TypedChoiceField(label=_("Call year"), coerce=int)
    file = forms.FileField(
        label=_("Table"),
        required=False,
        allow_empty_file=True,
        help_text=_("CSV with the columns of a downloaded table."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )
    content = forms.CharField(required=False, widget=forms.HiddenInput, strip=False, max_length=200_000)
    field_order = ["call_year", "name", "source", "file"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        years = known_call_years()
        year = self.fields["call_year"]
        year.choices = [(each, str(each)) for each in range(years[0] + 2, years[-1] - 1, -1)]  # type: ignore[attr-defined]
        year.initial = years[0]

    def clean(self):
        super().clean()
        data = self.cleaned_data
        upload = data.get("file")
        if "file" in self.errors:
            return data
        if upload is None and not data.get("content"):
            self.add_error("file", _("Choose the table."))
            return data
        try:
            content = data["content"].encode() if upload is None else tables.check(upload)
            data["figures"] = figure_sheets.read(content)
            data["content"] = content.decode("utf-8-sig", errors="replace")
        except forms.ValidationError as error:
            self.add_error("file", error)
        except BadFigures as bad:
            for sentence in bad.missing:
                self.add_error("file", sentence)
        return data


class FigureForm(forms.ModelForm):
    """One figure: only the columns that its kind has. ``facts`` are the arguments of ``change_figure``."""

    class Meta:
        model = RateFigure
        fields = ["low", "high", "value", "second", "provenance"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kind = K(self.instance.kind)
        labels = LABELS[kind]
        for name in ("low", "high", "value", "second"):
            if name not in labels:
                del self.fields[name]
                continue
            self.fields[name].label = labels[name]
            self.fields[name].required = name in NEEDED[kind]
            self.fields[name].widget.attrs["min"] = 0
            number = self.initial.get(name)
            if number is not None:
                self.initial[name] = f"{number.normalize():f}"
        self.order_fields([*labels, "provenance"])

    @property
    def facts(self):
        return {name: self.cleaned_data[name] for name in self.fields}
