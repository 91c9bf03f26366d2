from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from mobility.common import form_errors, formats
from mobility.common.templatetags import utferd

NBSP = "\N{NO-BREAK SPACE}"
DAY = date(2027, 2, 10)
INSTANT = datetime(2027, 2, 10, 22, 59, tzinfo=UTC)


def draw(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Wednesday 10 February 2027"),
        ("nb", "onsdag 10. februar 2027"),
        ("nn", "onsdag 10. februar 2027"),
        ("sv", "onsdag 10 februari 2027"),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(language, words):
    with translation.override(language):
        assert draw("{{ when|day }}", when=DAY) == words


def test_nynorsk_has_its_own_names_of_days():
    saturday = date(2027, 2, 13)
    with translation.override("nn"):
        assert formats.day(saturday) == "laurdag 13. februar 2027"
    with translation.override("nb"):
        assert formats.day(saturday) == "lørdag 13. februar 2027"


def test_the_other_forms_of_a_day():
    with translation.override("en"):
        assert [formats.day(DAY, form) for form in ("plain", "short", "near")] == [
            "10 February 2027",
            "10 Feb 2027",
            "Wednesday 10 February",
        ]


def test_a_moment_names_clock_and_zone_in_local_time():
    with translation.override("en"):
        assert draw("{{ when|moment }}", when=INSTANT) == "Wednesday 10 February 2027 at 23:59, Norwegian time"
    with translation.override("sv"):
        assert formats.moment(INSTANT).startswith("onsdag 10 februari 2027 kl. 23:59, ")


def test_a_moment_in_another_zone_says_so(settings):
    settings.TIME_ZONE = "Europe/Stockholm"
    with translation.override("en"):
        assert formats.moment(INSTANT).endswith(", Swedish time")
    settings.TIME_ZONE = "Europe/Helsinki"
    with translation.override("en"):
        assert formats.moment(INSTANT) == "Thursday 11 February 2027 at 00:59, Eastern European Time"


def test_a_late_evening_belongs_to_the_local_day():
    after_midnight = datetime(2027, 2, 10, 23, 30, tzinfo=UTC)
    with translation.override("en"):
        assert formats.day(after_midnight, "plain") == "11 February 2027"
        assert formats.clock(after_midnight) == "00:30"


@pytest.mark.parametrize("language", ["nb", "nn", "sv", "en"])
def test_whole_amounts_have_no_cents_and_a_space_that_does_not_break(language):
    with translation.override(language):
        assert draw("{{ amount|eur }}", amount=Decimal("12300.00")) == f"12{NBSP}300{NBSP}€"


def test_cents_follow_the_decimal_sign_of_the_language():
    with translation.override("nb"):
        assert formats.eur(Decimal("1234.5")) == f"1{NBSP}234,50{NBSP}€"
    with translation.override("en"):
        assert formats.eur(Decimal("1234.5")) == f"1{NBSP}234.50{NBSP}€"


def test_nothing_is_written_for_what_is_missing_and_zero_is_an_amount():
    assert draw("[{{ n|day }}{{ n|moment }}{{ n|clock }}{{ n|eur }}{{ n|number }}{{ n|country }}]", n=None) == "[]"
    assert formats.eur(0) == f"0{NBSP}€"


def test_a_country_is_named_in_the_readers_language():
    with translation.override("nb"):
        assert draw("{{ code|country }}", code="EL") == "Hellas"
    with translation.override("en"):
        assert draw("{{ code|country }}", code="AT") == "Austria"


def test_a_zero_has_no_sign():
    assert [draw("{{ n|number }}", n=n) for n in (Decimal("-0"), Decimal(0), 0)] == ["0", "0", "0"]


def test_a_telephone_number_is_written_in_groups():
    assert formats.phone("+4799990001") == "+47 99 99 00 01".replace(" ", NBSP)
    assert formats.phone("62000000") == "+47 62 00 00 00".replace(" ", NBSP)
    assert draw("[{{ n|phone }}]", n=None) == "[]"
    assert formats.phone("extension 12") == "extension 12"


def test_an_icon_is_hidden_from_screen_readers():
    assert draw('{% i "check" %}') == (
        '<svg class="u-i" aria-hidden="true" focusable="false"><use href="/static/u/img/icons.svg#check"/></svg>'
    )


def test_a_pill_escapes_its_word():
    assert "&lt;b&gt;" in draw('{% pill "ok" "check" word %}', word="<b>")


def test_a_turn_says_who_and_for_how_many_days():
    with translation.override("en"):
        text = draw('{% turn "partner" 9 %}')
    assert "The partner" in text
    assert '<span class="u-turn__days">9 days</span>' in text
    assert "u-turn--late" not in text


def test_a_turn_older_than_two_weeks_is_late():
    assert "u-turn--late" not in draw('{% turn "partner" 14 %}')
    assert "u-turn--late" in draw('{% turn "partner" 15 %}')


def test_my_own_turn_is_told_as_mine():
    with translation.override("en"):
        text = draw('{% turn "apprentice" 1 mine=True %}')
    assert "Your turn" in text
    assert "u-turn--you" in text
    assert "1 day<" in text


def test_a_turn_without_days_shows_none():
    assert "u-turn__days" not in draw('{% turn "host" %}')


def test_a_bar_stacks_its_parts():
    text = draw('{% bar "c1" 54 "c2" 28 %}')
    assert '<rect class="u-c1" x="0%" width="54%" height="100%"/>' in text
    assert '<rect class="u-c2" x="54%" width="28%" height="100%"/>' in text
    assert "style" not in text


def test_a_ring_says_its_share_in_words_and_survives_nothing_to_do():
    with translation.override("en"):
        assert 'aria-label="6 of 9 ready"' in draw("{% ring 6 9 %}")
        assert 'stroke-dasharray="0.0 276.5"' in draw("{% ring 0 0 %}")


@pytest.mark.parametrize(("name", "letters"), [("Kari Haugseth", "KH"), ("Åse-Marie van der Øy", "ÅØ"), ("Li", "LI")])
def test_initials(name, letters):
    assert utferd.initials(name) == letters


class Sample(forms.Form):
    name = forms.CharField(label="Your name")
    english = forms.ChoiceField(
        label="How well do you speak English?",
        choices=[("B1", "B1")],
        error_messages={"required": "Choose how well you speak English"},
    )
    travel = forms.ChoiceField(label="How do you travel?", choices=[("t", "Train")], widget=forms.RadioSelect)
    at = forms.SplitDateTimeField(label="When", required=False)

    def clean(self):
        raise forms.ValidationError("The round is closed.")


def test_the_error_summary_names_the_field_where_the_words_do_not():
    with translation.override("en"):
        assert form_errors.problems(Sample({"at_0": "x", "at_1": ""})) == [
            ("", "The round is closed."),
            ("#id_name", "Your name: This field is required."),
            ("#id_english", "Choose how well you speak English"),
            ("#id_travel_0", "How do you travel? This field is required."),
            ("#id_at_0", "When: Enter a valid date."),
        ]


def test_the_error_summary_takes_formsets_and_the_admins_wrappers():
    rows = forms.formset_factory(Sample)({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-name": "Kari"})
    wrapped = SimpleNamespace(formset=rows)
    alone = SimpleNamespace(form=Sample({"name": "Kari", "english": "B1", "travel": "t"}))
    listed = utferd.error_list([wrapped], alone, None, "")
    assert ("#id_form-0-english", "Choose how well you speak English") in listed
    assert listed[-1] == ("", "The round is closed.")


def test_the_error_summary_is_silent_without_errors():
    assert draw('{% include "components/errors.html" with form=form %}', form=Sample()).strip() == ""


def test_the_error_summary_counts_and_links():
    with translation.override("en"):
        text = draw('{% include "components/errors.html" with form=form %}', form=Sample({"travel": "t"}))
    assert "3 things must be put right" in text
    assert '<a href="#id_name">Your name: This field is required.</a>' in text
    assert "<li>The round is closed.</li>" in text
    assert 'tabindex="-1"' in text


CONFIRM = '{% include "components/confirm.html" with title="T" lead="" eyebrow="" told=None form=None hidden=None %}'
WORDS = {"submit": "Do it", "back_url": "/", "back": "", "danger": False}


@pytest.mark.parametrize(("follows", "columns"), [("", 3), ("A mail goes out.", 4)])
def test_a_confirm_page_leaves_out_the_column_that_says_nothing(follows, columns):
    row = {"what": "State", "now": "open", "after": "closed", "follows": follows}
    body = draw(CONFIRM, effects=[row, {**row, "follows": ""}], quote="", **WORDS)
    assert (body.count('scope="col"'), body.count("<td data-label")) == (columns, 2 * (columns - 1))


def test_the_words_of_somebody_else_stand_as_a_quote_with_their_paragraphs():
    body = draw(CONFIRM, effects=None, quote="One <b>.\n\nTwo.", **WORDS)
    assert '<blockquote class="u-quote"><p>One &lt;b&gt;.</p>\n\n<p>Two.</p></blockquote>' in body
