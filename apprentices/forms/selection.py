"""Forms of the selection: who reviews, marks, decisions."""

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from apprentices.enums import DecisionResult
from apprentices.models import Criterion
from apprentices.selectors.reviewing import REVIEWERS_EACH, reviewers_of
from apprentices.services.decisions import missing_for_decision

MARKS = range(1, 6)


class ReviewersForm(forms.Form):
    """Who shares the chosen applications: at least two people."""

    reviewers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Reviewers"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Each application goes to two of them, as evenly as possible."),
        error_messages={"required": gettext_lazy("Choose at least two reviewers")},
    )

    def __init__(self, *args, office_id, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reviewers"].queryset = reviewers_of(office_id)

    def clean_reviewers(self):
        chosen = self.cleaned_data["reviewers"]
        if len(chosen) < REVIEWERS_EACH:
            raise forms.ValidationError(_("Choose at least two reviewers"))
        return chosen


class ScoreSheetForm(forms.Form):
    """A mark from 1 to 5 and a note for every criterion of the round, the anchor text beside each mark."""

    def __init__(self, *args, review, **kwargs):
        self.criteria = list(review.application.round.criteria.all())
        given = {mark.criterion_id: mark for mark in review.marks.all()}
        super().__init__(*args, **kwargs)
        for criterion in self.criteria:
            mark = given.get(criterion.pk)
            self.fields[f"mark_{criterion.pk}"] = forms.TypedChoiceField(
                label=_("%(criterion)s (%(weight)s %%)") % {"criterion": criterion.name, "weight": criterion.weight},
                choices=[(number, _anchored(number, criterion)) for number in MARKS],
                coerce=int,
                widget=forms.RadioSelect,
                initial=mark.mark if mark else None,
                error_messages={"required": _("Give a mark for “%(criterion)s”.") % {"criterion": criterion.name}},
            )
            self.fields[f"note_{criterion.pk}"] = forms.CharField(
                label=_("Note on “%(criterion)s”") % {"criterion": criterion.name},
                required=False,
                max_length=500,
                initial=mark.note if mark else "",
                widget=forms.TextInput,
            )

    @property
    def marks(self) -> dict[int, tuple[int, str]]:
        """What ``give_review`` takes."""
        data = self.cleaned_data
        return {each.pk: (data[f"mark_{each.pk}"], data[f"note_{each.pk}"]) for each in self.criteria}


class DecisionForm(forms.Form):
    """Criterion and reasons of one result for the chosen applications."""

    criterion = forms.ModelChoiceField(
        label=gettext_lazy("Decisive criterion"), queryset=Criterion.objects.none(), required=False
    )
    reasons = forms.CharField(
        label=gettext_lazy("Reasons"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("They stand in the letter, in your words. Write so that the applicant understands."),
    )

    def __init__(self, *args, round, result, **kwargs):  # noqa: A002 - the domain's word
        super().__init__(*args, **kwargs)
        self.result = result
        self.fields["criterion"].queryset = round.criteria.all()
        if result == DecisionResult.REJECTION:
            for field in self.fields.values():
                field.required = True
            missing = missing_for_decision(result, criterion=None, reasons="")
            for field, words in zip(self.fields.values(), missing, strict=True):
                field.error_messages["required"] = words


def anchors_of(criterion) -> dict[str, str]:
    """What each mark means, in the reader's language if the office has written it so, else in the one there is."""
    texts = criterion.anchors or {}
    if texts and all(isinstance(text, dict) for text in texts.values()):
        return texts.get(get_language()) or next(iter(texts.values()))
    return texts


def _anchored(number, criterion):
    meaning = anchors_of(criterion).get(str(number))
    return f"{number}: {meaning}" if meaning else str(number)
