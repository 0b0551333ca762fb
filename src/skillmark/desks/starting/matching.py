"""Which kept proof may be meant for which item. This only proposes: the person ticks, and the check decides what counts."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import plain
from skillmark.rooms.talent import operations


@dataclass(frozen=True, slots=True)
class Offer:
    """A proof on the person's own page: for an item of the list, or (`item_id` None) a work history.

    `counts` False: the last check said that it is not to be relied on, so it cannot be handed over.
    """

    held_id: UUID
    title: str
    giver: str
    item_id: UUID | None
    counts: bool

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.held_id}:{self.item_id or ''}"


def offers(*, worker: Actor, found: Any, item_ids: Iterable[UUID]) -> list[Offer]:
    """What of the person's own page may be handed over for the items that are still asked for, and their work histories."""
    firm = operations.acting_for(found=found)
    words, codes = words_of(actor=firm), _codes_of(firm)
    asked = list(item_ids)
    place: dict[UUID | None, int] = {item_id: at for at, item_id in enumerate(asked)}
    came: list[Offer] = []
    histories: list[Offer] = []
    for held in credentials.held(actor=worker):
        subject = _subject(held.document)
        named = {plain(held.title)}
        aligned = _aligned(subject)
        counts = held.verdict in {"good", "careful"}
        came += [
            Offer(held.id, held.title, held.giver, item_id, counts)
            for item_id in asked
            if named & words.get(item_id, set()) or aligned & codes.get(item_id, set())
        ]
        if "activityStartDate" in subject and "role" in subject:
            histories.append(Offer(held.id, held.title, held.giver, None, counts))
    return sorted(came, key=lambda one: place[one.item_id]) + histories


def words_of(*, actor: Actor) -> dict[UUID, set[str]]:
    """By item: every plain name that it goes by, its aliases among them."""
    words = {one.id: {plain(name) for name in one.names.values()} for one in skills.items(actor=actor)}
    for text, several in skills.aliases(actor=actor).items():
        for item_id in several if len(several) == 1 else ():
            words.setdefault(item_id, set()).add(text)
    return words


def _codes_of(actor: Actor) -> dict[UUID, set[str]]:
    return {one.id: {mark for code in one.codes for mark in _marks(code)} for one in skills.items(actor=actor)}


def _marks(code: Mapping[str, Any]) -> list[str]:
    """A code of another list as it is compared: with its list, or as an address."""
    framework, number, url = (str(code.get(part, "")).strip().casefold() for part in ("framework", "code", "url"))
    return ([f"{framework} {number}"] if framework and number else []) + ([url] if url else [])


def _aligned(subject: Mapping[str, Any]) -> set[str]:
    achievement = subject.get("achievement")
    found = achievement.get("alignment") if isinstance(achievement, dict) else None
    several: Sequence[Any] = found if isinstance(found, list) else [found]
    told = [one for one in several if isinstance(one, dict)]
    names = ("targetFramework", "targetCode", "targetUrl")
    return {
        mark
        for one in told
        for mark in _marks(dict(zip(("framework", "code", "url"), (one.get(name, "") for name in names), strict=True)))
    }


def _subject(document: bytes) -> Mapping[str, Any]:
    """Whom a document is about, read without believing it; empty when it is of another make."""
    try:
        if document.lstrip()[:1] == b"{":
            payload = json.loads(document)
        else:
            part = document.split(b"~")[0].split(b".")[1]
            payload = json.loads(base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4)))
    except (ValueError, IndexError, binascii.Error):
        return {}
    inner = payload.get("vc", payload) if isinstance(payload, dict) else {}
    subject = inner.get("credentialSubject") if isinstance(inner, dict) else None
    return subject if isinstance(subject, dict) else {}
