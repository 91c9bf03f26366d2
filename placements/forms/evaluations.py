"""What apprentice and partner are asked when the stay is over."""

from django import forms
from django.utils.translation import gettext_lazy as _

from placements.enums import EvaluationBy
from placements.services.evaluations import MARKS

SCALE = [(5, _("5: very good")), (4, _("4: good")), (3, _("3: all right")), (2, _("2: not so good")), (1, _("1: poor"))]

QUESTIONS = {
    EvaluationBy.APPRENTICE: {
        "overall": _("How was the stay as a whole?"),
        "learning": _("How much did you learn in your trade?"),
        "support": _("How well were you looked after?"),
        "lodging": _("How was the place where you lived?"),
        "language": _("How well did your language get on?"),
    },
    EvaluationBy.PARTNER: {
        "overall": _("How was the stay as a whole?"),
        "learning": _("How much did the apprentice learn?"),
        "support": _("How well did we prepare and support you?"),
        "language": _("How well did the apprentice manage the language?"),
    },
}


class EvaluationForm(forms.Form):
    """One mark for each question of the party, and room for words."""

    def __init__(self, *args, party, **kwargs):
        super().__init__(*args, **kwargs)
        for name in MARKS[party]:
            self.fields[name] = forms.TypedChoiceField(
                label=QUESTIONS[party][name],
                coerce=int,
                choices=SCALE,
                widget=forms.RadioSelect,
                error_messages={"required": _("Choose a mark.")},
            )
        self.fields["comment"] = forms.CharField(
            label=_("What should we know or do better?"),
            max_length=3000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 5}),
        )

    @property
    def marks(self):
        """The answers without the comment, as the service takes them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "comment"}
