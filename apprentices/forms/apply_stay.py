"""The fourth and the fifth step of the application form: the stay that is wished for, and why."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apprentices import consent
from apprentices.enums import LanguageLevel
from apprentices.forms.apply import CHOOSE
from apprentices.forms.fields import Day, DraftForm, Group, LongText, PlainText, ShownIf, YesNo
from mobility.common import countries, languages

WISHES = ("first_country", "second_country", "third_country")
LANGUAGES_AT_MOST = 12


class StayForm(DraftForm):
    """Step 4: wishes, tasks, competence aims, English, earlier stays. Other languages are rows of their own."""

    layout = (
        Group((*WISHES, "goes_anywhere")),
        Group(("wished_tasks",)),
        Group(("competence_aims",)),
        Group(("english_level",)),
        Group(("has_earlier_stays",)),
        Group(
            ("earlier_where", "earlier_starts_on", "earlier_ends_on", "earlier_days"),
            ShownIf("has_earlier_stays", equals="True"),
        ),
    )

    first_country = forms.ChoiceField(label=_("First wish"))
    second_country = forms.ChoiceField(label=_("Second wish"), required=False)
    third_country = forms.ChoiceField(label=_("Third wish"), required=False)
    goes_anywhere = forms.BooleanField(label=_("Another country is fine, too"), required=False)
    wished_tasks = PlainText(label=_("What would you like to do there?"), max_length=300, required=False)
    competence_aims = LongText(
        label=_("What do you want to learn for your trade?"),
        help_text=_("Competence aims from the curriculum, in your own words if you like. Up to 1000 characters."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-count-to": 1000}),
    )
    english_level = forms.ChoiceField(
        label=_("How well do you speak English?"),
        help_text=_("Think of what you manage on an ordinary day at work."),
        choices=[*CHOOSE, *LanguageLevel.choices],
    )
    has_earlier_stays = YesNo(label=_("Have you been abroad with Erasmus+ before?"))
    earlier_where = PlainText(label=_("Where"), help_text=_("Country and place."), max_length=200)
    earlier_starts_on = Day(label=_("From"), required=False)
    earlier_ends_on = Day(label=_("To"), required=False)
    earlier_days = forms.IntegerField(
        label=_("Or how many days in all"),
        min_value=1,
        max_value=1000,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        wishes = [*CHOOSE, *(pair for pair in countries.choices() if pair[0] != application.office.country)]
        for name in WISHES:
            self.fields[name].choices = wishes

    def clean(self):
        seen = set()
        for name in WISHES:
            code = self.cleaned_data.get(name)
            if code and code in seen:
                self.add_error(
                    name,
                    ValidationError(_("You have chosen %(country)s twice"), params={"country": countries.name(code)}),
                )
            seen.add(code)
        starts_on, ends_on = self.cleaned_data.get("earlier_starts_on"), self.cleaned_data.get("earlier_ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("earlier_ends_on", _("The stay ends before it begins"))
        return self.cleaned_data


class LanguageForm(DraftForm):
    """One row: a language besides English, and the level. A row without a language is no row."""

    layout = (Group(("language", "level")),)

    language = forms.ChoiceField(label=_("Language"), required=False)
    level = forms.ChoiceField(label=_("Level"), choices=[*CHOOSE, *LanguageLevel.choices], required=False)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = choices

    def clean(self):
        language, level = self.cleaned_data.get("language"), self.cleaned_data.get("level")
        if language and not level:
            self.add_error(
                "level", _("Choose how well you speak %(language)s") % {"language": languages.name(language)}
            )
        return self.cleaned_data

    @property
    def before(self):
        """The language that the page was rendered with in this row, or ''."""
        return self.data.get(self.add_initial_prefix("language"), "")


class BaseLanguages(forms.BaseFormSet):
    """The rows. ``answers`` are the changes of this page: {language: level, or None for one that was taken out}."""

    def get_form_kwargs(self, index):
        return super().get_form_kwargs(index) | {"choices": self.choices}

    def __init__(self, *args, **kwargs):
        self.choices = [*CHOOSE, *languages.choices()]
        super().__init__(*args, **kwargs)

    def clean(self):
        seen = set()
        for form in self.forms:
            code = form.cleaned_data.get("language") if hasattr(form, "cleaned_data") else ""
            if code and code in seen:
                form.add_error(
                    "language", _("You have written %(language)s twice") % {"language": languages.name(code)}
                )
            seen.add(code)

    def answers(self, *, without=""):
        """``without``: the prefix of a row whose button "take out" was pressed."""
        gone, kept = {}, {}
        for form in self.forms:
            row = form.sound_data() if hasattr(form, "cleaned_data") else {}
            code = "" if form.prefix == without else row.get("language", "")
            if form.before and form.before != code:
                gone[form.before] = None
            if code and row.get("level") and form.has_changed():
                kept[code] = row["level"]
        return gone | kept


LanguageFormSet = forms.formset_factory(LanguageForm, formset=BaseLanguages, extra=1, max_num=LANGUAGES_AT_MOST)


class MotivationForm(DraftForm):
    """Step 5: why, who knows you, photos. Files go their own way: views/attachments.py."""

    layout = (
        Group(("motivation",)),
        Group(("referee_name", "referee_contact")),
        Group(("has_photo_consent",)),
    )

    motivation = LongText(
        label=_("Why do you want to go?"),
        help_text=_("What do you want to learn, and how will you manage away from home? Up to 2000 characters."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 8, "data-count-to": 2000}),
    )
    referee_name = PlainText(
        label=_("Somebody who knows you"),
        help_text=_("A teacher, a trainer, an earlier boss."),
        max_length=160,
        required=False,
    )
    referee_contact = PlainText(
        label=_("How we reach that person"), help_text=_("Phone or e-mail."), max_length=160, required=False
    )
    has_photo_consent = YesNo(label=_("May we take photos of you?"), required=False)

    def __init__(self, *args, application, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["has_photo_consent"].help_text = consent.photo_text(application.office.name)
