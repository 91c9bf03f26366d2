from mobility.grants.models.consortium import ConsortiumMember
from mobility.grants.models.projects import BaseRate, BudgetLine, Project
from mobility.grants.models.rates import RateCopy, RateFigure

__all__ = ["BaseRate", "BudgetLine", "ConsortiumMember", "Project", "RateCopy", "RateFigure"]
