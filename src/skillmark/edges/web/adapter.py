"""What the account library may do here: sign people in by code or passkey, with our words, and nothing else."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up, no messages of its own, mails from our templates."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then ask for a new code."),
        "rate_limited": _("Too many tries. Wait a few minutes, then try again."),
        "incorrect_code": _("That code isn’t right. Look at the newest e-mail and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People come in by the set-up link or an invitation."""
        return False

    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:
        """Adding a passkey asks for a fresh sign-in by a rule of our own (`views.passkeys`)."""
        return False

    def get_login_stages(self) -> list[str]:
        """The code is the only step: a passkey is another way in, not a second step after the e-mail."""
        return ["allauth.account.stages.LoginByCodeStage"]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Our text in place of the library's."""
        super().send_mail(template_prefix.replace("account/email/", "sign_in/email/"), email, context)

    def format_email_subject(self, subject: str) -> str:
        """The subject as the template says it, without a prefix."""
        return " ".join(subject.split())

    def add_message(self, request: HttpRequest, level: int, *args: Any, message: Any = None, **kwargs: Any) -> None:
        """Only plain sentences of ours; the library's own notices stay unsaid, the pages say it."""
        if message is not None:
            super().add_message(request, level, *args, message=message, **kwargs)
