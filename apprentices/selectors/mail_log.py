"""What was mailed to a person, about a case, and about a round: for those who read the outbox."""

from django.db.models import BigIntegerField, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from apprentices.models import Application, Round
from mobility.accounts.selectors import MailLog, mail_log
from mobility.common.mail_cuts import Cut


def mails_of_case(user, application) -> MailLog:
    """To the applicant, whatever it was about, and to those who were asked, about this application."""
    own = {application.email, application.apprentice.email if application.apprentice else ""}
    others = set(application.endorsements.values_list("email", flat=True))
    return mail_log(user, own=own, others=others, application=application.pk)


def mails_of_person(user, apprentice) -> MailLog:
    """To any address that the person has given: in the register or in an application."""
    own = {apprentice.email, *Application.objects.filter(apprentice=apprentice).values_list("email", flat=True)}
    return mail_log(user, own=own, account=apprentice.user_id)


def _rounds(user) -> list[tuple[int, str]]:
    return list(Round.objects.visible_to(user).order_by("-opens_at", "-pk").values_list("pk", "name"))


def _about_round(mails, key):
    """The mails about the round itself and about each of its applications."""
    asked = mails.alias(application_key=Cast(KT("context_ids__application"), BigIntegerField()))
    return asked.filter(
        Q(application_key__in=Application.objects.filter(round=key).values("pk")) | Q(context_ids__round=key)
    )


BY_ROUND = Cut("round", _("Round"), _rounds, _about_round)
