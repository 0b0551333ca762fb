"""What the Data Integrity suites share: which document a proof covers, and the two hashes that are signed.
(W3C Data Integrity 1.0, section 4; Data Integrity EdDSA Cryptosuites 1.0 and ECDSA Cryptosuites 1.0, section 3)"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from credcore.codec import jcs, moments, multibase, rdf
from credcore.errors import MalformedError, SignatureMismatch, UnavailableError, UnsafeError
from credcore.keys import signatures
from credcore.keys.public import PublicKey
from credcore.ports import Signer
from credcore.proofs import proof_options

Json = dict[str, Any]

MAX_PROOFS = 10
_HASHES = {"sha256": hashlib.sha256, "sha384": hashlib.sha384}


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_url(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", value) is not None


def _is_moment(value: object) -> bool:
    try:
        return moments.instant(value) is not None
    except MalformedError:
        return False


def _is_one_or_more(value: object) -> bool:
    return _is_text(value) or (isinstance(value, list) and 0 < len(value) <= MAX_PROOFS and all(map(_is_text, value)))


OPTIONS: dict[str, Callable[[object], bool]] = {
    "id": _is_url,
    "proofPurpose": _is_text,
    "expires": _is_moment,
    "domain": _is_one_or_more,
    "challenge": _is_text,
    "nonce": _is_text,
    "previousProof": _is_one_or_more,
}
"""What whoever signs may say in a proof beside what the suite says of itself, and what it has to be.
(Data Integrity 1.0, section 2.1)"""

# What a credential says of itself as a whole, and the ends of the names of its kinds.
_OF_THE_WHOLE = frozenset({"issuer", "validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialStatus"})
_WHOLE = ("Credential", "Presentation")


def context_list(document: Json) -> list[Any]:
    """The document's contexts as a list."""
    value = document.get("@context")
    return value if isinstance(value, list) else [value]


def with_previous(*, document: Json, proof: Json, proofs: Sequence[Json]) -> Json:
    """The document that a proof covers: without proofs, or with those of `proofs` that it builds on, in their order.
    (Data Integrity 1.0, section 4.5)

    That the proof fits says nothing about the previous ones being good: each has to be checked by itself.

    Raises MalformedError `proof.malformed`, and SignatureMismatch `proof.chain_broken` when a previous proof is missing,
    is there twice, or builds on this one.
    """
    body = dict(document)
    body.pop("proof", None)
    if "previousProof" not in proof:
        return body
    if len(proofs) > MAX_PROOFS:
        raise MalformedError("proof.malformed", f"{len(proofs)} proofs")
    previous = [_proof_named(name, proofs) for name in _previous(proof)]
    _refuse_circle(proof, previous, proofs)
    return {**body, "proof": previous}


def _previous(proof: Json) -> list[str]:
    if "previousProof" not in proof:
        return []
    value = proof["previousProof"]
    names = value if isinstance(value, list) else [value]
    if not 0 < len(names) <= MAX_PROOFS or not all(isinstance(name, str) for name in names):
        raise MalformedError("proof.malformed", "previousProof")
    return names


def _proof_named(name: str, proofs: Sequence[Json]) -> Json:
    found = [one for one in proofs if one.get("id") == name]
    if len(found) != 1:
        raise SignatureMismatch("proof.chain_broken", f"{len(found)} proofs named {name[:80]}")
    return found[0]


def _refuse_circle(proof: Json, previous: list[Json], proofs: Sequence[Json]) -> None:
    """Nobody can sign what is signed later; saying so early costs no canonical form."""
    waiting, seen = [one["id"] for one in previous], set()
    while waiting:
        name = waiting.pop()
        if name == proof.get("id"):
            raise SignatureMismatch("proof.chain_broken", "a proof that builds on itself")
        if name not in seen:
            seen.add(name)
            waiting += [earlier for one in proofs if one.get("id") == name for earlier in _previous(one)]


def unsecured(*, document: Json, proof: Json) -> Json:
    """The document that the proof covers, under the contexts that the proof speaks of.

    Raises as `with_previous`, SignatureMismatch `proof.context` when the proof names contexts that the document does not
    begin with (then other terms were signed than are shown), and UnsafeError
    (`proof.moved`, `rdf.keyword`).
    """
    _refuse_hidden(document)
    return _covered(document, proof)


def _covered(document: Json, proof: Json) -> Json:
    value = document.get("proof", [])
    proofs = [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict)]
    body = with_previous(document=document, proof=proof, proofs=proofs)
    if "@context" in proof:
        named = context_list(proof)
        if context_list(document)[: len(named)] != named:
            raise SignatureMismatch("proof.context")
        body["@context"] = proof["@context"]
    return body


def _refuse_hidden(document: Json) -> None:
    """Refuse what JSON-LD takes for the same as what the giver signed, and no reader would. (VC Data Integrity 1.0, 2.4.1)

    An object within the document that has the document's own identifier and speaks of the whole: to JSON-LD both are one
    thing, so an end date or a cancellation could be moved there from the top without a change to any statement. And a type
    that stands under `@type` beside other types: it would be signed, but the document would not be read as what it is.
    """
    name = document.get("id", document.get("@id"))
    waiting: list[Any] = [document]
    while waiting:
        value = waiting.pop()
        if type(value) is dict:
            if "@type" in value and "type" in value:
                raise UnsafeError("rdf.keyword", "@type beside type")
            if _is_called(value, name) and value is not document and (_OF_THE_WHOLE & value.keys() or _is_whole(value)):
                raise UnsafeError("proof.moved", str(name)[:120])
            waiting += [inner for inner in value.values() if type(inner) is dict or type(inner) is list]
        else:
            waiting += [inner for inner in value if type(inner) is dict or type(inner) is list]


def _is_called(value: Json, name: object) -> bool:
    return name is not None and (value.get("id") == name or value.get("@id") == name)


def _is_whole(value: Json) -> bool:
    for kinds in (value.get("type"), value.get("@type")):
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and kind.endswith(_WHOLE):
                return True
    return False


def canonical_forms(*, document: Json, proof: Json, hash_name: str = "sha256", as_json: bool = False) -> tuple[bytes, bytes]:
    """The proof options and the document that the proof covers, each in its one spelling: canonical N-Quads (labels by
    `hash_name`) under the document's contexts, or canonical JSON as it stands.

    Raises as `unsecured` and as `rdf.canonicalize` or `jcs.canonicalize`.
    """
    body = _covered(document, proof)
    options = dict(proof)
    options.pop("proofValue", None)
    if as_json:
        _refuse_hidden(document)
        return jcs.canonicalize(options), jcs.canonicalize(body)
    form = rdf.plain(body, hash_name=hash_name)
    if form is None or "@type" in proof:
        _refuse_hidden(document)  # in a plain document nothing can hide
        form = rdf.exact(body, hash_name=hash_name)
    options["@context"] = body.get("@context")
    return proof_options.canonical(options, hash_name=hash_name), form


def hash_data(*, document: Json, proof: Json, hash_name: str = "sha256", as_json: bool = False) -> bytes:
    """What is signed: the hash of the canonical proof options, then the hash of the canonical document.

    64 bytes for `sha256`, 96 for `sha384`. Raises as `canonical_forms`.
    """
    forms = canonical_forms(document=document, proof=proof, hash_name=hash_name, as_json=as_json)
    digest = _HASHES[hash_name]
    return b"".join([digest(form).digest() for form in forms])


def unsigned(*, names: Json, signer: Signer, created: str, options: Json | None) -> Json:
    """A proof as far as it can be written before it is signed. `names` is how proofs of its suite call themselves.

    `options`, of those in `OPTIONS`: a `proofPurpose` other than assertionMethod, and what the signer wants to add.
    Raises MalformedError `proof.options` for one that is not known, or is not what it has to be.
    """
    wrong = [name for name, value in (options or {}).items() if name not in OPTIONS or not OPTIONS[name](value)]
    if wrong:
        raise MalformedError("proof.options", ", ".join(wrong)[:120])
    return {
        **names,
        "created": created,
        "verificationMethod": signer.verification_method,
        "proofPurpose": "assertionMethod",
        **(options or {}),
    }


def signature(proof: Json) -> bytes:
    """The raw signature in `proofValue`. Raises MalformedError `proof.value`."""
    text = proof.get("proofValue")
    if not isinstance(text, str) or not text.startswith("z"):
        raise MalformedError("proof.value", "proofValue is not base58-btc multibase")
    return multibase.decode(text)


@dataclass(frozen=True, slots=True)
class Suite:
    """One way of signing. `names` is how its proofs call themselves, `hashes` the hash that goes with each kind of key
    that it allows, `as_json` whether JSON itself is signed rather than its meaning.
    """

    names: Json
    hashes: dict[str, str]
    as_json: bool = False

    def verify(self, *, document: Json, proof: Json, key: PublicKey) -> None:
        """Return when the proof fits the document; `document` still carries its proofs, or is what `with_previous` made.

        Raises SignatureMismatch (also `proof.key_kind` for a key that this suite does not allow, `proof.chain_broken`,
        `proof.context`), MalformedError (bad proof, undefined terms), UnavailableError (unknown context).
        """
        if key.algorithm not in self.hashes:
            raise SignatureMismatch("proof.key_kind", key.algorithm)
        message = hash_data(document=document, proof=proof, hash_name=self.hashes[key.algorithm], as_json=self.as_json)
        signatures.check(key=key, signature=signature(proof), message=message)

    def sign(self, *, document: Json, signer: Signer, created: str, options: Json | None = None) -> Json:
        """A proof for a document. `created` is an XML dateTime in UTC; `options` as for `unsigned`.

        Proofs that the document carries already are covered when `options` names them as `previousProof` (a chain), and
        left out otherwise (a set).

        Raises UnavailableError `key.unsupported` for a signer of another kind, and as `unsigned` and `canonical_forms`.
        """
        if signer.algorithm not in self.hashes:
            raise UnavailableError("key.unsupported", signer.algorithm, permanent=True)
        proof = unsigned(names=self.names, signer=signer, created=created, options=options)
        if self.as_json and "@context" in document:
            proof["@context"] = document["@context"]
        message = hash_data(document=document, proof=proof, hash_name=self.hashes[signer.algorithm], as_json=self.as_json)
        return {**proof, "proofValue": multibase.encode(signer.sign(message))}
