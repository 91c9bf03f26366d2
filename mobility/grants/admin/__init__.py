from mobility.grants.admin.members import ConsortiumMemberAdmin
from mobility.grants.admin.projects import ProjectAdmin

__all__ = ["ConsortiumMemberAdmin", "ProjectAdmin"]
