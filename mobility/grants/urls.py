"""Addresses of the grants floor."""

from django.urls import path

from mobility.grants.views import calculator

app_name = "grants"
urlpatterns = [path("calculator/", calculator.calculator, name="calculator")]
