"""What must not be signed, and why. Each beside the same credential without the fault."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from credcore.formats import vcdm
from credcore.issue import LintError, Making, issue, lint
from credcore.status import bitstring
from tests.core import proofs
from tests.core.proofs import COLLEGE, LIST_URL, NOW

Json = dict[str, Any]
Change = Callable[[Json], Any]
ENTRY = bitstring.entry(list_url=LIST_URL, index=7)


def test_a_good_one_passes() -> None:
    lint(proofs.credential(), now=NOW)
    lint(proofs.credential(change=lambda made: made.update(credentialStatus=ENTRY)), now=NOW)
    lint(proofs.credential(valid_from=NOW + timedelta(days=9), valid_until=NOW + timedelta(days=19)), now=NOW)


BAD: dict[str, tuple[Change, str]] = {
    "signed already": (lambda made: made.update(proof={}), "lint.already_signed"),
    "no type": (lambda made: made.pop("type"), "lint.not_a_credential"),
    "another model": (lambda made: made.update({"@context": made["@context"][1:]}), "lint.not_a_credential"),
    "no giver": (lambda made: made.pop("issuer"), "lint.no_issuer"),
    "no receiver": (lambda made: made.update(credentialSubject={}), "lint.no_subject"),
    "dates in words": (lambda made: made.update(validFrom="today"), "dates.malformed"),
    "dates reversed": (lambda made: made.update(validUntil="2020-01-01T00:00:00Z"), "dates.reversed"),
    "ended": (lambda made: made.update(validUntil="2026-05-01T00:00:00Z"), "lint.refused"),
    "terms without type": (lambda made: made.update(termsOfUse={"id": "urn:x:1"}), "lint.shape"),
    "a status that nobody can follow": (
        lambda made: made.update(credentialStatus=ENTRY | {"statusListIndex": "-1"}), "lint.status"),
    "an undefined word": (lambda made: made.update(colour="red"), "rdf.undefined_term"),
    "an unknown vocabulary": (lambda made: made["@context"].append("https://words.example/v1"), "context.unknown"),
    "a vocabulary of its own": (lambda made: made["@context"].append({"colour": "urn:x:colour"}), "context.inline"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "code"), BAD.values(), ids=BAD)
@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022", "Ed25519Signature2020"])
def test_a_fault_stops_every_suite(change: Change, code: str, suite: str) -> None:
    with pytest.raises(LintError) as caught:
        issue(proofs.credential(change=change), signer=COLLEGE, now=NOW, making=Making(suite))
    assert caught.value.code == code


def test_what_has_ended_is_signed_for_who_asks_for_it() -> None:
    ended = proofs.credential(valid_until=NOW - timedelta(days=1))
    made = issue(ended, signer=COLLEGE, now=NOW, making=Making(ended=True))
    assert made["proof"]["created"] == vcdm.iso(NOW)
    with pytest.raises(LintError, match=r"dates\.reversed"):
        lint(proofs.credential(valid_until=NOW - timedelta(days=31)), now=NOW, making=Making(ended=True))


def test_a_refusal_tells_where() -> None:
    with pytest.raises(LintError) as caught:
        lint(proofs.credential(change=lambda made: made.update(evidence=[{}])), now=NOW)
    assert "$.evidence.type" in caught.value.detail
