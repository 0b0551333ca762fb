"""Checks whatever is signed. `inspection` makes the checks; only this module vouches for their outcome."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from credcore.effort import Effort
from credcore.errors import VerificationError
from credcore.model import Credential
from credcore.ports import Fetch
from credcore.trust import TrustList
from credcore.verify.inspection import Inspection
from credcore.verify.policy import Asked, Policy
from credcore.verify.report import Report

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

    def __init__(self, *, fetch: Fetch, trust: Sequence[TrustList] = (), compromised: Collection[str] = ()) -> None:
        """`compromised`: keys (Multikey) that their givers have given up, because somebody else may know them."""
        self.fetch = fetch
        self.trust = tuple(trust)
        self.compromised = frozenset(compromised)

    def check(
        self,
        document: bytes,
        *,
        now: datetime,
        item: str = "",
        container: str = "",
        required: frozenset[str] | None = None,
        asked: Asked | None = None,
        effort: Effort | None = None,
    ) -> Report:
        """Look at everything and report; never raises for anything that the document holds.

        `document` is the credential's bytes (JSON or a token), `now` is aware, `item` and `container` say what it came in.
        `required` names the checks that `good` needs (default: all). `asked` is what we asked for, when somebody hands over
        on our request: then an answer made for another request is refused. `effort` is what it may cost together with what
        came with it; by default it is counted for itself.
        """
        inspection = Inspection(
            fetch=self.fetch,
            trust=self.trust,
            now=now,
            required=required,
            asked=asked,
            compromised=self.compromised,
            effort=effort,
        )
        return inspection.report(document, item=item, container=container)

    def verify(self, document: bytes, *, now: datetime, policy: Policy) -> VerifiedCredential:
        """The credential, when the policy accepts it. Raises VerificationError with the report otherwise."""
        report = self.check(document, now=now)
        if report.credential is None or not policy.accepts(report):
            raise VerificationError(report)
        return VerifiedCredential(document, report.credential, report, now, _MAKING)
