"""One changed byte anywhere in a proof never gives good."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from credcore.errors import CredcoreError
from credcore.status import bitstring
from credcore.verify import Verdict, Verifier, check_item
from tests.core.proofs import LIST_URL, NOW, as_bytes, signed, status_list, verifier

DOCUMENT = as_bytes(signed(status=bitstring.entry(list_url=LIST_URL, index=7)))
PAGES = {LIST_URL: status_list()}


def _check(data: bytes) -> Verdict:
    checker: Verifier = verifier(PAGES)
    (report,) = check_item(data, verifier=checker, now=NOW, name="proof.json")
    return report.verdict


def test_the_untouched_proof_is_good() -> None:
    assert _check(DOCUMENT) is Verdict.GOOD


@settings(max_examples=300, deadline=None)
@given(place=st.integers(0, len(DOCUMENT) - 1), byte=st.integers(0, 255))
def test_one_changed_byte_is_never_good(place: int, byte: int) -> None:
    changed = bytearray(DOCUMENT)
    if changed[place] == byte:
        return
    changed[place] = byte
    assert _check(bytes(changed)) is not Verdict.GOOD


@settings(max_examples=100, deadline=None)
@given(place=st.integers(0, len(DOCUMENT)), text=st.binary(min_size=1, max_size=8))
def test_bytes_put_in_or_taken_out_are_never_good_unless_they_say_nothing(place: int, text: bytes) -> None:
    longer = DOCUMENT[:place] + text + DOCUMENT[place:]
    shorter = DOCUMENT[:place] + DOCUMENT[place + len(text) :]
    for changed in (longer, shorter):
        if changed != DOCUMENT and _says_something_else(changed):
            assert _check(changed) is not Verdict.GOOD


def _says_something_else(data: bytes) -> bool:
    """White space between JSON tokens says nothing: the signature covers the statements, not their layout."""
    from credcore.codec import strict_json

    try:
        return bool(strict_json.loads(data) != strict_json.loads(DOCUMENT))
    except CredcoreError:
        return True
