"""`/verifiers/{profile}/presentations/verify`: the holder's signature, if there is one, and each credential inside.
(VC Data Model 2.0, sections 4.13 and 7.1)"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from credcore import contexts
from credcore.codec import jose, strict_json
from credcore.errors import MalformedError
from credcore.formats import presentation, vcdm, vcdm2_shape
from credcore.formats.embedded import MAX_PARTS, every
from credcore.vcapi.messages import Json, Problem
from credcore.vcapi.verifying import STRICT, CredentialVerifier, Wanted, collected
from credcore.verify import Outcome
from credcore.verify.checks import holder
from credcore.verify.checks import proof as checks
from credcore.verify.opening import Opened, lay_open

_ASSERTED = Wanted("assertionMethod")


@dataclass(frozen=True, slots=True)
class PresentationVerifier:
    """Verifies presentations; what lies inside goes to `credentials`, under the same profile."""

    credentials: CredentialVerifier

    def problems(self, data: bytes, *, wanted: Wanted) -> list[Problem]:
        """What is wrong with it; empty when all is well. Unsigned ones are fine unless a domain or challenge is wanted."""
        if self.credentials.profile == STRICT:
            return collected(self._problems(data, wanted))
        with contexts.own_words():
            return collected(self._problems(data, wanted))

    def _problems(self, data: bytes, wanted: Wanted) -> Iterator[Problem]:
        opened = lay_open(data)
        document = opened.document
        if not presentation.recognises(document):
            raise MalformedError("vcapi.not_a_presentation", str(document.get("type"))[:80])
        yield from (Problem("shape.broken", one) for one in vcdm2_shape.problems(document))
        by = list(self._holder(opened, wanted))
        yield from by
        signed = opened.jws is not None or bool(checks.proofs_of(document))
        if not signed and (wanted.domain or wanted.challenge):
            yield Problem("holder.unsigned")
        held = every(document.get("verifiableCredential"))
        if len(held) > MAX_PARTS:
            raise MalformedError("parts.too_many", f"{len(held)}")
        for one in held:
            yield from self._held(one, document, signed=signed and not by)

    def _holder(self, opened: Opened, wanted: Wanted) -> Iterator[Problem]:
        """Strictly, a named holder must have signed with a key of their own."""
        named = presentation.parse(opened.document).issuer.id
        if opened.jws is not None:
            claims = jose.claims(opened.jws)
            if wanted.challenge and claims.get("nonce") != wanted.challenge:
                yield Problem("vcapi.challenge", str(claims.get("nonce"))[:60])
            if wanted.domain and claims.get("aud") != wanted.domain:
                yield Problem("vcapi.domain", str(claims.get("aud"))[:60])
            now, fetch = self.credentials.now, self.credentials.fetch
            for one in holder.check(opened.document, holder=named, jws=opened.jws, now=now, fetch=fetch, asked=None):
                if one.outcome is not Outcome.PASSED:
                    yield Problem(one.code, one.detail)
            return
        yield from self.credentials.of_proofs(opened.document, wanted=wanted)
        owner = named if self.credentials.profile == STRICT else ""
        for proof in checks.proofs_of(opened.document):
            yield from self.credentials.signature(opened.document, one=proof, owner=owner, relation="authentication")

    def _held(self, one: object, document: Json, *, signed: bool) -> Iterator[Problem]:
        if isinstance(one, str):
            yield from self.credentials.problems(one.encode(), wanted=_ASSERTED)
        elif isinstance(one, dict) and "proof" not in one and not _is_envelope(one):
            yield from self._self_asserted(one, document, signed=signed)
        elif isinstance(one, dict):
            yield from self.credentials.problems(strict_json.dumps(one), wanted=_ASSERTED)

    def _self_asserted(self, one: Json, document: Json, *, signed: bool) -> Iterator[Problem]:
        """What its holder says of themselves, secured by the presentation alone. (VC Data Model 2.0, section 4.13.4)"""
        yield from (Problem("shape.broken", problem) for problem in vcdm2_shape.problems(one))
        named, methods = (
            presentation.parse(document).issuer.id,
            [p.get("verificationMethod") for p in checks.proofs_of(document)],
        )
        if not signed:
            yield Problem("proof.none")
        if not named or vcdm.issuer_id(one) != named or not all(_is_of(method, named) for method in methods):
            yield Problem("vcapi.self_asserted", vcdm.issuer_id(one)[:120])


def _is_of(method: object, owner: str) -> bool:
    return isinstance(method, str) and method.partition("#")[0] == owner


def _is_envelope(value: Json) -> bool:
    return any(kind in vcdm2_shape.ENVELOPES for kind in vcdm.texts(value.get("type")))
