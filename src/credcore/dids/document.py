"""What a DID document says about keys. (W3C Controlled Identifiers 1.0; DID Core 1.0, section 5)"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from credcore.errors import MalformedError, UnavailableError
from credcore.keys import jwk, multikey
from credcore.keys.public import PublicKey

MAX_METHODS = 100


@dataclass(frozen=True, slots=True)
class Method:
    """A verification method: its full id, who controls it, and the key (None: of a kind that we do not read)."""

    id: str
    controller: str
    key: PublicKey | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DidDocument:
    """`assertion` holds the methods that may sign statements, by full id."""

    id: str
    assertion: dict[str, Method]


def _absolute(did: str, reference: str) -> str:
    return did + reference if reference.startswith("#") else reference


def _key(entry: dict[str, Any]) -> PublicKey:
    text = entry.get("publicKeyMultibase")
    if isinstance(text, str):
        return multikey.decode(text)
    value = entry.get("publicKeyJwk")
    if isinstance(value, dict):
        return jwk.decode(value)
    raise UnavailableError("key.unsupported", str(entry.get("type"))[:60], permanent=True)


def _method(did: str, entry: dict[str, Any]) -> Method:
    name, controller = entry.get("id"), entry.get("controller")
    if not isinstance(name, str) or not isinstance(controller, str):
        raise MalformedError("did.malformed", "verification method without id or controller")
    try:
        return Method(id=_absolute(did, name), controller=controller, key=_key(entry))
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
    assertion: dict[str, Method] = {}
    for entry in _listed(data, "assertionMethod"):
        if isinstance(entry, str) and _absolute(did, entry) in known:
            method = known[_absolute(did, entry)]
        elif isinstance(entry, dict):
            method = _method(did, entry)
        else:
            continue
        assertion[method.id] = method
    return DidDocument(id=did, assertion=assertion)
