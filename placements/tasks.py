"""Tasks of stays abroad."""

from celery import shared_task

from placements.services import project_prices


@shared_task(name=project_prices.TASK)
def price_project(project_id):
    project_prices.price_project(project_id)
