from mobility.grants.admin.projects import ProjectAdmin

__all__ = ["ProjectAdmin"]
