"""1EdTechRevocationList, read only: a plain list of what a giver has cancelled. (1EdTech Revocation List Status Method 1.0)

The list is not signed: what speaks for it is the https address, which the giver signed into the credential. Pure reader:
the verifier fetches the list and decides what that is worth.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from credcore.errors import MalformedError

Json = dict[str, Any]

KIND: Final = "1EdTechRevocationList"
MAX_ENTRIES: Final = 100_000
# The public validator of 1EdTech reads the first name; lists with the second one exist in descriptions of the method. A
# cancellation must not be missed over a letter.
_NAMES: Final = ("revokedCredentials", "revokedCredential")
_MAX_URL = 2_048


@dataclass(frozen=True, slots=True)
class Revoked:
    """One cancelled credential: its id, and why if the giver says so."""

    id: str
    reason: str = ""


def read_entry(entry: Json) -> str:
    """The list's URL in a `credentialStatus` of this kind. Raises MalformedError `status.entry`."""
    url = entry.get("id")
    if entry.get("type") != KIND or not isinstance(url, str) or not 0 < len(url) <= _MAX_URL:
        raise MalformedError("status.entry", KIND)
    return url


def read(document: Json) -> dict[str, Revoked]:
    """Everything that the list says is cancelled, by credential id.

    Raises MalformedError `status.malformed`, for one bad entry too: what it was about to say may be about ours.
    """
    if not isinstance(document.get("id"), str):
        raise MalformedError("status.malformed", "the list has no id")
    issuer = document.get("issuer")
    if not isinstance(issuer.get("id") if isinstance(issuer, dict) else issuer, str):
        raise MalformedError("status.malformed", "the list has no issuer")
    named = [document[name] for name in _NAMES if name in document]
    if len(named) != 1 or not isinstance(named[0], list) or len(named[0]) > MAX_ENTRIES:
        raise MalformedError("status.malformed", "not one list of at most 100,000")
    found = [_entry(item) for item in named[0]]
    return {revoked.id: revoked for revoked in found if revoked is not None}


def is_listed(*, credential_id: str, document: Json) -> bool:
    """Whether the list says that this credential is cancelled. Raises as `read`."""
    return credential_id in read(document)


def _entry(item: object) -> Revoked | None:
    """None for what is listed with `"revoked": false`. Without the word it is cancelled."""
    if not isinstance(item, dict):
        raise MalformedError("status.malformed", "an entry that is no object")
    name, revoked, reason = item.get("id"), item.get("revoked", True), item.get("revocationReason", "")
    if not isinstance(name, str) or not isinstance(revoked, bool) or not isinstance(reason, str):
        raise MalformedError("status.malformed", "an entry")
    return Revoked(name, reason[:500]) if revoked else None
