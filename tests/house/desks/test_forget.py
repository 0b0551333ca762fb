"""Delete a person: no table of the database names them any more, but for what they keep in their own space."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps

from skillmark.desks import checking, whole_person
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.credentials.models import StatusChange, StatusEntry
from skillmark.rooms.health import operations as health
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings.models import StoredFile
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.journal.models import Entry
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries
from skillmark.rooms.people.models import Organisation, Person
from skillmark.rooms.records import operations as records
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as talent
from tests.cast import Firm
from tests.house.holdings.signing import make_item, settle, sign_with_token

pytestmark = pytest.mark.django_db
CANARIES = (
    "Rosa Delgado", "R. Canary-Merged", "Canary-Former", "CANARY-NUMBER", "canary@mail.example", "555-0142", "CANARY-CARD",
    "CANARY-NOTE", "CANARY-LINK", "CANARY-REASON", "CANARY-LATE", "CANARY-CANCEL", "CANARY-PHOTO", "canary-photo-bytes",
    "canary-screenshot", "CANARY-SAW", "CANARY-CONTRACT", "CANARY-GIVER",
    "CANARY-SEEN", "CANARY-COMMENT", "CANARY-PLACE", "canary-at-work",
)  # fmt: skip
# What the person keeps in their own space is theirs, and stays.
THEIRS = {("credentials.Held", "document"), ("people.Organisation", "name")}


def _values() -> Iterator[tuple[str, str, str]]:
    """(model, field, text) for every value of every row of every table, but for the history of people's own spaces."""
    own = set(Organisation.objects.filter(kind=Organisation.Kind.PERSON).values_list("id", flat=True))
    for model in apps.get_models():
        for row in model._base_manager.all().values():
            if model is Entry and row["org_id"] in own:
                continue
            for field, value in row.items():
                if isinstance(value, (bytes, memoryview)):
                    value = bytes(value).decode("utf-8", "replace")
                yield model._meta.label, field, str(value)


def _where() -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for model, field, text in _values():
        for canary in CANARIES:
            if canary.casefold() in text.casefold():
                found.setdefault(canary, set()).add((model, field))
    return found


@pytest.fixture
def known(firm: Firm, now: datetime) -> UUID:
    """Somebody of whom everything is known that can be; returns the id of the one who was joined with them."""
    owner, rosa, today = firm.owner, firm.person.id, now.date()
    said = {"actor": owner, "person_id": rosa, "phone": "+1 316 555-0142", "email": "canary@mail.example", "language": "es"}
    people.change_person(name="Rosa Canary-Former", now=now, **said)
    people.change_person(name="Rosa Delgado", number="CANARY-NUMBER", now=now, **said)
    people.assign(actor=owner, person_id=rosa, starts=today, contract="CANARY-CONTRACT", now=now)
    people.note_absence(actor=owner, person_id=rosa, starts=today, ends=today, now=now)
    other = people.add_person(actor=owner, name="R. Canary-Merged", now=now)
    people.merge(actor=owner, keep_id=rosa, other_id=other.id, now=now)
    item = skills.add_item(actor=owner, kind="card", names={"en": "Forklift"}, starts=date(2026, 1, 1), now=now)
    facts = holdings.Facts(number="CANARY-CARD", note="CANARY-NOTE", giver="CANARY-GIVER", ends=date(2027, 1, 1))
    held = holdings.record(actor=owner, person_id=other.id, item_id=item.id, facts=facts, now=now)
    holdings.add_photo(
        actor=owner, holding_id=held.id, body=b"canary-photo-bytes", media_type="image/jpeg", name="CANARY-PHOTO.jpg", now=now
    )
    holdings.log_look_up(
        actor=owner, holding_id=held.id, link="https://source.example/CANARY-LINK", looked_on=today, confirmed=True,
        note="CANARY-NOTE", screenshot=b"canary-screenshot", media_type="image/png", today=today, now=now,
    )  # fmt: skip
    holdings.note_late(actor=owner, holding_id=held.id, text="CANARY-LATE", now=now)
    holdings.ask(actor=owner, person_id=rosa, item_id=item.id, now=now)
    _, token = sign_with_token(
        firm, make_item(firm), person_id=other.id, seen="CANARY-SEEN", place="CANARY-PLACE",
        photo=(b"canary-at-work", "image/jpeg"),
    )  # fmt: skip
    holdings.comment(token=token, text="CANARY-COMMENT", now=now)
    settle()
    talent.exempt(actor=owner, person_id=rosa, item_id=item.id, reason="CANARY-REASON", starts=today, ends=today, now=now)
    talent.make_person_code(actor=owner, person_id=rosa, now=now)
    talent.propose(actor=owner, person_id=rosa, item_ids=[item.id], now=now)
    asked = health.add_item(
        actor=owner, names={"en": "Test"}, months=12, everyone=True, position_ids=(), starts=today, now=now
    )
    health.record(
        actor=owner, person_id=rosa, item_id=asked, obtained=today, today=today, now=now, file=("a.jpg", b"\xff\xd8\xff")
    )
    return other.id


@pytest.fixture
def given(firm: Firm, known: UUID, now: datetime) -> list[Any]:
    """Two proofs: one that she keeps, one that was cancelled. And a check of a file that names her."""
    kind = credentials.make_template(
        actor=firm.owner, name="Kind", did="Does it.", how="Watched.", method="observed", months=None, level_asked=False,
        colour="indigo", language="en", now=now,
    )  # fmt: skip
    made = [
        credentials.give(
            actor=firm.owner,
            person_id=firm.person.id,
            template_id=kind.id,
            request_key=str(uuid4()),
            note="CANARY-SAW",
            now=now,
        )
        for _ in range(2)
    ]
    code = credentials.offer(actor=firm.owner, issued_id=made[0].id, way="screen", now=now)[1]
    records.keep(code=code, pin="", verifier=checking.verifier(org_id=None, now=now), now=now)
    credentials.cancel(actor=firm.owner, issued_id=made[1].id, reason="CANARY-CANCEL", now=now)
    checking.check_and_keep(actor=firm.owner, kind="file", name="Rosa Delgado.json", body=bytes(made[0].document), now=now)
    credentials.start_batch(actor=firm.owner, name="Many", rows=[("Rosa Delgado", "text", b"Rosa Delgado")], now=now)
    return made


def _forget(firm: Firm, now: datetime, typed: str = "Rosa Delgado") -> None:
    whole_person.forget(actor=firm.owner, person_id=firm.person.id, typed_name=typed, now=now + timedelta(hours=1))


def test_the_canaries_are_everywhere_before(firm: Firm, known: UUID, given: list[Any]) -> None:
    """Else the next test would prove nothing."""
    assert set(_where()) == set(CANARIES)
    assert len(set.union(*_where().values())) > 15


def test_nothing_of_her_is_left_anywhere(firm: Firm, known: UUID, given: list[Any], now: datetime) -> None:
    _forget(firm, now)
    assert {canary: where - THEIRS for canary, where in _where().items() if where - THEIRS} == {}
    assert queries.people(actor=firm.owner, search="rosa") == []
    assert not Person.objects.filter(id__in=[firm.person.id, known]).exists()
    assert not StoredFile.objects.exists()
    for person_id in (firm.person.id, known):
        with pytest.raises(NotFound):
            queries.person(actor=firm.owner, person_id=person_id)


def test_what_she_kept_stays_hers_and_checks_as_before(firm: Firm, given: list[Any], now: datetime) -> None:
    document = bytes(given[0].document)
    _forget(firm, now)
    assert [one.verdict.value for one in checking.check_bytes(data=document, name="", now=now, org_id=firm.org.id)] == ["good"]
    with pytest.raises(NotFound):
        proofs.proof(actor=firm.owner, issued_id=given[0].id)
    assert StatusEntry.objects.filter(issued=None).count() == 3, "places in the lists are never used again"
    [change] = StatusChange.objects.all()
    assert change.reason == "", "what was cancelled stays cancelled"


def test_the_history_tells_that_something_happened_and_not_to_whom(firm: Firm, given: list[Any], now: datetime) -> None:
    before = journal.entries(org_id=firm.org.id, limit=5000)
    _forget(firm, now)
    after = journal.entries(org_id=firm.org.id, limit=5000)
    assert [one.event for one in after[: len(before)]] == [one.event for one in before]
    assert after[-1].event == "people.person.forgotten"
    added = next(one for one in after if one.event == "people.person.added")
    assert added.data == {"name": f"Person {firm.person.id.hex[:6].upper()}"} and added.actor == "Dana Whitlock"


def test_a_namesake_keeps_everything(firm: Firm, given: list[Any], now: datetime) -> None:
    twin = people.add_person(actor=firm.owner, name="Rosa Delgado", number="2", now=now)
    _forget(firm, now)
    assert queries.people(actor=firm.owner, search="rosa delgado") == [twin]
    named = [one for one in journal.history(org_id=firm.org.id, subject_id=twin.id) if one.data["name"] == "Rosa Delgado"]
    assert len(named) == 1
    assert not [one for one in journal.history(org_id=firm.org.id, subject_id=firm.person.id) if "Rosa" in str(one.data)]


def test_a_photo_that_shows_somebody_elses_card_too_stays(firm: Firm, known: UUID, now: datetime) -> None:
    twin = people.add_person(actor=firm.owner, name="Sam Ortiz", now=now)
    item = skills.add_item(actor=firm.owner, kind="card", names={"en": "Other"}, starts=date(2026, 1, 1), now=now)
    held = holdings.record(actor=firm.owner, person_id=twin.id, item_id=item.id, facts=holdings.Facts(), now=now)
    holdings.add_photo(
        actor=firm.owner, holding_id=held.id, body=b"canary-photo-bytes", media_type="image/jpeg", name="", now=now
    )
    _forget(firm, now)
    assert [bytes(one.body) for one in StoredFile.objects.all()] == [b"canary-photo-bytes"]


def test_the_name_must_be_typed_and_only_an_owner_may(firm: Firm, other_firm: Firm, known: UUID, now: datetime) -> None:
    before = _where()
    with pytest.raises(people.CannotChangePerson) as refused:
        _forget(firm, now, typed="Rosa")
    assert refused.value.code == "forget.other_name"
    ask = {"person_id": firm.person.id, "typed_name": "Rosa Delgado", "now": now}
    with pytest.raises(people.CannotDo):
        whole_person.forget(actor=firm.supervisor, **ask)
    with pytest.raises(NotFound):
        whole_person.forget(actor=other_firm.owner, **ask)
    assert _where() == before
    _forget(firm, now, typed="  rosa   delgado ")


def test_all_or_nothing(firm: Firm, known: UUID, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    from skillmark.rooms.journal import operations

    def broken(**_asked: object) -> int:
        raise OSError("the disk is full")

    before = _where()
    monkeypatch.setattr(operations, "pseudonymise", broken)
    with pytest.raises(OSError, match="disk"):
        _forget(firm, now)
    assert _where() == before
