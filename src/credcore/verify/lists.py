"""Status lists as signed things: a bit counts only when the list that holds it was verified.

A list's own status is not asked for: lists do not carry one, and asking would recurse without end.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from credcore.codec import cwt, jose
from credcore.codec.jose import Jws
from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.formats import vcdm
from credcore.formats.vcdm import Json
from credcore.keys.public import PublicKey
from credcore.ports import Fetch
from credcore.proofs import jose as proofs
from credcore.status import token_status_list
from credcore.verify import opening, signer
from credcore.verify.checks import dates, proof, token
from credcore.verify.checks.status import MAX_LIST, Listed
from credcore.verify.report import Finding, Outcome

_CBOR = (b"\xd2", b"\xd8")  # the tags that a binary token begins with; a text never does


class ListReader:
    """Verifies lists with the given Fetch for the keys of their givers.

    A remembered list is judged by the day it was read (`read_at`); that it is old is said by whoever asked for it.
    """

    def __init__(self, *, fetch: Fetch, now: datetime) -> None:
        self.fetch = fetch
        self.now = now

    def credential(self, data: bytes, *, read_at: datetime) -> Listed:
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

    def token(self, data: bytes, *, issuer: str, read_at: datetime) -> Json:
        """The claims of a Token Status List, JWT or CWT, signed by the giver of the proof that names it.

        Raises as `credential`.
        """
        if len(data) > MAX_LIST:
            raise MalformedError("status.malformed", f"{len(data)} bytes")
        jws, claims = _token(data)
        if not token_status_list.is_list_type(jws.header.get("typ")):
            raise MalformedError("status.malformed", "another kind of token")
        if claims.get("iss", issuer) != issuer:
            raise MalformedError("status.foreign_list", str(claims["iss"])[:120])
        keys = signer.of_token(issuer=issuer, header=jws.header, fetch=self.fetch, now=self.now)
        if not any(method.key is not None and _fits(jws, method.key) for method in keys.methods):
            raise MalformedError("status.list_unverified", keys.finding.code)
        issued, expires = token_status_list.dates(claims)
        ended = expires is not None and expires < min(self.now, read_at) - dates.SKEW
        if ended or issued > self.now + dates.SKEW:
            raise UnavailableError("status.list_out_of_date")
        return claims


def _token(data: bytes) -> tuple[Jws, Json]:
    """The token and its claims, in JSON or CBOR."""
    if data[:1] not in _CBOR:
        jws = jose.parse(data.strip())
        return jws, jose.claims(jws)
    read = cwt.parse(data)
    named = read.jws
    if read.key_id is not None:
        named = replace(named, header={**named.header, "kid": read.key_id.decode("utf-8", "replace")})
    return named, read.claims


def _fits(jws: Jws, key: PublicKey) -> bool:
    try:
        proofs.verify(jws=jws, key=key)
    except CredcoreError:
        return False
    return True


def _demand(found: list[Finding]) -> None:
    made = [finding for finding in found if finding.check in ("proof", "issuer")]
    if not made or any(finding.outcome is not Outcome.PASSED for finding in made):
        raise MalformedError("status.list_unverified", "; ".join(finding.code for finding in made))
    if late := [finding for finding in found if finding.check == "dates"]:
        raise UnavailableError("status.list_out_of_date", late[0].code)
