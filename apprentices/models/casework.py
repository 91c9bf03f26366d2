"""What the office keeps beside a case for itself: notes with a day to come back to them, and who has read what."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from apprentices.models.applications import Application
from mobility.accounts.enums import Role
from mobility.common import clock


class CaseNoteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Coordinators, head and auditor of the office; never an assistant, a reviewer, or the person itself."""
        office = user.office_as(Role.COORDINATOR, Role.HEAD, Role.AUDITOR)
        return self.filter(application__office=office)

    def open_follow_ups(self):
        return self.filter(follow_up_on__isnull=False, done_at=None)

    def due(self, today):
        """Follow-ups whose day has come."""
        return self.open_follow_ups().filter(follow_up_on__lte=today)


class CaseNote(models.Model):
    """A note of the office on one case. Notes are only ever added; a follow-up comes back to the workbench until done."""

    application = models.ForeignKey(
        Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="notes"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(_("written at"), default=clock.now)
    text = models.TextField(_("note"), max_length=2000)
    follow_up_on = models.DateField(_("come back to it on"), null=True, blank=True)
    follow_up_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who comes back to it"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("done by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    key = models.UUIDField(_("key of the form"), default=uuid.uuid4, unique=True, editable=False)
    # the form's own: the second click of a double click finds the note of the first

    objects = CaseNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("case note")
        verbose_name_plural = _("case notes")
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index(
                fields=["follow_up_for", "follow_up_on"],
                condition=models.Q(done_at=None, follow_up_on__isnull=False),
                name="note_follow_up",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(follow_up_on=None, follow_up_for=None)
                | models.Q(follow_up_on__isnull=False, follow_up_for__isnull=False),
                name="follow_up_has_day_and_person",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at=None, done_by=None)
                | models.Q(done_at__isnull=False, done_by__isnull=False, follow_up_on__isnull=False),
                name="only_follow_ups_are_done",
            ),
        ]

    def __str__(self):
        return f"{self.application}: {self.text[:40]}"

    @property
    def office_id(self):
        return self.application.office_id


class CaseReading(models.Model):
    """When somebody of the office last had a case before them; what is newer on it is unread."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="readings")
    # CASCADE: a mark of the list, worth nothing without its case
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    # the same holds for whoever read it
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)  # null: marked as unread by hand

    class Meta:
        verbose_name = _("reading of a case")
        verbose_name_plural = _("readings of cases")
        constraints = [models.UniqueConstraint(fields=["user", "application"], name="one_reading_per_person_and_case")]

    def __str__(self):
        return f"{self.user}: {self.application_id}"
