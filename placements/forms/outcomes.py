"""The selection criteria, assessed again."""

from django import forms
from django.utils.translation import gettext_lazy as _

MARKS = [("", "–"), *((number, str(number)) for number in range(5, 0, -1))]


class OutcomesForm(forms.Form):
    """A mark (1 to 5) and a note for each criterion; a criterion may be left for later."""

    def __init__(self, *args, rows, **kwargs):
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            outcome = row.outcome
            self.fields[self.mark_name(row)] = forms.TypedChoiceField(
                label=_("%(criterion)s: mark at the end") % {"criterion": row.criterion.name},
                coerce=int,
                empty_value=None,
                choices=MARKS,
                required=False,
                initial=outcome.mark_at_end if outcome else None,
                widget=forms.Select(attrs={"class": "form-select"}),
            )
            self.fields[self.note_name(row)] = forms.CharField(
                label=_("%(criterion)s: note") % {"criterion": row.criterion.name},
                max_length=500,
                required=False,
                initial=outcome.note if outcome else "",
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )

    def clean(self):
        """A note without a mark would not be kept: say so at the mark."""
        cleaned = super().clean()
        for row in self.rows:
            if cleaned.get(self.note_name(row)) and cleaned.get(self.mark_name(row)) is None:
                self.add_error(
                    self.mark_name(row),
                    _("Choose a mark for “%(criterion)s”, too.") % {"criterion": row.criterion.name},
                )
        return cleaned

    @property
    def marks(self):
        """Criterion id -> (mark, note) of those that have a mark."""
        return {
            row.criterion.pk: (self.cleaned_data[self.mark_name(row)], self.cleaned_data[self.note_name(row)])
            for row in self.rows
            if self.cleaned_data[self.mark_name(row)] is not None
        }

    @property
    def lines(self):
        """Each criterion with its two bound fields."""
        return [(row, self[self.mark_name(row)], self[self.note_name(row)]) for row in self.rows]

    @staticmethod
    def mark_name(row):
        return f"mark_{row.criterion.pk}"

    @staticmethod
    def note_name(row):
        return f"note_{row.criterion.pk}"
