"""One of everything that a board is made of, for the tests that ask every address."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import PIL.Image
from django.utils import timezone

from skillmark.desks.importers import people_lists, roster
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as staff
from skillmark.rooms.records import operations as records
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as talent
from tests.cast import NOW, Firm

TODAY, LONG_AGO = NOW.date(), date(2020, 1, 1)


def picture() -> bytes:
    """A small JPEG."""
    made = io.BytesIO()
    PIL.Image.new("RGB", (64, 40), (200, 120, 90)).save(made, "JPEG")
    return made.getvalue()


def board_things(firm: Firm) -> dict[str, list[str]]:
    """Ids by the name of the parameter that takes them: what a member opens."""
    owner, person = firm.owner, firm.person
    position = people.add_position(actor=owner, names={"en": "Secret kind of driver"}, now=NOW)
    placed = people.assign(actor=owner, person_id=person.id, position_id=position.id, starts=LONG_AGO, now=NOW)
    away = people.note_absence(actor=owner, person_id=person.id, starts=TODAY, ends=TODAY, now=NOW)
    twin = people.add_person(actor=owner, name="Rosa Delgado", now=NOW)
    card, other = (
        skills.add_item(actor=owner, kind="card", names={"en": f"Secret kind {at}"}, starts=LONG_AGO, now=NOW) for at in (1, 2)
    )
    link = skills.link(actor=owner, kind="satisfies", first_id=card.id, second_id=other.id, starts=LONG_AGO, now=NOW)
    document = skills.add_document(actor=owner, code="Secret kind WI-14", now=NOW)
    needed = talent.require(actor=owner, item_id=card.id, target="everyone", starts=LONG_AGO, now=NOW)
    count = talent.require_head_count(actor=owner, item_ids=[card.id], n=1, starts=LONG_AGO, now=NOW)
    free = talent.exempt(
        actor=owner, person_id=person.id, item_id=other.id, reason="Does not drive.", starts=TODAY,
        ends=TODAY + timedelta(days=9), now=NOW,
    )  # fmt: skip
    held = holdings.record(
        actor=owner, person_id=person.id, item_id=card.id, facts=holdings.Facts(obtained=LONG_AGO, no_end=True), now=NOW
    )
    photo = holdings.add_photo(
        actor=owner, holding_id=held.id, body=picture(), media_type="image/jpeg", name="Tallgrass.jpg", now=NOW
    )
    asked, _ = holdings.ask(actor=owner, person_id=person.id, item_id=other.id, now=NOW)
    poster, token = holdings.make_poster(actor=owner, now=NOW)
    handed = holdings.hand_in(
        token=token, typed_name="Rosa Delgado", typed_item="Secret kind", body=picture(), media_type="image/jpeg", now=NOW
    )
    feed, _ = holdings.make_feed(actor=owner, of="firm", language="en", now=NOW)
    code, _ = talent.make_person_code(actor=owner, person_id=person.id, now=NOW)
    skill = skills.add_item(
        actor=owner, kind="skill", names={"en": "Secret kind of skill"}, shows={"en": "Secret kind of work."}, starts=LONG_AGO,
        now=NOW, signing={"method": "observed", "how": {"en": "Watched."}},
    )  # fmt: skip
    signed, _ = _signed_off(firm, skill.id)
    text = "Name,CPR exp\nRosa Delgado,11/30/2026\nWalt Jensen,31 Feb\n"
    listed = people_lists.open_list(
        actor=owner, name="Tallgrass.csv", tables=roster.paste(text), data=text.encode(), now=NOW, on=TODAY
    )
    found = {
        "position_id": position, "assignment_id": placed, "absence_id": away, "other_id": twin, "link_id": link,
        "document_id": document, "requirement_id": needed, "head_count_id": count, "exemption_id": free, "holding_id": held,
        "photo_id": photo, "ask_id": asked, "poster_id": poster, "poster_photo_id": handed, "feed_id": feed, "code_id": code,
        "file_id": photo.file, "item_id": card, "import_id": listed, "site_id": staff.site(actor=owner),
        "sign_off_id": signed,
    }  # fmt: skip
    ids = {name: [str(one.id)] for name, one in found.items()}
    return ids | {"item_id": [*ids["item_id"], str(skill.id)]}


def board_secrets(firm: Firm, *, issued_id: str) -> dict[str, list[str]]:
    """What strangers hold in their hands: links, and codes on paper and machines. Whoever holds one may open it."""
    owner, person = firm.owner, firm.person
    item = skills.add_item(actor=owner, kind="card", names={"en": "Card on a wall"}, starts=LONG_AGO, now=NOW)
    skill = skills.add_item(
        actor=owner, kind="skill", names={"en": "Tool change"}, shows={"en": "Changed a tool."}, starts=LONG_AGO, now=NOW,
        signing={"method": "observed", "how": {"en": "Watched."}},
    )  # fmt: skip
    talent.require(actor=owner, item_id=item.id, target="everyone", starts=LONG_AGO, now=NOW)
    tokens = [
        _signed_off(firm, skill.id)[1],
        holdings.ask(actor=owner, person_id=person.id, item_id=item.id, now=NOW)[1],
        holdings.make_poster(actor=owner, now=NOW)[1],
        holdings.make_feed(actor=owner, of="firm", language="en", now=NOW)[1],
        talent.start_list(actor=owner, person_id=person.id, now=timezone.now())[1],
    ]
    codes = [
        talent.make_person_code(actor=owner, person_id=person.id, now=NOW)[1],
        talent.make_place_code(actor=owner, item_id=item.id, name="Cell 3", now=NOW)[1],
        credentials.offer(actor=owner, issued_id=issued_id, way="screen", now=NOW)[1],
        records.make_pack(
            actor=owner, person_id=person.id, issued_ids=[UUID(issued_id)], history_id=None, last_day=NOW.date(),
            now=timezone.now(),
        )[1],
    ]  # fmt: skip
    return {"token": tokens, "code": codes}


def _signed_off(firm: Firm, item_id: UUID) -> tuple[Any, str]:
    """A sign-off, and the code of the page on which the worker sees it."""
    return holdings.sign_off(
        actor=firm.supervisor, sign_off_id=uuid4(), person_id=firm.person.id, item_id=item_id, level=None, steps=(),
        seen="Changed the tool.", version_id=None, revision=None, observed_at=NOW, now=NOW,
    )  # fmt: skip
