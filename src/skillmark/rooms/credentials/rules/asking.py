"""Asking a person's phone: what is asked for, and what only one request knows. Pure. (OpenID4VP 1.0)"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from credcore.oid4vc import dcql
from skillmark.rooms.people.rules import Actor, Role

Json = dict[str, Any]

LASTS: Final = timedelta(minutes=10)
BAD_ANSWERS: Final = 10
"""Answers that do not fit, to one request; each costs us work, and an honest phone makes none."""
PURPOSE: Final = 200
_BADGE: Final = ["credentialSubject", "achievement", "name"]


def query(*, names: Sequence[str] = ()) -> Json:
    """The question: one proof called by one of these names, in any of the forms that we read; without names any proof at all.

    Of a proof that lets its owner choose we want the person's name, and the level where there is one; the rest stays hidden.
    """
    titled = [{"id": "title", "path": ["title"], "values": list(names)}] if names else []
    facts = [*titled, {"id": "name", "path": ["name"]}, {"id": "level", "path": ["level"]}]
    wanted = ["title"] if names else []
    by_name = {"claims": [{"path": _BADGE, "values": list(names)}]} if names else {}
    w3c = {"meta": {"type_values": [["VerifiableCredential"]]}} | by_name
    asked = [
        {
            "id": "selective", "format": dcql.SD_JWT, "meta": {}, "claims": facts,
            "claim_sets": [[*wanted, "name", "level"], [*wanted, "name"]],
        },
        {"id": "file", "format": dcql.LDP, **w3c},
        {"id": "token", "format": dcql.JWT, **w3c},
    ]  # fmt: skip
    options = [["selective"], ["file"], ["token"]]
    if not names:  # of others, who call a person's name something else
        asked.append({"id": "bare", "format": dcql.SD_JWT, "meta": {}})
        options.append(["bare"])
    return {"credentials": asked, "credential_sets": [{"options": options}]}


def client_id(did: str) -> str:
    """How whoever asks is called in a request."""
    return f"decentralized_identifier:{did}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What only one request knows. `asker` and `asker_id` are who asked for a firm; `keeps` False: a stranger did, and
    `passing` is the private number (hex) under which they ask, since they may not ask in the firm's name.

    `answer` are the reports of what came for a stranger (`credcore.verify.record`).
    """

    state: str
    client_id: str
    response_uri: str
    page: str
    key: Json | None = None
    keeps: bool = True
    passing: str = ""
    asker: str = ""
    asker_id: int | None = None
    via: str = "page"
    answer: list[Json] = field(default_factory=list)

    def dumps(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    def actor(self, *, org_id: UUID) -> Actor:
        """For whom the answer is kept: whoever asked, who was allowed to check things when they did."""
        return Actor(org_id=org_id, role=Role.SUPERVISOR, name=self.asker, user_id=self.asker_id, via=self.via)


def loads(data: bytes) -> Secrets:
    """What `Secrets.dumps` wrote."""
    return Secrets(**json.loads(data))
