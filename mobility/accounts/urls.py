from django.urls import path

from mobility.accounts.views import frame, invitations, links, mail_bulk, mail_moves, mails, people, profile

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
    path("mails/", mails.mails, name="outbox"),
    path("mails/addresses/", mail_moves.failed_addresses, name="failed_addresses"),
    path("mails/addresses/correct/", mail_moves.correct_address, name="correct_address"),
    path("mails/hold/", mail_bulk.hold_mails, name="hold_mails"),
    path("mails/release/", mail_bulk.release_mails, name="release_mails"),
    path("mails/<int:pk>/", mails.mail, name="mail"),
    path("mails/<int:pk>/retry/", mail_moves.retry_mail, name="retry_mail"),
    path("mails/<int:pk>/hold/", mail_moves.hold_mail, name="hold_mail"),
    path("mails/<int:pk>/release/", mail_moves.release_mail, name="release_mail"),
    path("mails/<int:pk>/correct/", mail_moves.correct_mail, name="correct_mail"),
    path("mails/<int:pk>/again/", mail_moves.send_mail_again, name="send_mail_again"),
    path("mails/<int:pk>/give-up/", mail_moves.give_up_mail, name="give_up_mail"),
    path("mails/<int:pk>/files/<int:file_pk>/", mails.mail_attachment, name="mail_attachment"),
]
