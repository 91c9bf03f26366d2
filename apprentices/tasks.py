"""Tasks of applications: each takes an id and calls one service."""

from celery import shared_task

from apprentices.services import eligibility


@shared_task(name=eligibility.TASK)
def check_eligibility(application_id):
    eligibility.check_one(application_id)
