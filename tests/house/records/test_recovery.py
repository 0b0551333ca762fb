"""Codes on paper: good once, good in a pause, worthless after the next sheet, and of one page only."""

from __future__ import annotations

import pytest

from skillmark.rooms.people.rules import Actor, guesses
from skillmark.rooms.records import operations, queries
from skillmark.rooms.records.models import Passkey, RecoveryCode
from tests.cast import NOW, Firm
from tests.house.records.keeping import give_one, keep_one

PIN, NEW = "739204", "580417"


def refused(code: str, pin: str = NEW) -> str:
    with pytest.raises(operations.CannotOpen) as said:
        operations.open_with_recovery(code=code, pin=pin, now=NOW)
    return said.value.code


def a_passkey(page: Actor) -> None:
    Passkey.objects.create(org_id=page.org_id, credential_id="x", data=b"x", device="android", made_at=NOW)


def test_a_sheet_has_eight_codes_and_none_of_them_lies_in_the_database(page: Actor) -> None:
    codes = operations.make_recovery_codes(actor=page, now=NOW)
    assert len(set(codes)) == 8
    assert all(len(code.replace("-", "")) == 12 for code in codes)
    stored = set(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert not stored & {code.replace("-", "") for code in codes}
    assert queries.recovery_sheet(actor=page) == queries.Sheet(left=8, made_at=NOW)


def test_a_code_opens_once_with_a_new_slip_and_closes_all_the_rest(page: Actor) -> None:
    slip = operations.choose_pin(actor=page, pin=PIN, now=NOW)
    codes = operations.make_recovery_codes(actor=page, now=NOW)
    a_passkey(page)
    lost = operations.note_opening(actor=page, way="slip", device="android", now=NOW)
    actor, fresh = operations.open_with_recovery(code=codes[3].lower().replace("-", " "), pin=NEW, now=NOW)
    assert actor == page
    assert not operations.note_visit(actor=page, opening_id=lost, now=NOW)
    assert queries.passkeys(actor=page) == []
    assert operations.open(slip_code=fresh, pin=NEW, now=NOW) == page
    with pytest.raises(operations.CannotOpen):
        operations.open(slip_code=slip, pin=NEW, now=NOW)
    assert refused(codes[3]) == "recovery.wrong"
    assert queries.recovery_sheet(actor=page).left == 7


def test_devices_go_on_only_when_the_person_says_so(page: Actor) -> None:
    [code, *_] = operations.make_recovery_codes(actor=page, now=NOW)
    a_passkey(page)
    operations.open_with_recovery(code=code, pin=NEW, keep_passkeys=True, now=NOW)
    assert len(queries.passkeys(actor=page)) == 1


def test_it_works_in_the_pause_after_five_wrong_pins(page: Actor) -> None:
    slip = operations.choose_pin(actor=page, pin=PIN, now=NOW)
    [code, *_] = operations.make_recovery_codes(actor=page, now=NOW)
    for _ in range(guesses.MAX_TRIES):
        with pytest.raises(operations.CannotOpen):
            operations.open(slip_code=slip, pin="000000", now=NOW)
    _, fresh = operations.open_with_recovery(code=code, pin=NEW, now=NOW)
    assert operations.open(slip_code=fresh, pin=NEW, now=NOW) == page


def test_an_easy_pin_uses_up_no_code(page: Actor) -> None:
    [code, *_] = operations.make_recovery_codes(actor=page, now=NOW)
    assert refused(code, "123456") == "pin.too_easy"
    assert refused(code, "12") == "pin.wrong_length"
    assert operations.open_with_recovery(code=code, pin=NEW, now=NOW)[0] == page


def test_a_new_sheet_makes_the_old_one_worthless_and_guesses_open_nothing(page: Actor) -> None:
    old = operations.make_recovery_codes(actor=page, now=NOW)
    operations.make_recovery_codes(actor=page, now=NOW)
    assert {refused(code) for code in [*old, "", "AAAA-BBBB-CCCC"]} == {"recovery.wrong"}


def test_codes_of_one_page_open_no_other(page: Actor, other_firm: Firm) -> None:
    theirs = keep_one(firm=other_firm, issued=give_one(firm=other_firm))
    [code, *_] = operations.make_recovery_codes(actor=theirs, now=NOW)
    assert queries.recovery_sheet(actor=page).left == 0
    assert operations.open_with_recovery(code=code, pin=NEW, now=NOW)[0] == theirs
