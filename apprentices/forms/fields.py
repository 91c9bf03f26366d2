"""Fields and a base for forms that save what is there and ask for the rest later."""

import unicodedata
from dataclasses import dataclass

from django import forms
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from apprentices import reasons

_DIRECTION_MARKS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])

EMAIL_WORDS = {"invalid": _("Write an e-mail address such as name@example.com")}


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


class YesNo(forms.TypedChoiceField):
    """Yes, no, or no answer yet (None)."""

    def __init__(self, **kwargs):
        kwargs.setdefault("choices", [("True", _("Yes")), ("False", _("No"))])
        super().__init__(coerce=lambda value: value == "True", empty_value=None, widget=forms.RadioSelect, **kwargs)


@dataclass(frozen=True)
class ShownIf:
    """A question that depends on an earlier one: shown when ``field`` equals a value, or lies after a date.

    The page carries it as data attributes, so that a small script shows and hides at once; without it the page does
    after saving. What is hidden is sent along all the same: a change of mind loses nothing.
    """

    field: str
    equals: str = ""
    after: str = ""

    def holds(self, form) -> bool:
        return self._fits(form[self.field].value())

    def held_before(self, form) -> bool:
        """Whether it held with what was stored before this form came."""
        return self._fits(form[self.field].initial)

    def _fits(self, value):
        found = "" if value in (None, False, "") else str(value)
        return found > self.after if self.after else found == self.equals

    @property
    def attributes(self):
        test = ("data-after", self.after) if self.after else ("data-equals", self.equals)
        return format_html_join("", ' {}="{}"', [("data-shown-if", self.field), test])


@dataclass(frozen=True)
class Group:
    """Fields that stand together and are explained together."""

    names: tuple[str, ...]
    shown_if: ShownIf | None = None


class DraftForm(forms.Form):
    """``required`` only tells which questions can be skipped for good: an empty field is saved like any other.

    ``needed_now`` names the fields without which there is no draft at all, ``layout`` the order of the questions.

    **Two tabs.** The page carries the values that it was rendered with; ``answers`` gives only what was changed in it,
    so that an old tab does not overwrite with its untouched fields what a newer one saved.
    """

    use_required_attribute = False
    needed_now: tuple[str, ...] = ()
    layout: tuple[Group, ...] = ()

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

    def answers(self):
        """What was changed in this page and is sound: the columns to save. Call it after ``is_valid``."""
        sound = self.sound_data()
        return self.as_columns({name: sound[name] for name in self.changed_data if name in sound})

    def as_columns(self, answers: dict) -> dict:
        """Answers by the columns that keep them; a form whose fields are no columns says how."""
        return answers

    def changed_elsewhere(self):
        """Labels of the fields whose stored value is another than the one this page was rendered with."""
        return [
            str(self.fields[name].label)
            for name in self.fields
            if self.add_initial_prefix(name) in self.data and self._was_rendered_with_another(name)
        ]

    def newly_asked(self):
        """The first field of a group that this answer brought up and that is still empty; or None.

        Without the script nobody has seen it: the step is shown once more, and once only.
        """
        for group in self.layout:
            depends = group.shown_if
            is_new = depends and depends.holds(self) and not depends.held_before(self)
            if is_new and not any(self.cleaned_data.get(name) for name in group.names):
                return self[group.names[0]]
        return None

    def shown_values(self):
        """The hidden fields that tell what the page was rendered with."""
        return [self[name].as_hidden(only_initial=True) for name in self.fields]

    def groups(self):
        """The questions in order, each with its reason and whether it is hidden for now."""
        known = [
            (group, [self[name] for name in group.names if name in self.fields])
            for group in self.layout or [Group((name,)) for name in self.fields]
        ]
        return [
            {
                "fields": fields,
                "why": reasons.reason_for(fields[0].name),
                "about": fields[0].label,
                "attributes": group.shown_if.attributes if group.shown_if else "",
                "hidden": bool(
                    group.shown_if and not group.shown_if.holds(self) and not any(field.errors for field in fields)
                ),
            }
            for group, fields in known
            if fields
        ]

    @cached_property
    def changed_data(self):
        """Names of the fields that differ from what the page was rendered with (Django compares with what is stored)."""
        return [name for name in self.fields if self._changed_here(name)]

    def _changed_here(self, name):
        field = self.fields[name]
        return field.has_changed(
            self._rendered_with(name),
            field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)),
        )

    def _was_rendered_with_another(self, name):
        field = self.fields[name]
        return field.has_changed(
            self._rendered_with(name), field.prepare_value(self.get_initial_for_field(field, name))
        )

    def _rendered_with(self, name):
        """What the page showed; what is stored, if the page does not say."""
        field = self.fields[name]
        try:
            return field.to_python(self.data[self.add_initial_prefix(name)])
        except (KeyError, forms.ValidationError):
            return self.get_initial_for_field(field, name)
