"""Choices of reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ReportKind(models.TextChoices):
    PROJECT = "project", _("project report")


class ReportState(models.TextChoices):
    QUEUED = "queued", pgettext_lazy("report", "waiting")
    RUNNING = "running", pgettext_lazy("report", "being made")
    DONE = "done", pgettext_lazy("report", "ready")
    FAILED = "failed", pgettext_lazy("report", "failed")


class Waiting(models.TextChoices):
    """What a case waits for on the whose-turn board."""

    ENDORSEMENT = "endorsement", _("an answer about the application")
    OFFER = "offer", _("an answer to the offer")
    COMPLETION = "completion", _("what is to be completed")
    INTERVIEW = "interview", _("a time for the interview")
    DETAILS = "details", _("what the journey asks for")
    REVIEW = "review", _("the marks")
    REVIEWERS = "reviewers", _("the choice of reviewers")
    DECISION = "decision", _("a decision")
    APPROVAL = "approval", _("the approval of the decision")
    PUBLICATION = "publication", _("the publication of the decision")
    APPEAL = "appeal", _("the answer to an appeal")
    PLACE = "place", _("a place to be looked for")
    PROPOSAL = "proposal", _("an answer to the candidate")
    CONFIRMATION = "confirmation", _("the confirmation of the place")
    SIGNATURE = "signature", _("a signature under the learning agreement")
    ARRIVAL = "arrival", _("the confirmation of the arrival")
    RETURN = "return", _("the confirmation of the return")
    ASSESSMENT = "assessment", _("the assessment of the stay")
    CLOSING = "closing", _("the closing of the stay")
