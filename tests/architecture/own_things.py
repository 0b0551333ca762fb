"""What somebody keeps on their own page, and never showed to anybody: planted words, and one of everything with its number."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from skillmark.desks import own_record
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries as pages
from skillmark.rooms.records.models import Consent, Passkey
from skillmark.rooms.records.rules import shares, statements
from tests.cast import Firm
from tests.core.proofs import STRANGER, as_bytes, signed
from tests.starting_cast import give

PIN = "739204"
SPOTS = ("held", "did", "said", "pay", "remark")


@dataclass
class Own:
    """One person's page: `words` are what they never shared, by where they stand; `ids` by the parameter that takes them."""

    actor: Actor
    slip: str
    words: dict[str, str]
    ids: dict[str, list[str]]
    given: Any  # the proof of the firm
    tokens: dict[str, str] = field(default_factory=dict)

    def browser(self) -> Client:
        """The page, open in a browser of its own."""
        client = Client()
        client.cookies["django_language"] = "en"
        assert client.post("/w/open", {"code": self.slip, "pin": PIN}).status_code == 302
        return client


def own_page(giver: Firm, person: Any, mark: str, *, now: datetime) -> Own:
    """A page with a proof of the firm, shared by a link; and things from elsewhere or in their own words, never shared."""
    words = {spot: f"canary{mark}{spot}quux" for spot in SPOTS}
    proof, actor = give(giver, person.id, f"Forklift of {mark}", now=now)
    slip = records.choose_pin(actor=actor, pin=PIN, now=now)
    foreign = signed(
        STRANGER, now=now, id=f"urn:uuid:{uuid.uuid4()}", subject_name=person.name, title=words["held"], did=words["did"],
        valid_from=now - timedelta(days=3), valid_until=now + timedelta(days=300),
    )  # fmt: skip
    (brought,) = own_record.bring(actor=actor, data=as_bytes(foreign), name="a.json", source="file", now=now)
    assert brought.kept is not None, brought.why
    credentials.comment_held(actor=actor, held_id=brought.kept.id, words=words["remark"], now=now)
    told = statements.Words(title=words["said"], by="Mill", since="2019", pay=words["pay"])
    said = records.say(actor=actor, kind="job", words=told, on=now.date(), now=now)
    shown = next(one for one in pages.mine(actor=actor) if one.issued_id == proof.id)
    credentials.dispute(actor=actor, held_id=shown.id, about="name", words="The name is not mine.", now=now)
    share, token = records.share(
        actor=actor, share_id=uuid.uuid4(),
        picked=[shares.Picked(body=bytes(shown.document), told=shown.title, held_id=shown.id)],
        terms=shares.Terms(to_whom="A reader", purpose="Work", name=actor.name, ask_first=True), wording="They see it.",
        language="en", now=now,
    )  # fmt: skip
    view = records.ask_to_see(token=token, name="A reader", now=now)
    added = records.add_items(actor=actor, rows=[("a.json", "file", b"{}")], now=now)
    passkey = Passkey.objects.create(org_id=actor.org_id, credential_id=f"key-{mark}", data=b"{}", device="Phone", made_at=now)
    offer, _ = credentials.offer_to_app(actor=actor, issued_id=proof.id, now=now)
    codes = records.make_recovery_codes(actor=actor, now=now)
    opening = records.note_opening(actor=actor, way="slip", device="Phone", now=now)
    ids = {
        "held_id": [str(brought.kept.id), str(shown.id)], "statement_id": [str(said.id)], "share_id": [str(share.id)],
        "view_id": [str(view.id)], "addition_id": [str(added.id)], "passkey_id": [str(passkey.id)],
        "opening_id": [str(opening)], "consent_id": [str(Consent.objects.get(org_id=actor.org_id, share=share).id)],
        "offer_id": [str(offer.id)],
    }  # fmt: skip
    return Own(actor, slip, words, ids, proof, {"share": token, "recovery": codes[0]})
