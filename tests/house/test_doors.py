"""One door a room: whoever asks says for whom, and the outsider gets nothing of another firm."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest

from skillmark.errors import NotFound
from skillmark.rooms.people import operations as people
from tests.cast import Firm

ROOMS = ("journal", "people", "signing", "credentials", "records", "skills", "holdings", "talent", "health", "imports")

# Doors that name no organisation, each with the reason why it needs none.
WITHOUT_ACTOR = {
    "journal.operations.seen": "a job marks how far it has read, over all firms",
    "journal.queries.position": "a number that tells nothing of any firm",
    "journal.queries.unseen": "a job reads for all firms",
    "people.operations.change_language": "somebody's own account",
    "people.operations.clean_up": "a job",
    "people.operations.count_try": "before anybody is known",
    "people.operations.guess": "the rooms' own: compares what it is given",
    "people.operations.guess_lock": "the rooms' own: compares what it is given",
    "people.operations.join": "the code is the permission",
    "people.operations.make_sign_in_link": "the operator, at the command line",
    "people.operations.make_moved_space": "somebody from another server; there is no page yet, and the edge counts tries",
    "people.operations.open_pin_link": "the signed link is the permission",
    "people.operations.set_pin_by_link": "the signed link is the permission",
    "people.operations.set_up": "the link is the permission; there is no firm yet",
    "people.operations.start_sample": "a made-up firm; there is none yet",
    "people.operations.start_setup": "the operator; there is no firm yet",
    "people.operations.use_sign_in_link": "the link is the permission",
    "people.queries.actor_for_token": "finds the actor",
    "people.queries.firms": "the names of firms are public",
    "people.queries.is_set_up": "tells nothing of a firm",
    "people.queries.own_spaces": "the operator: after a backup came back, what was erased is found in it",
    "people.queries.samples": "the names of made-up firms are public",
    "people.queries.setup_open": "the link is the permission",
    "people.queries.users": "the operator, at the command line",
    "credentials.operations.answer_asking": "the signed answer of a person's app is the permission",
    "credentials.operations.drop_askings": "a job",
    "credentials.operations.note_bad_answer": "whoever has the link may try; tries are counted",
    "credentials.operations.refuse_asking": "the state of the request is the permission",
    "credentials.operations.request_object": "the link is the permission",
    "credentials.operations.stop_asking": "takes what the queries gave to whom it belongs",
    "credentials.operations.use_response_code": "the code is the permission",
    "credentials.queries.answer_of": "takes what the queries gave to whom it belongs",
    "credentials.queries.asking_of_browser": "the secret of the browser is the permission",
    "credentials.queries.checks_of_asking": "takes what the queries gave to whom it belongs",
    "credentials.queries.open_asking": "the link is the permission",
    "records.operations.erase_again": "the operator: after a backup came back",
    "records.queries.erased": "hashes that name nobody, for backups",
    "credentials.operations.check_pin": "the code is the permission",
    "credentials.queries.time_zones": "by identifiers that only those know who were given the proofs",
    "credentials.operations.claim_rows": "a job",
    "credentials.operations.demand_checkable": "judges what was handed over, asks and changes nothing",
    "credentials.operations.demand_follow": "judges what was typed, asks and changes nothing",
    "credentials.operations.dispute_offer": "the code is the permission",
    "credentials.operations.do_rows": "a job; it does what whoever started the run may do",
    "credentials.operations.drop_plans": "a job",
    "credentials.operations.finish_row": "a job",
    "credentials.operations.form_of": "a public file, found by an identifier that nobody can guess",
    "credentials.operations.forget_answers": "a job; public documents of strangers",
    "credentials.operations.look_at_offer": "the code is the permission",
    "credentials.operations.publish": "a job",
    "credentials.operations.publish_due": "a job",
    "credentials.operations.publish_due_tokens": "a job",
    "credentials.operations.refuse_offer": "the code is the permission",
    "credentials.operations.remember_answer": "public documents of strangers",
    "credentials.operations.take_offer": "the code is the permission",
    "credentials.operations.use_offer": "the code is the permission",
    "credentials.queries.answer_own": "public documents of ours",
    "credentials.queries.app_links": "the link of an offer is the permission to look at it",
    "credentials.queries.app_problem": "whether a copy can be made, of a proof whose identifier nobody can guess",
    "credentials.queries.due_items": "a job reads for all firms",
    "credentials.queries.idle_batches": "a job reads for all firms",
    "credentials.queries.idle_runs": "a job reads for all firms",
    "credentials.queries.kind_document": "a public document",
    "credentials.queries.look": "reads what it is given",
    "credentials.queries.public_proof": "a public page, found by an identifier that nobody can guess",
    "credentials.queries.ready": "comes with the product",
    "credentials.queries.remembered": "public documents of strangers",
    "credentials.queries.standings": "what a check says of proofs of ours, found by identifiers that nobody can guess",
    "credentials.queries.status_document": "a public document",
    "credentials.queries.token_document": "a public document",
    "signing.operations.go_on_everywhere": "the operator, at the command line",
    "signing.operations.stop_everything": "the operator, at the command line",
    "signing.queries.compromised": "keys of every firm that must be believed by nobody: no secret",
    "imports.operations.drop_lists": "a job",
    "holdings.operations.facts_in": "reads what it is given",
    "holdings.operations.hand_in": "the code on the poster is the permission",
    "holdings.operations.open_ask": "the code in the link is the permission",
    "holdings.operations.open_feed": "the secret address is the permission",
    "holdings.operations.open_poster": "the code on the poster is the permission",
    "holdings.operations.comment": "the code in the link is the permission",
    "holdings.operations.open_seen": "the code in the link is the permission",
    "holdings.operations.settle": "a job",
    "holdings.operations.use_ask": "the code in the link is the permission",
    "holdings.operations.want_email": "the code in the link is the permission",
    "holdings.queries.ask_behind": "the code in the link is the permission",
    "talent.operations.acting_for": "names who acts by a link; reads what it is given",
    "talent.operations.note_brought": "writes down what came by a link that was opened; for the desk, in its transaction",
    "talent.operations.open_start_list": "the token in the link is the permission",
    "talent.operations.say": "the token in the link is the permission",
    "talent.operations.take_in": "the token in the link was the permission; for the desk, in its transaction",
    "talent.queries.start_list_behind": "the token in the link is the permission",
    "talent.queries.able_count": "the code that was scanned is the permission",
    "talent.queries.scanned": "the code that was scanned is the permission",
    "talent.queries.shown_person": "the code that was scanned is the permission",
    "signing.operations.passing": "makes a key of nobody here",
    "signing.operations.sign_passing": "signs with what it is given, in nobody's name",
    "signing.queries.firm_of_asker": "the identifiers of firms are public",
    "records.operations.keep": "the code is the permission",
    "records.operations.drop_additions": "a job",
    "records.operations.put_item": "a job; what it puts down was taken from it",
    "records.operations.take_item": "a job; it does what whoever handed it over may do",
    "records.queries.idle_additions": "a job reads for all pages",
    "credentials.operations.take_stale": "a job reads for all pages",
    "records.operations.ask_to_see": "the link is the permission",
    "records.operations.drop_ended": "a job",
    "records.operations.note_view": "the link is the permission",
    "records.operations.say_who": "the link is the permission",
    "records.operations.try_pin": "the link is the permission",
    "records.queries.reader": "reads what it is given",
    "records.queries.share_behind": "the link is the permission",
    "records.queries.shown": "reads what it is given",
    "records.operations.is_code_of": "compares what it is given",
    "records.operations.keep_pack": "the code and the PIN are the permission",
    "records.operations.look_at_pack": "the code is the permission",
    "records.operations.open": "slip and PIN are the permission",
    "records.operations.begin_opening": "a question; nobody is known yet",
    "records.operations.drop_openings": "a job",
    "records.operations.end_copy": "the number of the opening is the permission",
    "records.operations.open_with_passkey": "the answer of the device is the permission",
    "records.operations.open_with_recovery": "the code is the permission",
    "records.queries.copy_stays": "the number of the opening is the permission",
    "records.operations.open_pack": "the code and the PIN are the permission",
    "records.operations.pack_contents": "the code and the PIN are the permission",
}

Door = Callable[..., Any]


def _doors(*kinds: str) -> Iterator[tuple[str, Door]]:
    for room in ROOMS:
        for kind in kinds:
            module = importlib.import_module(f"skillmark.rooms.{room}.{kind}")
            for name, door in sorted(vars(module).items()):
                if inspect.isfunction(door) and not name.startswith("_") and door.__module__.startswith(module.__name__):
                    yield f"{room}.{kind}.{name}", door


def _asked(door: Door) -> dict[str, bool]:
    """The door's arguments, and whether each must be given."""
    return {name: one.default is one.empty for name, one in inspect.signature(door).parameters.items()}


def test_every_door_asks_for_whom() -> None:
    without = {name for name, door in _doors("operations", "queries") if not {"actor", "org_id"} & set(_asked(door))}
    assert without == set(WITHOUT_ACTOR)


def _lists() -> list[Any]:
    """The queries that need nothing but the actor, and perhaps the time."""
    return [
        pytest.param(door, id=name)
        for name, door in _doors("queries")
        if "actor" in _asked(door) and {one for one, must in _asked(door).items() if must} <= {"actor", "now"}
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("door", _lists())
def test_lists_hold_nothing_of_another_firm(door: Door, firm: Firm, other_firm: Firm, now: datetime) -> None:
    people.invite(actor=firm.owner, name="Nia", now=now)
    people.make_token(actor=firm.owner, name="Payroll", now=now)
    more = {"now": now} if "now" in _asked(door) else {}
    answer = door(actor=other_firm.owner, **more)
    rows = answer if isinstance(answer, list) else [answer]
    assert firm.org.id not in {_owner(row) for row in rows}


def _owner(row: Any) -> UUID | None:
    """The organisation that a row belongs to; an organisation belongs to itself."""
    found = getattr(row, "org_id", None) or getattr(row, "id", None)
    return found if isinstance(found, UUID) else None


@pytest.mark.django_db
def test_what_is_not_yours_is_not_there(firm: Firm, other_firm: Firm, now: datetime) -> None:
    from skillmark.rooms.people import queries

    member = queries.members(actor=firm.owner)[1]
    token, _ = people.make_token(actor=firm.owner, name="Payroll", now=now)
    outsider = other_firm.owner
    asks: list[Callable[[], object]] = [
        lambda: queries.person(actor=outsider, person_id=firm.person.id),
        lambda: queries.actor_for(user_id=firm.owner_user.id, now=now, org_id=other_firm.org.id),
        lambda: people.change_person(
            actor=outsider, person_id=firm.person.id, name="X", phone="", email="", language="en", now=now
        ),
        lambda: people.remove_member(actor=outsider, member_id=member.id, now=now),
        lambda: people.revoke_token(actor=outsider, token_id=token.id, now=now),
    ]
    for ask in asks:
        with pytest.raises(NotFound):
            ask()
    assert queries.person(actor=firm.owner, person_id=firm.person.id).name == firm.person.name
