"""What sign-in says, where allauth would speak: it has no nynorsk."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LABELS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("The password you have now"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "code": pgettext_lazy("sign-in code", "Code"),
}

# Replaces allauth's words under its own keys (adapter.error_messages).
ERRORS = {
    "account_inactive": _("This account is closed. Ask your office."),
    "email_password_mismatch": _("The e-mail address and the password do not belong together. Try again."),
    "email_taken": _("Another account has this e-mail address."),
    "duplicate_email": _("You have this address already."),
    "enter_current_password": _("The password you have now is a different one. Try again."),
    "incorrect_code": _("The code is wrong or too old. Look again, or ask for a new one."),
    "incorrect_password": _("The password is wrong. Try again."),
    "invalid_password_reset": _("The link no longer works. Ask for a new one."),
    "too_many_login_attempts": _("Too many tries. Wait a few minutes and try again."),
    "unknown_email": _("No account has this e-mail address."),
    "unverified_primary_email": _("Confirm your e-mail address first."),
    "same_as_current": _("This is the one you have now. Write a new one."),
    "rate_limited": _("Too many tries. Wait a few minutes and try again."),
    "add_email_blocked": _("Turn off the second step before you change the address."),
    "cannot_delete_authenticator": _("The second step must stay on."),
    "cannot_generate_recovery_codes": _("Turn on the authenticator app first."),
    "unverified_email": _("Confirm your e-mail address first."),
}
