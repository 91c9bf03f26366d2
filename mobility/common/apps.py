from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    name = "mobility.common"
    label = "common"
    verbose_name = _("Mails and files")

    def ready(self):
        from mobility.common import jobs, outbox  # models are loaded now

        jobs.sweeps("common.send_mail", outbox.due_ids)
