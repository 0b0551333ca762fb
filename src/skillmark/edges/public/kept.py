"""A kept proof, made ready for its owner's page: what it says and what a check says at this moment."""

from __future__ import annotations

import base64
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from credcore.verify.report import Verdict
from skillmark.desks import answers, checking

SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Kept:
    """`state` is the sign beside the date: ok, due (ends soon), bad, warn or unk."""

    id: uuid.UUID
    issued_id: uuid.UUID | None
    document: bytes
    title: str
    giver: str
    received_at: datetime
    answer: answers.Answer
    ends: date | None
    state: str

    @property
    def may_say(self) -> bool:
        """Whether there is somebody here to hear that something is wrong on it."""
        return self.issued_id is not None and self.answer.report.code != "status.cancelled"


def look(*, held: Any, now: datetime) -> Kept:
    """Check what `held` keeps, as anybody would."""
    found = checking.check_bytes(data=bytes(held.document), name="", now=now, org_id=None)
    answer = answers.answer(report=found[0])
    credential = found[0].credential
    until = credential.valid_until if credential is not None else None
    state = answer.said.sign
    if found[0].verdict is Verdict.GOOD and until is not None and until - now < SOON:
        state = "due"
    return Kept(
        id=held.id,
        issued_id=held.issued_id,
        document=bytes(held.document),
        title=held.title,
        giver=held.giver,
        received_at=held.received_at,
        answer=answer,
        ends=answer.proof.ends if answer.proof else None,
        state=state,
    )


def as_image(svg: str) -> str:
    """An SVG as an address that `<img>` takes; nothing in it can run there."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
