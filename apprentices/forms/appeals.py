"""An appeal, and the office's answer to it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from apprentices.enums import AppealStatus, DecisionResult
from apprentices.forms.fields import LongText
from apprentices.services.appeals import OUTCOMES

ANSWERS = {
    AppealStatus.ADMITTED: _("It came late: read it all the same"),
    AppealStatus.REFUSED: _("It came late: refuse it"),
    AppealStatus.UPHELD: _("Upheld: decide anew"),
    AppealStatus.PARTLY: _("Upheld in part: decide anew"),
    AppealStatus.SENT_ON: _("Nothing is changed: send it on to those who decide appeals"),
    AppealStatus.REJECTED: _("Not upheld: the decision stands"),
}


class AppealForm(forms.Form):
    use_required_attribute = False

    text = LongText(
        label=_("What do you want changed, and why?"),
        help_text=_("Tell us what we have not seen or have misunderstood. You need no special words."),
        max_length=10000,
        error_messages={"required": _("Write what you want changed, and why")},
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    is_sure = forms.BooleanField(
        label=_("I want to appeal against the decision"),
        error_messages={"required": _("Tick that you want to appeal")},
    )


class AnswerAppealForm(forms.Form):
    """What the office does with an appeal; a new decision says what it gives."""

    use_required_attribute = False

    answer = forms.ChoiceField(
        label=_("What do you do with the appeal?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer")},
    )
    result = forms.ChoiceField(
        label=_("If you decide anew: what does the new decision give?"),
        help_text=_("It is pending until you publish it. Score, rank and the first decision stay as they were."),
        required=False,
    )
    words = LongText(
        label=_("Words to the applicant"),
        help_text=_("The reasons. They stand in the mail and the letter, and give the reasons of a new decision."),
        max_length=5000,
        error_messages={"required": _("Write to the applicant why.")},
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(self, *args, answers, results, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = [(each, words) for each, words in ANSWERS.items() if each in answers]
        if not set(answers) & {AppealStatus.UPHELD, AppealStatus.PARTLY}:
            del self.fields["result"]
        else:
            words = [(each, DecisionResult(each).label) for each in results]
            self.fields["result"].choices = [("", _("no new decision")), *words]

    def clean(self):
        found = super().clean()
        decides_anew = found.get("answer") in set(OUTCOMES) - {AppealStatus.REJECTED}
        if decides_anew and not found.get("result") and "result" not in self.errors:
            self.add_error("result", _("Choose what the new decision gives: a place, or the waiting list."))
        return found
