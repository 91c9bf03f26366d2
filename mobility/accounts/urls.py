from django.urls import path

from mobility.accounts.views import frame, invitations, links, mails, people, profile

app_name = "accounts"
urlpatterns = [
    path("language/", frame.set_language, name="set_language"),
    path("office/", frame.choose_office, name="choose_office"),
    path("me/", profile.profile, name="profile"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:pk>/invite-again/", people.invite_again, name="invite_again"),
    path("people/<int:pk>/end/", people.end_membership, name="end_membership"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("link/renew/", links.renew_link, name="renew_link"),
    path("link/<str:key>/sent/", links.link_sent, name="link_sent"),
    path("mails/", mails.outbox, name="outbox"),
    path("mails/<int:pk>/", mails.mail, name="mail"),
    path("mails/<int:pk>/retry/", mails.retry_mail, name="retry_mail"),
    path("mails/<int:pk>/files/<int:file_pk>/", mails.mail_attachment, name="mail_attachment"),
]
