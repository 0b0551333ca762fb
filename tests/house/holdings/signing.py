"""What the tests of sign-offs share: an item that the firm signs off itself, and signing it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from skillmark.rooms.credentials.models import Issued
from skillmark.rooms.holdings import operations
from skillmark.rooms.holdings.models import SignOff
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import operations as skills
from tests.cast import NOW, Firm

LONG_AGO = date(2020, 1, 1)
LATER = timedelta(seconds=11)
DAY = timedelta(days=1)


def make_item(firm: Firm, *, months: int | None = 12, document_id: UUID | None = None, **signing: Any) -> Any:
    """Changing a tool: leveled, three steps, seen once; `signing` changes it."""
    plain: dict[str, Any] = {
        "method": "observed", "how": {"en": "Watched at the machine.", "es": "Se observó en la máquina."}, "leveled": True,
        "checklist": [
            {"en": "Locks the spindle", "es": "Bloquea el husillo"}, {"en": "Sets the offset", "es": "Ajusta el offset"},
            {"en": "Checks the first part", "es": "Revisa la primera pieza"},
        ],
    }  # fmt: skip
    validity = {"type": "months", "months": months} if months else {"type": "on_revision"}
    return skills.add_item(
        actor=firm.owner, kind="skill", names={"en": "Tool change", "es": "Cambio de herramienta"},
        shows={"en": "Changes tools alone.", "es": "Cambia herramientas sin ayuda."}, starts=LONG_AGO, now=NOW - DAY,
        rule={"validity": validity, "trust": "signed", "document_id": document_id}, signing={**plain, **signing},
    )  # fmt: skip


def make_behaviour(firm: Firm, **signing: Any) -> Any:
    """Something that must be seen on two days; no levels and no steps."""
    return make_item(firm, **{"checklist": [], "leveled": False, "times_seen": 2, "behaviour": True, **signing})


def sign(firm: Firm, item: Any, *, actor: Actor | None = None, now: datetime = NOW, **changes: Any) -> SignOff:
    """Walt signs for Rosa all three steps at level 3 (of what has levels and steps); `changes` go before."""
    return sign_with_token(firm, item, actor=actor, now=now, **changes)[0]


def sign_with_token(
    firm: Firm, item: Any, *, actor: Actor | None = None, now: datetime = NOW, **changes: Any
) -> tuple[SignOff, str]:
    steps = range(len(item.checklist))
    sent: dict[str, Any] = {
        "sign_off_id": uuid4(), "person_id": firm.person.id, "item_id": item.id, "level": 3 if item.leveled else None,
        "steps": list(steps), "seen": "" if steps else "Stopped the line when the guard was open.", "version_id": None,
        "revision": None, "observed_at": now, "now": now,
    }  # fmt: skip
    return operations.sign_off(actor=actor or firm.supervisor, **{**sent, **changes})


def settle(now: datetime = NOW, *, after: timedelta = LATER) -> int:
    return operations.settle(now=now + after)


def states() -> list[str]:
    """Of every sign-off, in the order in which they arrived."""
    return list(SignOff.objects.order_by("recorded_at", "id").values_list("state", flat=True))


def only_proof() -> Any:
    """The one proof that was signed."""
    return Issued.objects.get(state=Issued.State.SIGNED)
