"""A skill that is signed off, as the tests of the pages need it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import uuid4

from django.test import Client

from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as talent
from tests.cast import NOW, Firm

LONG_AGO = date(2020, 1, 1)
SETUP = {
    "method": "observed", "how": {"en": "Watched at the machine.", "es": "Observado en la máquina."}, "leveled": True,
    "checklist": [
        {"en": "Set the part zero within 0.02 mm", "es": "Fijó el cero de la pieza a 0.02 mm"},
        {"en": "Ran the tool path dry before cutting", "es": "Corrió la ruta en seco antes de cortar"},
    ],
}  # fmt: skip


def make_skill(firm: Firm, *, name: str = "5-axis setup", needed: bool = True, **signing: Any) -> Any:
    """An item with steps; everyone needs it, so that it is due."""
    made = skills.add_item(
        actor=firm.owner, kind="skill", names={"en": name, "es": name},
        shows={"en": "Set up the machine.", "es": "Preparó la máquina."}, starts=LONG_AGO, now=NOW,
        signing=SETUP | signing, rule={"validity": {"type": "no_end"}, "trust": "signed"},
    )  # fmt: skip
    if needed:
        talent.require(actor=firm.owner, item_id=made.id, target="everyone", starts=LONG_AGO, now=NOW)
    return made


def form_of(client: Client, address: str) -> dict[str, Any]:
    """The hidden fields of the page's own form, as a browser sends them."""
    body = client.get(address).content.decode()
    found = dict(re.findall(r'<input type="hidden" name="(sign_off_id|version_id|revision)"(?: value="([^"]*)")?', body))
    return {"language_used": "es", "place": "", "seen": "", **found}


def phone(member: int, person_id: Any, item_id: Any, **more: Any) -> dict[str, Any]:
    """What a phone sends that kept it for a while."""
    return {
        "sign_off_id": str(uuid4()), "person_id": str(person_id), "item_id": str(item_id), "member": str(member),
        "observed_at": "2026-05-04T11:30:00.000Z", "level": "3", "steps": ["0", "1"], "seen": "", "language_used": "es",
        **more,
    }  # fmt: skip
