"""Write a working life as HR Open LER-RS, and wrap it as a credential.

Both schemas ask for other things than the samples do: the record's `type` is the address of version 4.4 and nothing else,
and the wrapper names the record `lerrsType`. What validates is written here; the reader takes both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from credcore.formats import vcdm
from credcore.formats.embedded import as_member
from credcore.formats.ler_rs.entries import CERTIFICATION, JOB, LEARNING, LICENSE, SECTIONS, SKILL, Entry
from credcore.formats.vcdm import Json

TYPE = "http://schema.hropenstandards.org/4.4/recruiting/json/ler-rs/LER-RSType.json"
WRAPPER_CONTEXT = "http://schema.hropenstandards.org/4.5/recruiting/json/VerifiableCredentialLER-RSType.json"


def build(*, document_id: str, name: str, entries: Iterable[Entry]) -> Json:
    """The record of a person called `name`. Sections without lines are left out, as the schema wants.

    Raises MalformedError for a `proof` that is neither JSON nor a token.
    """
    record: Json = {
        "type": TYPE,
        "documentId": {"value": document_id},
        "person": {"name": _name(name)},
    }
    lines = list(entries)
    for section in SECTIONS:
        if found := [_WRITERS[section](one) for one in lines if one.section == section]:
            record[section] = found
    return record


def wrap(record: Json, *, id: str, issuer: str, subject_id: str, now: datetime) -> Json:
    """The record as a claim of `issuer`, unsigned. It is for a token: its context is the address of a schema, and no
    vocabulary with which the words could be signed one by one.
    """
    return {
        "@context": [vcdm.V1, WRAPPER_CONTEXT],
        "id": id,
        "type": ["VerifiableCredential", "LER-RS"],
        "issuer": issuer,
        "issuanceDate": vcdm.iso(now),
        "credentialSubject": {"id": subject_id, "lerrsType": record},
    }


def _name(name: str) -> Json:
    """Names are not taken apart: which part is the family's nobody here knows."""
    return {"formattedName": name}


def _job(one: Entry) -> Json:
    position = _kept({"title": one.name, **_period(one)})
    return _kept({"organization": {"name": one.where}, "positionHistories": [position], "verifications": _verified(one)})


def _certificate(one: Entry) -> Json:
    return _kept(
        {
            "name": one.name,
            "issuingAuthority": {"name": one.where},
            "firstIssued": one.start,
            "effectiveTimePeriod": _kept({"validFrom": _moment(one.start), "validTo": _moment(one.end)}),
            "descriptions": _list(one.about),
            "verifications": _verified(one),
        }
    )


def _learning(one: Entry) -> Json:
    programs = {"institution": {"name": one.where}, "programs": [one.name]}
    return _kept({**programs, **_period(one), "verifications": _verified(one)})


def _skill(one: Entry) -> Json:
    said = {"name": one.name, "description": one.about, "lastUsedDate": one.end}
    return _kept({**said, "verifications": [{"Verification": inner} for inner in _verified(one)]})


def _period(one: Entry) -> Json:
    still = {"current": True} if one.still else {}
    return {"start": one.start, "end": one.end, "descriptions": _list(one.about), **still}


def _verified(one: Entry) -> list[Json]:
    """The proof under the name that HR Open gives to credentials of any kind."""
    return [{"otherW3CVerifiableCredential": as_member(one.proof)}] if one.proof else []


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z" if len(day) == len("2026-05-04") else ""


def _list(text: str) -> list[str]:
    return [text] if text else []


def _kept(said: dict[str, Any]) -> Json:
    """Without what was not said."""
    return {name: value for name, value in said.items() if value not in ("", [], {})}


_WRITERS: dict[str, Callable[[Entry], Json]] = {
    JOB: _job,
    LICENSE: _certificate,
    CERTIFICATION: _certificate,
    LEARNING: _learning,
    SKILL: _skill,
}
