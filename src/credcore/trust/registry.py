"""Registries of the kind that the Digital Credentials Consortium publishes, and its list of registries.

A registry: {"meta": {…}, "registry": {"did:key:…": {"name": "…", "location": "…", "url": "…"}}}
A list of registries: [{"name": "…", "type": "dcc-legacy", "url": "…"}, {"name": "…", "type": "oidf", "trustAnchorEC": "…"}]

Neither is signed: they are worth what the https connection to their keeper is worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from credcore.codec import strict_json
from credcore.errors import MalformedError
from credcore.trust import TrustEntry, TrustList, federation
from credcore.trust.files import MAX_BYTES, MAX_ENTRIES

MAX_REGISTRIES: Final = 100
MAX_IDENTIFIER: Final = 2048


class Kind(StrEnum):
    """How a registry is read."""

    REGISTRY = "dcc-legacy"  # one JSON file: `parse`
    FEDERATION = "oidf"  # an OpenID Federation: `federation.collect`


@dataclass(frozen=True, slots=True)
class Known:
    """A registry that a list names. `url`: of the file, or of the federation's trust anchor."""

    name: str
    kind: Kind
    url: str


def parse(data: bytes, *, name: str, source: str, fetched_at: datetime) -> TrustList:
    """A registry of at most 5 MiB and 20,000 givers; `name` and `source` are what we call it and where it was found.

    A giver without a name, or with an identifier that is neither a DID nor an https URL, is left out and counted.
    Raises MalformedError `trust.malformed` or `json.…`.
    """
    value = strict_json.loads(data, max_bytes=MAX_BYTES)
    givers = value.get("registry") if isinstance(value, dict) else None
    if not isinstance(givers, dict) or len(givers) > MAX_ENTRIES:
        raise MalformedError("trust.malformed", "expected an object with a registry of at most 20,000 givers")
    entries = tuple(entry for giver, said in givers.items() if (entry := _entry(giver, said, source)) is not None)
    return TrustList(name, entries, source=source, fetched_at=fetched_at, left_out=len(givers) - len(entries))


def known(data: bytes) -> tuple[Known, ...]:
    """The registries that a list names, in its order, the most authoritative first. Kinds that we do not read are left out.

    Raises MalformedError `trust.malformed` or `json.…`.
    """
    value = strict_json.loads(data)
    if not isinstance(value, list) or len(value) > MAX_REGISTRIES:
        raise MalformedError("trust.malformed", f"expected a list of at most {MAX_REGISTRIES} registries")
    return tuple(one for said in value if (one := _known(said)) is not None)


def _entry(giver: str, said: Any, source: str) -> TrustEntry | None:
    name = said.get("name") if isinstance(said, dict) else None
    if not isinstance(name, str) or not name or not giver.startswith(("did:", "https://")) or len(giver) > MAX_IDENTIFIER:
        return None
    return TrustEntry(issuer=giver, name=name, source=source)


def _known(said: Any) -> Known | None:
    if not isinstance(said, dict) or not isinstance(name := said.get("name"), str) or not name:
        raise MalformedError("trust.malformed", "a registry without a name")
    # Lists from before there were two kinds do not say which.
    kind = said.get("type", Kind.REGISTRY)
    if kind not in (Kind.REGISTRY, Kind.FEDERATION):
        return None
    url = said.get("url" if kind == Kind.REGISTRY else "trustAnchorEC")
    if not isinstance(url, str) or not url.startswith("https://"):
        raise MalformedError("trust.malformed", f"no https address of {name[:80]}")
    return Known(name=name, kind=Kind(kind), url=url.removesuffix(federation.WELL_KNOWN))
