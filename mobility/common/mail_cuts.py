"""What the outbox can be cut down to. Floors above register what they know of, such as rounds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Cut:
    """``code`` stands in the address (``?round=5``). ``choices(user)`` gives (key, name); ``narrow(mails, key)`` the mails
    about it."""

    code: str
    label: Any
    choices: Callable[[Any], list[tuple[int, str]]]
    narrow: Callable[[Any, int], Any]


@dataclass(frozen=True)
class Chosen:
    """A cut of the outbox on one page: what can be chosen, and what is. ``key`` is None where nothing is."""

    cut: Cut
    choices: list[tuple[int, str]]
    key: int | None

    @property
    def name(self) -> str:
        return next((name for key, name in self.choices if key == self.key), "")

    @property
    def query(self) -> str:
        """``round=5``, for addresses."""
        return f"{self.cut.code}={self.key}" if self.key is not None else ""

    def narrow(self, mails):
        return self.cut.narrow(mails, self.key) if self.key is not None else mails


_cuts: list[Cut] = []


def register(cut: Cut) -> None:
    if cut not in _cuts:
        _cuts.append(cut)


def cuts_of(user, asked) -> list[Chosen]:
    """Every cut with what ``asked`` (the GET of a page) chooses; a key that is not this person's chooses nothing."""
    found = []
    for cut in _cuts:
        choices = cut.choices(user)
        key = next((key for key, _name in choices if str(key) == asked.get(cut.code)), None)
        found.append(Chosen(cut, choices, key))
    return found
