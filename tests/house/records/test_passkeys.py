"""Face or finger, with a phone made by hand: set up, opened, and every answer that does not fit."""

from __future__ import annotations

import random
from typing import Any

import pytest
from fido2.utils import websafe_decode, websafe_encode

from skillmark.errors import NotFound
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations, queries
from skillmark.rooms.records.models import Passkey
from tests.authenticator import Phone
from tests.cast import NOW, Firm
from tests.house.records.keeping import give_one, keep_one

HOST = "localhost"


def set_up(page: Actor, phone: Phone, **made: Any) -> Passkey:
    options, state = operations.begin_passkey(actor=page, host=HOST)
    return operations.add_passkey(
        actor=page, host=HOST, state=state, answer=phone.make(options, **made), device="android", now=NOW
    )


def opens(phone: Phone, *, host: str = HOST, **how: Any) -> Actor:
    options, state = operations.begin_opening(host=host)
    return operations.open_with_passkey(host=host, state=state, answer=phone.open(options, **how), now=NOW)


def why(phone: Phone, **how: Any) -> str:
    with pytest.raises(operations.CannotOpen) as refused:
        opens(phone, **how)
    return refused.value.code


def test_a_phone_that_was_set_up_opens_the_page_of_its_person(page: Actor) -> None:
    phone = Phone()
    made = set_up(page, phone)
    assert queries.has_way_in(actor=page)
    assert not queries.has_slip(actor=page)
    phone.count = 2
    assert opens(phone) == page
    made.refresh_from_db()
    assert (made.sign_count, made.used_at) == (2, NOW)


def test_a_phone_that_does_not_count_works_again_and_again(page: Actor) -> None:
    phone = Phone()
    phone.count = 0
    set_up(page, phone)
    assert [opens(phone), opens(phone)] == [page, page]


@pytest.mark.parametrize("count", [1, 4, 5])
def test_a_counter_that_goes_backwards_tells_of_a_copy(page: Actor, count: int) -> None:
    phone = Phone()
    set_up(page, phone)
    phone.count = 5
    opens(phone)
    phone.count = count
    assert why(phone) == "passkey.copied"


def test_an_answer_to_another_question_is_refused(page: Actor) -> None:
    phone = Phone()
    set_up(page, phone)
    phone.count = 2
    before, _ = operations.begin_opening(host=HOST)
    _, state = operations.begin_opening(host=HOST)
    with pytest.raises(operations.CannotOpen, match=r"passkey\.refused"):
        operations.open_with_passkey(host=HOST, state=state, answer=phone.open(before), now=NOW)


def test_without_a_face_or_finger_nothing_opens(page: Actor) -> None:
    phone = Phone()
    with pytest.raises(operations.CannotOpen, match=r"passkey\.refused"):
        set_up(page, phone, seen=False)
    set_up(page, phone)
    phone.count = 2
    assert why(phone, seen=False) == "passkey.refused"


def test_another_address_and_another_key_are_refused(page: Actor) -> None:
    phone = Phone()
    set_up(page, phone)
    phone.count = 2
    assert why(phone, host="page.example") == "passkey.refused"
    phone.origin = "https://page.example"
    assert why(phone) == "passkey.refused"
    thief = Phone()
    thief.number, thief.owner, thief.count = phone.number, phone.owner, 9
    assert why(thief) == "passkey.refused"
    assert why(Phone()) == "passkey.unknown"


def test_a_phone_that_names_another_owner_is_refused(page: Actor) -> None:
    phone = Phone()
    set_up(page, phone)
    phone.count, phone.owner = 2, "AAAA"
    assert why(phone) == "passkey.refused"


@pytest.mark.parametrize(
    "answer",
    [{}, {"id": 1}, {"rawId": "!"}, {"id": "a", "rawId": "a", "response": {}}, {"id": "a", "rawId": "YQ", "response": []}],
)
def test_what_is_no_answer_is_refused_in_words(page: Actor, answer: dict[str, Any]) -> None:
    _, state = operations.begin_passkey(actor=page, host=HOST)
    with pytest.raises(operations.CannotOpen, match=r"passkey\.refused"):
        operations.add_passkey(actor=page, host=HOST, state=state, answer=answer, device="", now=NOW)
    with pytest.raises(operations.CannotOpen, match=r"passkey\.refused"):
        operations.open_with_passkey(host=HOST, state=state, answer=answer, now=NOW)


def test_one_phone_opens_one_page_and_only_its_person_removes_it(page: Actor, other_firm: Firm) -> None:
    theirs = keep_one(firm=other_firm, issued=give_one(firm=other_firm))
    phone = Phone()
    made = set_up(page, phone)
    with pytest.raises(operations.CannotOpen, match=r"passkey\.there"):
        set_up(theirs, phone)
    with pytest.raises(NotFound):
        operations.remove_passkey(actor=theirs, passkey_id=made.id, now=NOW)
    assert queries.passkeys(actor=theirs) == []
    operations.choose_pin(actor=page, pin="739204", now=NOW)
    operations.remove_passkey(actor=page, passkey_id=made.id, now=NOW)
    phone.count = 2
    assert why(phone) == "passkey.unknown"


def test_there_is_an_end_to_how_many_devices(page: Actor) -> None:
    for number in range(20):
        Passkey.objects.create(org_id=page.org_id, credential_id=str(number), data=b"x", device="", made_at=NOW)
    with pytest.raises(operations.CannotOpen, match=r"passkey\.too_many"):
        operations.add_passkey(actor=page, host=HOST, state={}, answer={}, device="", now=NOW)


def test_the_last_way_in_stays_so_that_the_next_code_of_a_firm_opens_nothing(page: Actor, firm: Firm) -> None:
    first, second = set_up(page, Phone()), set_up(page, Phone())
    operations.remove_passkey(actor=page, passkey_id=first.id, now=NOW)
    with pytest.raises(operations.CannotOpen, match=r"passkey\.last"):
        operations.remove_passkey(actor=page, passkey_id=second.id, now=NOW)
    assert [one.id for one in queries.passkeys(actor=page)] == [second.id]
    with pytest.raises(AssertionError):  # kept, and opens nothing
        keep_one(firm=firm, issued=give_one(firm=firm))
    operations.choose_pin(actor=page, pin="739204", now=NOW)
    operations.remove_passkey(actor=page, passkey_id=second.id, now=NOW)
    assert queries.passkeys(actor=page) == []


def test_bytes_that_are_no_answer_are_refused_in_words_whatever_they_are(page: Actor) -> None:
    """Cut short, turned over, nested: the library's reader lets out all kinds of things."""
    phone, draw = Phone(), random.Random(7)
    set_up(page, Phone())
    for turn in range(400):
        options, state = operations.begin_passkey(actor=page, host=HOST)
        answer = phone.make(options)
        name = ("attestationObject", "clientDataJSON")[turn % 2]
        answer["response"] = answer["response"] | {name: _spoiled(answer["response"][name], draw)}
        try:
            operations.add_passkey(actor=page, host=HOST, state=state, answer=answer, device="", now=NOW)
        except operations.CannotOpen as refused:
            assert refused.code in ("passkey.refused", "passkey.there")


def _spoiled(text: str, draw: random.Random) -> str:
    body = bytearray(websafe_decode(text))
    kind = draw.randrange(4)
    if kind == 0:
        body = body[: draw.randrange(len(body))]
    elif kind == 1:
        body[draw.randrange(len(body))] = draw.randrange(256)
    elif kind == 2:
        body = bytearray(b"\x81" * 3000)
    else:
        at = draw.randrange(len(body))
        body[at : at + draw.randrange(1, 9)] = draw.randbytes(draw.randrange(4))
    return websafe_encode(bytes(body))


def test_a_key_that_could_never_open_anything_is_not_set_up(page: Actor) -> None:
    phone = Phone()
    for cose in ({1: 2, 3: -7}, {1: 2, 3: -65535, -1: 1}, {1: 2, 3: -7, -1: 9, -2: b"x", -3: b"y"}, {3: -7}):
        with pytest.raises(operations.CannotOpen, match=r"passkey\.refused"):
            set_up(page, phone, cose=cose)
    assert queries.passkeys(actor=page) == []
