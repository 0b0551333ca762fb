"""Look-ups, photos, signatures and late notes: what raises a level, and from which moment on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.holdings.operations import Facts
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.skills import operations as skills
from tests.cast import NOW, Firm

TODAY = date(2026, 5, 4)
LATER = NOW + timedelta(hours=1)
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def held(firm: Firm) -> UUID:
    item = skills.add_item(actor=firm.owner, kind="licence", names={"en": "CDL"}, starts=LONG_AGO, now=NOW)
    facts = Facts(obtained=date(2025, 1, 10), ends=date(2027, 1, 10))
    return operations.record(actor=firm.owner, person_id=firm.person.id, item_id=item.id, facts=facts, now=NOW).id


def evidence(firm: Firm, known_at: datetime | None = None) -> Any:
    [by_item] = queries.evidence(actor=firm.owner, known_at=known_at).values()
    [[one]] = by_item.values()
    return one


def look(actor: Actor, held: UUID, *, on: date = TODAY, now: datetime = NOW, **parts: Any) -> Any:
    plain: dict[str, Any] = {"link": "https://register.example", "confirmed": True, "today": TODAY}
    return operations.log_look_up(actor=actor, holding_id=held, looked_on=on, now=now, **{**plain, **parts})


def photo(actor: Actor, held: UUID, now: datetime = NOW, body: bytes = b"card") -> Any:
    return operations.add_photo(actor=actor, holding_id=held, body=body, media_type="image/png", name="c.png", now=now)


def sign(actor: Actor, held: UUID, verdict: str, code: str, now: datetime = NOW) -> None:
    operations.note_signature(
        actor=actor, holding_id=held, giver="Board", verdict=verdict, code=code, own=False, listed=True, now=now
    )


def test_a_look_up_names_who_where_and_when(firm: Firm, held: UUID) -> None:
    made = look(firm.owner, held, note="Status  active", screenshot=b"png", media_type="image/png", now=LATER)
    assert (made.looked_by, made.looked_on, made.note, made.screenshot.size) == ("Dana Whitlock", TODAY, "Status active", 3)
    assert evidence(firm).looked_on == TODAY and evidence(firm, NOW).looked_on is None


def test_the_latest_look_up_counts_whenever_it_was_typed(firm: Firm, held: UUID) -> None:
    look(firm.owner, held, on=TODAY, confirmed=False)
    look(firm.owner, held, on=TODAY - timedelta(days=30), now=LATER)
    assert (evidence(firm).looked_on, evidence(firm).look_denied) == (None, True)
    look(firm.owner, held, on=TODAY, now=LATER)
    assert (evidence(firm).looked_on, evidence(firm).look_denied) == (TODAY, False)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"link": "register.example"}, "look_up.link"),
        ({"link": "javascript:alert(1)"}, "look_up.link"),
        ({"link": "https://" + "x" * 500}, "look_up.link"),
        ({"on": TODAY + timedelta(days=1)}, "look_up.future"),
        ({"note": "He is lazy"}, "text.opinion"),
    ],
)
def test_a_look_up_that_is_none(firm: Firm, held: UUID, parts: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as no:
        look(firm.owner, held, **parts)
    assert no.value.code == code
    assert evidence(firm).looked_on is None


def test_a_photo_waits_and_is_approved_from_then_on(firm: Firm, held: UUID) -> None:
    made = photo(firm.owner, held)
    assert queries.waiting_photos(actor=firm.owner) == [made]
    operations.approve_photo(actor=firm.owner, photo_id=made.id, now=LATER)
    assert queries.waiting_photos(actor=firm.owner) == []
    then, now = evidence(firm, NOW), evidence(firm)
    assert (then.has_photo, then.photo_approved, now.photo_approved) == (True, False, True)


def test_a_refused_photo_shows_nothing_from_then_on(firm: Firm, held: UUID) -> None:
    made = photo(firm.owner, held)
    for because, code in (("", "photo.reason_missing"), ("Rosa is a liar", "text.opinion")):
        with pytest.raises(DomainError) as no:
            operations.refuse_photo(actor=firm.owner, photo_id=made.id, because=because, now=LATER)
        assert no.value.code in {code, "text.accusation"}
    operations.refuse_photo(actor=firm.owner, photo_id=made.id, because="The date is cut off", now=LATER)
    assert (evidence(firm, NOW).has_photo, evidence(firm).has_photo) == (True, False)
    again_and_again: list[Callable[[], object]] = [
        lambda: operations.approve_photo(actor=firm.owner, photo_id=made.id, now=LATER),
        lambda: operations.refuse_photo(actor=firm.owner, photo_id=made.id, because="Blurred", now=LATER),
    ]
    for again in again_and_again:
        with pytest.raises(DomainError) as no:
            again()
        assert no.value.code == "photo.settled"


def test_a_removed_photo_stays_for_the_days_before(firm: Firm, held: UUID) -> None:
    made = photo(firm.owner, held)
    operations.remove_photo(actor=firm.owner, photo_id=made.id, now=LATER)
    assert (evidence(firm, NOW).has_photo, evidence(firm).has_photo) == (True, False)


def test_the_same_picture_is_kept_once_a_firm(firm: Firm, other_firm: Firm, held: UUID) -> None:
    first, second = photo(firm.owner, held), photo(firm.owner, held)
    assert first.file_id == second.file_id != photo(firm.owner, held, body=b"other").file_id
    elsewhere = operations.store_file(org_id=other_firm.org.id, body=b"card", media_type="image/png", now=NOW)
    assert elsewhere.id != first.file_id
    with pytest.raises(NotFound):
        queries.stored_file(actor=other_firm.owner, file_id=first.file_id)


def test_the_latest_answer_about_a_signature_counts(firm: Firm, held: UUID) -> None:
    sign(firm.owner, held, "good", "good")
    sign(firm.owner, held, "bad", "status.cancelled", LATER)
    assert evidence(firm).signed.condemned and not evidence(firm, NOW).signed.condemned
    sign(firm.owner, held, "unknown", "signer.unreachable", LATER)
    assert evidence(firm).signed.verdict == "unknown"


def test_running_out_says_nothing_against_the_days_before(firm: Firm, held: UUID) -> None:
    sign(firm.owner, held, "good", "good")
    sign(firm.owner, held, "bad", "dates.expired", LATER)
    sign(firm.owner, held, "bad", "dates.expired", LATER + timedelta(days=9))
    signed = evidence(firm).signed
    assert (signed.verdict, signed.over_on, signed.condemned) == ("good", LATER.date(), False)


def test_a_late_note_stands_beside_it(firm: Firm, held: UUID) -> None:
    for text, code in ((" ", "late.note_missing"), ("x" * 501, "late.note_missing"), ("She is lazy", "text.opinion")):
        with pytest.raises(DomainError) as no:
            operations.note_late(actor=firm.owner, holding_id=held, text=text, now=LATER)
        assert no.value.code == code
    operations.note_late(actor=firm.owner, holding_id=held, text="Worked under supervision until then", now=LATER)
    assert evidence(firm).noted and not evidence(firm, NOW).noted


def _doors(held: UUID, photo_id: UUID, actor: Actor) -> list[Callable[[], object]]:
    return [
        lambda: look(actor, held),
        lambda: photo(actor, held),
        lambda: sign(actor, held, "good", "good"),
        lambda: operations.note_late(actor=actor, holding_id=held, text="Done", now=NOW),
        lambda: operations.approve_photo(actor=actor, photo_id=photo_id, now=NOW),
        lambda: operations.refuse_photo(actor=actor, photo_id=photo_id, because="Blurred", now=NOW),
        lambda: operations.remove_photo(actor=actor, photo_id=photo_id, now=NOW),
    ]


def test_nobody_else_gets_in(firm: Firm, other_firm: Firm, held: UUID) -> None:
    made = photo(firm.owner, held)
    north = people.add_site(actor=firm.owner, name="North", now=NOW)
    elsewhere = replace(firm.supervisor, sites=frozenset({north.id}))
    for actor in (other_firm.owner, elsewhere):
        for door in _doors(held, made.id, actor):
            with pytest.raises(NotFound):
                door()
        with pytest.raises(NotFound):
            queries.photo(actor=actor, photo_id=made.id)
        with pytest.raises(NotFound):
            queries.stored_file(actor=actor, file_id=made.file_id)
        assert queries.waiting_photos(actor=actor) == []


def test_an_auditor_changes_nothing(firm: Firm, held: UUID) -> None:
    made = photo(firm.owner, held)
    for door in _doors(held, made.id, replace(firm.supervisor, role=Role.AUDITOR)):
        with pytest.raises(CannotDo):
            door()
