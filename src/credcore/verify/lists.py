"""Status lists as signed things: a bit counts only when the list that holds it was verified.

A list's own status is not asked for: lists do not carry one, and asking would recurse without end.
"""

from __future__ import annotations

from datetime import datetime

from credcore.errors import MalformedError, UnavailableError
from credcore.formats import vcdm
from credcore.formats.vcdm import Json
from credcore.ports import Fetch
from credcore.verify import opening
from credcore.verify.checks import dates, proof, token
from credcore.verify.checks.status import MAX_LIST, Listed
from credcore.verify.report import Finding, Outcome


def _demand(found: list[Finding]) -> None:
    made = [finding for finding in found if finding.check in ("proof", "issuer")]
    if not made or any(finding.outcome is not Outcome.PASSED for finding in made):
        raise MalformedError("status.list_unverified", "; ".join(finding.code for finding in made))


class ListReader:
    """Verifies lists with the given Fetch for the keys of their givers.

    A remembered list is judged by the day it was read (`read_at`); that it is old is said by whoever asked for it.
    """

    def __init__(self, *, fetch: Fetch, now: datetime) -> None:
        self.fetch = fetch
        self.now = now

    def credential(self, data: bytes, read_at: datetime) -> Listed:
        """A Bitstring Status List or StatusList2021, with a proof inside or as a token.

        Raises MalformedError `status.…`, UnavailableError `status.list_out_of_date`.
        """
        if len(data) > MAX_LIST:
            raise MalformedError("status.malformed", f"{len(data)} bytes")
        opened = opening.lay_open(data)
        issuer = vcdm.issuer_id(opened.document)
        if opened.jws is None:
            found = proof.check(opened.document, issuer=issuer, now=self.now, fetch=self.fetch)
        else:
            found = token.check(opened, issuer=issuer, now=self.now, fetch=self.fetch, roots=())
        _demand(found)
        start, end = vcdm.validity(opened.document)
        ended = end is not None and end < min(self.now, read_at) - dates.SKEW
        if ended or (start is not None and start > self.now + dates.SKEW):
            raise UnavailableError("status.list_out_of_date")
        return Listed(opened.document, issuer)

    def token(self, data: bytes, issuer: str, read_at: datetime) -> Json:
        """Token lists are not read yet."""
        raise UnavailableError("status.unsupported", permanent=True)
