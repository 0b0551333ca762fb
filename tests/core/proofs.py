"""Proofs and answers of other computers for the tests of the library: real keys, real signatures, no network."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from credcore.codec import strict_json
from credcore.errors import UnavailableError
from credcore.formats import openbadges3
from credcore.issue import issue
from credcore.keys.ed25519 import LocalSigner
from credcore.model import Party
from credcore.ports import Fetched, FetchKind
from credcore.status import bitstring
from credcore.trust import TrustEntry, TrustList
from credcore.verify import Verifier

Json = dict[str, Any]

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
COLLEGE = LocalSigner(b"\x01" * 32)
STRANGER = LocalSigner(b"\x02" * 32)
LIST_URL = "https://college.example/status/1"
OUR_LIST = TrustList("Our list", (TrustEntry(COLLEGE.did, "Prairie Valley College"),))


class Answers:
    """A Fetch that answers from a dictionary; everything else is unreachable."""

    def __init__(self, pages: dict[str, bytes] | None = None, *, fetched_at: datetime = NOW) -> None:
        self.pages = pages or {}
        self.fetched_at = fetched_at
        self.asked: list[str] = []

    def __call__(self, url: str, *, kind: FetchKind) -> Fetched:
        self.asked.append(url)
        if url not in self.pages:
            raise UnavailableError("fetch.unreachable", url)
        return Fetched(url, self.pages[url], "application/json", self.fetched_at)


def credential(signer: LocalSigner = COLLEGE, *, change: Callable[[Json], Any] | None = None, **more: Any) -> Json:
    """An unsigned forklift proof for Rosa; `change` may alter it in place."""
    values: Json = {
        "id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-111111111111",
        "issuer": Party(id=signer.did, name="Prairie Valley College", url="https://college.example"),
        "subject_id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-222222222222",
        "subject_name": "Rosa Delgado",
        "title": "Sit-down forklift operator",
        "did": "Drove a loaded truck through a marked course.",
        "how": "Watched by an evaluator, plus a test.",
        "achievement_id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-333333333333",
        "valid_from": NOW - timedelta(days=30),
        "valid_until": NOW + timedelta(days=300),
        "level": 3,
        "level_name": "Alone",
        "observer": "Walt Jensen",
        "note": "Stacked to four metres.",
    }
    made = openbadges3.build(**(values | more))
    if change is not None:
        change(made)
    return made


def signed(signer: LocalSigner = COLLEGE, *, now: datetime = NOW, **more: Any) -> Json:
    """The same, signed."""
    return issue(credential(signer, **more), signer=signer, now=now)


def status_list(
    cancelled: Iterable[int] = (), *, signer: LocalSigner = COLLEGE, url: str = LIST_URL, purpose: str = "revocation",
    now: datetime = NOW, length: int = bitstring.LENGTH,
) -> bytes:  # fmt: skip
    """A signed status list as bytes."""
    unsigned = bitstring.build(
        id=url, issuer=signer.did, purpose=purpose, indexes=cancelled, length=length,
        valid_from=now, valid_until=now + timedelta(days=1), ttl_ms=900_000,
    )  # fmt: skip
    return as_bytes(issue(unsigned, signer=signer, now=now))


def as_bytes(document: Json) -> bytes:
    return strict_json.dumps(document)


def verifier(pages: dict[str, bytes] | None = None, *, trust: tuple[TrustList, ...] = (OUR_LIST,)) -> Verifier:
    return Verifier(fetch=Answers(pages), trust=trust)
