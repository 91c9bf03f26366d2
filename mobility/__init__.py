"""Utferd: apprentice mobility, from the first web form to the report to the national agency."""

from mobility.celery import app as celery_app

__all__ = ["celery_app"]
