"""The history page says in plain words what happened: every event that the code can write has its sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

import skillmark
from skillmark.edges.web import history
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.talent import operations as talent
from tests.cast import Firm
from tests.web.reminding import make_kitchen

HERE = Path(skillmark.__file__).parent
ROOMS = "people|skills|holdings|talent|health|imports|credentials|records|signing|backups|notices|jobs"


def written() -> set[str]:
    """Events as they stand in the code; `holdings` writes its own without the name of the room."""
    found: set[str] = set()
    for part in ("rooms", "desks", "edges/jobs"):
        for path in (HERE / part).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            found |= set(re.findall(rf'"((?:{ROOMS})\.[a-z_]+\.[a-z_]+)"', text))
            if path.is_relative_to(HERE / "rooms/holdings"):
                found |= {f"holdings.{event}" for event in re.findall(r'event="([a-z_]+\.[a-z_]+)"', text)}
                found |= {f"holdings.{event}" for event in re.findall(r'"((?:photo|mail)\.[a-z]+ed)"', text)}
    return found - {"holdings.photo.settled"}  # a refusal


def test_every_event_has_a_sentence() -> None:
    events = written()
    assert len(events) > 80
    assert sorted(events - set(history.WORDS) - history.QUIET - history.ON_OWN_PAGES) == []


@pytest.mark.django_db
def test_what_happened_to_a_person_names_them_and_tells_days_in_words(client: Client, firm: Firm) -> None:
    now = timezone.now()
    kitchen = make_kitchen(firm, now)
    _, code = holdings.ask(actor=firm.owner, person_id=kitchen.rosa.id, item_id=kitchen.item.id, now=now)
    holdings.use_ask(token=code, body=b"x", media_type="image/jpeg", name="a.jpg", now=now)
    talent.exempt(
        actor=firm.owner, person_id=kitchen.kyle.id, item_id=kitchen.item.id, reason="On leave", starts=now.date(),
        ends=now.date(), now=now,
    )  # fmt: skip
    client.force_login(firm.owner_user)
    client.cookies["django_language"] = "en"
    page = client.get("/settings/history").content.decode()
    assert "Rosa Delgado handed in a photo: Food handler card" in page
    assert "Rosa Delgado: photo of Food handler card looks right" in page
    assert re.search(r"Kyle Mercer need not have Food handler card until \w+ \d+, \d{4}: On leave", page)
    assert "Something was noted" not in page and now.date().isoformat() not in page
