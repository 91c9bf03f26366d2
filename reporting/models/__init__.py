from reporting.models.chases import Chase
from reporting.models.jobs import ReportJob

__all__ = ["Chase", "ReportJob"]
