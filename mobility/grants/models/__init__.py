from mobility.grants.models.consortium import ConsortiumMember
from mobility.grants.models.projects import BaseRate, BudgetLine, Project

__all__ = ["BaseRate", "BudgetLine", "ConsortiumMember", "Project"]
