"""System checks: what is wrong with the settings, each with a hint that says what to do about it.

`register()` is called once, from an AppConfig; then `skillmark up`, `skillmark selftest` and every other start look
at them. An error stops the start, a warning is printed. The identifiers are documented in docs/reference/settings.md.
"""

from __future__ import annotations

import os
import sqlite3  # the settings, loaded before any check, have put the sound one in its place
import tempfile
from collections.abc import Callable, Mapping, Sequence
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import dj_email_url
from django.conf import settings
from django.core import checks

from skillmark import sqlite
from skillmark.configuration import Configuration

SHORTEST_SECRET = 32
"""Characters. Shorter ones can be found by trying, and whoever has it can sign in as anybody."""

MAIL_EXAMPLE = "submission://user:password@mail.example.com:587"
"""Encrypted from the start of the conversation (STARTTLS)."""

_SQLITE = "django.db.backends.sqlite3"
_POSTGRESQL = "django.db.backends.postgresql"

Findings = list[checks.CheckMessage]


def register() -> None:
    """Add the checks to Django's."""
    checks.register(look)


def look(app_configs: Sequence[Any] | None = None, **_kwargs: Any) -> Findings:
    """Every check on the settings in use. The arguments are Django's and tell which apps were asked for: not ours."""
    found: Findings = []
    for check in CHECKS:
        found += check(settings.CONFIGURATION)
    return found


def data_folder(configuration: Configuration) -> Findings:
    """E001: database, keys and logs must be kept somewhere."""
    try:
        with tempfile.TemporaryFile(dir=configuration.data_dir):
            return []
    except OSError as error:
        reason = error.strerror or str(error)
    return [
        checks.Error(
            f"The data folder {configuration.data_dir} cannot be written ({reason}).",
            hint="Change its rights, or name another one: SKILLMARK_DATA_DIR=/somewhere/else.",
            id="skillmark.E001",
        )
    ]


def database(configuration: Configuration) -> Findings:
    """E002, E003, W003: an engine that we know, and a SQLite that loses nothing."""
    return engine(chosen=settings.DATABASES["default"])


def engine(*, chosen: Mapping[str, Any]) -> Findings:
    """As `database`, for one of Django's DATABASES."""
    if chosen["ENGINE"] not in (_SQLITE, _POSTGRESQL):
        return [
            checks.Error(
                f"Skillmark cannot keep its data in this kind of database ({chosen['ENGINE']}).",
                hint="Use a PostgreSQL address such as postgresql://user@host/name, or leave SKILLMARK_DATABASE_URL out.",
                id="skillmark.E002",
            )
        ]
    if chosen["ENGINE"] != _SQLITE:
        return []
    wal = "journal_mode=WAL" in chosen["OPTIONS"].get("init_command", "")
    return sqlite_release(version=sqlite3.sqlite_version_info, wal=wal)


def sqlite_release(*, version: tuple[int, int, int], wal: bool) -> Findings:
    """E003 when this release may lose committed data, W003 when a slower way of writing keeps it safe."""
    if sqlite.is_safe(version):
        return []
    text = f"SQLite {'.'.join(map(str, version))} can lose data that was already saved (its WAL-reset bug)."
    hint = "Install pysqlite3 0.6.1 or newer, use a Python with SQLite 3.51.3 or newer, or use PostgreSQL."
    if wal:
        return [checks.Error(text, hint=hint, id="skillmark.E003")]
    return [checks.Warning(f"{text} Data is written in a slower way that avoids it.", hint=hint, id="skillmark.W003")]


def mail(configuration: Configuration) -> Findings:
    """E004, E005, W005: mails need a sender, a server that can be understood, and a password that nobody overhears."""
    if not configuration.email_url:
        return []
    found: Findings = []
    if not configuration.email_from:
        found.append(
            checks.Error(
                "Mails have no sender.",
                hint="Set SKILLMARK_EMAIL_FROM to an address that your mail server lets you use, or remove "
                "SKILLMARK_EMAIL_URL.",
                id="skillmark.E004",
            )
        )
    # The address itself is never repeated: it may hold a password.
    server = dj_email_url.parse(configuration.email_url)
    if "EMAIL_BACKEND" not in server:
        found.append(
            checks.Error(
                "The address of the mail server cannot be understood.",
                hint=f"Write SKILLMARK_EMAIL_URL like this: {MAIL_EXAMPLE}",
                id="skillmark.E005",
            )
        )
    elif server["EMAIL_HOST_PASSWORD"] and not (server["EMAIL_USE_TLS"] or server["EMAIL_USE_SSL"]):
        found.append(
            checks.Warning(
                "The password of the mail server is sent in the clear.",
                hint=f"Write SKILLMARK_EMAIL_URL like this: {MAIL_EXAMPLE}",
                id="skillmark.W005",
            )
        )
    return found


def address(configuration: Configuration) -> Findings:
    """W001: others reach this server by an address that anybody on the way can read along."""
    # Phones in the building are let in on purpose; pages that need a secure address say so themselves.
    if configuration.is_https or configuration.debug or configuration.lan or _only_here(configuration.base_url):
        return []
    return [
        checks.Warning(
            f"The address {configuration.base_url} is not secure: what people type can be read on the way, and "
            "passkeys, live camera and offline use do not work.",
            hint="Put a certificate in front (a reverse proxy does it) and set SKILLMARK_BASE_URL to the https address.",
            id="skillmark.W001",
        )
    ]


def details_of_errors(configuration: Configuration) -> Findings:
    """E006: error pages with settings and source must not be shown to strangers."""
    if not configuration.debug or (_only_here(configuration.base_url) and not configuration.lan):
        return []
    return [
        checks.Error(
            "Details of errors are shown to everyone who reaches this server.",
            hint="Remove SKILLMARK_DEBUG.",
            id="skillmark.E006",
        )
    ]


def secrets(configuration: Configuration) -> Findings:
    """W002, W004: secrets that can be guessed, or read by other accounts of this computer."""
    found: Findings = []
    if 0 < len(configuration.secret_key) < SHORTEST_SECRET:
        found.append(
            checks.Warning(
                f"SKILLMARK_SECRET_KEY is shorter than {SHORTEST_SECRET} characters.",
                hint="Remove it and a good one is made and kept for you, or use 64 random characters.",
                id="skillmark.W002",
            )
        )
    for name in ("secret.key", "outer.key"):
        path = configuration.keys_dir / name
        # Windows has no such bits: `st_mode` says 0o666 there whatever the rights are.
        if path.exists() and os.name == "posix" and path.stat().st_mode & 0o077:
            found.append(
                checks.Warning(
                    f"Other accounts of this computer can read {path}.",
                    hint=f"chmod 600 {path}",
                    id="skillmark.W004",
                )
            )
    return found


CHECKS: tuple[Callable[[Configuration], Findings], ...] = (
    data_folder,
    database,
    mail,
    address,
    details_of_errors,
    secrets,
)


def _only_here(url: str) -> bool:
    """Whether an address names this computer itself."""
    host = urlsplit(url).hostname or ""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
