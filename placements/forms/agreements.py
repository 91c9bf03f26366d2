"""Forms of the learning agreement, and the words it begins with."""

import json
from functools import cache
from pathlib import Path

from django import forms
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from mobility.accounts.enums import WrittenForm

OUTCOME_LENGTH = 500
OUTCOMES_FILE = Path(__file__).resolve().parent.parent / "data" / "learning_outcomes.json"


class AgreementForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language of the document"),
        choices=WrittenForm,
        help_text=_("One that the host and the apprentice both read."),
    )
    tasks = forms.CharField(
        label=_("Tasks and programme"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Describe the tasks and the programme.")},
    )
    outcomes = forms.CharField(
        label=_("Learning outcomes"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("One on each line: what the apprentice can do after the stay."),
        error_messages={"required": _("Name at least one learning outcome.")},
    )
    monitoring = forms.CharField(
        label=_("Monitoring and mentoring"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    recognition = forms.CharField(
        label=_("Evaluation and recognition"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def clean_outcomes(self):
        lines = [line.strip() for line in self.cleaned_data["outcomes"].splitlines() if line.strip()]
        if any(len(line) > OUTCOME_LENGTH for line in lines):
            raise forms.ValidationError(
                _("A learning outcome has at most %(length)s characters."), params={"length": OUTCOME_LENGTH}
            )
        return lines


class SignForm(forms.Form):
    has_read = forms.BooleanField(
        label=_("I have read the learning agreement and agree to it"),
        error_messages={"required": _("Tick that you have read the learning agreement.")},
    )
    typed_name = forms.CharField(
        label=_("Your full name"),
        max_length=200,
        min_length=2,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Type your full name.")},
    )


def first_words(placement, language):
    """What the form of version 1 starts with: outcomes of the trade where we have them, plain sentences elsewhere."""
    trade = placement.apprentice.trade
    with override(language):
        facts = {"trade": trade.name if trade else gettext("the trade"), "host": placement.host.name}
        return {
            "language": language,
            "tasks": gettext(
                "The apprentice works full time at %(host)s in %(trade)s, under the guidance of the contact person "
                "named here, and takes part in the daily work of the team: planning, carrying out and checking own tasks."
            )
            % facts,
            "outcomes": "\n".join(outcomes_of(trade, language) or general_outcomes(facts)),
            "monitoring": gettext(
                "The host talks with the apprentice every week about tasks and progress. The apprentice writes a weekly "
                "log that the sending organisation reads. The instructor from home may visit during the stay."
            ),
            "recognition": gettext(
                "At the end the host assesses the learning outcomes in writing. The stay counts as part of the training "
                "period, and the employer takes the outcomes into the apprentice's training plan."
            ),
        }


def words_of(agreement):
    """The texts of an agreement, for the form of its next version."""
    return {
        "language": agreement.language,
        "tasks": agreement.tasks,
        "outcomes": "\n".join(outcome.text for outcome in agreement.outcomes.all()),
        "monitoring": agreement.monitoring,
        "recognition": agreement.recognition,
    }


def outcomes_of(trade, language):
    return _outcomes().get(trade.code, {}).get(language, []) if trade else []


def general_outcomes(facts):
    return [
        gettext("plan and carry out everyday tasks in %(trade)s at a workplace abroad") % facts,
        gettext("use the tools, materials and routines of %(host)s safely") % facts,
        gettext("work with colleagues and customers in another language"),
        gettext("compare how the work is done at home and abroad, and say what to take home"),
    ]


@cache
def _outcomes():
    return json.loads(OUTCOMES_FILE.read_text(encoding="utf-8"))["trades"]
