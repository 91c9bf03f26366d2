"""How allauth fits in: no open sign-up, and its mails go through our outbox."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.template.loader import render_to_string
from django.utils import translation

from mobility.accounts.models import User
from mobility.accounts.sign_in_words import ERRORS
from mobility.common import outbox


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from an invitation or from an application, never from a sign-up page."""

    error_messages = DefaultAccountAdapter.error_messages | ERRORS

    def is_open_for_signup(self, request):
        return False

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Failed sign-ins are counted by account and network: nobody locks a colleague out from elsewhere."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{self.get_client_ip(request)}"

    def send_mail(self, template_prefix, email, context):
        """Queue allauth's mail (codes, password resets, notices of changes) in the person's written form."""
        user = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = user.written_form if user else translation.get_language()
        with translation.override(language):
            text = render_to_string(f"{template_prefix}_message.txt", context | {"email": email}, self.request)
            subject = render_to_string(f"{template_prefix}_subject.txt", context | {"email": email}, self.request)
        outbox.queue(
            "accounts/email/plain",
            to=outbox.To(address=email, language=language, user=user),
            context={"text": text.strip(), "subject": " ".join(subject.split())},
            secrets=[context[key] for key in ("code", "password_reset_url", "activate_url") if context.get(key)],
            reply_to=user.working_office.email if user and user.working_office else "",
        )


class SecondStepAdapter(DefaultMFAAdapter):
    """The second step, in our words."""

    error_messages = DefaultMFAAdapter.error_messages | ERRORS
