"""A big firm with five years behind it, in a database that the benchmark throws away, and Django set up in this process."""

from __future__ import annotations

import io
import os
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
TODAY = NOW.date()
YEARS = 5
SITES, POSITIONS, SHIFTS = 3, 10, 3


def start(place: str) -> None:
    """Django on an empty SQLite database in the folder."""
    for name in [name for name in os.environ if name.startswith("SKILLMARK_")]:
        del os.environ[name]
    os.environ |= {"SKILLMARK_DATA_DIR": place, "DJANGO_SETTINGS_MODULE": "skillmark.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def make(*, name: str, people: int, items: int, held: int, kind: str) -> Any:
    """The owner of a new firm. Each position needs `held` of the `items`; cards last two years and were renewed in time,
    skills stay but were signed off at a higher level every second year. Some are late, some ended, some were never got."""
    from skillmark.rooms.people import models as here
    from skillmark.rooms.people import operations, queries

    chance = random.Random(1)  # noqa: S311 – the same firm every time
    org = here.Organisation.objects.create(kind="firm", name=name, created_at=NOW)
    sites = [here.Site.objects.create(org=org, name=f"Site {at}", time_zone="America/Chicago") for at in range(SITES)]
    user = here.User.objects.create(handle=name, name="Dana", date_joined=NOW)
    here.Member.objects.create(org=org, user=user, role="owner", since=NOW)
    owner = queries.actor_for(user_id=user.pk, now=NOW)
    began = NOW - timedelta(days=365 * YEARS)
    positions = [operations.add_position(actor=owner, names={"en": f"Position {at}"}, now=began) for at in range(POSITIONS)]
    made = _items(owner, items, kind, began)
    needs = [chance.sample(made, held) for _ in positions]
    _require(owner, positions, needs, began)
    crew = here.Person.objects.bulk_create(
        here.Person(org=org, name=f"Person {at:04} {name}", created_at=began, hired_on=began.date()) for at in range(people)
    )
    where = [at % POSITIONS for at in range(people)]
    here.Assignment.objects.bulk_create(
        here.Assignment(
            org=org, person=one, position=positions[at], site=sites[at % SITES], starts=began.date(), recorded_at=began,
            recorded_by="Dana",
        )
        for one, at in zip(crew, where, strict=True)
    )  # fmt: skip
    _hold(org, [(one, needs[at]) for one, at in zip(crew, where, strict=True)], chance, began.date(), kind)
    return owner


def _items(owner: Any, count: int, kind: str, began: datetime) -> list[Any]:
    from skillmark.rooms.skills import operations

    rule = {"validity": {"type": "no_end" if kind == "skill" else "card_date"}, "due_days": 30, "own_counts": True}
    return [
        operations.add_item(
            actor=owner, kind=kind, names={"en": f"{kind.title()} {at:03}", "es": f"Requisito {at:03}"}, starts=began.date(),
            now=began, leveled=kind == "skill", rule=rule,
        )
        for at in range(count)
    ]  # fmt: skip


def _require(owner: Any, positions: list[Any], needs: list[list[Any]], began: datetime) -> None:
    from skillmark.rooms.talent import operations

    for position, items in zip(positions, needs, strict=True):
        for item in items:
            operations.require(
                actor=owner, item_id=item.id, target="position", position_id=position.id, starts=began.date(), now=began,
            )  # fmt: skip


def _hold(org: Any, wanted: list[tuple[Any, list[Any]]], chance: random.Random, began: date, kind: str) -> None:
    from skillmark.rooms.holdings import models

    rows, looks = [], []
    for person, items in wanted:
        for item in items:
            day = began + timedelta(days=chance.randrange(60))
            until = TODAY + timedelta(days=chance.randrange(-20, 700)) if chance.random() > 0.03 else began
            level = 1
            while day < min(until, TODAY):
                ends = day + timedelta(days=730)
                at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
                skill = kind == "skill"
                one = models.Holding(
                    org=org, person=person, item=item, obtained=day, starts=day, ends=None if skill else ends,
                    end_state="no_end" if skill else "dated", level=level if skill else None, giver="Midstate",
                    recorded_at=at, recorded_by="Dana",
                )  # fmt: skip
                rows.append(one)
                looks.append(
                    models.SourceCheck(
                        holding=one, link="https://register.example/", looked_on=day, looked_by="Dana", confirmed=True,
                        recorded_at=at,
                    )
                )  # fmt: skip
                day, level = ends - timedelta(days=chance.randrange(-5, 60)), min(4, level + 1)
    models.Holding.objects.bulk_create(rows, batch_size=2000)
    models.SourceCheck.objects.bulk_create(looks, batch_size=2000)


def photograph(owner: Any, *, most: int) -> int:
    """Give the newest records a photo each, at most so many; returns how many."""
    import PIL.Image
    import PIL.ImageDraw

    from skillmark.rooms.holdings import models, operations

    found = models.Holding.objects.filter(org_id=owner.org_id).order_by("-recorded_at", "id")[:most]
    photos = []
    for at, holding in enumerate(found):
        picture = PIL.Image.effect_noise((1200, 800), 24).convert("RGB")
        PIL.ImageDraw.Draw(picture).text((40, 40), f"Card {at}", fill="black")
        made = io.BytesIO()
        picture.save(made, "JPEG", quality=60)
        file = operations.store_file(org_id=owner.org_id, body=made.getvalue(), media_type="image/jpeg", now=NOW)
        photos.append(
            models.Photo(holding=holding, file=file, added_at=NOW, added_by="Dana", approved_at=NOW, approved_by="Dana")
        )
    models.Photo.objects.bulk_create(photos)
    return len(photos)
