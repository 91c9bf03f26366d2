"""allauth's forms in our words: allauth speaks no nynorsk, and a hint inside the box is no label."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp

from mobility.accounts.sign_in_words import LABELS


class OwnWords:
    """Our labels, no hints inside the boxes; links to other pages stand under the form, not in its help."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.widget.attrs.pop("placeholder", None)
        if "password" in self.fields:
            self.fields["password"].help_text = ""


class LoginForm(OwnWords, account.LoginForm):
    pass


class ReauthenticateForm(OwnWords, account.ReauthenticateForm):
    pass


class RequestLoginCodeForm(OwnWords, account.RequestLoginCodeForm):
    pass


class ConfirmLoginCodeForm(OwnWords, account.ConfirmLoginCodeForm):
    pass


class ConfirmEmailVerificationCodeForm(OwnWords, account.ConfirmEmailVerificationCodeForm):
    pass


class AddEmailForm(OwnWords, account.AddEmailForm):
    pass


class ChangeEmailForm(OwnWords, account.ChangeEmailForm):
    pass


class ChangePasswordForm(OwnWords, account.ChangePasswordForm):
    pass


class SetPasswordForm(OwnWords, account.SetPasswordForm):
    pass


class ResetPasswordForm(OwnWords, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(OwnWords, account.ResetPasswordKeyForm):
    pass


class AuthenticateForm(OwnWords, mfa.AuthenticateForm):
    pass


class SecondStepReauthenticateForm(OwnWords, mfa.ReauthenticateForm):
    pass


class ActivateTOTPForm(OwnWords, totp.ActivateTOTPForm):
    pass
