"""What the office asks an applicant to complete, after the application was sent."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apprentices.enums import ApplicationStatus
from apprentices.models.applications import Application
from mobility.accounts.enums import OFFICE_STAFF


class CompletionRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(answered_at=None)

    def visible_to(self, user):
        return self.filter(application__office=user.office_as(*OFFICE_STAFF))


class CompletionRequest(models.Model):
    """One return for completion: which fields, why, by when. Open until it is answered, or closed by the office.

    ``fields`` are names of form fields, and ``attachment:<kind>`` for files. ``before`` and ``after`` hold what the
    named fields said when it was asked and when it was answered, so that both stay readable.
    """

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="completion_requests"
    )
    fields = models.JSONField(_("what is to be completed"))
    message = models.TextField(_("what we need"), max_length=1000)
    due_on = models.DateField(_("complete by"))
    returned_from = models.CharField(_("state before"), max_length=20, choices=ApplicationStatus)
    asked_at = models.DateTimeField(_("asked at"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.PROTECT, related_name="+"
    )
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("closed without an answer by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    before = models.JSONField(_("before"), default=dict)
    after = models.JSONField(_("after"), default=dict)

    objects = CompletionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for completion")
        verbose_name_plural = _("requests for completion")
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["answered_at", "due_on"], name="completion_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(answered_at=None),
                name="one_open_completion_request",
                violation_error_message=_("The applicant has been asked already."),
            )
        ]

    def __str__(self):
        return f"{self.application}: {', '.join(self.fields)}"

    @property
    def office_id(self):
        return self.application.office_id
