"""What of a kept proof can be shown by itself, and the copy that holds just that.

Three kinds of proof let their owner choose: those given here (as an SD-JWT VC, made when it is first wanted), an SD-JWT VC
of anybody, and a file signed with ecdsa-sd-2023. All others are shown whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credcore.codec import strict_json
from credcore.errors import CredcoreError
from credcore.proofs import ecdsa_sd_2023, sd_jwt, sd_jwt_making
from credcore.proofs.ecdsa_sd_2023 import values
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.signing import operations as signing

BARE = "/"
"""Chosen alone: what the proof is, who gave it, and until when; nothing that can be left out."""
_SUBJECT = "credentialSubject"
_ALWAYS = ("/id", "/name", f"/{_SUBJECT}/achievement")
"""What it is, where an ecdsa-sd-2023 file says it: a copy without that would tell a reader nothing."""
_NO_FACTS = frozenset({"@context", "type", "id", "proof", _SUBJECT})


class CannotShow(DomainError):
    """This part of the proof cannot be shown by itself."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that can be shown or left out. `pointer` says where it stands (RFC 6901), `value` what it says."""

    pointer: str
    value: Any


def choosable(*, held: Any) -> list[str]:
    """The pointers of the facts that can be chosen; empty: it is shown whole or not at all."""
    return [fact.pointer for fact in facts_of(held=held)]


def facts_of(*, held: Any) -> list[Fact]:
    """The facts that can be chosen, with what each says, in the order of the proof."""
    document = bytes(held.document)
    if held.form == rules.SD_JWT:
        sd = sd_jwt.parse(document)
        return [Fact(_pointer(path), _at(sd.claims, path)) for path in sd.disclosed]
    if held.form == "json" and (base := _base(document)) is not None:
        return list(_facts_of_base(*base))
    if held.issued_id is not None:
        return list(_facts_given_here(held.issued_id))
    return []


def shown_part(*, held: Any, facts: Sequence[str], now: datetime) -> bytes:
    """The signed bytes to hand over: all of the proof without `facts`, else what cannot be left out and these facts.

    Raises CannotShow `show.whole_only` when no part of it can be shown by itself (any more), `show.unknown_fact`.
    Call it outside any transaction: the form that lets its owner choose may have to be made first.
    """
    document = bytes(held.document)
    base = _base(document) if held.form == "json" else None
    if not facts:
        return whole(document=document) if held.form == "json" else document
    there = choosable(held=held)
    if not there:
        raise CannotShow("show.whole_only")
    chosen = [one for one in facts if one != BARE]
    if not set(chosen) <= set(there):
        raise CannotShow("show.unknown_fact")
    if base is not None:
        always = [pointer for pointer in _ALWAYS if _is_there(base[0], pointer)]
        return _derived(base[0], [*always, *chosen])
    if held.form != rules.SD_JWT:
        document = _given_here(held.issued_id, now)
    places = {_pointer(path): path for path in sd_jwt.parse(document).disclosed}
    return sd_jwt_making.present(document, shown=[places[one] for one in chosen if one in places])


def whole(*, document: bytes) -> bytes:
    """All of a document as somebody else may get it. The owner's own copy of a file signed with ecdsa-sd-2023 can be shown to
    nobody, and so not be checked: then a copy with everything in it; else the document itself."""
    base = _base(document)
    if base is None:
        return document
    try:
        return _derived(base[0], _all_of(base[0]))
    except CannotShow:  # broken: as it is, so that a check says so
        return document


def _given_here(issued_id: Any, now: datetime) -> bytes:
    try:
        return credentials.form_of(issued_id=issued_id, form=rules.SD_JWT, now=now)
    except (NotFound, credentials.CannotMakeForm, signing.CannotSign) as problem:
        raise CannotShow("show.whole_only") from problem


def _facts_given_here(issued_id: Any) -> Iterator[Fact]:
    """Those of the form that can be made of it, without making it. A cancelled proof gets no new form."""
    try:
        proof = queries.public_proof(issued_id=issued_id)
    except NotFound:  # forgotten by its giver
        return
    if proof.cancelled:
        return
    says = {
        "name": proof.person_name,
        "level": proof.level_name,
        "observed_on": proof.observed_on.isoformat() if proof.observed_on else "",
        "evidence": [one.as_json() for one in proof.evidence],
        "note": proof.note,
    }
    for name in rules.HIDEABLE:
        if says.get(name):
            yield Fact(f"/{name}", says[name])


def _base(document: bytes) -> tuple[dict[str, Any], tuple[str, ...]] | None:
    """A file whose owner chooses what to show, and what its giver made mandatory; None for any other."""
    try:
        file = strict_json.loads(document)
    except CredcoreError:
        return None
    proof = file.get("proof") if isinstance(file, dict) else None
    for one in proof if isinstance(proof, list) else [proof]:
        if isinstance(one, dict) and one.get("cryptosuite") == ecdsa_sd_2023.NAME:
            try:
                return file, tuple(values.read_base(one).mandatory_pointers)
            except CredcoreError:  # a copy that was made to be shown: it is as it is
                return None
    return None


def _facts_of_base(file: dict[str, Any], mandatory: tuple[str, ...]) -> Iterator[Fact]:
    subject = file.get(_SUBJECT)
    within = {f"/{_SUBJECT}/{_escaped(name)}": value for name, value in subject.items()} if isinstance(subject, dict) else {}
    top = {f"/{_escaped(name)}": value for name, value in file.items() if name not in _NO_FACTS}
    hidden = {f"/{_SUBJECT}/id", f"/{_SUBJECT}/type", *_ALWAYS, *mandatory}
    for pointer, value in (top | within).items():
        if pointer not in hidden:
            yield Fact(pointer, value)


def _derived(file: dict[str, Any], pointers: Sequence[str]) -> bytes:
    try:
        return strict_json.dumps(ecdsa_sd_2023.derive(document=file, selective_pointers=pointers))
    except CredcoreError as error:
        raise CannotShow("show.whole_only") from error


def _all_of(file: dict[str, Any]) -> list[str]:
    return [f"/{_escaped(name)}" for name in file if name not in ("@context", "proof")]


def _is_there(file: dict[str, Any], pointer: str) -> bool:
    at: Any = file
    for step in pointer.split("/")[1:]:
        at = at.get(step) if isinstance(at, dict) else None
    return at is not None


def _pointer(path: Sequence[str | int]) -> str:
    return "".join(f"/{_escaped(str(step))}" for step in path)


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _at(claims: Any, path: Sequence[str | int]) -> Any:
    for step in path:
        claims = claims[step]
    return claims
