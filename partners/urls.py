from django.urls import path

from partners.views import access, offers

app_name = "partners"
urlpatterns = [
    path("partners/invite/", access.invite_contact, name="invite_contact"),
    path("partners/<int:pk>/invite/", access.invite_contact, name="invite_contact"),
    path("offer/", offers.offer, name="offer"),
]
