"""What a person can pick to show: each proof, and each thing they say themselves, whole or by single facts."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.desks import showing
from skillmark.desks.papers.press import clipped
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import queries
from skillmark.rooms.records.rules import shares as rules

_VALUE = 120  # characters of what a fact says, on the page where it is picked
_LABELS: Mapping[str, Promise] = {
    "name": gettext_lazy("My name"),
    "level": gettext_lazy("Level"),
    "observed_on": gettext_lazy("Seen on"),
    "evidence": gettext_lazy("What was seen"),
    "note": gettext_lazy("What was noted"),
    "by": gettext_lazy("Employer or school"),
    "place": gettext_lazy("Place"),
    "since": gettext_lazy("From"),
    "until": gettext_lazy("Until"),
    "hours": gettext_lazy("Hours"),
    "pay": gettext_lazy("Pay"),
    "details": gettext_lazy("In my own words"),
    "birthdate": gettext_lazy("Date of birth"),
    "address": gettext_lazy("Address"),
    "phone": gettext_lazy("Phone"),
    "email": gettext_lazy("E-mail"),
}
_SAME: Mapping[str, str] = {
    "dateofbirth": "birthdate", "dob": "birthdate", "birthday": "birthdate", "phonenumber": "phone", "telephone": "phone",
    "mobile": "phone", "emailaddress": "email", "streetaddress": "address", "residentaddress": "address",
}  # fmt: skip
"""Other names, as `_plain` writes them, under which the same fact goes about."""
_PRIVATE = frozenset({
    "pay", "birthdate", "address", "phone", "email", "placeofbirth", "birthplace", "age", "sex", "gender", "nationality",
    "nationalities", "maritalstatus", "ssn", "socialsecuritynumber", "taxid", "personaladministrativenumber", "documentnumber",
    "driverlicensenumber", "passportnumber", "portrait", "photo", "picture",
})  # fmt: skip
"""Off until somebody picks it: it says who and where somebody is, not what they can do."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A fact that can be shown or left out. `key` is its name in the form; `usual`: ticked until somebody unticks it."""

    key: str
    pointer: str
    label: str
    value: str
    usual: bool = True


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to pick. Without `choices` it is shown whole or not at all. `is_said`: the person says it, unsigned."""

    id: UUID
    title: str
    by: str
    is_said: bool
    choices: tuple[Choice, ...]
    row: Any

    @property
    def key(self) -> str:
        return str(self.id)

    @property
    def left_out(self) -> str:
        """What stays behind unless somebody picks it, in words; empty: nothing."""
        return ", ".join(dict.fromkeys(one.label for one in self.choices if not one.usual))


def things(*, actor: Actor) -> list[Thing]:
    """Everything on the actor's page, proofs first. Raises CannotSign `sign.outer_key`."""
    return [*map(_proof, queries.mine(actor=actor)), *map(_said, queries.statements(actor=actor))]


def picked(*, actor: Actor, keys: Collection[str], facts: Collection[str] | None, now: datetime) -> list[rules.Picked]:
    """The things of `keys`, each with exactly what its reader will get. What is not on the actor's page is passed over.

    `facts` are keys of choices; None: of each thing what is usual. Raises `showing.CannotShow`.
    Call it outside any transaction.
    """
    chosen = (one for one in things(actor=actor) if one.key in set(keys))
    return [part_of(thing=one, facts=facts, now=now) for one in chosen]


def part_of(*, thing: Thing, facts: Collection[str] | None, now: datetime) -> rules.Picked:
    """One thing as its reader gets it; as for `picked`."""
    wanted = [one for one in thing.choices if (one.usual if facts is None else one.key in facts)]
    is_whole = len(wanted) == len(thing.choices)
    pointers = tuple(one.pointer for one in wanted)
    told = _told(thing, wanted, is_whole)
    if thing.is_said:
        body = _words(thing.row, pointers)
        return rules.Picked(body=body, told=told, statement_id=thing.id, facts=() if is_whole else pointers)
    asked = () if is_whole else pointers or (showing.BARE,)
    body = showing.shown_part(held=thing.row, facts=asked, now=now)
    return rules.Picked(body=body, told=told, held_id=thing.id, facts=asked)


def _told(thing: Thing, wanted: Sequence[Choice], is_whole: bool) -> str:
    """The thing in the receipt: its title, and which of its facts when not all of them."""
    if is_whole:
        return _("%(title)s – all of it") % {"title": thing.title}
    names = ", ".join(one.label for one in wanted) or _("nothing that can be left out")
    return _("%(title)s – only: %(facts)s") % {"title": thing.title, "facts": names}


def _proof(held: Any) -> Thing:
    choices = tuple(_choice(held.id, fact.pointer, _text(fact.value)) for fact in showing.facts_of(held=held))
    return Thing(held.id, held.title, held.giver, False, choices, held)


def _said(statement: Any) -> Thing:
    words = statement.words.as_json()
    choices = tuple(_choice(statement.id, f"/{name}", text) for name, text in words.items() if name != "title")
    return Thing(statement.id, statement.words.title, statement.words.by, True, choices, statement)


def _choice(thing_id: UUID, pointer: str, text: str) -> Choice:
    usual = _PRIVATE.isdisjoint(map(_plain, pointer.split("/")))
    return Choice(f"{thing_id}{pointer}", pointer, _label(pointer), clipped(text, length=_VALUE), usual)


def _words(statement: Any, pointers: Collection[str]) -> bytes:
    words = {name: text for name, text in statement.words.as_json().items() if name == "title" or f"/{name}" in pointers}
    return json.dumps({"kind": statement.kind, **words}, ensure_ascii=False).encode()


def _label(pointer: str) -> str:
    """What a fact is called: our words for names that we know, else the name itself, made readable."""
    name = pointer.rsplit("/", 1)[-1].replace("~1", "/").replace("~0", "~")
    known = _LABELS.get(name) or _LABELS.get(_plain(name))
    if known is not None:
        return str(known)
    plain = re.sub(r"[_\-]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).strip().lower()
    return plain[:1].upper() + plain[1:]


def _plain(name: str) -> str:
    """One name for a fact that goes by several: "dateOfBirth", "birth_date" and "birthdate" are the same."""
    bare = re.sub(r"[\W_]+", "", name).lower()
    return _SAME.get(bare, bare)


def _text(value: Any) -> str:
    """Whatever a fact holds, as one line."""
    if isinstance(value, dict):
        return ", ".join(filter(None, (_text(one) for one in value.values())))
    if isinstance(value, list):
        return "; ".join(filter(None, map(_text, value)))
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return _day(value)
    return str(value)


def _day(text: str) -> str:
    try:
        return formats.date_format(date.fromisoformat(text), "DATE_FORMAT")
    except ValueError:
        return text
