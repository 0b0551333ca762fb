"""The journal only grows."""

from __future__ import annotations

from datetime import datetime

import pytest

from skillmark.rooms.journal import operations, queries
from skillmark.rooms.journal.models import AppendOnlyError
from tests.cast import Firm

pytestmark = pytest.mark.django_db


def test_an_entry_is_never_changed_or_deleted(firm: Firm, now: datetime) -> None:
    entry = operations.write(org_id=firm.org.id, actor="Dana", actor_id="user:1", event="a.b.c", now=now)
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        entry.delete()


def test_a_reader_sees_each_entry_until_it_says_so(firm: Firm, now: datetime) -> None:
    entries = queries.unseen(reader="job")
    assert entries
    operations.seen(reader="job", upto=entries[-1].id)
    assert queries.unseen(reader="job") == []
    operations.seen(reader="job", upto=0)
    assert queries.unseen(reader="job") == []
    later = operations.write(org_id=None, actor="-", actor_id="-", event="a.b.c", now=now)
    assert queries.unseen(reader="job") == [later]


def test_a_firm_reads_only_its_own_history(firm: Firm, other_firm: Firm) -> None:
    assert {entry.org_id for entry in queries.entries(org_id=firm.org.id)} == {firm.org.id}
