"""A person's own page with everything that can lie on one, for tests of what goes out of it."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from PIL import Image

from skillmark.desks import own_record
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.records import operations as records
from skillmark.rooms.records.rules.statements import Words
from tests.cast import NOW, Firm
from tests.core.proofs import as_bytes, signed

ON = date(2026, 5, 4)


def photo() -> bytes:
    out = BytesIO()
    Image.effect_noise((400, 300), 80).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def empty_page(name: str = "Rosa Delgado") -> Actor:
    made = people.make_moved_space(name=name, language="es", now=NOW)
    return Actor(org_id=made.id, role=Role.WORKER, name=made.name)


def foreign(**more: Any) -> bytes:
    """A proof of a giver on no server of ours, without an end."""
    given: dict[str, Any] = {"id": uuid4().urn, "valid_from": NOW - timedelta(days=9), "valid_until": None}
    return as_bytes(signed(**(given | more)))


def full_page(firm: Firm) -> Actor:
    """Two proofs (one given here, with a comment), two statements (one with a photo), and a receipt."""
    kind = credentials.add_ready_template(actor=firm.owner, key="forklift", now=NOW - timedelta(minutes=5))
    given = credentials.give(
        actor=firm.owner,
        person_id=firm.person.id,
        template_id=kind.id,
        request_key=str(uuid4()),
        now=NOW - timedelta(minutes=5),
    )
    code = credentials.offer(actor=firm.owner, issued_id=given.id, way="screen", now=NOW)[1]
    from skillmark.desks import checking

    actor, held, _ = records.keep(code=code, pin="", verifier=checking.verifier(org_id=None, now=NOW), now=NOW)
    assert actor is not None
    credentials.comment_held(actor=actor, held_id=held.id, words="I drove the yellow one.", now=NOW)
    (brought,) = own_record.bring(actor=actor, data=foreign(), name="", source="file", now=NOW)
    assert brought.kept is not None
    job = Words(title="Driver", by="Own Words Inc", since="2019-03", until="2022", details="Reach truck.", pay="$20")
    records.say(actor=actor, kind="job", words=job, on=ON, now=NOW, photo=(photo(), "image/jpeg"))
    records.say(actor=actor, kind="skill", words=Words(title="Welding"), on=ON, now=NOW)
    records.note_consent(
        actor=actor, kind="share", to_whom="Bluebird Kitchen", purpose="A job", facts=["Forklift"], wording="Share it",
        language="en", until=None, now=NOW,
    )  # fmt: skip
    return actor
