"""Each language is its own: nynorsk without bokmål, Swedish without Norwegian, letters in the person's written form."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[1] / "locale"

# Words that only bokmål has; the first line is the list of the county's own language rules.
BOKMAAL = """
ikke fra jeg hvordan uke uken uker måned måneden måneder opplysninger måloppnåelse
hva hvem hvis hvilken hvilket hvilke hvorfor noe noen være vært mye nå selv deres hun gjøre gjør
velge kommer sier fikk gikk ble blitt muligheten deltakerne arbeidsgivere utenlandsopphold
begrunnelse forlengelse utvelgelse navnet navn hjem hjemme tillatelse
"""
NORWEGIAN = {
    "ikke",
    "ikkje",
    "og",
    "søknad",
    "søknaden",
    "lærling",
    "hvis",
    "kva",
    "vere",
    "uke",
    "veke",
    "måned",
    "frå",
    "selv",
    "sjølv",
    "skjema",
}


def words_of(text):
    return set(re.findall(r"[a-zæøåäöé]+", text.lower()))


def translations(language):
    with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as source:
        for message in read_po(source, locale=language):
            if message.id:
                forms = message.string if isinstance(message.string, tuple) else (message.string,)
                for form in forms:
                    yield message.id, form


def leaks(language, forbidden):
    return sorted({(word, text[:80]) for _id, text in translations(language) for word in words_of(text) & forbidden})


def test_nynorsk_leaks_no_bokmaal():
    assert leaks("nn", set(BOKMAAL.split())) == []


def test_the_stop_words_would_be_found_in_bokmaal():
    found = {word for word, _text in leaks("nb", {"ikke", "fra", "hvordan", "uke", "måned", "opplysninger"})}
    assert found == {"ikke", "fra", "hvordan", "uke", "måned", "opplysninger"}


def test_swedish_leaks_no_norwegian():
    assert leaks("sv", NORWEGIAN) == []
    assert [text for _id, text in translations("sv") if re.search("[æø]", text.lower())] == []


@pytest.mark.parametrize("language", ["nb", "nn", "sv"])
def test_longer_sentences_are_translated_and_not_copied(language):
    copied = [text for source, text in translations(language) if text == source and len(words_of(text)) > 4]
    assert copied == []
