"""Every address of the site. A page, its view, its service and its test bear the same name."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from mobility import views
from mobility.accounts.views import mails

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("", include("mobility.accounts.urls")),
    path("", include("mobility.public.urls")),
    path("", include("mobility.grants.urls")),
    path("", include("apprentices.urls")),
    path("", include("partners.urls")),
    path("", include("placements.urls")),
    path("", include("reporting.urls")),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]

if settings.SHOW_OUTBOX_WITH_SECRETS:  # the demo: nobody else reads other people's links and codes
    urlpatterns += [
        path("outbox/", mails.demo_outbox, name="outbox"),
        path("outbox/<int:pk>/", mails.demo_mail, name="demo_mail"),
    ]
