"""How a person can open their page next time, told on the page itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from skillmark.edges.public import passkeys, session
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import queries


@dataclass(frozen=True, slots=True)
class Ways:
    """`devices`: how many open it by face or finger; `codes`: printed ones that are left; `copy`: kept on this device."""

    slip: bool
    devices: int
    codes: int
    copy: bool
    may_copy: bool
    may_passkey: bool


def ways(request: HttpRequest, *, actor: Actor) -> Ways:
    return Ways(
        slip=queries.has_slip(actor=actor), devices=len(queries.passkeys(actor=actor)),
        codes=queries.recovery_sheet(actor=actor).left, copy=session.has_copy(request, actor=actor),
        may_copy=passkeys.is_secure(request), may_passkey=passkeys.possible(request),
    )  # fmt: skip
