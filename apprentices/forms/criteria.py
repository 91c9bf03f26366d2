"""The form that corrects frozen criteria: every text and weight as it stands, and why it is changed."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from apprentices.forms.selection import MARKS, anchors_of
from apprentices.models import Criterion
from apprentices.selectors.criteria import TEXTS


class CriteriaForm(forms.Form):
    """One group of fields for each criterion of an opened round. ``version``: the one whose effect was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, round, **kwargs):  # noqa: A002 - the domain's word
        super().__init__(*args, **kwargs)
        self.criteria = list(round.criteria.all())
        self.initial.setdefault("version", round.criteria_version)
        for criterion in self.criteria:
            self._add(criterion)
        self.fields["reason"] = forms.CharField(
            label=_("Why are the criteria changed?"),
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_("Stands in the log of the round, with your name."),
            error_messages={"required": _("Write why the criteria are changed.")},
        )

    def _add(self, criterion):
        model = Criterion._meta  # noqa: SLF001 - Django's documented name
        self.fields[f"weight_{criterion.pk}"] = forms.IntegerField(
            label=_("Weight (%%) of “%(criterion)s”") % {"criterion": criterion.name},
            validators=[MinValueValidator(1), MaxValueValidator(100)],
            initial=criterion.weight,
        )
        for name in TEXTS:
            label = model.get_field(name).verbose_name
            self.fields[f"{name}_{criterion.pk}"] = forms.CharField(
                label=capfirst(label), max_length=80, required=name == "name_nb", initial=getattr(criterion, name)
            )
        texts = anchors_of(criterion)
        self.fields[f"anchors_{criterion.pk}"] = forms.CharField(
            label=_("What the marks mean"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 5}),
            help_text=_("Five lines: the first for mark 1, the last for mark 5. In the language that you read now."),
            initial="\n".join(texts.get(str(mark), "") for mark in MARKS).strip(),
        )

    @property
    def groups(self):
        """(criterion, its fields) as the page shows them."""
        names = ["weight", *TEXTS, "anchors"]
        return [(each, [self[f"{name}_{each.pk}"] for name in names]) for each in self.criteria]

    def clean(self):
        found = super().clean()
        for criterion in self.criteria:
            name = f"anchors_{criterion.pk}"
            lines = [line.strip() for line in found.get(name, "").splitlines() if line.strip()]
            if name in self.changed_data and lines and len(lines) != len(MARKS):
                self.add_error(name, _("Write five lines, one for each mark, or none."))
        return found

    def initial_text(self, name, criterion) -> str:
        """What stands there now, as the field shows it."""
        return self.fields[f"{name}_{criterion.pk}"].initial

    @property
    def weights(self) -> dict[int, int]:
        return {each.pk: self.cleaned_data[f"weight_{each.pk}"] for each in self.criteria}

    @property
    def changes(self) -> dict[int, dict]:
        """What ``change_criteria`` takes: only the fields that were touched."""
        found = {}
        for criterion in self.criteria:
            names = [name for name in ("weight", *TEXTS) if f"{name}_{criterion.pk}" in self.changed_data]
            fields = {name: self.cleaned_data[f"{name}_{criterion.pk}"] for name in names}
            if f"anchors_{criterion.pk}" in self.changed_data:
                fields["anchors"] = self._anchors(criterion)
            if fields:
                found[criterion.pk] = fields
        return found

    def _anchors(self, criterion):
        """The anchor texts with those of the reader's language replaced; one text for all stays one text."""
        lines = [line.strip() for line in self.cleaned_data[f"anchors_{criterion.pk}"].splitlines() if line.strip()]
        texts = dict(zip(map(str, MARKS), lines, strict=False))
        old = criterion.anchors or {}
        if old and all(isinstance(each, dict) for each in old.values()):
            return {**old, get_language() or "nb": texts}
        return texts
