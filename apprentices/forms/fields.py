"""Fields and a base for forms that save what is there and ask for the rest later."""

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy as _

_DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])


class PlainText(forms.CharField):
    """Text in NFC, without marks that turn the direction of what stands beside it, with single line ends."""

    def to_python(self, value):
        text = super().to_python(value)
        return unicodedata.normalize("NFC", text.translate(_DIRECTION_MARKS).replace("\r\n", "\n"))


class LongText(PlainText):
    widget = forms.Textarea

    def widget_attrs(self, widget):
        """No maxlength: a browser would cut off without a word what was pasted."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


class Day(forms.DateField):
    """A date from the browser's own date field."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": _("Write the date as day, month and year.")}

    def __init__(self, **kwargs):
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y"], **kwargs)


class DraftForm(forms.Form):
    """``required`` only tells which questions can be skipped for good: an empty field is saved like any other.

    ``needed_now`` names the fields without which there is no draft at all.
    """

    use_required_attribute = False
    needed_now: tuple[str, ...] = ()

    def _clean_fields(self):
        asked = {name: field.required for name, field in self.fields.items()}
        for name, field in self.fields.items():
            field.required = name in self.needed_now
        try:
            super()._clean_fields()
        finally:
            for name, field in self.fields.items():
                field.required = asked[name]

    def sound_data(self):
        """What was cleaned without an error, so that one bad field does not cost the others."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.errors}
