"""`/verifiers/{profile}/credentials/verify`: what is wrong with a credential, under one of two profiles.

`strict` is our own verifier, as everywhere else: the key must belong to the named issuer, the dates and the status count.
`proof-only` looks at the cryptography, the data model and the options of the proofs, and lets a document bring words of
its own; who the key belongs to is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from credcore import contexts, formats, proofs
from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.formats import sd_jwt_vc, vcdm, vcdm2_shape
from credcore.ports import Fetch
from credcore.vcapi.messages import Json, Problem
from credcore.verify import Asked, Outcome, Verdict, Verifier
from credcore.verify.checks import proof as checks
from credcore.verify.checks import token
from credcore.verify.opening import Opened, lay_open
from credcore.verify.report import ALWAYS

STRICT, PROOF_ONLY = "strict", "proof-only"
_REQUIRED = frozenset({"proof", "issuer", "dates", "status"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the caller wants of the proofs: their purpose, and that they were made for this domain and challenge."""

    purpose: str
    domain: str | list[str] = ""
    challenge: str = ""

    @classmethod
    def of(cls, options: Json, *, purpose: str) -> Wanted:
        """From a request's options; `purpose` where they name none. Raises MalformedError `vcapi.request`."""
        domain = options.get("domain") or ""
        expected = options.get("expectedProofPurpose") or purpose
        challenge = options.get("challenge") or ""
        if not (isinstance(expected, str) and isinstance(challenge, str)):
            raise MalformedError("vcapi.request", "options")
        if not (isinstance(domain, str) or (isinstance(domain, list) and all(isinstance(one, str) for one in domain))):
            raise MalformedError("vcapi.request", "options.domain")
        return cls(expected, domain, challenge)


@dataclass(frozen=True, slots=True)
class CredentialVerifier:
    """Verifies under one profile, as of `now`."""

    profile: str
    now: datetime
    fetch: Fetch

    def problems(self, data: bytes, *, wanted: Wanted) -> list[Problem]:
        """What is wrong with a secured credential (JSON or token); empty when all is well."""
        if self.profile == STRICT:
            return collected(self._strict(data, wanted))
        with contexts.own_words():
            return collected(self._proof_only(data, wanted))

    def _strict(self, data: bytes, wanted: Wanted) -> Iterator[Problem]:
        opened = lay_open(data)
        yield from _shape(opened)
        yield from self.of_proofs(opened.document, wanted=wanted)
        domain = wanted.domain if isinstance(wanted.domain, str) else ""
        asked = Asked(wanted.challenge, domain) if opened.sd is not None and wanted.challenge and domain else None
        report = Verifier(fetch=self.fetch).check(data, now=self.now, required=_REQUIRED, asked=asked)
        if report.verdict is not Verdict.GOOD:
            counted = [one for one in report.findings if one.check in _REQUIRED | ALWAYS and one.outcome is not Outcome.PASSED]
            yield from (Problem(one.code, one.detail) for one in counted)
            if not counted:
                yield Problem("vcapi.incomplete", report.summary())

    def _proof_only(self, data: bytes, wanted: Wanted) -> Iterator[Problem]:
        opened = lay_open(data)
        yield from _shape(opened)
        if opened.jws is not None:
            yield from self._token(opened)
            return
        formats.parse(opened.document)
        found = checks.proofs_of(opened.document)
        if not found:
            yield Problem("proof.none")
        yield from self.of_proofs(opened.document, wanted=wanted)
        for one in found:
            yield from self.signature(opened.document, one=one)

    def _token(self, opened: Opened) -> Iterator[Problem]:
        kid = opened.jws.header.get("kid") if opened.jws is not None else None
        owner = kid.partition("#")[0] if isinstance(kid, str) and kid.startswith("did:") else formats.giver(opened.document)
        for one in token.check(opened, issuer=owner, now=self.now, fetch=self.fetch, roots=()):
            if one.check == "proof" and one.outcome is not Outcome.PASSED:
                yield Problem(one.code, one.detail)

    def signature(self, document: Json, *, one: Json, owner: str = "", relation: str = "assertion") -> Iterator[Problem]:
        """Does this proof fit under the key that it names, which must be one of `owner` (empty: of whoever it names)?"""
        try:
            proofs.find(one)
        except UnavailableError as error:
            yield Problem.of(error)
            return
        giver = owner or str(one.get("verificationMethod") or "").partition("#")[0]
        fits, who = checks.confirm(document, proof=one, owner=giver, relation=relation, now=self.now, fetch=self.fetch)
        for finding in (fits, who):
            if finding is not None and finding.outcome is not Outcome.PASSED:
                yield Problem(finding.code, finding.detail)

    def of_proofs(self, document: Json, *, wanted: Wanted) -> Iterator[Problem]:
        """What can be said of embedded proofs without their signatures: purpose, times, domain, challenge.
        (Data Integrity 1.0, section 4.4)"""
        for one in checks.proofs_of(document):
            if one.get("proofPurpose") != wanted.purpose:
                yield Problem("proof.purpose", str(one.get("proofPurpose"))[:60])
            if wanted.challenge and one.get("challenge") != wanted.challenge:
                yield Problem("vcapi.challenge", str(one.get("challenge"))[:60])
            if wanted.domain and _domains(one.get("domain")) != _domains(wanted.domain):
                yield Problem("vcapi.domain", str(one.get("domain"))[:60])
            yield from (Problem(late.code) for late in checks.times(one, now=self.now))
            expires = vcdm.instant(one.get("expires"))
            if expires is not None and expires <= self.now:  # to the second: here nobody's clock has to be forgiven
                yield Problem("proof.expired", str(one["expires"])[:40])


def collected(problems: Iterator[Problem]) -> list[Problem]:
    """All of them, the last being the error that stopped the search, if one did."""
    found: list[Problem] = []
    try:
        for problem in problems:
            found.append(problem)
    except CredcoreError as error:
        found.append(Problem.of(error))
    return found


def _domains(value: object) -> frozenset[str]:
    return frozenset(vcdm.texts(value))


def _shape(opened: Opened) -> Iterator[Problem]:
    """The rules of the data model; of a copy that was cut down only those parts that are there could be judged."""
    if not opened.partial and not sd_jwt_vc.recognises(opened.document):
        yield from (Problem("shape.broken", one) for one in vcdm2_shape.problems(opened.document))
