"""What a service raises when it refuses. Each kind is a class: nobody reads the message to tell them apart."""

from collections.abc import Iterable


class Refused(Exception):
    """A service said no. ``str(error)`` is a translated sentence that may be shown to the user."""


class TransitionNotAllowed(Refused):
    """The row is in another state than the move starts from: somebody was faster, or the page is old."""


class NotReady(Refused):
    """The state is right, but something is missing. ``missing`` lists it, one translated sentence each."""

    def __init__(self, missing: Iterable[object]):
        self.missing = [str(sentence) for sentence in missing]
        super().__init__(" ".join(self.missing))


class AlreadyTaken(Refused):
    """Somebody else got the slot, the bed or the place first."""


class LinkSpent(Refused):
    """A signed link is expired, used or revoked. ``link`` is the row, so that the page can offer a new one."""

    def __init__(self, link, message):
        self.link = link
        super().__init__(message)
