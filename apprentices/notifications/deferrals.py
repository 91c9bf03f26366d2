"""Mails about waiting for a later round."""

from apprentices.notifications.mail import tell_applicant


def deferral_confirmed(deferral):
    """The application waits for a later round; the letter is attached."""
    letter = [deferral.letter]
    tell_applicant(deferral.application, "deferral_confirmed", attachments=letter, words=deferral.words)


def deferral_refused(deferral):
    tell_applicant(deferral.application, "deferral_refused", words=deferral.words)


def carried_over(deferral):
    """There is an application in the later round now, with a reference of its own."""
    tell_applicant(deferral.carried_to, "carried_over", old=deferral.application)
