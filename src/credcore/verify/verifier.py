"""Checks one signed document. Owns all recursion: a status list is itself a document that must be verified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from credcore import formats, proofs
from credcore.codec import strict_json
from credcore.errors import MalformedError, UnavailableError, VerificationError
from credcore.formats import vcdm
from credcore.model import Credential
from credcore.ports import Fetch
from credcore.trust import TrustList
from credcore.verify.checks import dates, proof, status, trust
from credcore.verify.policy import Policy
from credcore.verify.report import Finding, Outcome, Report

_MAKING = object()


@dataclass(frozen=True, slots=True)
class VerifiedCredential:
    """A document that a policy accepted. Only `Verifier.verify` makes one, from exactly the bytes that were signed."""

    document: bytes
    credential: Credential
    report: Report
    verified_at: datetime
    made_by: object = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.made_by is not _MAKING:
            raise TypeError("only Verifier.verify makes a VerifiedCredential")


class Verifier:
    """Checks documents with the given way to fetch and the given lists of givers. Holds no state between calls."""

    def __init__(self, *, fetch: Fetch, trust: Sequence[TrustList] = ()) -> None:
        self.fetch = fetch
        self.trust = tuple(trust)

    def check(
        self,
        document: bytes,
        *,
        now: datetime,
        item: str = "",
        container: str = "",
        required: frozenset[str] | None = None,
    ) -> Report:
        """Look at everything and report; never raises for anything that the document holds.

        `document` is the credential's bytes (JSON), `now` is aware, `item` and `container` say what it came in.
        `required` names the checks that `good` needs (default: all).
        """
        try:
            data = strict_json.loads(document)
        except MalformedError as error:
            state = {"json.too_large": "unreadable.too_large"}.get(error.code, "unreadable")
            finding = Finding("read", error.code, Outcome.FAILED, error.detail, state=state)
            return Report((finding,), now, item=item, container=container)
        report = _Checking(self, now).run(data)
        return Report(
            findings=tuple(report.findings),
            checked_at=now,
            item=item,
            credential=report.credential,
            format=report.credential.format if report.credential else "",
            proof=report.proof,
            container=container,
            document=document,
            **({"required": required} if required is not None else {}),
        )

    def verify(self, document: bytes, *, now: datetime, policy: Policy) -> VerifiedCredential:
        """The credential, when the policy accepts it. Raises VerificationError with the report otherwise."""
        report = self.check(document, now=now)
        if report.credential is None or not policy.accepts(report):
            raise VerificationError(report)
        return VerifiedCredential(document, report.credential, report, now, _MAKING)


class _Checking:
    """One pass over one document."""

    def __init__(self, verifier: Verifier, now: datetime) -> None:
        self.verifier = verifier
        self.now = now
        self.findings: list[Finding] = []
        self.credential: Credential | None = None
        self.proof = ""

    def run(self, data: Any) -> _Checking:
        if not isinstance(data, dict):
            self._read("format.not_an_object", state="unsupported")
            return self
        try:
            self.credential = formats.parse(data)
            found = proof.proofs_of(data)
        except UnavailableError as error:
            self._read(error.code, error.detail, state="unsupported")
            return self
        except MalformedError as error:
            self._read(error.code, error.detail, state="unreadable", outcome=Outcome.FAILED)
            return self
        self.proof = ", ".join(proofs.suite_name(one) for one in found)
        self._read("read.fine", outcome=Outcome.PASSED)
        self.findings += proof.check(data, now=self.now, fetch=self.verifier.fetch)
        self.findings += dates.check(self.credential, now=self.now)
        if self._passed("proof"):
            # Before the signature holds, asking a server or a list would only tell strangers what we look at.
            self.findings += status.check(data, now=self.now, fetch=self.verifier.fetch, verify_list=self._verify_list)
            if self._passed("issuer"):
                self.findings += trust.check(self.credential, lists=self.verifier.trust)
        return self

    def _read(self, code: str, detail: str = "", *, state: str = "", outcome: Outcome = Outcome.UNKNOWN) -> None:
        self.findings.append(Finding("read", code, outcome, detail, state=state))

    def _passed(self, check: str) -> bool:
        made = [finding for finding in self.findings if finding.check == check]
        return bool(made) and all(finding.outcome is Outcome.PASSED for finding in made)

    def _verify_list(self, document: bytes) -> str:
        """The giver of a status list whose signature and dates hold. Raises MalformedError `status.list_…`.

        A list's own status is not asked for: lists do not carry one, and asking would recurse without end.
        """
        data = strict_json.loads(document, max_bytes=2**20)
        if not isinstance(data, dict):
            raise MalformedError("status.malformed", "not an object")
        found = proof.check(data, now=self.now, fetch=self.verifier.fetch)
        made = [finding for finding in found if finding.check in ("proof", "issuer")]
        if not made or any(finding.outcome is not Outcome.PASSED for finding in made):
            raise MalformedError("status.list_unverified", "; ".join(finding.code for finding in made))
        start, end = vcdm.validity(data)
        if (start is not None and start > self.now + dates.SKEW) or (end is not None and end < self.now - dates.SKEW):
            raise UnavailableError("status.list_out_of_date")
        return vcdm.issuer_id(data)
