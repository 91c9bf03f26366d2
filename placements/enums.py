"""Choices of stays abroad."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlacementStatus(models.TextChoices):
    """The office's names; the apprentice's friendly ones are in ``FRIENDLY_STATUS``.

    *Host found* is the partner's yes, *confirmed* the coordinator's; *abroad* means that arrival was confirmed.
    """

    PROPOSED = "proposed", _("proposed to partner")
    HOST_FOUND = "host_found", _("host found")
    REFUSED = "refused", _("refused by partner")
    CONFIRMED = "confirmed", pgettext_lazy("placement", "confirmed")
    READY = "ready", _("ready to travel")
    ABROAD = "abroad", _("abroad")
    RETURNED = "returned", _("returned")
    EVALUATED = "evaluated", _("evaluated")
    CLOSED = "closed", pgettext_lazy("placement", "closed")
    CANCELLED = "cancelled", pgettext_lazy("placement", "cancelled")


FRIENDLY_STATUS = {
    PlacementStatus.PROPOSED: _("We are looking for a place for you"),
    PlacementStatus.HOST_FOUND: _("A place is nearly ready"),
    PlacementStatus.REFUSED: _("We are looking for another place for you"),
    PlacementStatus.CONFIRMED: _("You have a place"),
    PlacementStatus.READY: _("You are ready to travel"),
    PlacementStatus.ABROAD: _("You are abroad"),
    PlacementStatus.RETURNED: _("You are home again"),
    PlacementStatus.EVALUATED: _("Thank you for telling us how it was"),
    PlacementStatus.CLOSED: _("Your stay is finished"),
    PlacementStatus.CANCELLED: _("The stay was cancelled"),
}


class Party(models.TextChoices):
    """Who signs a learning agreement, in the order of signing (a guardian only for someone under 18)."""

    APPRENTICE = "apprentice", _("apprentice")
    GUARDIAN = "guardian", _("guardian")
    OFFICE = "office", _("sending organisation")
    EMPLOYER = "employer", _("employer")
    HOST = "host", _("host")


class AgreementStatus(models.TextChoices):
    SIGNING = "signing", _("being signed")
    SIGNED = "signed", _("signed by everybody")
    REPLACED = "replaced", _("replaced by a newer version")


class VisitStatus(models.TextChoices):
    BOOKED = "booked", _("booked")
    CANCELLED = "cancelled", pgettext_lazy("visit", "cancelled")


class EvaluationBy(models.TextChoices):
    APPRENTICE = "apprentice", _("apprentice")
    PARTNER = "partner", _("host partner")


# What the log of a stay says for each move of ``workflow.py``.
MOVE_WORDS = {
    "propose": _("Sent to the partner"),
    "find_host": _("The partner said yes"),
    "refuse": _("The partner said no"),
    "confirm": _("Confirmed by the office"),
    "make_ready": _("Ready to travel"),
    "confirm_arrival": _("Arrival confirmed"),
    "confirm_return": _("Return confirmed"),
    "finish_evaluation": _("Evaluated"),
    "close": pgettext_lazy("log of a stay", "Closed"),
    "cancel": pgettext_lazy("log of a stay", "Cancelled"),
    "change": _("Dates or host changed"),
    "change_host": _("Sent to another partner"),
    "sign_again": _("Dates or host changed: to be signed again"),
}
