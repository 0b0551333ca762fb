"""Somebody who starts soon: a home care firm asks an aide for six things; her last agency gave her four of them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from skillmark.desks import checking
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as talent
from tests.cast import Firm

PIN = "204719"
NAME = "Ana Lucero"
ITEMS = {
    "Aide training": ("card", "signed"),
    "CPR": ("card", "signed"),
    "Infection control": ("training", "source"),
    "Client rights": ("training", "source"),
    "Nurse aide registry": ("check", "source"),
    "Driver license": ("licence", "photo"),
}
HER_PROOFS = ("Aide training", "CPR", "Infection control", "Client rights")


@dataclass(frozen=True)
class Start:
    """`ana` starts at `firm` on `first_day`. `agency` is where she worked before; `worker` is her own page there."""

    firm: Firm
    agency: Firm
    ana: Any
    at_agency: Any
    worker: Actor
    slip: str
    items: dict[str, Any]
    proofs: dict[str, Any]
    first_day: date

    def item_ids(self, *names: str) -> list[uuid.UUID]:
        return [self.items[name].id for name in names]


def make_start(
    firm: Firm, agency: Firm, *, now: datetime, days: int = 7, language: str = "es", without: frozenset[str] = frozenset()
) -> Start:
    """The firm's needs, the person, and what her last agency, a firm on the same server, gave her; `without` these."""
    before, first_day = now - timedelta(days=400), now.date() + timedelta(days=days)
    position = people.add_position(actor=firm.owner, names={"en": "Aide", "es": "Auxiliar"}, now=before)
    items = {}
    for name, (kind, trust) in ITEMS.items():
        if name in without:
            continue
        rule = {"validity": {"type": "no_end"}, "trust": trust}
        items[name] = skills.add_item(
            actor=firm.owner, kind=kind, names={"en": name}, rule=rule, starts=before.date(), now=before
        )
        talent.require(
            actor=firm.owner, item_id=items[name].id, target="position", position_id=position.id, starts=before.date(),
            now=before,
        )  # fmt: skip
    ana = people.add_person(
        actor=firm.owner, name=NAME, phone="+1 555 0100", language=language, hired_on=first_day, position_id=position.id,
        now=now,
    )  # fmt: skip
    there = people.add_person(actor=agency.owner, name=NAME, language=language, hired_on=before.date(), now=before)
    proofs, worker = {}, None
    for name in [one for one in HER_PROOFS if one not in without]:
        proofs[name], worker = give(agency, there.id, name, now=now, into=worker)
    assert worker is not None
    slip = records.choose_pin(actor=worker, pin=PIN, now=now)
    return Start(firm, agency, ana, there, worker, slip, items, proofs, first_day)


def give(giver: Firm, person_id: Any, name: str, *, now: datetime, into: Actor | None = None) -> tuple[Any, Actor]:
    """A signed proof, kept on the person's own page."""
    kind = credentials.make_template(
        actor=giver.owner, name=name, did="Does it.", how="Watched.", method="observed", months=None, level_asked=False,
        colour="indigo", language="en", now=now,
    )  # fmt: skip
    return kept(giver, credentials.give(
        actor=giver.owner, person_id=person_id, template_id=kind.id, request_key=str(uuid.uuid4()), now=now
    ), now=now, into=into)  # fmt: skip


def kept(giver: Firm, proof: Any, *, now: datetime, into: Actor | None = None) -> tuple[Any, Actor]:
    code = credentials.offer(actor=giver.owner, issued_id=proof.id, way="screen", now=now)[1]
    verifier = checking.verifier(org_id=None, now=now)
    actor, _, _ = records.keep(code=code, pin="", verifier=verifier, now=now, into=into)
    assert actor is not None
    return proof, actor
