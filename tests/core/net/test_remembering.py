"""What was seen once is there when nobody answers, with its true age; a refusal is never papered over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from credcore.errors import UnavailableError
from credcore.net.remembering import SILENT, RememberingFetch
from credcore.ports import Fetched, FetchKind
from credcore.verify import Verdict, Verifier
from tests.core.proofs import COLLEGE, LIST_URL, NOW, OUR_LIST, Answers, as_bytes, signed, status_list

URL = "https://college.example/did.json"


class Silent:
    """A Fetch that fails with one code."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __call__(self, url: str, *, kind: FetchKind) -> Fetched:
        raise UnavailableError(self.code, url)


class Shelf:
    """Where answers are stored."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, FetchKind], Fetched] = {}

    def load(self, url: str, *, kind: FetchKind) -> Fetched | None:
        return self.kept.get((url, kind))

    def store(self, answer: Fetched, *, kind: FetchKind) -> None:
        self.kept[answer.url, kind] = answer


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def remembering(shelf: Shelf, fetch: object) -> RememberingFetch:
    return RememberingFetch(fetch, load=shelf.load, store=shelf.store)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [FetchKind.DID, FetchKind.STATUS])
@pytest.mark.parametrize("code", sorted(SILENT))
def test_an_answer_comes_back_when_nobody_answers(shelf: Shelf, code: str, kind: FetchKind) -> None:
    first = remembering(shelf, Answers({URL: b"{}"}))(URL, kind=kind)
    again = remembering(shelf, Silent(code))(URL, kind=kind)
    assert again == first and again.fetched_at == NOW


@pytest.mark.parametrize(
    "code", ["fetch.status", "fetch.refused", "fetch.private_address", "fetch.redirect", "fetch.too_many"]
)
def test_a_refusal_is_an_answer(shelf: Shelf, code: str) -> None:
    remembering(shelf, Answers({URL: b"{}"}))(URL, kind=FetchKind.DID)
    with pytest.raises(UnavailableError) as caught:
        remembering(shelf, Silent(code))(URL, kind=FetchKind.DID)
    assert caught.value.code == code


def test_what_a_person_hands_over_is_not_stored(shelf: Shelf) -> None:
    remembering(shelf, Answers({URL: b"{}"}))(URL, kind=FetchKind.ITEM)
    assert shelf.kept == {}
    with pytest.raises(UnavailableError):
        remembering(shelf, Silent("fetch.offline"))(URL, kind=FetchKind.ITEM)


def test_an_answer_for_one_purpose_does_not_serve_another(shelf: Shelf) -> None:
    remembering(shelf, Answers({URL: b"{}"}))(URL, kind=FetchKind.STATUS)
    with pytest.raises(UnavailableError):
        remembering(shelf, Silent("fetch.offline"))(URL, kind=FetchKind.DID)


def test_an_answer_from_another_address_is_not_stored(shelf: Shelf) -> None:
    class Moved(Answers):
        def __call__(self, url: str, *, kind: FetchKind) -> Fetched:
            return replace(super().__call__(url, kind=kind), url="https://elsewhere.example/")

    remembering(shelf, Moved({URL: b"{}"}))(URL, kind=FetchKind.DID)
    assert shelf.kept == {}


def test_strangers_may_read_and_store_nothing(shelf: Shelf) -> None:
    fetch = RememberingFetch(Answers({URL: b"{}"}), load=shelf.load)
    fetch(URL, kind=FetchKind.DID)
    assert shelf.kept == {}
    remembering(shelf, Answers({URL: b"{}"}))(URL, kind=FetchKind.DID)
    assert RememberingFetch(Silent("fetch.timeout"), load=shelf.load)(URL, kind=FetchKind.DID).body == b"{}"


def test_a_remembered_status_list_never_makes_good(shelf: Shelf) -> None:
    """Online: good. Two days later without internet: careful, and the report knows when it was last seen."""
    entry = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "7",
             "statusListCredential": LIST_URL}  # fmt: skip
    document = as_bytes(signed(change=lambda made: made.update(credentialStatus=entry)))
    online = Verifier(fetch=remembering(shelf, Answers({LIST_URL: status_list()})), trust=(OUR_LIST,))
    assert COLLEGE.did and online.check(document, now=NOW).verdict is Verdict.GOOD
    offline = Verifier(fetch=remembering(shelf, Silent("fetch.offline")), trust=(OUR_LIST,))
    report = offline.check(document, now=NOW + timedelta(days=2))
    assert report.verdict is Verdict.CAREFUL and report.code == "status.unknown"
