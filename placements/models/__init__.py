from placements.models.agreements import (
    LearningAgreement,
    LearningAgreementStatusChange,
    LearningOutcome,
    Signature,
)
from placements.models.costs import RealCost
from placements.models.evaluations import CriterionOutcome, Evaluation
from placements.models.grants import Grant, GrantLine
from placements.models.placements import Placement, PlacementStatusChange
from placements.models.stays import Visit, VisitStatusChange, WeeklyLog

__all__ = [
    "CriterionOutcome",
    "Evaluation",
    "Grant",
    "GrantLine",
    "LearningAgreement",
    "LearningAgreementStatusChange",
    "LearningOutcome",
    "Placement",
    "PlacementStatusChange",
    "RealCost",
    "Signature",
    "Visit",
    "VisitStatusChange",
    "WeeklyLog",
]
