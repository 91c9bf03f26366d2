"""A mail that is shown before it is sent: the page and the outbox get the same words from the same facts."""

from dataclasses import dataclass, field
from typing import Any

from mobility.common import outbox


@dataclass(frozen=True)
class Prepared:
    """Everything of one mail but its row. ``about``: ids of what it is about, as ``outbox.queue`` takes them."""

    template: str
    to: outbox.To
    office: Any
    context: dict[str, Any] = field(default_factory=dict)
    about: dict[str, Any] = field(default_factory=dict)

    def written(self) -> tuple[str, str]:
        """Subject and text as they would go out now."""
        return outbox.written(self.template, to=self.to, office=self.office, context=self.context)

    def queue(self):
        """Put it into the outbox, in the caller's transaction."""
        return outbox.queue(self.template, to=self.to, office=self.office, context=self.context, about=self.about)
