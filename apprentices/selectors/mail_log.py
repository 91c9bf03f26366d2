"""What was mailed to a person, and about a case: for those who read the outbox."""

from apprentices.models import Application
from mobility.accounts.selectors import MailLog, mail_log


def mails_of_case(user, application) -> MailLog:
    """To the applicant, whatever it was about, and to those who were asked, about this application."""
    own = {application.email, application.apprentice.email if application.apprentice else ""}
    others = set(application.endorsements.values_list("email", flat=True))
    return mail_log(user, own=own, others=others, application=application.pk)


def mails_of_person(user, apprentice) -> MailLog:
    """To any address that the person has given: in the register or in an application."""
    own = {apprentice.email, *Application.objects.filter(apprentice=apprentice).values_list("email", flat=True)}
    return mail_log(user, own=own, account=apprentice.user_id)
