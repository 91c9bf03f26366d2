"""Forms of the reviewers: the score sheet, a declared conflict, standing ties."""

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.enums import TieKind
from apprentices.forms.selection import MARKS, anchored
from apprentices.models import Tie
from apprentices.models.trades import validate_organisation_number
from apprentices.services.reviews import NOT_LOOKED


class ScoreSheetForm(forms.Form):
    """A mark from 1 to 5 and a note for every criterion of the round, the anchor text beside each mark, and a remark.

    It begins with what was typed last (the draft), else with what was given. ``seen`` says which draft this page showed.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)
    tab = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)  # the script names its browser tab

    def __init__(self, *args, review, **kwargs):
        self.review = review
        self.criteria = list(review.application.round.criteria.all())
        given = {mark.criterion_id: mark for mark in review.marks.all()}
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", stamp(review.draft_saved_at))
        for criterion in self.criteria:
            mark = given.get(criterion.pk)
            self._add(criterion, mark.mark if mark else None, mark.note if mark else "")
        self.fields["remark"] = forms.CharField(
            label=_("Remark on the whole application"),
            required=False,
            max_length=2000,
            initial=self._typed("remark", review.remark),
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def _add(self, criterion, mark, note):
        self.fields[f"mark_{criterion.pk}"] = forms.TypedChoiceField(
            label=_("%(criterion)s (%(weight)s %%)") % {"criterion": criterion.name, "weight": criterion.weight},
            choices=[(number, anchored(number, criterion)) for number in MARKS],
            coerce=int,
            widget=forms.RadioSelect,
            initial=self._typed(f"mark_{criterion.pk}", mark),
            error_messages={"required": _("Give a mark for “%(criterion)s”.") % {"criterion": criterion.name}},
        )
        self.fields[f"note_{criterion.pk}"] = forms.CharField(
            label=_("Note on “%(criterion)s”") % {"criterion": criterion.name},
            required=False,
            max_length=500,
            initial=self._typed(f"note_{criterion.pk}", note),
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _typed(self, name, given):
        """What stands in the draft, else what was given."""
        return self.review.draft.get(name, given) if self.review.draft else given

    @property
    def rows(self):
        """(mark field, note field) of each criterion."""
        return [(self[f"mark_{each.pk}"], self[f"note_{each.pk}"]) for each in self.criteria]

    @property
    def marks(self) -> dict[int, tuple[int, str]]:
        """What ``give_review`` takes."""
        data = self.cleaned_data
        return {each.pk: (data[f"mark_{each.pk}"], data[f"note_{each.pk}"]) for each in self.criteria}

    @property
    def typed(self) -> dict[str, str]:
        """What ``save_draft`` keeps: everything that was sent, whole or not, within the fields' own lengths."""
        limits = {"mark": 1, "note": 500, "remark": 2000, "tab": 40}
        names = [name for name in self.fields if name != "seen"]
        return {name: self.data.get(name, "")[: limits[name.partition("_")[0]]] for name in names}

    @property
    def seen_draft(self):
        """When the draft that this page showed was saved; ``NOT_LOOKED`` from a page that did not say."""
        if "seen" not in self.data:
            return NOT_LOOKED
        return parse_datetime(self.data["seen"]) if self.data["seen"] else None


def stamp(moment) -> str:
    return moment.isoformat() if moment else ""


class ConflictForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What ties you to the applicant?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "A few words are enough: a neighbour, a relative, my company. The coordinator reads them."
        ),
        error_messages={"required": gettext_lazy("Write in a few words what ties you to the applicant.")},
    )


class TieForm(forms.ModelForm):
    """A company or a person that the reviewer is close to."""

    class Meta:
        model = Tie
        fields = ["kind", "name", "organisation_number", "email", "phone", "note"]
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = TieKind.choices
        self.fields["kind"].initial = TieKind.COMPANY
        self.fields["name"].error_messages["required"] = _("Write the name of the company or the person.")
        self.fields["organisation_number"].help_text = _(
            "Of a company, if you know it: then other spellings are found."
        )
        self.fields["email"].help_text = _("Of a person, if you know it.")
        self.fields["organisation_number"].validators.append(validate_organisation_number)
