"""Has it been cancelled or paused? Unknown is never "no". (W3C Bitstring Status List 1.0, section 3.2)"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from credcore.codec import strict_json
from credcore.errors import MalformedError, UnavailableError
from credcore.formats import vcdm
from credcore.formats.vcdm import Json
from credcore.ports import Fetch, FetchKind
from credcore.status import bitstring
from credcore.verify.report import Finding, Outcome

MAX_AGE = timedelta(hours=24)
MAX_ENTRIES = 8
_STATES = {"revocation": "status.cancelled", "suspension": "status.paused"}

# Verifies a list as a credential: its giver's id when signature, giver and dates hold, else raises.
VerifyList = Callable[[bytes], str]


def check(document: Json, *, now: datetime, fetch: Fetch, verify_list: VerifyList) -> list[Finding]:
    """A finding for each status entry, or one that says there is none."""
    value = document.get("credentialStatus")
    if value is None or value == []:
        return [Finding("status", "status.none", Outcome.PASSED)]
    entries = value if isinstance(value, list) else [value]
    if len(entries) > MAX_ENTRIES:
        return [_unknown("status.entry", f"{len(entries)} entries")]
    return [_one(entry, document, now=now, fetch=fetch, verify_list=verify_list) for entry in entries]


def _unknown(code: str, detail: str = "", **facts: str) -> Finding:
    return Finding("status", code, Outcome.UNKNOWN, detail, state="status.unknown", facts=facts)


def _one(raw: object, document: Json, *, now: datetime, fetch: Fetch, verify_list: VerifyList) -> Finding:
    if not isinstance(raw, dict) or raw.get("type") not in bitstring.KINDS:
        return _unknown("status.unsupported", str(raw.get("type") if isinstance(raw, dict) else raw)[:60])
    try:
        entry = bitstring.read_entry(raw)
        answer = fetch(entry.url, kind=FetchKind.STATUS)
        listed = strict_json.loads(answer.body, max_bytes=2**20)
        if not isinstance(listed, dict):
            raise MalformedError("status.malformed", "not an object")
        giver = verify_list(answer.body)
        is_set = bitstring.is_set(entry=entry, document=listed)
    except (MalformedError, UnavailableError) as error:
        return _unknown(error.code, error.detail)
    facts = {"asked": answer.fetched_at.isoformat()}
    if is_set:
        # Validly signed and at the named place: a set bit condemns, whoever signed the list.
        state = _STATES.get(entry.purpose)
        if state is None:
            return Finding("status", "status.other_purpose", Outcome.UNKNOWN, entry.purpose[:60], state="status.unknown")
        return Finding("status", state, Outcome.FAILED, entry.url[:200], state=state, facts=facts)
    # A clear bit clears only when the list is the giver's own, at its own address, and fresh.
    if giver != vcdm.issuer_id(document):
        return _unknown("status.foreign_list", giver[:120], **facts)
    if listed.get("id") not in (None, entry.url):
        return _unknown("status.other_list", str(listed.get("id"))[:120], **facts)
    ttl = bitstring.ttl_seconds(listed)
    limit = min(MAX_AGE, timedelta(seconds=ttl)) if ttl is not None else MAX_AGE
    if now - answer.fetched_at > limit:
        return _unknown("status.stale", **facts)
    return Finding("status", "status.clear", Outcome.PASSED, entry.url[:200], facts=facts)
