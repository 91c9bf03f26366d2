"""Uploading a list of contracts, and deciding about its rows."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from apprentices.forms.fields import Day
from mobility.common import clock, tables
from mobility.common.uploads import clean_name


class UploadContractsForm(forms.Form):
    """A CSV of the county's register. The columns are checked when it is read."""

    use_required_attribute = False

    file = forms.FileField(
        label=_("List of contracts"),
        allow_empty_file=True,
        max_length=None,
        error_messages={"required": _("Choose the file.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )
    approved_on = Day(
        label=_("The county had approved these contracts by"),
        required=False,
        help_text=_("The day of the list, if it names approved contracts only. Empty: the list says nothing about it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = gettext("CSV with the columns of the register, up to %(limit)s MB.") % {
            "limit": settings.UPLOAD_LIMIT_MB
        }

    def clean_file(self):
        """(bytes, harmless name) of the file."""
        upload = self.cleaned_data["file"]
        return tables.check(upload), clean_name(upload.name or "")

    def clean_approved_on(self):
        day = self.cleaned_data["approved_on"]
        if day is not None and day > clock.today():
            raise ValidationError(gettext("This day lies ahead."))
        return day


def decided(data, report: list[dict]) -> dict:
    """What a page of rows sent, as ``services.contract_imports.decide_rows`` takes it; rows of other lists are dropped.

    ``row``: the rows that were shown; ``out``: those left out; ``take``: ``<row>:<field>``; ``person-<row>``: a choice.
    """
    known = {entry["number"]: entry for entry in report}
    shown = {int(number) for number in data.getlist("row") if number.isdecimal()} & known.keys()
    take: dict[int, list[str]] = {
        number: [name for name, _ours, _theirs in known[number]["differences"] if f"{number}:{name}" in _ticked(data)]
        for number in shown
        if known[number]["differences"]
    }
    people = {}
    for number in shown:
        choice = data.get(f"person-{number}", "")
        allowed = {"new", *(str(pk) for pk, _name in known[number]["candidates"])}
        if choice in allowed:
            people[number] = choice
    out = {int(number) for number in data.getlist("out") if number.isdecimal()}
    return {"shown": shown, "out": out, "take": take, "people": people}


def _ticked(data):
    return set(data.getlist("take"))
