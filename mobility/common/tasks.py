"""Tasks of the ground floor."""

from celery import shared_task

from mobility.common import jobs, outbox


@shared_task(name="common.send_mail")
def send_mail(mail_id):
    outbox.send(mail_id)


@shared_task(name="common.sweep")
def sweep():
    jobs.sweep()
