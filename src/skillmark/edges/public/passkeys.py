"""Face or finger in this browser: where it can be, and the question that waits for an answer, once, in the session."""

from __future__ import annotations

import ipaddress
import json
from typing import Any

from django.http import HttpRequest

from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records

_MAKE, _OPEN = "passkey.make", "passkey.open"


def is_secure(request: HttpRequest) -> bool:
    """Whether browsers trust this address with passkeys and copies for without a network: https, or this very computer."""
    return request.is_secure() or host(request) == "localhost"


def possible(request: HttpRequest) -> bool:
    """Passkeys belong to a name, not to a number such as 192.168.0.7."""
    try:
        ipaddress.ip_address(host(request).strip("[]"))
    except ValueError:
        return is_secure(request)
    return False


def host(request: HttpRequest) -> str:
    """The name at which this browser found us, without the port."""
    name = request.get_host()
    return name.rsplit(":", 1)[0] if not name.endswith("]") else name


def ask_to_make(request: HttpRequest, *, actor: Actor) -> dict[str, Any]:
    """What the device is asked in order to open this person's page from now on."""
    options, request.session[_MAKE] = records.begin_passkey(actor=actor, host=host(request))
    return options


def ask_to_open(request: HttpRequest) -> dict[str, Any]:
    """What the device is asked in order to open the page that it was set up for."""
    options, request.session[_OPEN] = records.begin_opening(host=host(request))
    return options


def made(request: HttpRequest) -> dict[str, Any]:
    """What `add_passkey` needs of this request. The question is spent: the same answer never works twice."""
    return _answered(request, _MAKE)


def opened(request: HttpRequest) -> dict[str, Any]:
    """What `open_with_passkey` needs of this request. The question is spent, as with `made`."""
    return _answered(request, _OPEN)


def _answered(request: HttpRequest, question: str) -> dict[str, Any]:
    """Raises CannotOpen `passkey.refused` for an answer that nobody asked for, or that is none."""
    state = request.session.pop(question, None)
    try:
        answer = json.loads(request.POST.get("credential", ""))
    except ValueError as error:
        raise records.CannotOpen("passkey.refused") from error
    if state is None or not isinstance(answer, dict):
        raise records.CannotOpen("passkey.refused")
    return {"host": host(request), "state": state, "answer": answer}
