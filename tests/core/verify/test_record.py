"""A kept report comes back whole, and says the same in both languages."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from credcore.errors import MalformedError
from credcore.verify import explain, record
from tests.core.proofs import NOW, STRANGER, as_bytes, credential, signed, verifier


@pytest.mark.parametrize("document", [signed(), signed(STRANGER), credential(), {}])
def test_a_report_comes_back_from_json(document: dict[str, Any]) -> None:
    report = verifier().check(as_bytes(document), now=NOW, item="card.json", container="file")
    whole = replace(report, parts=(replace(report, role="endorsement"),))
    again = record.load(json.loads(json.dumps(record.dump(whole))))
    assert again == whole
    for language in ("en", "es"):
        assert explain(again, language=language) == explain(whole, language=language)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"findings": [{"check": "read"}]},
        {"checked_at": "yesterday"},
        {"document": "%"},
        {"credential": {"x": 1}},
    ],
)
def test_a_damaged_record_is_refused(change: dict[str, Any]) -> None:
    value = record.dump(verifier().check(as_bytes(signed()), now=NOW))
    with pytest.raises(MalformedError, match=r"record\.malformed"):
        record.load({**value, **change})
    with pytest.raises(MalformedError, match=r"record\.malformed"):
        record.load({key: item for key, item in value.items() if key != "parts"})
