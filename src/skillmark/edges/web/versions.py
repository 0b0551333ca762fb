"""The versions of a kind of proof in words: what changed from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from skillmark.rooms.credentials import queries, rules

# A part of a version, and how it is called; several that are one thing for people stand together.
PARTS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("the name"), ("name",)),
    (_("what the person does"), ("did",)),
    (_("how it is checked"), ("how", "method")),
    (_("the steps"), ("steps",)),
    (_("the levels"), ("level_asked",)),
    (_("how often it is seen, and who signs"), ("times_seen", "co_sign")),
    (_("how long it counts"), ("months",)),
    (_("where it stands in public lists"), ("codes",)),
    (_("the picture"), ("shape", "colour", "icon", "picture_words")),
)


@dataclass(frozen=True, slots=True)
class Version:
    """One version in one language. `changed` names the parts that the one before said otherwise; empty for the first."""

    number: int
    made_at: datetime
    until: datetime | None
    proofs: int
    changed: tuple[str | Promise, ...]
    name: str
    did: str
    how: str
    steps: tuple[str, ...]
    picture: str


def told(*, versions: Sequence[Any], language: str, giver: str) -> list[Version]:
    """The versions as `queries.versions` gives them, newest first."""
    before = [*versions[1:], None]
    after = [None, *versions[:-1]]
    return [
        _told(one, old=old, new=new, language=language, giver=giver)
        for one, old, new in zip(versions, before, after, strict=True)
    ]


def _told(one: Any, *, old: Any, new: Any, language: str, giver: str) -> Version:
    name, did, how = (rules.said(texts=texts, language=language)[0] for texts in (one.name, one.did, one.how))
    return Version(
        number=one.number,
        made_at=one.made_at,
        until=new.made_at if new is not None else None,
        proofs=one.proofs,
        changed=_changed(old, one) if old is not None else (),
        name=name,
        did=did,
        how=how,
        steps=tuple(rules.said(texts=step, language=language)[0] for step in one.steps),
        picture=rules.svg(**queries.look(version=one, title=name, giver=giver, language=language)),
    )


def _changed(old: Any, new: Any) -> tuple[str | Promise, ...]:
    return tuple(label for label, parts in PARTS if any(getattr(old, part) != getattr(new, part) for part in parts))
