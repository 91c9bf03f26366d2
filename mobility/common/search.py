"""Finding people and companies by what somebody types: one folded column for each row, written by the database itself.

``search_text(…)`` is a column that the database computes from others: small letters without marks, words parted by
spaces. Whatever writes the others, a service, an import or a repair by hand, the column is right; nothing has to
remember it. ``matching`` asks it. On PostgreSQL a trigram index makes that fast (``mobility.common.trigrams``).

The same letters on both sides: Åsa, Aasa and ASA are *asa*; Łódź is *lodz*; Kjær, Kjaer and Kjär are *kjar*.
"""

import re
import unicodedata
from collections.abc import Sequence

from django.db import models
from django.db.models import Func, Q, TextField

# letters that no normal form takes apart, each for one of A to Z; the database translates by the same two lines
SPECIAL = "ØøÆæŒœŁłĐđÐðÞþĦħŦŧŊŋıẞß"
PLAIN = "ooaaoollddddtthhttnniss"
PAIRS = (("aa", "a"), ("ae", "a"), ("oe", "o"))  # how å, æ and ø are written where a keyboard has none
COLUMN = "search_text"
SQLITE_FUNCTION = "utferd_fold"
MOST_WORDS, LONGEST = 8, 100
SHORT = 3  # a shorter word is found at the beginning of a word only: no trigram holds it
PHONE = re.compile(r"[+\d\s().\-/]+")
FEWEST_DIGITS = 4  # the last digits of a phone

_marks = re.compile("[\u0300-\u036f]")
_translation = str.maketrans(SPECIAL, PLAIN)


def fold(words: str) -> str:
    """``words`` as the column holds them."""
    bare = _marks.sub("", unicodedata.normalize("NFKD", words)).translate(_translation).lower()
    for pair, letter in PAIRS:
        bare = bare.replace(pair, letter)
    return bare


class Folded(Func):
    """The columns in one line, folded as ``fold`` does it. Begins with a space, so that every word has one before it."""

    output_field = TextField()

    def as_sql(self, compiler, connection, function=None, template=None, arg_joiner=None, **extra_context):
        joined, params = self._joined(compiler)
        return f"{SQLITE_FUNCTION}({joined})", params

    def as_postgresql(self, compiler, connection, **extra_context):
        joined, params = self._joined(compiler)
        bare = f"regexp_replace(normalize({joined}, NFKD), '[\\u0300-\\u036f]', '', 'g')"
        sql = f"lower(translate({bare}, '{SPECIAL}', '{PLAIN}'))"
        for pair, letter in PAIRS:
            sql = f"replace({sql}, '{pair}', '{letter}')"
        return sql, params

    def _joined(self, compiler):
        parts, params = [], []
        for source in self.source_expressions:
            sql, more = compiler.compile(source)
            parts.append(f"' ' || COALESCE({sql}, '')")
            params += more
        return " || ".join(parts), params


def search_text(*columns: str) -> models.GeneratedField:
    """The column of a model that ``matching`` asks. Name no column here that not everybody with the list may read."""
    return models.GeneratedField(expression=Folded(*columns), output_field=TextField(), db_persist=True)


def add_to_sqlite(connection, **kwargs) -> None:
    """Teach a new SQLite connection to fold (a receiver of ``connection_created``, the framework's own way)."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(SQLITE_FUNCTION, 1, fold, deterministic=True)


def matching(queryset, words: str, *, columns: Sequence[str] = (COLUMN,)):
    """The rows in which every word stands, in any order; or the digits, where they are typed like a phone.

    ``columns`` may follow foreign keys: ``apprentice__search_text``. A word may stand in any of them.
    """
    words = words.replace("\x00", "")[:LONGEST]
    tokens = fold(words).split()[:MOST_WORDS]
    if not tokens:
        return queryset.none()
    found = Q()
    for token in tokens:
        found &= _in_one_of(columns, token if len(token) >= SHORT else f" {token}")
    digits = phone_digits(words)
    if digits:
        found |= _in_one_of(columns, digits)
    return queryset.filter(found)


def _in_one_of(columns, token):
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__contains": token})
    return found


def phone_digits(words: str) -> str:
    """The digits of a phone in any writing, without what stands before them at home or abroad; else nothing."""
    if not PHONE.fullmatch(words):
        return ""
    digits = re.sub(r"\D", "", words)
    if digits.startswith("00"):
        digits = digits[2:]
    elif digits.startswith("0"):
        digits = digits[1:]  # as a Swede dials at home; the column holds +46 and what follows the nought
    return digits if len(digits) >= FEWEST_DIGITS else ""
