"""When two names, addresses or numbers are likely to be the same person's. Pure functions, no database.

Names come from passports, registers and phones: ``Åse-Marie Øygården``, ``OYGAARDEN, AASE MARIE`` and ``Ase Marie
Øygarden`` are one. So case, accents, hyphens and the order of names do not count, Å is Aa is A, Ø is O, and one slip of
the keyboard is forgiven.
"""

import functools
import unicodedata

_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "ı": "i"})
_DOTS_DO_NOT_COUNT = {"gmail.com", "googlemail.com"}
_SHORTEST_WITH_A_SLIP = 4  # letters: one edit makes "Ada" of "Ida", and those are two people


@functools.lru_cache(maxsize=65_536)
def name_parts(name: str) -> tuple[str, ...]:
    """The parts of a name in a form that can be compared, sorted: the order of names says nothing."""
    folded = unicodedata.normalize("NFC", name).casefold().translate(_LETTERS)
    plain = "".join(
        letter if letter.isalnum() else "" if letter in "'’`´" else " "
        for letter in unicodedata.normalize("NFKD", folded)
        if not unicodedata.combining(letter)
    )
    return tuple(sorted(part.replace("aa", "a") for part in plain.split()))


def names_alike(one: str, other: str) -> bool:
    """Whether two full names may be one person's: the same parts, some left out, or one part with one slip."""
    mine, yours = list(name_parts(one)), list(name_parts(other))
    for part in tuple(mine):
        if part in yours:
            mine.remove(part)
            yours.remove(part)
    shared = len(name_parts(one)) - len(mine)
    if not mine or not yours:
        return shared >= 2 or (shared == 1 and not mine and not yours)
    return len(mine) == len(yours) == 1 and one_slip_apart(mine[0], yours[0])


def one_slip_apart(one: str, other: str) -> bool:
    """Whether one letter more, less, changed, or two neighbours swapped, make one word of the other."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < _SHORTEST_WITH_A_SLIP or len(long) - len(short) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest, other_rest = short[start:], long[start:]
    if len(short) == len(long):
        swapped = rest[:2] == other_rest[:2][::-1] and rest[2:] == other_rest[2:]
        return swapped or rest[1:] == other_rest[1:]
    return rest == other_rest[1:]


def slips(word: str) -> set[str]:
    """The word, and what is left of it without each of its letters. One slip apart means: they share one of these."""
    if len(word) < _SHORTEST_WITH_A_SLIP:
        return {word}
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def mailbox(address: str) -> str:
    """The mailbox behind an address: without case and ``+tag``, and without dots where the provider ignores them."""
    local, _at, domain = address.strip().casefold().rpartition("@")
    local = local.split("+", 1)[0]
    if domain in _DOTS_DO_NOT_COUNT:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"
