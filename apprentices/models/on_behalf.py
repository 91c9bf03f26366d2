"""Applications written by somebody else than the apprentice, and who of a training office may do so."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from apprentices.enums import EntryState
from apprentices.models.applications import Application
from apprentices.models.trades import TrainingOffice
from mobility.accounts.enums import Role
from mobility.common import clock


class TrainingOfficeMemberQuerySet(models.QuerySet):
    def in_force_for(self, user):
        """What this person's memberships in the working office reach today."""
        office = user.office_as(Role.TRAINING_OFFICE)
        mine = [m.pk for m in user.current_memberships if m.role == Role.TRAINING_OFFICE and m.office_id == office]
        return self.filter(membership__in=mine)


class TrainingOfficeMember(models.Model):
    """Limits a membership as training office to one training office of the register."""

    membership = models.OneToOneField(
        "accounts.Membership",
        verbose_name=_("membership"),
        on_delete=models.CASCADE,
        related_name="training_office_member",
    )  # CASCADE: it says what the membership reaches, and nothing without it
    training_office = models.ForeignKey(
        TrainingOffice, verbose_name=_("training office"), on_delete=models.PROTECT, related_name="members"
    )

    objects = TrainingOfficeMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("person at a training office")
        verbose_name_plural = _("people at training offices")

    def __str__(self):
        return f"{self.membership} · {self.training_office}"


class EntryQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those who run the office: all of it; a person at a training office: what that training office entered."""
        mine = TrainingOfficeMember.objects.in_force_for(user).values("training_office")
        return self.filter(
            models.Q(office=user.office_as(Role.COORDINATOR, Role.HEAD))
            | models.Q(office=user.office_as(Role.TRAINING_OFFICE), training_office__in=mine)
        )


class Entry(models.Model):
    """A draft that somebody writes on behalf of an apprentice, who approves, corrects or refuses it by a mailed link."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    application = models.OneToOneField(
        Application, verbose_name=_("application"), on_delete=models.CASCADE, related_name="entry"
    )  # CASCADE: it says how the application came about, and nothing without it
    training_office = models.ForeignKey(
        TrainingOffice,
        verbose_name=_("training office"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
    )  # empty: the office itself
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered by"), on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(_("state"), max_length=12, choices=EntryState, default=EntryState.WRITING, editable=False)
    created_at = models.DateTimeField(_("begun at"), default=clock.now)
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("application entered on behalf")
        verbose_name_plural = _("applications entered on behalf")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=EntryState.WRITING) | models.Q(asked_at__isnull=False),
                name="entry_asked_has_a_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[EntryState.WRITING, EntryState.ASKED])
                | models.Q(answered_at__isnull=False),
                name="entry_answered_has_a_moment",
            ),
        ]

    def __str__(self):
        return f"{self.application} · {self.get_state_display()}"

    def get_absolute_url(self):
        return reverse("apprentices:entry", args=[self.pk])

    @property
    def is_theirs(self) -> bool:
        """Whether the draft is still with those who entered it, or was closed by the apprentice's no."""
        return self.state != EntryState.TAKEN_OVER
