"""How often one line may try: whoever has many addresses on it has no more tries than others."""

from __future__ import annotations

import pytest
from django.test import Client

from skillmark.edges.public import door

pytestmark = pytest.mark.django_db
CODE = {"code": "ABCD-EFGH-JKMN", "pin": "739204", "pin_again": "739204"}


def tried(address: str) -> int:
    return Client(REMOTE_ADDR=address).post("/w/recover", CODE).status_code


@pytest.mark.parametrize(
    ("same", "other"),
    [
        (["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:2:3::"], "2001:db8:1:3::1"),
        (["192.0.2.7", "::ffff:192.0.2.7", "192.0.2.7"], "192.0.2.8"),
        (["inside", "inside", "inside"], "192.0.2.8"),
    ],
)
def test_a_line_with_many_addresses_has_the_tries_of_one(monkeypatch: pytest.MonkeyPatch, same: list[str], other: str) -> None:
    monkeypatch.setitem(door.LIMITS, "recover", 2)
    assert [tried(address) for address in same] == [422, 422, 429]
    assert tried(other) == 422
