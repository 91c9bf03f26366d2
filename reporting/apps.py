from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportingConfig(AppConfig):
    name = "reporting"
    label = "reporting"
    verbose_name = _("Reports")

    def ready(self):
        from mobility.common import jobs  # models are loaded now
        from reporting.services import reports  # models are loaded now

        jobs.sweeps(reports.TASK, reports.due_ids)
