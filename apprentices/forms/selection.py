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
    """Who shares the applications, and which pairs with the same family name are no relatives.

    ``shown`` are the people for whom the page has shown the shares: others are shown once more before anything is saved.
    """

    reviewers = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Reviewers"),
        queryset=None,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least two reviewers")},
    )
    confirmed = forms.MultipleChoiceField(
        label=gettext_lazy("Same family name: tick who is no relative"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Whoever is not ticked does not get that application."),
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    at_least = REVIEWERS_EACH

    def __init__(self, *args, office_id, leave_out=None, **kwargs):
        super().__init__(*args, **kwargs)
        people = reviewers_of(office_id)
        self.fields["reviewers"].queryset = people if leave_out is None else people.exclude(pk=leave_out.pk)

    def clean_reviewers(self):
        chosen = self.cleaned_data["reviewers"]
        if len(chosen) < self.at_least:
            raise forms.ValidationError(_("Choose at least two reviewers"))
        return chosen

    def clean_confirmed(self):
        return frozenset(tuple(int(part) for part in pair.split("-")) for pair in self.cleaned_data["confirmed"])

    @property
    def chosen(self):
        """The people whose shares are to be shown: those ticked, on a fresh page everybody."""
        if not self.is_bound:
            return list(self.fields["reviewers"].queryset)
        keys = [key for key in self.data.getlist("reviewers") if key.isdecimal()]
        return list(self.fields["reviewers"].queryset.filter(pk__in=keys))

    @property
    def ticked(self) -> frozenset[tuple[int, int]]:
        """The pairs that are ticked, whether the form is valid or not."""
        pairs = self.data.getlist("confirmed") if self.is_bound else []
        parts = [pair.split("-") for pair in pairs]
        return frozenset((int(a), int(b)) for a, b in (part for part in parts if len(part) == 2) if (a + b).isdecimal())

    def show(self, plan):
        """Offer the warnings of this plan, and remember for whom it is shown. Call it before the form is cleaned."""
        self.fields["confirmed"].choices = [
            (f"{application.pk}-{person.pk}", finding.words) for application, person, finding in plan.warnings
        ]
        if not plan.warnings:
            self.fields["confirmed"].widget = forms.MultipleHiddenInput()
        self.shares = plan.shares

    @property
    def shown_now(self) -> str:
        return ",".join(str(share.person.pk) for share in self.shares)

    @property
    def is_shown(self) -> bool:
        """Whether the shares of just these people stood on the page that was sent (or it had none to show)."""
        return self.data.get("shown", self.shown_now) == self.shown_now


class HandOverForm(ReviewersForm):
    """Who takes the open sheets of somebody who is ill or leaves, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=300,
        help_text=gettext_lazy("Ill, on leave, changed jobs: whoever takes over does not see it."),
        error_messages={"required": gettext_lazy("Write why the sheets are handed over.")},
    )
    at_least = 1
    field_order = ("reason", "reviewers", "confirmed", "shown")


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


def anchored(number, criterion):
    meaning = anchors_of(criterion).get(str(number))
    return f"{number}: {meaning}" if meaning else str(number)
