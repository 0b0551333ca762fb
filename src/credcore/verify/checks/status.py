"""Was it cancelled? A set bit condemns; a clear bit clears only when the list is the right one and fresh.
(W3C Bitstring Status List 1.0, section 3.2; IETF Token Status List, section 8.3; Open Badges 3.0, 1EdTechRevocationList)"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from credcore.codec import strict_json
from credcore.errors import MalformedError, UnavailableError
from credcore.formats import vcdm
from credcore.formats.embedded import every
from credcore.formats.vcdm import Json
from credcore.ports import Fetch, FetchKind
from credcore.status import bitstring, one_edtech, token_status_list
from credcore.verify.report import Finding, Outcome

MAX_AGE = timedelta(hours=24)
MAX_ENTRIES = 8
MAX_LIST = 2**20
_STATES = {"revocation": "status.cancelled", "suspension": "status.paused"}
_VALUES = {
    token_status_list.VALID: "",
    token_status_list.INVALID: "status.cancelled",
    token_status_list.SUSPENDED: "status.paused",
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A list whose signature and dates hold: what it says, and who gave it."""

    document: Json
    giver: str


class VerifyLists(Protocol):
    """Verifies lists, or raises. `read_at` is when the list was fetched."""

    def credential(self, data: bytes, *, read_at: datetime) -> Listed:
        """A list that is itself a credential."""
        ...

    def token(self, data: bytes, *, issuer: str, read_at: datetime) -> Json:
        """The claims of a Token Status List of the given giver."""
        ...


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one list said: `state` is empty for clear; `giver` and `id` as the list itself names them."""

    state: str
    url: str
    fetched_at: datetime
    giver: str
    id: object = None
    ttl: float | None = None


class StatusCheck:
    """Asks the lists that one document names."""

    def __init__(self, *, now: datetime, fetch: Fetch, lists: VerifyLists) -> None:
        self.now = now
        self.fetch = fetch
        self.lists = lists

    def check(self, document: Json, *, issuer: str) -> list[Finding]:
        """A finding for each status entry, or one that says there is none."""
        entries = _entries(document)
        if len(entries) > MAX_ENTRIES:
            return [_unknown("status.entry", f"{len(entries)} entries")]
        if not entries:
            return [Finding("status", "status.none", Outcome.PASSED)]
        # Of several answers from memory the worst comes first, for it is the one that is told: paused, then unknown.
        return sorted((self._one(entry, document, issuer) for entry in entries), key=_best_last)

    def _one(self, raw: object, document: Json, issuer: str) -> Finding:
        try:
            if not isinstance(raw, dict):
                raise MalformedError("status.entry", str(raw)[:60])
            kind = raw.get("type")
            if isinstance(kind, str) and kind in bitstring.KINDS:
                answer = self._bitstring(raw)
            elif kind == one_edtech.KIND:
                answer = self._revocation_list(raw, document)
            elif "status_list" in raw:
                answer = self._token(raw, issuer)
            else:
                return _unknown("status.unsupported", str(kind)[:60])
        except (MalformedError, UnavailableError) as error:
            return _unknown(error.code, error.detail)
        return self._judge(answer, issuer)

    def _judge(self, answer: _Answer, issuer: str) -> Finding:
        facts = {"asked": answer.fetched_at.isoformat()}
        if answer.state == "status.other_purpose":
            return _unknown(answer.state, answer.url[:200], **facts)
        old = self._is_old(answer)
        if answer.state == "status.cancelled" or (answer.state and not old):
            # Validly signed and at the named place: a set bit condemns, whoever signed the list, and for good.
            return Finding("status", answer.state, Outcome.FAILED, answer.url[:200], state=answer.state, facts=facts)
        if answer.giver != issuer:
            return _unknown("status.foreign_list", answer.giver[:120], **facts)
        if answer.id not in (None, answer.url):
            return _unknown("status.other_list", str(answer.id)[:120], **facts)
        if old:
            return _unknown("status.stale", last=answer.fetched_at.isoformat(), known=answer.state or "status.clear", **facts)
        return Finding("status", "status.clear", Outcome.PASSED, answer.url[:200], facts=facts)

    def _is_old(self, answer: _Answer) -> bool:
        limit = MAX_AGE if answer.ttl is None else min(MAX_AGE, timedelta(seconds=answer.ttl))
        return self.now - answer.fetched_at > limit

    def _bitstring(self, raw: Json) -> _Answer:
        entry = bitstring.read_entry(raw)
        answer = self.fetch(entry.url, kind=FetchKind.STATUS)
        listed = self.lists.credential(answer.body, read_at=answer.fetched_at)
        state = ""
        if bitstring.is_set(entry=entry, document=listed.document):
            state = _STATES.get(entry.purpose, "status.other_purpose")
        ttl = bitstring.ttl_seconds(listed.document)
        return _Answer(state, entry.url, answer.fetched_at, listed.giver, listed.document.get("id"), ttl)

    def _revocation_list(self, raw: Json, document: Json) -> _Answer:
        """Unsigned: it counts because the signed proof names this address, and it must name the giver and itself."""
        url, name = one_edtech.read_entry(raw), vcdm.text(document.get("id"))
        answer = self.fetch(url, kind=FetchKind.STATUS)
        listed = strict_json.loads(answer.body, max_bytes=MAX_LIST)
        if not isinstance(listed, dict) or not name:
            raise MalformedError("status.malformed", "no list, or a proof without a name of its own")
        state = "status.cancelled" if one_edtech.is_listed(credential_id=name, document=listed) else ""
        return _Answer(state, url, answer.fetched_at, vcdm.issuer_id(listed), listed.get("id"))

    def _token(self, raw: Json, issuer: str) -> _Answer:
        entry = token_status_list.read_entry(raw)
        answer = self.fetch(entry.url, kind=FetchKind.STATUS)
        claims = self.lists.token(answer.body, issuer=issuer, read_at=answer.fetched_at)
        state = _VALUES.get(token_status_list.status_of(entry=entry, claims=claims), "status.other_purpose")
        return _Answer(state, entry.url, answer.fetched_at, issuer, entry.url, token_status_list.ttl_seconds(claims))


def _entries(document: Json) -> list[object]:
    """`credentialStatus` of W3C, and the `status` of tokens (IETF Token Status List, section 6): neither hides the other."""
    entries = every(document.get("credentialStatus"))
    said = document.get("status")
    return [*entries, said] if isinstance(said, dict) or ("status" in document and "vct" in document) else entries


def _best_last(finding: Finding) -> int:
    known = finding.facts.get("known")
    return 0 if known == "status.paused" else 2 if known == "status.clear" else 1


def _unknown(code: str, detail: str = "", **facts: str) -> Finding:
    return Finding("status", code, Outcome.UNKNOWN, detail, state="status.unknown", facts=facts)
