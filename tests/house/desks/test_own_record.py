"""What people bring to their own page: kept with its answer, refused with a reason, and asked again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from credcore.containers import png
from credcore.model import Party
from skillmark.desks import own_list, own_record, pictures
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.credentials.models import Held
from skillmark.rooms.people.models import Organisation
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Actor, Role
from tests.cast import NOW, Firm
from tests.core.proofs import COLLEGE, LIST_URL, STRANGER, as_bytes, signed, status_list
from tests.house.desks.conftest import Net

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LISTED = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7",
          "statusListCredential": LIST_URL}  # fmt: skip
WITH_STATUS = as_bytes(signed(change=lambda made: made.update(credentialStatus=LISTED)))


def page_of(name: str = "Rosa Delgado") -> Actor:
    made = Organisation.objects.create(kind=Organisation.Kind.PERSON, name=name, language="en", created_at=NOW)
    return Actor(org_id=made.id, role=Role.WORKER, name=name)


@pytest.fixture
def rosa(db: None) -> Actor:
    return page_of()


def bring(actor: Actor, data: bytes, **more: Any) -> list[own_record.Brought]:
    return own_record.bring(**({"actor": actor, "data": data, "name": "", "source": "file", "now": NOW} | more))


def keep(actor: Actor, data: bytes, **more: Any) -> Any:
    (one,) = bring(actor, data, **more)
    assert one.kept is not None
    return one.kept


def expired(**more: Any) -> Any:
    return signed(now=NOW - 10 * DAY, valid_until=NOW - DAY, **more)


def look(actor: Actor, held: Any, *, days: int = 0) -> own_record.Kept:
    there = queries.held_one(actor=actor, held_id=held.id)
    return own_record.look(actor=actor, held=there, now=NOW + days * DAY)


def line(actor: Actor, *, days: int = 0) -> own_list.Line:
    (one,) = own_list.lines(actor=actor, now=NOW + days * DAY)
    return one


def test_a_stranger_s_proof_is_kept_with_its_answer(rosa: Actor, net: Net) -> None:
    held = queries.held_one(actor=rosa, held_id=keep(rosa, as_bytes(signed())).id)
    assert (held.verdict, held.code, held.source, held.form) == ("careful", "issuer.unknown", "file", "json")
    assert held.document == as_bytes(signed())
    assert b"Rosa Delgado" not in bytes(held.sealed)
    assert (line(rosa).state, line(rosa).group) == ("warn", "look")


def test_the_same_file_adds_nothing(rosa: Actor, net: Net) -> None:
    keep(rosa, as_bytes(signed()))
    (again,) = bring(rosa, as_bytes(signed()))
    assert again.was_there
    assert Held.objects.count() == 1


def test_another_giver_s_proof_with_the_same_number_does_not_hide_behind_the_first(rosa: Actor, net: Net) -> None:
    keep(rosa, as_bytes(signed()))
    keep(rosa, as_bytes(signed(STRANGER, issuer=Party(id=STRANGER.did, name="Another school"))))
    assert {one.giver for one in queries.held(actor=rosa)} == {"Prairie Valley College", "Another school"}


@pytest.mark.parametrize(
    ("data", "code", "reason"),
    [
        (as_bytes(signed()).replace(b"Sit-down", b"Stand-up"), "altered", "held.bad"),
        (b'{"name": "Forklift", "type": ["VerifiableCredential"]}', "", "held.unknown"),
        (b"", "unreadable", "held.unknown"),
        (b"\x00\xff not a proof", "", "held.unknown"),
        (b"{" * 50_000, "unreadable", "held.unknown"),
    ],
)
def test_what_is_no_good_is_not_kept(rosa: Actor, net: Net, data: bytes, code: str, reason: str) -> None:
    (one,) = bring(rosa, data)
    assert (one.kept, one.code) == (None, reason)
    assert one.why
    assert not code or one.answer.report.code == code
    assert not Held.objects.exists()


def test_a_borrowed_name_is_refused(rosa: Actor, net: Net) -> None:
    """Signed by a stranger, who wrote somebody else's name over their own."""
    made = as_bytes(signed(STRANGER, issuer=Party(id=STRANGER.did, name="Prairie Valley College")))
    (one,) = bring(rosa, made.replace(f'"id":"{STRANGER.did}"'.encode(), f'"id":"{COLLEGE.did}"'.encode()))
    assert (one.kept, one.code, one.answer.said.sign) == (None, "held.bad", "bad")


def test_an_expired_one_nobody_signed_is_not_kept(rosa: Actor, net: Net) -> None:
    made = expired()
    del made["proof"]
    (one,) = bring(rosa, as_bytes(made))
    assert (one.kept, one.code) == (None, "held.unknown")


def test_genuine_ones_that_do_not_count_are_kept_and_say_so(rosa: Actor, net: Net) -> None:
    net.pages[LIST_URL] = status_list({7})
    over = keep(rosa, as_bytes(expired(id="urn:uuid:6c54b12a-9b0f-4f1c-9a53-111111111112")))
    cancelled = keep(rosa, WITH_STATUS)
    assert {held.code for held in queries.held(actor=rosa)} == {"dates.expired", "status.cancelled"}
    assert look(rosa, over).state == look(rosa, cancelled).state == "bad"
    assert {one.group for one in own_list.lines(actor=rosa, now=NOW)} == {"over"}


def test_one_that_is_cancelled_later_says_so_and_goes_on_saying_so_when_its_giver_is_silent(rosa: Actor, net: Net) -> None:
    net.pages[LIST_URL] = status_list()
    held = keep(rosa, WITH_STATUS)
    assert look(rosa, held).state == "warn"  # nobody here knows the giver
    net.pages[LIST_URL] = status_list({7}, now=NOW + DAY)
    net.fetched_at = NOW + DAY
    assert own_record.ask_again(now=NOW + DAY, most=10) == 1
    assert line(rosa, days=1).group == "over"
    net.is_up = False
    later = look(rosa, held, days=40)
    assert later.state == "bad"
    assert line(rosa, days=40).group == "over"


def test_silence_makes_no_answer_younger(rosa: Actor, net: Net) -> None:
    net.pages[LIST_URL] = status_list()
    held = keep(rosa, WITH_STATUS)
    net.is_up = False
    told = look(rosa, held, days=3)
    assert told.known_at == NOW
    assert told.state == "warn"
    shown = line(rosa, days=3)
    assert (shown.state, shown.group) == ("unk", "look")
    assert "4 May 2026" in shown.word


def test_a_date_that_passes_needs_nobody_to_say_so(rosa: Actor, net: Net) -> None:
    keep(rosa, as_bytes(signed(valid_until=NOW + 2 * DAY)))
    assert line(rosa, days=3).group == "over"


def test_the_job_asks_about_each_once_a_day(rosa: Actor, net: Net) -> None:
    keep(rosa, as_bytes(signed()))
    assert own_record.ask_again(now=NOW, most=10) == 0
    assert own_record.ask_again(now=NOW + DAY, most=10) == 1
    assert own_record.ask_again(now=NOW + DAY, most=10) == 0


def test_another_name_on_it_needs_a_yes_and_is_marked_for_good(net: Net) -> None:
    ana = page_of("Ana Ruiz")
    (one,) = bring(ana, as_bytes(signed()))
    assert one.to_agree
    assert one.why == "The name on it is Rosa Delgado. Your page is Ana Ruiz."
    held = keep(ana, as_bytes(signed()), name_agreed=True)
    assert look(ana, held).names_other
    assert look(ana, held).name_on_it == "Rosa Delgado"
    assert line(ana).names_other


@pytest.mark.parametrize("name", ["DELGADO, Rosa", "rosa delgádo", "Rosa  Delgado"])
def test_the_same_name_written_in_another_way_is_the_same(net: Net, name: str) -> None:
    actor = page_of(name)
    assert not look(actor, keep(actor, as_bytes(signed()))).names_other


def test_a_picture_with_the_proof_in_it(rosa: Actor, net: Net) -> None:
    blank = pictures.png(title="Forklift", giver="Prairie Valley College", colour="#2a4b8d")
    held = keep(rosa, png.bake(png=blank, credential=as_bytes(signed())))
    assert held.source == "picture"


def test_nobody_else_reaches_it(rosa: Actor, net: Net, firm: Firm) -> None:
    held = keep(rosa, as_bytes(signed()))
    for stranger in (page_of("Ana Ruiz"), firm.owner):
        with pytest.raises(NotFound):
            queries.held_one(actor=stranger, held_id=held.id)
    with pytest.raises(NotFound):
        operations.remove_held(actor=page_of("Ana Ruiz"), held_id=held.id, now=NOW)
    with pytest.raises(CannotDo):
        bring(firm.owner, as_bytes(signed()))
    assert Held.objects.count() == 1


def test_let_go_of_it(rosa: Actor, net: Net) -> None:
    held = keep(rosa, as_bytes(signed()))
    operations.remove_held(actor=rosa, held_id=held.id, now=NOW)
    assert not Held.objects.exists()


def test_words_about_it_lie_closed_and_travel_with_it(rosa: Actor, net: Net) -> None:
    held = keep(rosa, as_bytes(signed()))
    operations.comment_held(actor=rosa, held_id=held.id, words=" I drove nights. ", now=NOW)
    assert look(rosa, held).remark == "I drove nights."
    assert b"nights" not in bytes(Held.objects.get().comment)
    operations.comment_held(actor=rosa, held_id=held.id, words="", now=NOW)
    assert bytes(Held.objects.get().comment) == b""
    with pytest.raises(operations.CannotHold, match=r"held\.comment_too_long"):
        operations.comment_held(actor=rosa, held_id=held.id, words="x" * 501, now=NOW)


def test_a_full_page_says_so(rosa: Actor, net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    from skillmark.rooms.credentials import rules

    monkeypatch.setattr(rules, "MOST_HELD", 0)
    (one,) = bring(rosa, as_bytes(signed()))
    assert one.code == "held.too_many"
