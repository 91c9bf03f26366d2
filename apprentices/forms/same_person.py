"""Which of two rows is kept, and which values."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from apprentices.models import Apprentice
from apprentices.selectors.merging import FIELDS
from mobility.common import formats


class MergeForm(forms.Form):
    """A choice between two values for each field in which the rows differ; the older row and its values come first."""

    use_required_attribute = False

    def __init__(self, *args, hint, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = [hint.first, hint.second]
        self.fields["kept"] = forms.ChoiceField(
            label=_("Row that is kept"),
            choices=[(str(person.pk), f"{person.full_name} ({person.pk})") for person in self.people],
            initial=str(hint.first_id),
            widget=forms.RadioSelect,
        )
        for name in FIELDS:
            values = [getattr(person, name) for person in self.people]
            if values[0] != values[1]:
                best = values[0] or values[1]
                self.fields[name] = forms.ChoiceField(
                    label=capfirst(str(Apprentice._meta.get_field(name).verbose_name)),  # noqa: SLF001
                    choices=[(str(p.pk), shown(p, name)) for p in self.people],
                    initial=str(self.people[values.index(best)].pk),
                    widget=forms.RadioSelect,
                )

    @property
    def kept(self) -> Apprentice:
        return next(person for person in self.people if str(person.pk) == self.cleaned_data["kept"])

    @property
    def merged(self) -> Apprentice:
        return next(person for person in self.people if person != self.kept)

    @property
    def take(self) -> list[str]:
        """The fields whose value comes from the row that ends."""
        chosen = {name: value for name, value in self.cleaned_data.items() if name != "kept"}
        return [name for name, value in chosen.items() if value == str(self.merged.pk)]


def shown(person, name) -> str:
    """A value as the page writes it; a dash where there is none."""
    value = getattr(person, name)
    if not value:
        return "–"
    if name == "birth_date":
        return formats.day(value, "short")
    if name == "phone":
        return formats.phone(value)
    if name == "written_form":
        return person.get_written_form_display()
    return str(value)
