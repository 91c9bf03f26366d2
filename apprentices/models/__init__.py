from apprentices.models.applications import Application, ApplicationStatusChange, Endorsement
from apprentices.models.people import Apprentice, Contract, Instructor, TrainingManager
from apprentices.models.rounds import Criterion, Round, RoundStatusChange
from apprentices.models.selection import Decision, Review, ReviewMark
from apprentices.models.trades import Trade, TrainingCompany, TrainingOffice

__all__ = [
    "Application",
    "ApplicationStatusChange",
    "Apprentice",
    "Contract",
    "Criterion",
    "Decision",
    "Endorsement",
    "Instructor",
    "Review",
    "ReviewMark",
    "Round",
    "RoundStatusChange",
    "Trade",
    "TrainingCompany",
    "TrainingManager",
    "TrainingOffice",
]
