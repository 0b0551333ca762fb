"""What a DID document says about keys. (W3C Controlled Identifiers 1.0; DID Core 1.0, section 5)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credcore.codec import multibase
from credcore.codec.moments import instant
from credcore.errors import MalformedError, UnavailableError
from credcore.keys import jwk, multikey
from credcore.keys.acceptance import accept
from credcore.keys.public import ED25519, P256, PublicKey

MAX_METHODS = 100
# Types that say by their name which key they hold. (W3C CCG security vocabulary)
_ALGORITHMS = {
    "Ed25519VerificationKey2018": ED25519,
    "Ed25519VerificationKey2020": ED25519,
    "EcdsaSecp256r1VerificationKey2019": P256,
}


@dataclass(frozen=True, slots=True)
class Method:
    """A verification method: its full id, who controls it, and the key (None: of a kind that we do not read).

    `expires` and `revoked` are when it stops or stopped counting, if it says so.
    """

    id: str
    controller: str
    key: PublicKey | None
    problem: str = ""
    expires: datetime | None = None
    revoked: datetime | None = None

    def ended(self, now: datetime) -> str:
        """`key.revoked` or `key.expired` when it no longer counts; else empty. A proof's own date proves nothing."""
        if self.revoked is not None and self.revoked <= now:
            return "key.revoked"
        return "key.expired" if self.expires is not None and self.expires <= now else ""


@dataclass(frozen=True, slots=True)
class DidDocument:
    """`assertion` holds the methods that may sign statements, `authentication` those by which the DID's owner proves to
    be there (presentations), both by full id."""

    id: str
    assertion: dict[str, Method]
    authentication: dict[str, Method]


def _absolute(did: str, reference: str) -> str:
    return did + reference if reference.startswith("#") else reference


def _key(entry: dict[str, Any]) -> PublicKey:
    """Controlled Identifiers 1.0, section 2.2: one key, in one spelling."""
    spellings = [name for name in ("publicKeyMultibase", "publicKeyJwk", "publicKeyBase58") if name in entry]
    if len(spellings) > 1:
        raise MalformedError("key.malformed", "one method with several keys")
    algorithm = _ALGORITHMS.get(str(entry.get("type")))
    value = entry[spellings[0]] if spellings else None
    if spellings == ["publicKeyMultibase"] and isinstance(value, str):
        key = multikey.decode(value)
    elif spellings == ["publicKeyJwk"] and isinstance(value, dict):
        key = jwk.decode(value)
    elif spellings == ["publicKeyBase58"] and isinstance(value, str) and algorithm:
        key = accept(algorithm=algorithm, raw=multibase.decode("z" + value))
    else:
        raise UnavailableError("key.unsupported", str(entry.get("type"))[:60], permanent=True)
    if algorithm and key.algorithm != algorithm:
        raise MalformedError("key.malformed", f"{entry['type']} with a key of {key.algorithm}")
    return key


def _method(did: str, entry: dict[str, Any]) -> Method:
    name, controller = entry.get("id"), entry.get("controller")
    if not isinstance(name, str) or not isinstance(controller, str):
        raise MalformedError("did.malformed", "verification method without id or controller")
    try:
        return Method(
            id=_absolute(did, name),
            controller=controller,
            key=_key(entry),
            expires=instant(entry.get("expires")),
            revoked=instant(entry.get("revoked")),
        )
    except (MalformedError, UnavailableError) as error:
        # One key that we cannot read must not hide the others.
        return Method(id=_absolute(did, name), controller=controller, key=None, problem=error.code)


def _listed(data: dict[str, Any], name: str) -> list[Any]:
    value = data.get(name, [])
    value = value if isinstance(value, list) else [value]
    if len(value) > MAX_METHODS:
        raise MalformedError("did.malformed", f"{len(value)} entries in {name}")
    return value


def parse(*, did: str, data: Any) -> DidDocument:
    """Read a DID document that was found for `did`.

    Raises MalformedError `did.malformed`, also when the document is about another DID.
    """
    if not isinstance(data, dict) or data.get("id") != did:
        raise MalformedError("did.malformed", "the document is not about this DID")
    known = {
        method.id: method
        for entry in _listed(data, "verificationMethod")
        if isinstance(entry, dict)
        for method in [_method(did, entry)]
    }
    return DidDocument(
        id=did,
        assertion=_under(did, data, "assertionMethod", known),
        authentication=_under(did, data, "authentication", known),
    )


def _under(did: str, data: dict[str, Any], relationship: str, known: dict[str, Method]) -> dict[str, Method]:
    """The methods of one verification relationship: named, or written in place."""
    found: dict[str, Method] = {}
    for entry in _listed(data, relationship):
        if isinstance(entry, str) and _absolute(did, entry) in known:
            method = known[_absolute(did, entry)]
        elif isinstance(entry, dict):
            method = _method(did, entry)
        else:
            continue
        found[method.id] = method
    return found
