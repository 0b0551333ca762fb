"""E-mail by the server in SKILLMARK_EMAIL_URL. It is optional: without one, slips, QR codes and text messages still work."""

from __future__ import annotations

import smtplib
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.message import BadHeaderError

from skillmark.desks.notices.message import Message

SECONDS = 30
NO_SUCH_BOX = range(550, 554)
"""Answers of a mail server that another try would not change."""


class NotSentError(Exception):
    """The message did not leave. `permanent`: another try would not change that."""

    def __init__(self, code: str, *, permanent: bool) -> None:
        super().__init__(code)
        self.code = code
        self.permanent = permanent


def is_set_up() -> bool:
    """Whether there is a mail server to use."""
    return bool(settings.EMAIL_IS_SET_UP)


def demand_channel() -> None:
    """Raise NotSentError `mail.not_set_up` when there is none (it may be set up within the day)."""
    if not is_set_up():
        raise NotSentError("mail.not_set_up", permanent=False)


def send(*, message: Message, key: str) -> None:
    """Send it. The same `key` gives the same Message-ID, by which mail programs recognise a second copy.

    Raises NotSentError: `mail.unreachable`, `mail.refused`, `mail.bad_address`.
    """
    host = urlsplit(settings.BASE_URL).hostname or "localhost"
    mail = EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.to],
        headers={"Message-ID": f"<{key}@{host}>", "Auto-Submitted": "auto-generated"},
        connection=get_connection(timeout=SECONDS),
    )
    try:
        mail.send()
    except BadHeaderError as error:
        raise NotSentError("mail.bad_address", permanent=True) from error
    except smtplib.SMTPRecipientsRefused as error:
        final = all(code in NO_SUCH_BOX for code, _ in error.recipients.values())
        raise NotSentError("mail.refused", permanent=final) from error
    except smtplib.SMTPException as error:
        raise NotSentError("mail.refused", permanent=False) from error
    except OSError as error:
        raise NotSentError("mail.unreachable", permanent=False) from error
