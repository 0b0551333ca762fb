from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connections

from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.credentials.models import Issued, Offer
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.models import Person
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Actor, Role
from tests.cast import NOW, Firm, make_firm

Give = Callable[..., Issued]
WRONG = "not it"


@pytest.fixture
def issued(give: Give) -> Issued:
    return give(observed_on=date(2026, 4, 22), note="HAAS VF-4")


def refused(code: str, ask: Callable[[], object]) -> dict[str, str]:
    with pytest.raises(operations.CannotKeep) as problem:
        ask()
    assert problem.value.code == code
    return problem.value.facts


def test_looking_shows_what_is_on_the_proof_and_takes_nothing(firm: Firm, issued: Issued) -> None:
    _, code, pin = operations.offer(actor=firm.supervisor, issued_id=issued.id, way="slip", now=NOW)
    for _ in range(20):
        seen = operations.look_at_offer(code=code, now=NOW)
    assert (seen.first_name, seen.giver, seen.language) == ("Rosa", "Tallgrass Machine Works", "es")
    assert seen.level == "3 Sin ayuda"
    assert seen.how[1:] == ("HAAS VF-4",)
    assert (seen.starts, seen.ends) == (date(2026, 5, 4), date(2028, 4, 22))
    assert (seen.needs_pin, seen.tries_left) == (True, 5)
    assert operations.take_offer(code=code, pin=pin, now=NOW).id == issued.id


@pytest.mark.parametrize("way", ["slip", "text", "email"])
def test_paper_and_messages_need_a_pin_and_last_thirty_days(firm: Firm, issued: Issued, way: str) -> None:
    made, code, pin = operations.offer(actor=firm.owner, issued_id=issued.id, way=way, now=NOW)
    assert len(pin) == 6
    assert len(code) == 9
    assert made.expires_at == NOW + timedelta(days=30)
    refused("offer.wrong_pin", lambda: operations.take_offer(code=code, pin="", now=NOW))
    refused("offer.expired", lambda: operations.take_offer(code=code, pin=pin, now=NOW + timedelta(days=30)))


def test_a_code_on_screen_needs_no_pin_and_lasts_ten_minutes(firm: Firm, issued: Issued) -> None:
    _, code, pin = operations.offer(actor=firm.owner, issued_id=issued.id, way="screen", now=NOW)
    assert pin == ""
    refused("offer.expired", lambda: operations.look_at_offer(code=code, now=NOW + timedelta(minutes=10)))
    assert operations.take_offer(code=code, pin="", now=NOW + timedelta(minutes=9)).id == issued.id


def test_codes_are_read_as_people_type_them(firm: Firm, issued: Issued) -> None:
    _, code, pin = operations.offer(actor=firm.owner, issued_id=issued.id, way="slip", now=NOW)
    typed = f" {code.lower().replace('-', ' ')} "
    assert operations.take_offer(code=typed, pin=f"{pin[:3]} {pin[3:]}", now=NOW).id == issued.id


def test_neither_code_nor_pin_is_stored(firm: Firm, issued: Issued) -> None:
    _, code, pin = operations.offer(actor=firm.owner, issued_id=issued.id, way="slip", now=NOW)
    row = str(Offer.objects.values_list().get()) + str([entry.data for entry in journal.entries(org_id=firm.org.id)])
    assert code not in row
    assert code.replace("-", "") not in row
    assert f"'{pin}'" not in row


def test_a_code_works_once(firm: Firm, issued: Issued) -> None:
    _, code, pin = operations.offer(actor=firm.owner, issued_id=issued.id, way="slip", now=NOW)
    operations.take_offer(code=code, pin=pin, now=NOW)
    facts = refused("offer.used", lambda: operations.take_offer(code=code, pin=pin, now=NOW))
    assert facts["date"] == "2026-05-04"


def test_five_wrong_pins_lock(firm: Firm, issued: Issued) -> None:
    _, code, pin = operations.offer(actor=firm.owner, issued_id=issued.id, way="slip", now=NOW)
    for left in ("4", "3", "2", "1"):
        assert refused("offer.wrong_pin", lambda: operations.take_offer(code=code, pin=WRONG, now=NOW)) == {"tries_left": left}
    refused("offer.locked", lambda: operations.take_offer(code=code, pin=WRONG, now=NOW))
    refused("offer.locked", lambda: operations.take_offer(code=code, pin=pin, now=NOW))
    refused("offer.locked", lambda: operations.look_at_offer(code=code, now=NOW))
    assert journal.entries(org_id=firm.org.id, events={"credentials.offer.locked"})


def test_the_fifth_try_may_be_the_right_one(firm: Firm, issued: Issued) -> None:
    _, code, pin = operations.offer(actor=firm.owner, issued_id=issued.id, way="slip", now=NOW)
    for _ in range(4):
        refused("offer.wrong_pin", lambda: operations.take_offer(code=code, pin=WRONG, now=NOW))
    assert operations.take_offer(code=code, pin=pin, now=NOW).id == issued.id


def test_a_new_slip_ends_the_old_one(firm: Firm, issued: Issued) -> None:
    _, old, pin = operations.offer(actor=firm.owner, issued_id=issued.id, way="slip", now=NOW)
    operations.offer(actor=firm.owner, issued_id=issued.id, way="screen", now=NOW)
    refused("offer.closed", lambda: operations.take_offer(code=old, pin=pin, now=NOW))


def test_this_is_not_me(firm: Firm, issued: Issued) -> None:
    _, code, pin = operations.offer(actor=firm.owner, issued_id=issued.id, way="slip", now=NOW)
    operations.refuse_offer(code=code, now=NOW)
    refused("offer.closed", lambda: operations.take_offer(code=code, pin=pin, now=NOW))
    refused("offer.closed", lambda: operations.refuse_offer(code=code, now=NOW))
    assert len(journal.entries(org_id=firm.org.id, events={"credentials.offer.refused"})) == 1


def test_an_unknown_code(firm: Firm) -> None:
    refused("offer.unknown", lambda: operations.look_at_offer(code="7K4M-QX92", now=NOW))
    refused("offer.unknown", lambda: operations.take_offer(code="", pin="", now=NOW))


def test_the_outsider_and_the_worker_hand_nothing_over(firm: Firm, other_firm: Firm, issued: Issued) -> None:
    with pytest.raises(queries.NotFound):
        operations.offer(actor=other_firm.owner, issued_id=issued.id, way="slip", now=NOW)
    with pytest.raises(queries.NotFound):
        operations.send_by_email(actor=other_firm.owner, issued_id=issued.id, now=NOW)
    worker = Actor(org_id=firm.org.id, role=Role.WORKER, name="Rosa")
    with pytest.raises(CannotDo):
        operations.offer(actor=worker, issued_id=issued.id, way="slip", now=NOW)


def test_an_unknown_way(firm: Firm, issued: Issued) -> None:
    with pytest.raises(operations.CannotOffer):
        operations.offer(actor=firm.owner, issued_id=issued.id, way="pigeon", now=NOW)


def test_email_is_asked_for_and_needs_an_address(firm: Firm, issued: Issued) -> None:
    with pytest.raises(operations.CannotOffer) as problem:
        operations.send_by_email(actor=firm.owner, issued_id=issued.id, now=NOW)
    assert problem.value.code == "person.email_missing"
    Person.objects.filter(id=firm.person.id).update(email="rosa@mail.example")
    operations.send_by_email(actor=firm.owner, issued_id=issued.id, now=NOW)
    entry = journal.entries(org_id=firm.org.id, events={"credentials.offer.email_asked"})[0]
    assert entry.data["user_id"] == firm.owner.user_id
    assert Offer.objects.count() == 0


def test_of_many_at_once_one_takes_it(several_connections: None) -> None:
    firm = make_firm(name="Tallgrass Machine Works")
    template = operations.add_ready_template(actor=firm.owner, key="till", now=NOW)
    issued = operations.give(actor=firm.owner, person_id=firm.person.id, template_id=template.id, request_key="x", now=NOW)
    _, code, _ = operations.offer(actor=firm.owner, issued_id=issued.id, way="screen", now=NOW)

    def take(_: int) -> str:
        try:
            operations.take_offer(code=code, pin="", now=NOW)
        except operations.CannotKeep as problem:
            return problem.code
        finally:
            connections.close_all()
        return "taken"

    with ThreadPoolExecutor(6) as pool:
        answers = sorted(pool.map(take, range(12)))
    assert answers == ["offer.used"] * 11 + ["taken"]


def test_guesses_in_parallel_all_count(several_connections: None) -> None:
    firm = make_firm(name="Tallgrass Machine Works")
    template = operations.add_ready_template(actor=firm.owner, key="till", now=NOW)
    issued = operations.give(actor=firm.owner, person_id=firm.person.id, template_id=template.id, request_key="x", now=NOW)
    _, code, pin = operations.offer(actor=firm.owner, issued_id=issued.id, way="slip", now=NOW)

    def guess(_: int) -> str:
        try:
            operations.take_offer(code=code, pin=WRONG, now=NOW)
        except operations.CannotKeep as problem:
            return problem.code
        finally:
            connections.close_all()
        return "taken"

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(guess, range(18)))
    assert answers.count("offer.wrong_pin") <= 4
    assert Offer.objects.get().tries == 5
    refused("offer.locked", lambda: operations.take_offer(code=code, pin=pin, now=NOW))
