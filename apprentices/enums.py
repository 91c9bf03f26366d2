"""Choices of applications and people at home."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ContractKind(models.TextChoices):
    APPRENTICESHIP = "apprenticeship", _("apprenticeship contract")
    TRAINING = "training", _("training contract")


class RoundStatus(models.TextChoices):
    PREPARED = "prepared", _("being prepared")
    OPEN = "open", pgettext_lazy("application round", "opened")
    PUBLISHED = "published", _("decisions published")


class ApplicationStatus(models.TextChoices):
    """The office's names; the applicant's friendly ones are in ``FRIENDLY_STATUS``."""

    DRAFT = "draft", pgettext_lazy("application", "draft")
    SUBMITTED = "submitted", _("submitted")
    IN_REVIEW = "in_review", _("in review")
    RETURNED = "returned", _("returned for completion")
    OFFERED = "offered", _("offered")
    WAITING_LIST = "waiting_list", _("waiting list")
    REJECTED = "rejected", _("rejected")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    LAPSED = "lapsed", pgettext_lazy("application", "lapsed")
    WITHDRAWN = "withdrawn", _("withdrawn")
    DEFERRED = "deferred", pgettext_lazy("application", "deferred")


FRIENDLY_STATUS = {
    ApplicationStatus.DRAFT: _("You have started"),
    ApplicationStatus.SUBMITTED: _("We have your application"),
    ApplicationStatus.IN_REVIEW: _("We are reading your application"),
    ApplicationStatus.RETURNED: _("We need something more from you"),
    ApplicationStatus.OFFERED: _("You have an offer"),
    ApplicationStatus.WAITING_LIST: _("You are on the waiting list"),
    ApplicationStatus.REJECTED: _("You did not get a place this time"),
    ApplicationStatus.ACCEPTED: _("You said yes"),
    ApplicationStatus.DECLINED: _("You said no"),
    ApplicationStatus.LAPSED: _("The time to answer has run out"),
    ApplicationStatus.WITHDRAWN: _("You withdrew your application"),
    ApplicationStatus.DEFERRED: _("Your application waits for a later round"),
}


class EndorsementKind(models.TextChoices):
    """Who is asked about an application, each by a signed link."""

    EMPLOYER = "employer", _("employer")
    TRAINING_OFFICE = "training_office", _("training office")
    GUARDIAN = "guardian", _("guardian")


class EndorsementAnswer(models.TextChoices):
    """The words of a consent; a training office recommends instead: ``RECOMMENDATION``."""

    WAITING = "waiting", _("waiting for an answer")
    YES = "yes", _("consents")
    CONDITIONAL = "conditional", _("recommends with conditions")  # a training office only
    NO = "no", _("does not consent")


class Gender(models.TextChoices):
    FEMALE = "female", pgettext_lazy("gender", "woman")
    MALE = "male", pgettext_lazy("gender", "man")
    OTHER = "other", pgettext_lazy("gender", "other")
    NOT_STATED = "not_stated", _("I would rather not say")


class TrainingOfficeAnswer(models.TextChoices):
    """What an applicant says of the training office that holds the contract."""

    LISTED = "listed", _("one of the office's list")
    NONE = "none", _("no training office")
    OTHER = "other", _("another training office")


class ExpectedWages(models.TextChoices):
    """Wages during the stay as far as the applicant knows; the employer answers for itself (``Wages``)."""

    FULL = "full", _("full wages")
    PART = "part", _("part of the wages")
    NONE = "none", _("no wages")
    NOT_AGREED = "not_agreed", _("not agreed yet")


RECOMMENDATION = {
    EndorsementAnswer.WAITING: _("waiting for an answer"),
    EndorsementAnswer.YES: _("recommends"),
    EndorsementAnswer.CONDITIONAL: _("recommends with conditions"),
    EndorsementAnswer.NO: _("does not recommend"),
}


GIVEN = "given"  # reason in the history of an application: it got another case officer
REMINDED, CORRECTED = "reminded", "corrected"  # reasons in the history of an endorsement: the case's log reads them


class Wages(models.TextChoices):
    """Wages during the stay, paid by the employer at home; it decides social security (NORDIC)."""

    FULL = "full", _("full wages")
    PART = "part", _("part of the wages")
    NONE = "none", _("no wages")


class EligibilityLevel(models.TextChoices):
    """The outcome of one rule, and of the worst rule of a check; from harmless to final in ``SEVERITY``."""

    OK = "ok", pgettext_lazy("eligibility", "fulfilled")
    UNKNOWN = "unknown", pgettext_lazy("eligibility", "not known yet")
    WARN = "warn", pgettext_lazy("eligibility", "look at it")
    BLOCK = "block", pgettext_lazy("eligibility", "not fulfilled")


SEVERITY = (EligibilityLevel.OK, EligibilityLevel.UNKNOWN, EligibilityLevel.WARN, EligibilityLevel.BLOCK)


class DecisionResult(models.TextChoices):
    OFFER = "offer", _("offer")
    WAITING_LIST = "waiting_list", _("waiting list")
    REJECTION = "rejection", _("rejection")


class DecisionSource(models.TextChoices):
    """Why a decision is made now."""

    RANKING = "ranking", _("the ranking")
    WAITING_LIST = "waiting_list", _("the waiting list")
    APPEAL = "appeal", _("an appeal")


class DeferralState(models.TextChoices):
    """What became of the wish to travel in a later round."""

    ASKED = "asked", pgettext_lazy("deferral", "asked for")
    CONFIRMED = "confirmed", pgettext_lazy("deferral", "confirmed")
    REFUSED = "refused", pgettext_lazy("deferral", "refused")


class AppealStatus(models.TextChoices):
    """Where an appeal stands; the applicant's friendly words are in ``FRIENDLY_APPEAL``."""

    RECEIVED = "received", pgettext_lazy("appeal", "received")
    ADMITTED = "admitted", pgettext_lazy("appeal", "late, admitted")
    REFUSED = "refused", pgettext_lazy("appeal", "late, refused")
    SENT_ON = "sent_on", pgettext_lazy("appeal", "sent on to the appeal body")
    UPHELD = "upheld", pgettext_lazy("appeal", "upheld")
    PARTLY = "partly", pgettext_lazy("appeal", "partly upheld")
    REJECTED = "rejected", pgettext_lazy("appeal", "not upheld")


FRIENDLY_APPEAL = {
    AppealStatus.RECEIVED: _("We have your appeal"),
    AppealStatus.ADMITTED: _("Your appeal came late, and we read it all the same"),
    AppealStatus.REFUSED: _("Your appeal came too late"),
    AppealStatus.SENT_ON: _("Your appeal is with those who decide it"),
    AppealStatus.UPHELD: _("You were right: we decide anew"),
    AppealStatus.PARTLY: _("You were right in part: we decide anew"),
    AppealStatus.REJECTED: _("The decision stands"),
}


class PlanState(models.TextChoices):
    """What became of a publication that was planned."""

    PLANNED = "planned", pgettext_lazy("publication", "planned")
    DONE = "done", pgettext_lazy("publication", "done")
    CANCELLED = "cancelled", pgettext_lazy("publication", "cancelled")
    FAILED = "failed", pgettext_lazy("publication", "did not happen")


class LanguageLevel(models.TextChoices):
    """Levels of the Common European Framework of Reference for Languages."""

    A1 = "A1", _("A1: single words and simple sentences")
    A2 = "A2", _("A2: simple everyday messages")
    B1 = "B1", _("B1: I manage in familiar situations")
    B2 = "B2", _("B2: I speak rather freely")
    C1 = "C1", _("C1: I speak freely at work")
    C2 = "C2", _("C2: nearly as my first language")


class Stage(models.IntegerChoices):
    """The two stages of the form: the application, and what is asked after a yes to an offer."""

    FIRST = 1, _("application")
    SECOND = 2, _("after the offer")


class AttachmentKind(models.TextChoices):
    """What a file is there for; ``stage`` tells when it is asked, ``at_most`` how many files it takes."""

    CV = "cv", _("CV")
    REFERENCE_LETTER = "reference_letter", _("Reference letter")
    CERTIFICATE = "certificate", _("Certificate or school report")
    OTHER = "other", _("Other file")
    CV_ENGLISH = "cv_english", _("CV in English")
    LETTER_ENGLISH = "letter_english", _("Letter in English")
    DATED_CERTIFICATE = "dated_certificate", _("Certificate with a date")

    @property
    def stage(self) -> Stage:
        return Stage.SECOND if self in _SECOND_STAGE else Stage.FIRST

    @property
    def at_most(self) -> int:
        """Files per requirement; of a dated certificate, per certificate (two sides of a card)."""
        return {self.CERTIFICATE: 10, self.OTHER: 5, self.DATED_CERTIFICATE: 2}.get(self, 3)


_SECOND_STAGE = {AttachmentKind.CV_ENGLISH, AttachmentKind.LETTER_ENGLISH, AttachmentKind.DATED_CERTIFICATE}


class ProtectedKind(models.TextChoices):
    """Kinds of content that lie encrypted, with a consent and a log of readings of their own."""

    HEALTH = "health", _("Food, health and support")
    NEXT_OF_KIN = "next_of_kin", _("Next of kin")
    BANK = "bank", _("Bank account")
    TRAVEL = "travel", _("Passport and health card")


class LodgingWish(models.TextChoices):
    FAMILY = "family", _("with a family")
    SHARED = "shared", _("in a shared flat")
    RESIDENCE = "residence", _("in a student residence")
    ALONE = "alone", _("on my own")
    ANY = "any", _("I have no wish")


class ContractSource(models.TextChoices):
    """Who told us of a contract."""

    HAND = "hand", _("typed in by the office")
    APPLICATION = "application", _("an application")
    IMPORT = "import", _("the county's register")


class ImportState(models.TextChoices):
    CHECKED = "checked", _("looked through, not imported yet")
    APPLIED = "applied", _("imported")
    DISCARDED = "discarded", pgettext_lazy("import of contracts", "given up")


class EntryState(models.TextChoices):
    """Where an application stands that somebody else writes for the apprentice."""

    WRITING = "writing", _("being written")
    ASKED = "asked", _("waits for the apprentice")
    APPROVED = "approved", _("approved and sent")
    TAKEN_OVER = "taken_over", _("the apprentice goes on alone")
    REFUSED = "refused", _("the apprentice said no")


class HintState(models.TextChoices):
    """What became of the thought that two people of the register are one."""

    OPEN = "open", _("not looked at")
    NOT_SAME = "not_same", _("two people")
    MERGED = "merged", _("merged")


class RowOutcome(models.TextChoices):
    """What importing one row of a list of contracts does."""

    ERROR = "error", pgettext_lazy("row of an import", "error")
    CHOOSE = "choose", pgettext_lazy("row of an import", "to be decided")
    CHANGED = "changed", pgettext_lazy("row of an import", "changed")
    NEW_PERSON = "new_person", _("new person")
    NEW_CONTRACT = "new_contract", _("new contract")
    UNCHANGED = "unchanged", pgettext_lazy("row of an import", "unchanged")
    REPEATED = "repeated", pgettext_lazy("row of an import", "repeated")


# --- reviews and interviews -----------------------------------------------------------------------------------------
class TieKind(models.TextChoices):
    """What a reviewer stands close to, whatever is applied for."""

    COMPANY = "company", _("a company or an office")
    PERSON = "person", _("a person")


class InterviewStatus(models.TextChoices):
    INVITED = "invited", pgettext_lazy("interview", "invited, no time chosen")
    BOOKED = "booked", pgettext_lazy("interview", "time chosen")
    HELD = "held", pgettext_lazy("interview", "held")
    MISSED = "missed", pgettext_lazy("interview", "applicant did not come")
    CALLED_OFF = "called_off", pgettext_lazy("interview", "called off")
