"""Addresses of the grants floor."""

from django.urls import path

from mobility.grants.views import calculator, rates

app_name = "grants"
urlpatterns = [
    path("calculator/", calculator.calculator, name="calculator"),
    path("rates/", rates.rates, name="rates"),
    path("rates/import/", rates.import_rates, name="import_rates"),
    path("rates/shipped/<int:year>/", rates.rate_table_page, name="rate_table"),
    path("rates/shipped/<int:year>/copy/", rates.copy_rates, name="copy_rates"),
    path("rates/shipped/<int:year>/table.csv", rates.rate_table_sheet, name="rate_table_sheet"),
    path("rates/<int:pk>/", rates.rate_copy, name="rate_copy"),
    path("rates/<int:pk>/table.csv", rates.rate_copy_sheet, name="rate_copy_sheet"),
    path("rates/figures/<int:pk>/", rates.rate_figure, name="rate_figure"),
]
