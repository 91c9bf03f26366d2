from apprentices.models.appeals import Appeal, AppealStatusChange
from apprentices.models.applications import Application, ApplicationStatusChange
from apprentices.models.attachments import Attachment
from apprentices.models.casework import CaseNote, CaseReading
from apprentices.models.completion import CompletionRequest
from apprentices.models.conflicts import Conflict, Tie
from apprentices.models.decisions import Decision, LapsedOffer, OfferReminder, PlannedPublication
from apprentices.models.deferrals import Deferral
from apprentices.models.details import Certificate, Details, InsurancePolicy
from apprentices.models.drafts import DraftReminder, LanguageSkill, LateAdmission
from apprentices.models.eligibility import EligibilityCheck
from apprentices.models.endorsements import Endorsement, EndorsementReply
from apprentices.models.imports import ContractImport
from apprentices.models.interviews import Interview, InterviewPlace, InterviewStatusChange, InterviewTime
from apprentices.models.on_behalf import Entry, TrainingOfficeMember
from apprentices.models.people import Apprentice, Contract, Instructor, TrainingManager
from apprentices.models.protected import PROTECTED, BankAccount, Consent, HealthNote, NextOfKin, TravelDocument
from apprentices.models.rounds import CriteriaChange, Criterion, Round, RoundStatusChange
from apprentices.models.same_person import PersonMerge, SamePersonHint
from apprentices.models.selection import Review, ReviewMark
from apprentices.models.selection_settings import SelectionSettings
from apprentices.models.trades import Trade, TrainingCompany, TrainingOffice

__all__ = [
    "PROTECTED",
    "Appeal",
    "AppealStatusChange",
    "Application",
    "ApplicationStatusChange",
    "Apprentice",
    "Attachment",
    "BankAccount",
    "CaseNote",
    "CaseReading",
    "Certificate",
    "CompletionRequest",
    "Conflict",
    "Consent",
    "Contract",
    "ContractImport",
    "CriteriaChange",
    "Criterion",
    "Decision",
    "Deferral",
    "Details",
    "DraftReminder",
    "EligibilityCheck",
    "Endorsement",
    "EndorsementReply",
    "Entry",
    "HealthNote",
    "Instructor",
    "InsurancePolicy",
    "Interview",
    "InterviewPlace",
    "InterviewStatusChange",
    "InterviewTime",
    "LanguageSkill",
    "LapsedOffer",
    "LateAdmission",
    "NextOfKin",
    "OfferReminder",
    "PersonMerge",
    "PlannedPublication",
    "Review",
    "ReviewMark",
    "Round",
    "RoundStatusChange",
    "SamePersonHint",
    "SelectionSettings",
    "Tie",
    "Trade",
    "TrainingCompany",
    "TrainingManager",
    "TrainingOffice",
    "TrainingOfficeMember",
    "TravelDocument",
]
