"""A pack to take along: one code and one PIN, looked at before it is kept, taken back only until it was opened."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pypdf
import pytest

from skillmark.desks import checking, leaving
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.health import operations as health
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.facts import CannotWrite
from skillmark.rooms.records import operations
from skillmark.rooms.records import queries as records
from tests.cast import NOW, Firm
from tests.leaving_cast import LAST, STARTED, Cook, again, give, leave, make_cook

pytestmark = pytest.mark.django_db(transaction=True)
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def cook(firm: Firm) -> Cook:
    return make_cook(firm)


def _open(given: leaving.Given, *, pin: str = "", now: Any = LATER) -> Any:
    return operations.open_pack(code=given.code, pin=pin or given.pin, now=now)


def _keep(given: leaving.Given, *, into: Actor | None = None) -> operations.Taken:
    pack_id = _open(given)
    return operations.keep_pack(pack_id=pack_id, verifier=checking.verifier(org_id=None, now=LATER), into=into, now=LATER)


def test_everything_that_counts_and_the_history_go_along(cook: Cook) -> None:
    over = give(cook.firm, key="till")
    credentials.cancel(actor=cook.firm.owner, issued_id=over.id, reason="Given by mistake", now=NOW)
    given = leave(cook)
    inside = leaving.inside(pack_id=_open(given))
    assert inside[0].title == "Línea de cocina, Tallgrass Machine Works"
    assert "del 3 de marzo de 2024 al 4 de mayo de 2026" in inside[0].told
    assert {one.title for one in inside[1:]} == {one.title for one in cook.skills}
    assert again(cook).left_on == LAST


def test_looking_opens_nothing_and_the_pin_opens_it(cook: Cook) -> None:
    given = leave(cook)
    view = operations.look_at_pack(code=given.code.lower().replace("-", " "), now=LATER)
    assert (view.giver, view.first_name, view.language) == ("Tallgrass Machine Works", "Rosa", "es")
    assert records.pack(actor=cook.firm.owner, pack_id=given.pack.id).opened_at is None
    _open(given)
    assert records.pack(actor=cook.firm.owner, pack_id=given.pack.id).opened_at == LATER


def test_all_of_it_is_kept_at_once_and_the_code_is_spent(cook: Cook) -> None:
    given = leave(cook)
    taken = _keep(given)
    assert taken.actor is not None and taken.asks_for_pin and len(taken.kept) == 3
    held = proofs.held(actor=taken.actor)
    assert {one.title for one in held} == {one.title for one in (*cook.skills, taken.kept[0])}
    assert json.loads(next(one.document for one in held if one.issued_id == given.pack.history_id))["credentialSubject"][
        "role"
    ]
    with pytest.raises(operations.CannotTake, match=r"leaver\.used"):
        operations.look_at_pack(code=given.code, now=LATER)
    with pytest.raises(operations.CannotTake, match=r"leaver\.used"):
        operations.keep_pack(pack_id=given.pack.id, verifier=checking.verifier(org_id=None, now=LATER), now=LATER)


def test_a_page_with_a_pin_gets_it_and_is_not_opened_by_it(cook: Cook) -> None:
    _, code, pin = credentials.offer(actor=cook.firm.owner, issued_id=cook.skills[0].id, way="slip", now=NOW)
    mine, *_ = operations.keep(code=code, pin=pin, verifier=checking.verifier(org_id=None, now=NOW), now=NOW)
    assert mine is not None
    operations.choose_pin(actor=mine, pin="274913", now=NOW)
    taken = _keep(leave(cook))
    assert taken.actor is None and len(proofs.held(actor=mine)) == 3


def test_into_the_page_that_is_open(cook: Cook, other_firm: Firm) -> None:
    """Of another employer on this server: one page holds both."""
    elsewhere = give(other_firm, key="till")
    _, code, pin = credentials.offer(actor=other_firm.owner, issued_id=elsewhere.id, way="slip", now=NOW)
    mine, *_ = operations.keep(code=code, pin=pin, verifier=checking.verifier(org_id=None, now=NOW), now=NOW)
    taken = _keep(leave(cook), into=mine)
    assert taken.actor == mine and mine is not None and len(proofs.held(actor=mine)) == 4
    assert all(one.names_other for one in taken.kept)  # the page says "Outsider Rosa Delgado"


def test_until_it_is_opened_it_is_taken_back_as_if_it_had_not_been(cook: Cook) -> None:
    before = [(one.starts, one.ends) for one in queries.assignments(actor=cook.firm.owner, person_id=cook.id)]
    given = leave(cook)
    leaving.undo(actor=cook.firm.owner, pack_id=given.pack.id, now=LATER, at=LATER)
    assert again(cook).left_on is None
    after = [(one.starts, one.ends) for one in queries.assignments(actor=cook.firm.owner, person_id=cook.id)]
    assert after == before == [(STARTED, None)]
    assert proofs.proof(actor=cook.firm.owner, issued_id=given.pack.history_id).cancelled_at is not None
    assert all(proofs.proof(actor=cook.firm.owner, issued_id=one.id).cancelled_at is None for one in cook.skills)
    with pytest.raises(operations.CannotTake, match=r"leaver\.closed"):
        _open(given)
    with pytest.raises(operations.CannotPack, match=r"leaver\.closed"):
        leaving.undo(actor=cook.firm.owner, pack_id=given.pack.id, now=LATER, at=LATER)


def test_an_undoing_that_breaks_off_has_undone_nothing(cook: Cook, monkeypatch: pytest.MonkeyPatch) -> None:
    given = leave(cook)

    def broken(**_: object) -> None:
        raise RuntimeError("the power went out")

    with monkeypatch.context() as now, pytest.raises(RuntimeError):
        now.setattr(leaving.people_operations, "take_back_leaving", broken)
        leaving.undo(actor=cook.firm.owner, pack_id=given.pack.id, now=LATER, at=LATER)
    assert again(cook).left_on == LAST
    leaving.undo(actor=cook.firm.owner, pack_id=given.pack.id, now=LATER, at=LATER)
    assert again(cook).left_on is None


def test_once_opened_nothing_is_taken_back(cook: Cook) -> None:
    given = leave(cook)
    _open(given)
    with pytest.raises(operations.CannotPack, match=r"leaver\.opened"):
        leaving.undo(actor=cook.firm.owner, pack_id=given.pack.id, now=LATER, at=LATER)
    assert again(cook).left_on == LAST
    assert proofs.proof(actor=cook.firm.owner, issued_id=given.pack.history_id).cancelled_at is None


def test_what_was_opened_is_put_right_by_giving_anew(cook: Cook) -> None:
    first = leave(cook)
    _open(first)
    credentials.cancel(actor=cook.firm.owner, issued_id=first.pack.history_id, reason="Wrong day", now=LATER)
    second = leave(cook, last=date(2026, 5, 2), now=LATER)
    inside = leaving.inside(pack_id=_open(second))
    assert "2 de mayo de 2026" in inside[0].told and len(inside) == 3
    with pytest.raises(operations.CannotTake, match=r"leaver\.closed"):
        operations.look_at_pack(code=first.code, now=LATER)


def test_five_wrong_pins_lock_this_code_only_and_a_new_one_can_be_made(cook: Cook) -> None:
    given = leave(cook)
    wrong = "111111" if given.pin != "111111" else "222222"
    for left in ("4", "3", "2", "1"):
        with pytest.raises(operations.CannotTake, match=r"leaver\.wrong_pin") as told:
            _open(given, pin=wrong)
        assert told.value.facts["tries_left"] == left
    for _ in range(2):
        with pytest.raises(operations.CannotTake, match=r"leaver\.locked"):
            _open(given, pin=wrong)
    with pytest.raises(operations.CannotTake, match=r"leaver\.locked"):
        _open(given)  # the right one is too late, too
    assert records.pack(actor=cook.firm.owner, pack_id=given.pack.id).opened_at is None
    pack, code, pin = operations.new_pack_code(actor=cook.firm.owner, pack_id=given.pack.id, now=LATER)
    with pytest.raises(operations.CannotTake, match=r"leaver\.unknown"):
        operations.look_at_pack(code=given.code, now=LATER)
    assert operations.open_pack(code=code, pin=pin, now=LATER) == pack.id


def test_the_right_pin_spends_no_try(cook: Cook) -> None:
    given = leave(cook)
    for _ in range(7):
        _open(given)


def test_it_ends_after_half_a_year(cook: Cook) -> None:
    given = leave(cook)
    with pytest.raises(operations.CannotTake, match=r"leaver\.expired"):
        _open(given, now=NOW + timedelta(days=180))
    with pytest.raises(operations.CannotTake, match=r"leaver\.unknown"):
        operations.look_at_pack(code="ABCDEFGH", now=NOW)


def test_no_secret_is_stored(cook: Cook) -> None:
    given = leave(cook)
    row = records.pack(actor=cook.firm.owner, pack_id=given.pack.id)
    stored = " ".join(str(value) for value in row.__dict__.values())
    plain = given.code.replace("-", "")
    assert given.code not in stored and plain not in stored and given.pin not in stored
    for entry in journal.entries(org_id=cook.firm.org.id):
        told = json.dumps(entry.data)
        assert plain not in told and given.pin not in told


def test_a_proof_that_is_cancelled_meanwhile_stays_out(cook: Cook) -> None:
    given = leave(cook)
    credentials.cancel(actor=cook.firm.owner, issued_id=cook.skills[0].id, reason="Given by mistake", now=NOW)
    assert len(_keep(given).kept) == 2


def test_a_planned_last_day_closes_nothing_before(cook: Cook) -> None:
    last = NOW.date() + timedelta(days=14)
    given = leave(cook, last=last)
    assert [one.id for one in queries.people(actor=cook.firm.owner, here_on=NOW.date())] == [cook.id]
    assert queries.people(actor=cook.firm.owner, here_on=last + timedelta(days=1)) == []
    assert "previsto para el 18 de mayo de 2026" in leaving.inside(pack_id=_open(given))[0].told


def test_after_leaving_the_owner_sees_nothing_new_and_the_worker_opens_and_shares_all(cook: Cook, other_firm: Firm) -> None:
    """Needs, 8."""
    taken = _keep(leave(cook))
    assert taken.actor is not None
    elsewhere = give(other_firm, key="till")
    _, code, pin = credentials.offer(actor=other_firm.owner, issued_id=elsewhere.id, way="slip", now=LATER)
    mine, *_ = operations.keep(
        code=code, pin=pin, verifier=checking.verifier(org_id=None, now=LATER), into=taken.actor, now=LATER
    )
    assert mine == taken.actor and len(proofs.held(actor=mine)) == 4
    assert {one.id for one in proofs.proofs(actor=cook.firm.owner)} == {one.issued_id for one in taken.kept}, (
        "the firm's own list holds its own past records and nothing since"
    )
    for actor in (cook.firm.owner, cook.firm.supervisor):
        assert all(one.org_id == cook.firm.org.id for one in proofs.proofs(actor=actor))
        assert proofs.held(actor=actor) == []
        with pytest.raises(NotFound):
            proofs.proof(actor=actor, issued_id=elsewhere.id)
    slip = operations.choose_pin(actor=taken.actor, pin="274913", now=LATER)
    opened = operations.open(slip_code=slip, pin="274913", now=LATER + timedelta(days=400))
    assert len(proofs.held(actor=opened)) == 4


def test_no_health_fact_is_in_any_file_of_a_pack(cook: Cook) -> None:
    """Needs, 16: a canary in the restricted part, and every byte that leaves."""
    canary = "CanaryTuberculin4711"
    item_id = health.add_item(
        actor=cook.firm.owner, names={"en": canary}, months=12, everyone=True, position_ids=(), source="", about=canary,
        starts=STARTED, now=NOW,
    )  # fmt: skip
    health.record(
        actor=cook.firm.owner, person_id=cook.id, item_id=item_id, obtained=LAST, today=LAST, now=NOW, about=canary,
        file=(canary, b"%PDF-" + canary.encode()),
    )  # fmt: skip
    given = leave(cook)
    name, pieces = leaving.files(pack_id=_open(given), now=LATER)
    body = b"".join(pieces)
    assert name.startswith("Rosa-Delgado-") and body[:2] == b"PK"
    texts = list(_texts_in(body))
    assert len(texts) > 12 and any(b"activityStartDate" in text for text in texts)
    assert not any(canary.encode() in text for text in texts)
    with pytest.raises(CannotWrite):
        leave(cook, duties="Tested positive for TB")


def _texts_in(body: bytes) -> Iterator[bytes]:
    """Every file of a ZIP; of a PDF its words, and what is attached to it, too."""
    with zipfile.ZipFile(io.BytesIO(body)) as parcel:
        for name in parcel.namelist():
            yield name.encode()
            file = parcel.read(name)
            yield file
            if name.endswith(".pdf"):
                reader = pypdf.PdfReader(io.BytesIO(file))
                yield "\n".join(sheet.extract_text() for sheet in reader.pages).encode()
                for attached in reader.attachments.values():
                    yield from attached


def test_the_blocked_words_leave_everything_as_it_was(cook: Cook) -> None:
    with pytest.raises(CannotWrite) as told:
        leave(cook, duties="Fired for stealing")
    assert told.value.code == "text.accusation" and again(cook).left_on is None
    assert records.pack_of(actor=cook.firm.owner, person_id=cook.id) is None
    assert {one.id for one in proofs.proofs(actor=cook.firm.owner)} == {one.id for one in cook.skills}


def test_pressed_twice_gives_one_history_and_the_second_code_works(cook: Cook) -> None:
    key = str(uuid4())
    both = [
        leaving.give(
            actor=cook.firm.owner, person_id=cook.id, asked=leaving.Asked(last=LAST), request_key=key, now=NOW, at=NOW
        )
        for _ in range(2)
    ]
    assert both[0].pack.history_id == both[1].pack.history_id
    assert len(proofs.proofs(actor=cook.firm.owner)) == 3
    with pytest.raises(operations.CannotTake, match=r"leaver\.closed"):
        _open(both[0])
    assert _open(both[1])


def test_another_firms_pack_and_proofs_are_not_there(cook: Cook, other_firm: Firm) -> None:
    given = leave(cook)
    for door in (operations.new_pack_code, operations.take_back_pack):
        with pytest.raises(NotFound):
            door(actor=other_firm.owner, pack_id=given.pack.id, now=NOW)
    with pytest.raises(NotFound):
        records.pack_of(actor=other_firm.owner, person_id=cook.id)
    with pytest.raises(NotFound):
        operations.make_pack(
            actor=other_firm.owner, person_id=other_firm.person.id, issued_ids=[cook.skills[0].id], history_id=None,
            last_day=LAST, now=NOW,
        )  # fmt: skip
    with pytest.raises(operations.CannotPack, match=r"leaver\.empty"):
        operations.make_pack(actor=cook.firm.owner, person_id=cook.id, issued_ids=[], history_id=None, last_day=LAST, now=NOW)


def test_another_last_day_than_before_moves_what_had_ended(cook: Cook) -> None:
    people.leave(actor=cook.firm.owner, person_id=cook.id, last=date(2026, 5, 1), now=NOW)
    people.leave(actor=cook.firm.owner, person_id=cook.id, last=date(2026, 5, 3), now=LATER)
    assert [one.ends for one in queries.assignments(actor=cook.firm.owner, person_id=cook.id)] == [date(2026, 5, 3)]
    people.take_back_leaving(actor=cook.firm.owner, person_id=cook.id, now=LATER + timedelta(hours=1))
    assert [one.ends for one in queries.assignments(actor=cook.firm.owner, person_id=cook.id)] == [None]
    with pytest.raises(people.CannotChangePerson, match=r"person\.not_left"):
        people.take_back_leaving(actor=cook.firm.owner, person_id=cook.id, now=LATER)


def test_where_the_clock_stands_still_a_move_of_before_stays(cook: Cook) -> None:
    """As in a made-up firm: moved, left and taken back at one moment."""
    chef = people.add_position(actor=cook.firm.owner, names={"en": "Chef"}, now=NOW)
    people.assign(actor=cook.firm.owner, person_id=cook.id, starts=date(2026, 4, 1), position_id=chef.id, now=NOW)
    before = [(one.position_id, one.ends) for one in queries.assignments(actor=cook.firm.owner, person_id=cook.id)]
    people.leave(actor=cook.firm.owner, person_id=cook.id, last=LAST, now=NOW)
    people.take_back_leaving(actor=cook.firm.owner, person_id=cook.id, now=NOW)
    after = [(one.position_id, one.ends) for one in queries.assignments(actor=cook.firm.owner, person_id=cook.id)]
    assert after == before == [(cook.position.id, date(2026, 3, 31)), (chef.id, None)]
