"""What people change about themselves."""

from django.db import transaction


@transaction.atomic
def set_language(*, user, language):
    """The pages speak ``language`` to this person from now on, in every browser that has not chosen another."""
    user.language = language
    user.save(update_fields=["language"])


@transaction.atomic
def update_profile(*, by, given_name, family_name, phone, language, written_form):
    """Change the person's own name, phone and languages. Letters and mails written before keep theirs."""
    by.given_name = given_name
    by.family_name = family_name
    by.phone = phone
    by.language = language
    by.written_form = written_form
    by.save(update_fields=["given_name", "family_name", "phone", "language", "written_form"])
    return by
