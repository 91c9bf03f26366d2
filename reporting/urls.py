from django.urls import path

from reporting.views import checks, pipeline, reports, search, turns

app_name = "reporting"
urlpatterns = [
    path("turns/", turns.board, name="turns"),
    path("turns/<str:waiting>/<int:pk>/remind/", turns.remind, name="remind"),
    path("pipeline/", pipeline.pipeline, name="pipeline"),
    path("search/", search.search, name="search"),
    path("projects/<int:pk>/limits/", checks.checks, name="checks"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/progress/", reports.progress, name="progress"),
    path("reports/<int:pk>/download/", reports.download, name="download"),
    path("reports/<int:pk>/retry/", reports.retry, name="retry"),
]
