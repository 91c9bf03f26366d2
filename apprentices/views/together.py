"""Two people on one case: a form carries what its page knew; who comes second is told, and sends again knowingly."""

from django.contrib import messages
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apprentices.selectors.changes import changes_since, version_of
from mobility.common import clock, files, formats
from mobility.common.office_page import attempt
from mobility.common.workflow import lock

SEEN = "seen"
"""The hidden field. A form without it (an address that a script posts to) is not asked."""


class Together:
    """The cases that one page is about, as the reader has seen them.

    ``hidden`` goes into the form (``components/seen.html``, or ``confirm_page(hidden=…)``); ``attempt`` runs a service only
    if nobody else touched the cases since. Else it says what happened, and the page, shown again with everything typed,
    carries the new version: sending it once more is done knowingly.
    """

    def __init__(self, request, applications, *, first=()):
        """``first``: rows that the service locks before the cases (a round)."""
        self.request, self.applications, self.first = request, list(applications), list(first)
        self.version = request.POST.get(SEEN) or version_of(self.applications)

    @property
    def hidden(self):
        return [(SEEN, self.version)]

    def attempt(self, act, *, done="") -> bool:
        """As ``office_page.attempt``, with the cases locked. False: it was refused, or somebody was faster."""
        with files.only_if_kept(), transaction.atomic():
            for row in (*self.first, *sorted(self.applications, key=lambda each: each.pk)):
                lock(row)
            return self.is_fresh() and attempt(self.request, act, done=done)

    def is_fresh(self) -> bool:
        """Whether nobody else touched the cases; else it is told, once."""
        found = changes_since(self.version, self.applications, reader=self.request.user)
        if not found:
            return True
        self.version = version_of(self.applications)
        lead = _(
            "Somebody worked on this meanwhile. Nothing you typed is lost: look at what changed, then send it again."
        )
        messages.warning(self.request, lead)
        for change in found:
            messages.warning(self.request, sentence(change, with_case=len(self.applications) > 1))
        return False


def sentence(change, *, with_case=False) -> str:
    """``Kari Haugseth, 2 minutes ago: Offer published``."""
    who = change.who or pgettext("who did it", "By itself")
    words = _("%(who)s, %(ago)s: %(what)s") % {
        "who": who,
        "ago": formats.ago(change.at, clock.now()),
        "what": change.what,
    }
    return f"{words} ({change.case})" if with_case else words
