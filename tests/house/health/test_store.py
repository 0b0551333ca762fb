"""Records, corrections, any past day; what lies in the database; and that each reading leaves an entry."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from skillmark.desks.backups import tables
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.health import operations, queries
from skillmark.rooms.health.models import HealthFile, HealthRecord, HealthTerms
from skillmark.rooms.health.rules import ClearUntil
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from tests.cast import NOW, Firm
from tests.house.health.conftest import TODAY, Asked

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 negative result, ward 7"


def add(firm: Firm, item_id: UUID, **more: Any) -> UUID:
    told = {"obtained": date(2025, 6, 1), "now": NOW, "today": TODAY} | more
    return operations.record(actor=firm.owner, person_id=firm.person.id, item_id=item_id, **told)


def clear(firm: Firm, on: date = TODAY, known_at: Any = None) -> ClearUntil | None:
    return queries.clear_until(org_id=firm.org.id, person_ids=[firm.person.id], on=on, known_at=known_at).get(firm.person.id)


def events(firm: Firm) -> list[str]:
    return [one.event for one in journal.entries(org_id=firm.org.id) if one.event.startswith("health.")]


def test_a_firm_that_asks_nothing_hears_nothing(firm: Firm) -> None:
    assert clear(firm) is None
    assert queries.items(actor=firm.owner, on=TODAY) == []
    assert queries.of_person(actor=firm.owner, person_id=firm.person.id, on=TODAY, now=NOW).lines == ()


def test_cleared_until_the_first_end(firm: Firm, asked: Asked) -> None:
    assert clear(firm) == ClearUntil(False, None)
    add(firm, asked.everyone)
    assert clear(firm) == ClearUntil(True, date(2027, 6, 1))
    people.assign(actor=firm.owner, person_id=firm.person.id, position_id=asked.position, starts=TODAY, now=NOW)
    assert clear(firm) == ClearUntil(False, None)
    add(firm, asked.aides, obtained=date(2001, 1, 1))
    assert clear(firm) == ClearUntil(True, date(2027, 6, 1))
    assert clear(firm, on=TODAY - timedelta(days=1)) == ClearUntil(True, date(2027, 6, 1))  # no aide yet on that day


def test_a_typed_last_day_wins(firm: Firm, asked: Asked) -> None:
    add(firm, asked.everyone, ends=date(2026, 5, 31))
    assert clear(firm) == ClearUntil(True, date(2026, 5, 31))


def test_what_was_known_stays_known(firm: Firm, asked: Asked) -> None:
    """A correction and a change of the rule alter today's answer, and none that was given before."""
    before = NOW - timedelta(days=1)
    first = add(firm, asked.everyone, now=before)
    assert clear(firm, known_at=before) is None  # the items themselves were written down at NOW
    operations.correct(actor=firm.owner, record_id=first, obtained=date(2023, 1, 1), now=NOW + timedelta(hours=1), today=TODAY)
    assert clear(firm) == ClearUntil(False, None)
    assert clear(firm, known_at=NOW) == ClearUntil(True, date(2027, 6, 1))
    operations.stop_item(actor=firm.owner, item_id=asked.everyone, starts=TODAY, now=NOW + timedelta(hours=2))
    assert clear(firm) is None
    assert clear(firm, on=TODAY - timedelta(days=1)) == ClearUntil(False, None)
    assert HealthRecord.objects.count() == 2  # nothing was overwritten


def test_a_change_of_terms_holds_from_its_day(firm: Firm, asked: Asked) -> None:
    operations.change_item(
        actor=firm.owner, item_id=asked.everyone, names={"en": "Skin test"}, months=12, everyone=False,
        position_ids=[asked.position], starts=TODAY, now=NOW + timedelta(hours=1),
    )  # fmt: skip
    assert clear(firm) is None and clear(firm, on=TODAY - timedelta(days=1)) == ClearUntil(False, None)


def test_withdrawn_is_as_if_never_shown(firm: Firm, asked: Asked) -> None:
    made = add(firm, asked.everyone)
    operations.withdraw(actor=firm.owner, record_id=made, now=NOW)
    assert clear(firm) == ClearUntil(False, None)
    with pytest.raises(NotFound):
        operations.withdraw(actor=firm.owner, record_id=made, now=NOW)


def test_files_come_back_as_they_were(firm: Firm, asked: Asked) -> None:
    made = add(firm, asked.everyone, file=("result.pdf", PDF), about="Read by a nurse.")
    [line] = queries.of_person(actor=firm.owner, person_id=firm.person.id, on=TODAY, now=NOW).lines
    assert line.best is not None and line.best.note == "Read by a nurse." and line.counts
    file = queries.file(actor=firm.owner, file_id=line.best.file_id or uuid4(), now=NOW)
    assert (file.name, file.kind, file.body) == ("result.pdf", "application/pdf", PDF)
    again = operations.correct(actor=firm.owner, record_id=made, obtained=date(2025, 6, 2), now=NOW, today=TODAY)
    _, kept = queries.record(actor=firm.owner, record_id=again, now=NOW)
    assert kept.file_id == line.best.file_id  # a correction without a file keeps it


def test_every_reading_leaves_an_entry(firm: Firm, asked: Asked) -> None:
    add(firm, asked.everyone, file=("result.pdf", PDF))
    reads = len(events(firm))
    part = queries.of_person(actor=firm.owner, person_id=firm.person.id, on=TODAY, now=NOW)
    assert part.lines[0].best is not None
    queries.overview(actor=firm.owner, on=TODAY, now=NOW)
    queries.record(actor=firm.owner, record_id=part.lines[0].best.id, now=NOW)
    queries.file(actor=firm.owner, file_id=part.lines[0].best.file_id or uuid4(), now=NOW)
    queries.for_pack(actor=firm.owner, person_ids=[firm.person.id], on=TODAY, now=NOW)
    assert events(firm)[reads:] == [
        "health.record.read", "health.list.read", "health.record.read", "health.file.read", "health.record.packed",
    ]  # fmt: skip
    clear(firm)
    assert len(events(firm)) == reads + 5  # talent learns nothing of anybody's health, so it leaves none


def test_the_database_tells_nothing(firm: Firm, asked: Asked) -> None:
    """Every row as a backup or a stolen copy has it: no name of an item, no note, no day, no file."""
    add(firm, asked.everyone, file=("result.pdf", PDF), about="Read by a nurse.")
    lines = "\n".join(line for model in tables.tables(apps) for chunk in tables.chunks(model) for line in chunk)
    assert "Rosa Delgado" in lines and "health.record.added" in lines
    for word in (
        "Skin test",
        "cutánea",
        "Shot",
        "health.example",
        "nurse",
        "2025-06-01",
        "2027-06-01",
        "result.pdf",
        "ward 7",
    ):
        assert word not in lines, word
    kept = {model._meta.label_lower for model in tables.tables(apps)}
    assert kept >= {f"health.{one}" for one in ("healthkey", "healthitem", "healthterms", "healthrecord", "healthfile")}


def test_a_sealed_row_is_worth_nothing_for_another_person(firm: Firm, asked: Asked) -> None:
    made = add(firm, asked.everyone)
    other = people.add_person(actor=firm.owner, name="Sam Ortiz", now=NOW)
    HealthRecord.objects.filter(id=made).update(person_id=other.id)
    with pytest.raises(queries.CannotOpen) as refused:
        queries.of_person(actor=firm.owner, person_id=other.id, on=TODAY, now=NOW)
    assert refused.value.code == "health.key"


def test_another_outer_key_opens_nothing(firm: Firm, asked: Asked) -> None:
    with override_settings(OUTER_KEY=b"x" * 32), pytest.raises(queries.CannotOpen):
        queries.items(actor=firm.owner, on=TODAY)
    assert queries.items(actor=firm.owner, on=TODAY)


def test_people_who_turn_out_to_be_one(firm: Firm, asked: Asked) -> None:
    from skillmark.rooms.people.models import Person

    twin = people.add_person(actor=firm.owner, name="Rosa Delgado", now=NOW)
    operations.record(
        actor=firm.owner, person_id=twin.id, item_id=asked.everyone, obtained=date(2025, 6, 1), now=NOW, today=TODAY
    )
    Person.objects.filter(id=twin.id).update(merged_into=firm.person)
    assert clear(firm) == ClearUntil(True, date(2027, 6, 1))
    assert queries.of_person(actor=firm.owner, person_id=twin.id, on=TODAY, now=NOW).lines[0].counts


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"obtained": date(2026, 5, 5)}, "health.in_future"),
        ({"ends": date(2025, 5, 31)}, "health.ends_before"),
        ({"about": "x" * 1001}, "health.note_too_long"),
        ({"about": "She is lazy about it."}, "text.opinion"),
        ({"file": ("a.svg", b"<svg/>")}, "health.file_kind"),
    ],
)
def test_bad_records(firm: Firm, asked: Asked, change: dict[str, Any], code: str) -> None:
    with pytest.raises(DomainError) as refused:
        add(firm, asked.everyone, **change)
    assert refused.value.code == code
    assert HealthRecord.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"names": {"en": "  "}}, "health.name_missing"),
        ({"names": {"en": "x" * 121}}, "health.name_too_long"),
        ({"months": 0}, "health.months_wrong"),
        ({"months": 601}, "health.months_wrong"),
        ({"everyone": False}, "health.nobody"),
        ({"source": "javascript:alert(1)"}, "health.bad_link"),
        ({"source": "https://"}, "health.bad_link"),
        ({"everyone": False, "position_ids": [uuid4()]}, "not_found"),
    ],
)
def test_bad_items(firm: Firm, change: dict[str, Any], code: str) -> None:
    told: dict[str, Any] = {"names": {"en": "Test"}, "months": 12, "everyone": True, "position_ids": ()} | change
    with pytest.raises(DomainError) as refused:
        operations.add_item(actor=firm.owner, starts=TODAY, now=NOW, **told)
    assert refused.value.code == code


def test_a_deleted_person_leaves_nothing_here(firm: Firm, asked: Asked) -> None:
    add(firm, asked.everyone, file=("result.pdf", PDF))
    supervisor = firm.supervisor
    with pytest.raises(DomainError):
        operations.forget_person(actor=supervisor, person_ids=[firm.person.id])
    operations.forget_person(actor=firm.owner, person_ids=[firm.person.id])
    assert HealthRecord.objects.count() == HealthFile.objects.count() == 0


def test_a_backup_brings_it_back(firm: Firm, asked: Asked) -> None:
    """Rows as they stand in a backup, into empty tables: with the same outer key they open again."""
    add(firm, asked.everyone, file=("result.pdf", PDF), about="Read by a nurse.")
    operations.let_in(actor=firm.owner, member_id=asked.supervisor, change=False, now=NOW)
    before = queries.of_person(actor=firm.supervisor, person_id=firm.person.id, on=TODAY, now=NOW)
    mine = [model for model in tables.tables(apps) if model._meta.app_label == "health"]
    kept = {model: [line for lines in tables.chunks(model) for line in lines] for model in mine}
    assert len(mine) == 6 and all(kept.values())
    parents_first = sorted(mine, key=lambda model: model is HealthTerms)
    for model in reversed(parents_first):
        model._base_manager.all().delete()
    assert clear(firm) is None
    for model in parents_first:
        assert tables.load(model, kept[model]) == len(kept[model])
    assert queries.of_person(actor=firm.supervisor, person_id=firm.person.id, on=TODAY, now=NOW) == before
    assert queries.file(actor=firm.owner, file_id=before.lines[0].records[0].file_id or uuid4(), now=NOW).body == PDF


def test_the_question_takes_the_same_number_of_queries_for_a_whole_firm(firm: Firm, asked: Asked) -> None:
    def ask(ids: list[UUID]) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert len(queries.clear_until(org_id=firm.org.id, person_ids=ids, on=TODAY)) == len(ids)
        return len(caught)

    add(firm, asked.everyone)
    one = ask([firm.person.id])
    many = [firm.person.id]
    for number in range(30):
        person = people.add_person(actor=firm.owner, name=f"Person {number}", now=NOW)
        operations.record(
            actor=firm.owner, person_id=person.id, item_id=asked.everyone, obtained=date(2025, 6, 1), now=NOW, today=TODAY
        )
        many.append(person.id)
    assert ask(many) == one <= 8
