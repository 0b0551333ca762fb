"""The board, the matrix and a past day of a big firm, against reading the same rows and doing nothing with them."""

from __future__ import annotations

import gzip
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

import harness
from harness import crew

PEOPLE = 500
TURNS = 3
FIRMS = (
    ("500 people × 60 items, all needed", "Cards", 60, 60, "card"),
    ("500 people × 200 skills, 40 needed of each", "Skills", 200, 40, "skill"),
)
MARCH = date(2024, 3, 3)
LATER = datetime(2100, 1, 1, tzinfo=UTC)
_moments = 0
_clients: dict[int, Any] = {}


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        crew.start(place)
        rows = []
        for title, name, items, held, kind in FIRMS:
            owner = crew.make(name=name, people=PEOPLE, items=items, held=held, kind=kind)
            rows += _measured(title, owner)
        about = f"benchmarks/board.py: SQLite, in one process, fastest of {TURNS} turns. {harness.circumstances()}"
        notes = (
            "Reading alone fetches the rows that the board rests on (records, photos, look-ups, signatures, notes) as plain "
            "tuples, and drops them.",
            "What people hold, and boards, are kept in memory. After something about one person only their evidence is read "
            'again, and only those rows are made anew that rest on something else. "Asked again" is what most people get.',
            "Aims: at most 150 ms, 12 questions to the database and 150 KB for the page; a past day at the cost of today.",
            "The page is asked for by the framework's own test client: answer, session and templates included.",
        )
        head = ("what", "time", "to reading", "questions", "gzip")
        harness.write("The board", about=about, head=head, rows=rows, notes=notes)


def _measured(title: str, owner: Any) -> list[tuple[str, ...]]:
    from skillmark.desks import reports
    from skillmark.rooms.talent import queries

    def matrix() -> bytes:
        table = reports.make(name="matrix", actor=owner, ask=reports.Ask(on=crew.TODAY))
        return reports.render(table=table, format="json").body

    works = (
        ("reading the rows alone", lambda: _read(owner)),
        ("board, today, nothing in memory", lambda: _anew(owner, crew.TODAY)),
        ("board, as it was known two years ago, the same", lambda: _anew(owner, MARCH, crew.NOW.replace(year=2024))),
        ("board, a day to come that nobody has asked for", lambda: _another_day(owner, crew.TODAY)),
        ("board, a day two years ago, the same", lambda: _another_day(owner, MARCH)),
        ("board, after somebody's card was noted", lambda: _noted(owner, "holdings.look_up.logged")),
        ("board, after somebody was placed", lambda: _noted(owner, "people.assignment.made")),
        ("board, asked again", lambda: queries.board(actor=owner, on=crew.TODAY)),
        ("matrix as JSON, asked again", matrix),
        ("only one", lambda: queries.only_one(actor=owner, on=crew.TODAY)),
        ("the page, asked again", lambda: _page(owner)),
    )
    fastest = harness.fastest(*(work for _name, work in works), clock=time.perf_counter, turns=TURNS)
    told = []
    for (name, work), seconds in zip(works, fastest, strict=True):
        asked, answer = _asked(work)
        size = f"{len(gzip.compress(answer)) / 1000:.0f} KB" if isinstance(answer, bytes) else ""
        ratio = harness.times(seconds, base=fastest[0])
        told.append((f"{title}: {name}", f"{seconds * 1000:,.0f} ms", ratio, str(asked), size))
    return told


def _anew(owner: Any, on: date, known_at: datetime | None = None) -> None:
    """A board that is not in memory: nothing else asks for this one's moment."""
    global _moments
    _moments += 1
    from skillmark.rooms.talent import queries

    queries.board(actor=owner, on=on, known_at=(known_at or LATER) + timedelta(microseconds=_moments))


def _another_day(owner: Any, on: date) -> None:
    """A board of a day that is not in memory, made of what people hold, which is."""
    global _moments
    _moments += 1
    from skillmark.rooms.talent import queries

    queries.board(actor=owner, on=on + timedelta(days=_moments))


def _noted(owner: Any, event: str) -> None:
    """Something was written about one person since; the board was in memory."""
    from skillmark.rooms.journal import operations as journal
    from skillmark.rooms.people.models import Person
    from skillmark.rooms.talent import queries

    person_id = Person.objects.filter(org_id=owner.org_id).values_list("id", flat=True)[0]
    journal.write(org_id=owner.org_id, actor="", actor_id="", event=event, subject_id=person_id, now=crew.NOW)
    queries.board(actor=owner, on=crew.TODAY)


def _read(owner: Any) -> None:
    """What `holdings.queries.evidence` reads, by the same columns, with nothing made of it."""
    from skillmark.rooms.holdings import models

    columns = (
        "id", "person_id", "item_id", "obtained", "starts", "ends", "end_state", "level", "hours", "giver", "method",
        "revision", "disputed_at", "dispute_ended_at",
    )  # fmt: skip
    for _ in models.Holding.objects.filter(org_id=owner.org_id, superseded_at=None).values_list(*columns):
        pass
    mine = {"holding__org_id": owner.org_id}
    for _ in models.Photo.objects.filter(**mine).values_list("holding_id", "approved_at", "refused_at", "removed_at"):
        pass
    for _ in models.SourceCheck.objects.filter(**mine).values_list("holding_id", "looked_on", "confirmed"):
        pass
    for _ in models.Signature.objects.filter(**mine).values_list("holding_id", "giver", "verdict", "own", "listed", "code"):
        pass
    for _ in models.LateNote.objects.filter(**mine).values_list("holding_id"):
        pass


def _page(owner: Any) -> bytes:
    from django.conf import settings
    from django.test import Client

    from skillmark.rooms.people.models import User

    settings.ALLOWED_HOSTS = ["*"]
    if owner.user_id not in _clients:
        _clients[owner.user_id] = Client()
        _clients[owner.user_id].force_login(User.objects.get(id=owner.user_id))
    answer = _clients[owner.user_id].get("/", {"on": crew.TODAY.isoformat()})
    if answer.status_code != 200:
        raise SystemExit(f"The page answers {answer.status_code}.")
    return answer.content


def _asked(work: Any) -> tuple[int, object]:
    """How many questions it asks the database, and its answer."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as caught:
        answer = work()
    return len(caught), answer


if __name__ == "__main__":
    main()
