"""Tasks of the top floor."""

from celery import shared_task

from reporting.services import reports


@shared_task(name=reports.TASK)
def run_report(job_id):
    reports.run_report(job_id)
