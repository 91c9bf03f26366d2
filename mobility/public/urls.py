from django.urls import path

from mobility.public import views

app_name = "public"
urlpatterns = [
    path("o/", views.front, name="front"),
    path("o/<slug:slug>/", views.office, name="office"),
    path("o/<slug:slug>/privacy/", views.privacy, name="office_privacy"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("fault/", views.fault, name="fault"),
    path("fault/thanks/", views.fault_thanks, name="fault_thanks"),
]
