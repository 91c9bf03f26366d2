from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacementsConfig(AppConfig):
    name = "placements"
    label = "placements"
    verbose_name = _("Stays abroad")

    def ready(self):
        from apprentices.selectors.own_data import add_parts  # models are loaded now
        from apprentices.selectors.todo import add_tasks  # models are loaded now
        from mobility.common import jobs  # models are loaded now
        from placements import permissions  # noqa: F401 - names the rights; models are loaded now
        from placements.selectors.own_data import stay_parts  # models are loaded now
        from placements.selectors.todo import stay_tasks  # models are loaded now
        from placements.services import project_prices  # models are loaded now

        add_parts(stay_parts)
        add_tasks(stay_tasks)
        jobs.sweeps(project_prices.TASK, project_prices.due_ids)
