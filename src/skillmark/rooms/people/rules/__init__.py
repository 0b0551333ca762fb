"""Who may do what, and how codes look. Pure."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    OWNER = "owner"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"  # reads, and changes nothing
    WORKER = "worker"  # a person in their own space


class DateOrder(StrEnum):
    """How a site writes 4 March."""

    MDY = "mdy"
    DMY = "dmy"
    YMD = "ymd"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, and for which organisation. Every door takes one.

    `sites`: a supervisor or auditor of some sites sees the people who work there; None means all of the firm.
    `read_from` and `read_until`: the days that an auditor may ask for; None leaves that side open.
    """

    org_id: UUID
    role: Role
    name: str
    user_id: int | None = None
    via: str = "page"
    sites: frozenset[UUID] | None = None
    read_from: date | None = None
    read_until: date | None = None
    sample: bool = False  # of a made-up firm, which anybody may try
    today: date | None = None  # of whoever sees some sites only: a move that is planned takes nobody out of sight yet

    @property
    def label(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        if self.via == "server":
            return "server"
        return f"user:{self.user_id}" if self.user_id is not None else f"record:{self.org_id}"


def server_for(*, org_id: UUID) -> Actor:
    """Skillmark itself, doing by the clock what the firm's owner has asked for."""
    return Actor(org_id=org_id, role=Role.OWNER, name="Skillmark", via="server")


_AUDITOR = frozenset({"board.read", "pack.make"})
_SUPERVISOR = _AUDITOR | {
    "passkey.keep",
    "people.change",
    "proof.give",
    "proof.cancel",
    "check.make",
    "check.read",
    "evidence.change",
    "sign_off.make",
    "reminder.send",
    "import.make",
}
_OWNER = _SUPERVISOR | {
    "item.change",
    "template.change",
    "settings.change",
    "member.invite",
    "token.make",
    "journal.read",
    "backup.make",
    "keys.change",
    "trust.change",
    "person.forget",
}
ALLOWED: dict[Role, frozenset[str]] = {
    Role.OWNER: frozenset(_OWNER),
    Role.SUPERVISOR: _SUPERVISOR,
    Role.AUDITOR: _AUDITOR,
    Role.WORKER: frozenset({"record.read", "record.change"}),
}


# Whoever tries a made-up firm is a stranger: nothing there reaches the server, its keys and backups, or other sites.
NOT_IN_SAMPLES = frozenset(
    {"backup.make", "keys.change", "member.invite", "passkey.keep", "settings.change", "token.make", "trust.change"}
)


def may(actor: Actor, action: str) -> bool:
    """Whether the actor's role allows an action."""
    return action in ALLOWED[actor.role] and not (actor.sample and action in NOT_IN_SAMPLES)


def nearest_day(actor: Actor, day: date) -> date:
    """`day`, or the nearest one that an auditor may ask for."""
    if actor.read_until is not None and day > actor.read_until:
        return actor.read_until
    return max(day, actor.read_from) if actor.read_from is not None else day


# No letters or digits that look alike on paper: no I, L, O, 0, 1.
ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"


def new_code(length: int = 8) -> str:
    """A random code; 8 characters hold 39 bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def new_pin() -> str:
    """Six digits."""
    return f"{secrets.randbelow(1_000_000):06}"


def new_token() -> str:
    """256 bits for links and programs."""
    return secrets.token_urlsafe(32)


def plain_code(text: str) -> str:
    """A typed code without the spaces, hyphens and small letters that people add."""
    return "".join(character for character in text.upper() if character.isalnum())


def shown_code(code: str) -> str:
    """In groups of four: ABCD-EFGH."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def digest(secret: str) -> str:
    """How a code or token is kept: SHA-256 in hexadecimal. Only for secrets that nobody can guess offline."""
    return hashlib.sha256(secret.encode()).hexdigest()
