"""What a firm keeps of its checks goes into a backup and comes back, in pieces that fit into memory."""

from __future__ import annotations

import pytest
from django.apps import apps

from skillmark.desks.backups import tables
from skillmark.rooms.credentials import operations
from skillmark.rooms.credentials.models import BatchRow, Check, CheckedItem, FollowedList, RememberedAnswer, TrustedGiver
from tests.cast import NOW, Firm
from tests.core.proofs import verifier
from tests.house.credentials.test_batches import rows, take
from tests.house.credentials.test_givers import remember
from tests.house.desks.conftest import Net, net
from tests.house.desks.test_checking import COUNTY, files, follow, trust

__all__ = ["net"]
pytestmark = pytest.mark.django_db
KEPT = (BatchRow, Check, CheckedItem, FollowedList, RememberedAnswer, TrustedGiver)


def test_everything_comes_back_as_it_was(firm: Firm, net: Net) -> None:
    trust(firm)
    follow(firm, url="", body=files.dumps(COUNTY))
    remember(b"\x00\xff", NOW)
    operations.start_batch(actor=firm.owner, name="", rows=rows(2), now=NOW)
    (row,) = take(1)
    operations.finish_row(row_id=row.id, reports=[verifier().check(bytes(row.body), now=NOW)], now=NOW)
    assert set(KEPT) <= set(tables.tables(apps))
    held = {model: [line for lines in tables.chunks(model) for line in lines] for model in KEPT}
    assert all(held.values())
    order = (Check, BatchRow, CheckedItem, FollowedList, RememberedAnswer, TrustedGiver)
    for model in order:
        model._base_manager.all().delete()
    for model in reversed(order):
        assert tables.load(model, held[model]) == len(held[model])
        assert [line for lines in tables.chunks(model) for line in lines] == held[model]


def test_large_rows_make_small_pieces(firm: Firm) -> None:
    size = tables.CHUNK_BYTES // 2
    for number in range(5):
        CheckedItem.objects.create(org=firm.org, kind="file", body=bytes(size), sha256=str(number), size=size, created_at=NOW)
    pieces = [len(lines) for lines in tables.chunks(CheckedItem)]
    assert sum(pieces) == 5 and max(pieces) == 2
