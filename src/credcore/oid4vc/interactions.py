"""One address for a hand-over, whatever protocol the other side speaks: it answers with a link for each.

(VCALM 1.0, section 3.7: interaction URL)
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from credcore.codec import strict_json
from credcore.errors import MalformedError
from credcore.ports import Fetch, FetchKind

VERSION: Final = "iuv=1"
OFFER, ASK = "OID4VCI", "OID4VP"
_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Interaction:
    """`protocol` is `OID4VCI` (something is offered) or `OID4VP` (something is asked for), `link` what it starts with."""

    protocol: str
    link: str


def build(protocols: Mapping[str, str]) -> dict[str, Any]:
    """What an interaction URL answers to a program: {protocol: link}."""
    return {"protocols": dict(protocols)}


def read(url: str, *, fetch: Fetch) -> Interaction:
    """Ask another's interaction URL what it is for. An offer comes before a question where it has both.

    `interaction:https://…` is read, too. Raises UnavailableError (`fetch.…`), MalformedError `oid4vc.interaction`, `json.…`.
    """
    answer = fetch(url.strip().removeprefix("interaction:"), kind=FetchKind.MESSAGE)
    return parse(strict_json.loads(answer.body))


def parse(value: object) -> Interaction:
    """The first protocol of an answer that we speak. Raises MalformedError `oid4vc.interaction`."""
    protocols = value.get("protocols") if isinstance(value, dict) else None
    if not isinstance(protocols, dict) or len(protocols) > _MOST:
        raise MalformedError("oid4vc.interaction", "no protocols")
    for name in (OFFER, ASK):
        link = protocols.get(name)
        if isinstance(link, str) and link:
            return Interaction(name, link)
    raise MalformedError("oid4vc.interaction", "none that we speak")
