from django.urls import path

from mobility.accounts.views import frame, profile

app_name = "accounts"
urlpatterns = [
    path("language/", frame.set_language, name="set_language"),
    path("office/", frame.choose_office, name="choose_office"),
    path("me/", profile.profile, name="profile"),
]
