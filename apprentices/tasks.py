"""Tasks of applications and of the register of people: each takes an id and calls one service."""

from celery import shared_task

from apprentices.services import (
    chasing,
    completion,
    duplicates,
    eligibility,
    interviews,
    late_drafts,
    offers,
    planned,
    waiting_list,
)
from mobility.accounts.models import Office


@shared_task(name=eligibility.TASK)
def check_eligibility(application_id):
    eligibility.check_one(application_id)


@shared_task(name=completion.REMIND_TASK)
def remind_completion(request_id):
    completion.remind_completion(request_id)


@shared_task(name=duplicates.TASK)
def look_for_pairs(office_id):
    duplicates.look_for_pairs(office=Office.objects.get(pk=office_id))


@shared_task(name="apprentices.look_for_pairs_everywhere")
def look_for_pairs_everywhere():
    """Once a day: what nobody woke after a change."""
    for office in Office.objects.all():
        duplicates.look_for_pairs(office=office)


@shared_task(name=late_drafts.REMIND_TASK)
def remind_draft(application_id):
    late_drafts.remind_draft(application_id=application_id)


@shared_task(name=chasing.TASK)
def remind_endorsement(endorsement_id):
    chasing.remind_if_due(endorsement_id)


@shared_task(name=planned.TASK)
def publish_planned(plan_id):
    planned.publish_planned(plan_id)


@shared_task(name=waiting_list.TASK)
def send_moved_up(decision_id):
    waiting_list.send_moved_up(decision_id)


@shared_task(name=offers.LAPSE_TASK)
def lapse_offer(application_id):
    offers.lapse_offer(application_id)


@shared_task(name=offers.REMIND_TASK)
def remind_offer(decision_id):
    offers.remind_offer(decision_id)


@shared_task(name=interviews.REMIND_TASK)
def remind_interview(interview_id):
    interviews.remind_interview(interview_id)
