from django.urls import path

from apprentices.views import instructors

app_name = "apprentices"
urlpatterns = [
    path("instructors/invite/", instructors.invite_instructor, name="invite_instructor"),
    path("instructors/<int:pk>/invite/", instructors.invite_instructor, name="invite_instructor"),
]
