"""Accounts: found or made by address, and addresses proved."""

from allauth.account.models import EmailAddress
from django.db import transaction

from mobility.accounts.models import User


@transaction.atomic
def person_for(*, address, given_name="", family_name="", language, phone="") -> User:
    """The account of an address, or a new one without a password (the person signs in by a mailed code until then).

    What an existing account says about its person stays as it is: nobody renames another office's colleague.
    """
    address = User.objects.normalize_email(address).strip().lower()
    user = User.objects.filter(email__iexact=address).first()
    if user is None:
        user = User.objects.create_user(
            address,
            given_name=given_name,
            family_name=family_name,
            phone=phone,
            language=language,
            written_form=language,
        )
        # unproved: the first mailed code or link proves it
        EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)
    return user


@transaction.atomic
def confirm_address(*, user, address) -> bool:
    """Note that whoever acts holds ``address``: a mailed link or code was used. Returns whether it is the account's own."""
    if user.email.lower() != address.lower():
        return False
    row, _made = EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    if not row.verified:
        row.verified = True
        row.save(update_fields=["verified"])
    return True
