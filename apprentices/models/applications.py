"""Applications, from the first saved step of the form to the answer to an offer."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField
from simple_history.models import HistoricalRecords

from apprentices.enums import (
    FRIENDLY_STATUS,
    ApplicationStatus,
    ContractKind,
    EntryState,
    ExpectedWages,
    Gender,
    LanguageLevel,
    TrainingOfficeAnswer,
)
from apprentices.models.people import Apprentice
from apprentices.models.rounds import Round
from apprentices.models.trades import Trade, TrainingOffice, validate_organisation_number
from mobility.accounts.enums import OFFICE_STAFF, Role, WrittenForm
from mobility.common import clock
from mobility.common.models import HasStatus, StatusChange
from mobility.common.search import COLUMN, search_text

ADDRESS = ("address", "postal_code", "postal_place", "municipality")
"""Hidden from everybody but coordinator and head where the address is protected; so these keep no history either."""


OPEN_CASES = (
    ApplicationStatus.SUBMITTED,
    ApplicationStatus.IN_REVIEW,
    ApplicationStatus.RETURNED,
    ApplicationStatus.OFFERED,
    ApplicationStatus.WAITING_LIST,
    ApplicationStatus.ACCEPTED,
)


class ApplicationQuerySet(models.QuerySet):
    def submitted(self):
        """Everything that was sent in, whatever happened since. Drafts are the applicant's own."""
        return self.exclude(status=ApplicationStatus.DRAFT)

    def visible_to(self, user):
        """Staff: what was sent to their office. Reviewers: what is assigned to them. Apprentices: their own.

        An assistant never sees an own application as a member of staff would: it is left out here, and reached through
        the portal by ``owned_by``.
        """
        staff = user.office_as(*OFFICE_STAFF)
        if staff:
            found = self.submitted().filter(office=staff)
            leads = user.roles & {Role.COORDINATOR, Role.HEAD, Role.AUDITOR}
            return found if leads else found.exclude(apprentice__user=user.pk)
        assigned = self.model.objects.filter(reviews__reviewer=user.pk, office=user.office_as(Role.REVIEWER))
        return self.filter(models.Q(apprentice__user=user.pk) | models.Q(pk__in=assigned.values("pk")))

    def held_by_applicant(self):
        """Without drafts that somebody else writes, or that the apprentice has refused to have written."""
        theirs = [EntryState.WRITING, EntryState.ASKED, EntryState.APPROVED, EntryState.REFUSED]
        return self.exclude(entry__state__in=theirs)

    def owned_by(self, user):
        """The person's own applications, as the portal shows them."""
        return self.filter(apprentice__user=user.pk)

    def open_cases(self):
        """Sent, and neither settled nor with a place: what a case officer still answers for."""
        return self.filter(status__in=OPEN_CASES)


class Application(HasStatus):
    """One person's application in one round. A draft belongs to the browser that made it and to the mailed link."""

    office = models.ForeignKey("accounts.Office", verbose_name=_("office"), on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="applications")
    apprentice = models.ForeignKey(
        Apprentice, verbose_name=_("apprentice"), on_delete=models.PROTECT, null=True, related_name="applications"
    )
    status = models.CharField(
        _("state"), max_length=20, choices=ApplicationStatus, default=ApplicationStatus.DRAFT, editable=False
    )
    reference = models.CharField(_("reference"), max_length=20, null=True, unique=True, editable=False)  # noqa: DJ001
    # null until it is sent: several drafts without a reference are not doubles
    created_at = models.DateTimeField(_("begun at"), default=clock.now, editable=False)
    saved_at = models.DateTimeField(_("saved at"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    is_late = models.BooleanField(_("sent after closing"), default=False, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("case officer"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )  # set when it is sent; a draft is nobody's case
    news_at = models.DateTimeField(_("last news at"), null=True, blank=True, editable=False)
    replaced_by = models.ForeignKey(
        "self", verbose_name=_("replaced by"), on_delete=models.PROTECT, null=True, blank=True, related_name="replaced"
    )  # a draft whose person has sent this other one: kept, but closed

    # step 1: how we reach you
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    call_name = models.CharField(_("call name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail"))
    phone = PhoneNumberField(_("mobile"), blank=True)
    written_form = models.CharField(_("language of letters"), max_length=2, choices=WrittenForm, default=WrittenForm.NB)
    consented_at = models.DateTimeField(_("consented at"), null=True, blank=True)
    consent_version = models.CharField(_("version of the consent text"), max_length=20, blank=True)
    email_confirmed_at = models.DateTimeField(_("address confirmed at"), null=True, blank=True)

    # step 2: about you
    birth_date = models.DateField(_("date of birth"), null=True, blank=True)
    guardian_name = models.CharField(_("guardian"), max_length=160, blank=True)
    guardian_email = models.EmailField(_("e-mail of the guardian"), blank=True)
    second_guardian_name = models.CharField(_("second guardian"), max_length=160, blank=True)
    second_guardian_email = models.EmailField(_("e-mail of the second guardian"), blank=True)
    gender = models.CharField(_("gender"), max_length=10, choices=Gender, blank=True)
    nationality = models.CharField(_("nationality"), max_length=2, blank=True)
    has_protected_address = models.BooleanField(_("protected address"), default=False)
    address = models.CharField(_("address"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    postal_place = models.CharField(_("postal place"), max_length=80, blank=True)
    municipality = models.CharField(_("municipality"), max_length=80, blank=True)

    # step 3: your apprenticeship
    trade = models.ForeignKey(Trade, verbose_name=_("trade"), on_delete=models.PROTECT, null=True, blank=True)
    contract_kind = models.CharField(_("kind of contract"), max_length=20, choices=ContractKind, blank=True)
    contract_starts_on = models.DateField(_("training period from"), null=True, blank=True)
    contract_ends_on = models.DateField(_("training period to"), null=True, blank=True)
    company_name = models.CharField(_("training company"), max_length=160, blank=True)
    company_number = models.CharField(
        _("organisation number of the company"), max_length=16, blank=True, validators=[validate_organisation_number]
    )
    training_office_answer = models.CharField(
        _("training office or none"), max_length=10, choices=TrainingOfficeAnswer, blank=True
    )
    training_office = models.ForeignKey(
        TrainingOffice, verbose_name=_("training office"), on_delete=models.PROTECT, null=True, blank=True
    )
    training_office_name = models.CharField(_("name of the training office"), max_length=160, blank=True)
    manager_name = models.CharField(_("training manager"), max_length=160, blank=True)
    manager_email = models.EmailField(_("e-mail of the training manager"), blank=True)
    manager_phone = PhoneNumberField(_("phone of the training manager"), blank=True)
    instructor_name = models.CharField(_("instructor (tutor)"), max_length=160, blank=True)
    instructor_email = models.EmailField(_("e-mail of the instructor"), blank=True)
    instructor_phone = PhoneNumberField(_("phone of the instructor"), blank=True)
    expected_wages = models.CharField(_("wages during the stay"), max_length=10, choices=ExpectedWages, blank=True)

    # step 4: your stay
    first_country = models.CharField(_("first wish"), max_length=2, blank=True)
    second_country = models.CharField(_("second wish"), max_length=2, blank=True)
    third_country = models.CharField(_("third wish"), max_length=2, blank=True)
    goes_anywhere = models.BooleanField(_("another country is fine, too"), default=False)
    english_level = models.CharField(_("how well you speak English"), max_length=2, choices=LanguageLevel, blank=True)
    wished_tasks = models.CharField(_("what you would like to do there"), max_length=300, blank=True)
    competence_aims = models.TextField(_("competence aims"), max_length=1000, blank=True)
    has_earlier_stays = models.BooleanField(_("earlier stays with Erasmus+"), null=True, blank=True)
    earlier_where = models.CharField(_("where the earlier stays were"), max_length=200, blank=True)
    earlier_starts_on = models.DateField(_("earlier stay from"), null=True, blank=True)
    earlier_ends_on = models.DateField(_("earlier stay to"), null=True, blank=True)
    earlier_days = models.PositiveSmallIntegerField(_("days of the earlier stays"), null=True, blank=True)

    # step 5: your motivation
    motivation = models.TextField(_("why you want to go"), max_length=2000, blank=True)
    referee_name = models.CharField(_("person who knows you"), max_length=160, blank=True)
    referee_contact = models.CharField(_("how we reach that person"), max_length=160, blank=True)
    has_photo_consent = models.BooleanField(_("consent to photos"), null=True, blank=True)
    photo_consent_version = models.CharField(_("version of the photo consent"), max_length=20, blank=True)
    photo_answered_at = models.DateTimeField(_("photo consent answered at"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("reason for withdrawing"), max_length=500, blank=True)
    search_text = search_text(
        "reference", "given_name", "family_name", "call_name", "email", "phone", "company_name", "company_number"
    )
    history = HistoricalRecords(excluded_fields=["motivation", "competence_aims", "news_at", COLUMN, *ADDRESS])

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["office", "-submitted_at", "-id"], name="application_newest"),
            models.Index(fields=["office", "status"], name="application_status"),
            models.Index(fields=["office", "trade"], name="application_trade"),  # the list's filter of trades
            models.Index(
                fields=["office", "status", "status_since", "id"], name="application_since"
            ),  # ages, whose turn: with the key, so that neither fetches a row to find what stands beside it
            models.Index(
                fields=["round", "status", "status_since", "id", "office"], name="application_round_status"
            ),  # the same of one round
            models.Index(fields=["owner", "status"], name="application_owner"),
            models.Index(fields=["email"], name="application_email"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status=ApplicationStatus.DRAFT)
                | models.Q(reference__isnull=False, submitted_at__isnull=False, apprentice__isnull=False),
                name="submitted_has_reference_and_apprentice",
            ),
            models.UniqueConstraint(
                fields=["round", "apprentice"],
                condition=~models.Q(status__in=[ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN]),
                name="one_application_per_round",
                violation_error_message=_("You have applied in this round already."),
            ),
            models.CheckConstraint(
                condition=models.Q(training_office=None) | models.Q(training_office_answer=TrainingOfficeAnswer.LISTED),
                name="training_office_is_listed",
                violation_error_message=_("A training office of the list is chosen together with the answer."),
            ),
            models.CheckConstraint(
                condition=models.Q(earlier_starts_on=None)
                | models.Q(earlier_ends_on=None)
                | models.Q(earlier_ends_on__gte=models.F("earlier_starts_on")),
                name="earlier_stay_ends_after_start",
                violation_error_message=_("The earlier stay ends before it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(has_photo_consent=None)
                | models.Q(photo_answered_at__isnull=False) & ~models.Q(photo_consent_version=""),
                name="photo_consent_has_version_and_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(replaced_by=None) | models.Q(status=ApplicationStatus.DRAFT),
                name="only_drafts_are_replaced",
            ),
        ]

    def __str__(self):
        return f"{self.full_name} · {self.reference}" if self.reference else self.full_name

    def get_absolute_url(self):
        return reverse("apprentices:status", args=[self.pk])

    @property
    def full_name(self):
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def friendly_status(self):
        """The state in the applicant's words."""
        return FRIENDLY_STATUS[self.status]

    @property
    def countries(self) -> list[str]:
        """The wished countries, best first."""
        return [code for code in (self.first_country, self.second_country, self.third_country) if code]


class ApplicationStatusChange(StatusChange):
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="status_changes")
    # CASCADE: its own log

    class Meta(StatusChange.Meta):
        verbose_name = _("move of an application")
        verbose_name_plural = _("moves of applications")
