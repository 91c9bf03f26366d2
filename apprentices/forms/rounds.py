"""Forms of the rounds in the web admin."""

from django import forms
from django.db import connection
from django.db.models import Case, TextChoices, When
from django.forms.models import BaseInlineFormSet
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from apprentices.enums import RoundStatus
from apprentices.forms.selection import MARKS, anchors_of
from apprentices.models import Criterion, Round
from apprentices.selectors.casework import officers_of
from mobility.common import formats
from mobility.common.admin import OfficeForm

CLOCK = "%Y-%m-%dT%H:%M"  # what a browser's own date and clock field sends


class Start(TextChoices):
    STANDARD = "standard", gettext_lazy("the usual five criteria")
    EMPTY = "empty", gettext_lazy("no criteria, I write my own")


class RoundForm(OfficeForm):
    """The window in the office's own time, its zone named in words."""

    class Meta:
        model = Round
        exclude = ["office", "status"]
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("departs_from", "departs_to", "returns_from", "returns_to", "decisions_by", "answer_by")
        } | {"trades": forms.CheckboxSelectMultiple(attrs={"class": "u-checks"})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "trades" in self.fields and self.instance.pk:
            self._put_ticked_trades_first()
        for name in {"opens_at", "closes_at"} & self.fields.keys():
            field = forms.DateTimeField(
                label=self.fields[name].label,
                input_formats=[CLOCK, f"{CLOCK}:%S"],
                widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=CLOCK),
                help_text=_("Date and clock, %(zone)s.") % {"zone": self._zone()},
            )
            self.fields[name] = field
        if "decisions_by" in self.fields:
            self.fields["decisions_by"].help_text = _("Stands on every applicant's page: “You get an answer by …”.")
        if "owner" in self.fields:
            self.fields["owner"].queryset = officers_of(self.instance.office_id)
        for name in {"grace_minutes", "interview_notice_hours"} & self.fields.keys():
            self.fields[name].required = False
        if "answer_by" in self.fields:
            self.fields["answer_by"].help_text = _("Stands in the letters of offer. Needed before you publish.")

    def _put_ticked_trades_first(self):
        ticked = list(self.instance.trades.values_list("pk", flat=True))
        first = Case(When(pk__in=ticked, then=0), default=1)
        self.fields["trades"].queryset = self.fields["trades"].queryset.order_by(first, "name_nb")

    def clean_interview_notice_hours(self):
        """Nothing written is a day."""
        hours = self.cleaned_data["interview_notice_hours"]
        return 24 if hours is None else hours

    def clean_grace_minutes(self):
        """Nothing written is no grace."""
        return self.cleaned_data["grace_minutes"] or 0

    def _zone(self):
        from mobility.common import clock

        return formats.zone(clock.now().astimezone(self.instance.office.tz))


class NewRoundForm(RoundForm):
    start_with = forms.ChoiceField(
        label=gettext_lazy("Criteria"),
        choices=Start,
        initial=Start.STANDARD,
        help_text=gettext_lazy("You can change them, and their weights, until you open the round."),
    )


class CopyRoundForm(RoundForm):
    """Every field of the new round, to be looked at before it is saved."""

    def __init__(self, *args, projects, **kwargs):
        super().__init__(*args, **kwargs)
        ticked = Case(When(pk__in=self.initial.get("trades") or [], then=0), default=1)
        self.fields["trades"].queryset = self.fields["trades"].queryset.order_by(ticked, "name_nb")
        self.fields["project"].queryset = projects
        self.fields["project"].help_text = _("The grant agreement of the new year: look at its code.")


class CriterionForm(forms.ModelForm):
    """A criterion with one line of text for each mark."""

    anchor_lines = forms.CharField(
        label=gettext_lazy("What the marks mean"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("Five lines: the first for mark 1, the last for mark 5."),
    )

    class Meta:
        model = Criterion
        fields = ["position", "weight", "name_nb", "name_nn", "name_sv", "name_en"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        texts = anchors_of(self.instance)
        self.initial["anchor_lines"] = "\n".join(texts.get(str(mark), "") for mark in MARKS).strip()

    def clean_anchor_lines(self):
        lines = [line.strip() for line in self.cleaned_data["anchor_lines"].splitlines() if line.strip()]
        if lines and len(lines) != len(MARKS):
            raise forms.ValidationError(_("Write five lines, one for each mark, or none."))
        return lines

    def save(self, commit=True):
        if "anchor_lines" in self.changed_data:  # one text for every language: nobody keeps four in step here
            self.instance.anchors = dict(zip(map(str, MARKS), self.cleaned_data["anchor_lines"], strict=False))
        if not self.instance.code:
            self.instance.code = _free_code(self.instance)
        return super().save(commit)


class CriteriaFormSet(BaseInlineFormSet):
    """Frozen as soon as the round is open, whatever a page that was loaded earlier sends."""

    def clean(self):
        super().clean()
        # held until the admin has saved: nobody opens the round between this look and the writing
        held = Round.objects.select_for_update(of=("self",)) if connection.in_atomic_block else Round.objects
        if self.has_changed() and held.filter(pk=self.instance.pk).exclude(status=RoundStatus.PREPARED):
            raise forms.ValidationError(_("The round is open: criteria and weights cannot be changed any more."))


def _free_code(criterion):
    """A code that no other criterion of the round has."""
    wanted = slugify(criterion.name_nb)[:24] or "criterion"
    taken = set(Criterion.objects.filter(round=criterion.round_id).values_list("code", flat=True))
    return next(code for code in (wanted, *(f"{wanted}-{n}" for n in range(2, 100))) if code not in taken)
