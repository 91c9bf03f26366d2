from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApprenticesConfig(AppConfig):
    name = "apprentices"
    label = "apprentices"
    verbose_name = _("Applications")

    def ready(self):
        from apprentices.notifications import mail, states  # models are loaded now
        from apprentices.selectors.casework import open_work  # models are loaded now
        from apprentices.selectors.completion import due_for_reminder  # models are loaded now
        from apprentices.selectors.eligibility_facts import outdated_ids  # models are loaded now
        from apprentices.selectors.endorsements import due_reminders  # models are loaded now
        from apprentices.selectors.mail_log import BY_ROUND  # models are loaded now
        from apprentices.services import addresses as places  # models are loaded now
        from apprentices.services import (  # models are loaded now
            chasing,
            completion,
            eligibility,
            interviews,
            late_drafts,
            offers,
            planned,
            waiting_list,
        )
        from mobility.accounts.selectors import add_duties  # models are loaded now
        from mobility.common import addresses, jobs, mail_cuts, outbox  # models are loaded now

        for place in places.PLACES:
            addresses.register(place)

        add_duties(open_work)
        mail_cuts.register(BY_ROUND)
        outbox.checks(f"{mail.FOLDER}/", states.why_not)
        jobs.sweeps(eligibility.TASK, outdated_ids)
        jobs.sweeps(late_drafts.REMIND_TASK, late_drafts.due_reminders)
        jobs.sweeps(chasing.TASK, due_reminders)
        jobs.sweeps(completion.REMIND_TASK, due_for_reminder)
        jobs.sweeps(planned.TASK, planned.due_plans)
        jobs.sweeps(waiting_list.TASK, waiting_list.due_to_go)
        jobs.sweeps(offers.LAPSE_TASK, offers.due_to_lapse)
        jobs.sweeps(offers.REMIND_TASK, offers.due_reminders)
        jobs.sweeps(interviews.REMIND_TASK, interviews.due_for_reminder)
