from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    name = "mobility.common"
    label = "common"
    verbose_name = _("Mails and files")

    def ready(self):
        from django.db.backends.signals import connection_created  # no database before the apps are there

        from mobility.common import jobs, outbox, search  # models are loaded now

        connection_created.connect(search.add_to_sqlite)
        jobs.sweeps("common.send_mail", outbox.due_ids)
