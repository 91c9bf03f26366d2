from reporting.models.jobs import ReportJob

__all__ = ["ReportJob"]
