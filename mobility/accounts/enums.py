"""Choices of the accounts floor."""

from django.db import models
from django.utils.translation import gettext_lazy as _

OFFICE_SESSION_KEY = "office"
"""Where a session keeps the office that the person has chosen to work in."""


class Role(models.TextChoices):
    """What a person is in an office. A guardian has no role: guardians act by signed link only."""

    COORDINATOR = "coordinator", _("coordinator")
    HEAD = "head", _("head of section")
    ASSISTANT = "assistant", _("office assistant")
    REVIEWER = "reviewer", _("reviewer")
    APPRENTICE = "apprentice", _("apprentice")
    TRAINING_MANAGER = "training_manager", _("training manager")
    INSTRUCTOR = "instructor", _("instructor (tutor)")
    TRAINING_OFFICE = "training_office", _("training office")
    PARTNER = "partner", _("host partner")
    MENTOR = "mentor", _("host company mentor")
    MEMBER_CONTACT = "member_contact", _("contact person of a member")
    AUDITOR = "auditor", _("auditor")


STAFF_ROLES = frozenset({Role.COORDINATOR, Role.HEAD, Role.ASSISTANT, Role.REVIEWER, Role.AUDITOR})
"""Roles that work in the web admin."""

OFFICE_STAFF = tuple(sorted(STAFF_ROLES - {Role.REVIEWER}))
"""Staff who see the office's rows as such; a reviewer sees only what is assigned."""

SECOND_FACTOR_ROLES = frozenset({Role.COORDINATOR, Role.HEAD, Role.ASSISTANT, Role.AUDITOR})
"""Roles that must sign in with a second factor where ``REQUIRE_SECOND_FACTOR`` is on."""


class OfficeKind(models.TextChoices):
    COUNTY_SERVICE_OFFICE = "county_service_office", _("county service office")
    CONSORTIUM_COORDINATOR = "consortium_coordinator", _("consortium coordinator")
    TRAINING_OFFICE = "training_office", _("training office")
    PROJECT_TEAM = "project_team", _("project team")


class WrittenForm(models.TextChoices):
    """The language of letters and mails to a person (the Norwegian language act: a county answers in nb or nn)."""

    NB = "nb", _("Bokmål")
    NN = "nn", _("Nynorsk")
    SV = "sv", _("Swedish")
    EN = "en", _("English")


class LinkPurpose(models.TextChoices):
    """What a signed link is good for; each purpose opens one page and acts on one kind of row."""

    OPEN_DRAFT = "open_draft", _("your draft application")
    ENDORSE = "endorse", _("your answer about a stay abroad")
    SIGN_AGREEMENT = "sign_agreement", _("signing the learning agreement")
    EVALUATE = "evaluate", _("the evaluation")
    INVITATION = "invitation", _("the invitation")
    APPROVE_ENTRY = "approve_entry", _("approving the application that was written for you")
