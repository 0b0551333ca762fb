"""What the library asks of the outside world, as protocols. Implementations live in `net`, in the edges, or in tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

SILENT: Final = frozenset({"fetch.offline", "fetch.unreachable", "fetch.timeout", "fetch.tls"})
"""Codes of a Fetch that say: nobody answered. A refusal is an answer, and what was known before does not stand in for it."""


class FetchKind(StrEnum):
    """Why something is fetched. It decides how strict the fetcher is."""

    DID = "did"  # a key document: no redirects, 256 KiB
    STATUS = "status"  # a status list: no redirects, 256 KiB
    ITEM = "item"  # a link that a person handed over: 3 redirects, 2 MB
    MESSAGE = "message"  # what another program says to us now: no redirects, 256 KiB, never kept for another time


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a URL answered. `fetched_at` is aware and may lie in the past when the answer came from a cache."""

    url: str
    body: bytes
    media_type: str
    fetched_at: datetime


class Fetch(Protocol):
    """Get a URL, or raise `UnavailableError` with a code of the family `fetch.…`."""

    def __call__(self, url: str, *, kind: FetchKind) -> Fetched: ...


@dataclass(frozen=True, slots=True)
class Posted:
    """What a URL answered to a message. `status` is the HTTP status, also of a refusal (4xx), whose body says why."""

    status: int
    body: bytes
    media_type: str


class Post(Protocol):
    """Send a message to a URL, or raise `UnavailableError` with a code of the family `fetch.…` (also for 5xx).

    `media_type` is that of `body`; `bearer` a token for the Authorization header; `accept` what may come back. Redirects are
    not followed.
    """

    def __call__(
        self, url: str, *, body: bytes, media_type: str, bearer: str = "", accept: str = "application/json"
    ) -> Posted: ...


class Signer(Protocol):
    """Holds one private key and never shows it."""

    @property
    def verification_method(self) -> str:
        """The full identifier of the public key, such as `did:key:z6Mk…#z6Mk…`."""
        ...

    @property
    def algorithm(self) -> str:
        """`Ed25519`, `P-256` or `P-384`."""
        ...

    def sign(self, message: bytes) -> bytes:
        """Sign the message (not a digest of it) and return the raw signature; for the curves of NIST, r and s in a row."""
        ...
