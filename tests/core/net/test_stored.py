"""Fetchers that open no socket, and the cache."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.net.cached import CachedFetch
from credcore.net.offline import MapFetch, OfflineFetch
from credcore.ports import Fetched, FetchKind

NOW = datetime(2026, 3, 4, tzinfo=UTC)
URL = "https://proofs.example.com/did.json"
DID, STATUS, ITEM = FetchKind.DID, FetchKind.STATUS, FetchKind.ITEM


def test_offline_says_so() -> None:
    with pytest.raises(UnavailableError, match=r"fetch\.offline") as caught:
        OfflineFetch()(URL, kind=DID)
    assert not caught.value.permanent


def folder(path: Path, names: object) -> Path:
    (path / "map.json").write_text(json.dumps(names))
    return path


def test_a_folder_answers(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "did.json").write_bytes(b"{}")
    fetch = MapFetch(folder(tmp_path, {URL: "sub/did.json", URL + "/gone": "gone", URL + "/x": "map.JSON"}), clock=lambda: NOW)
    assert fetch(URL + "#key-1", kind=DID) == Fetched(URL + "#key-1", b"{}", "application/json", NOW)
    for url in (URL + "/gone", URL + "?", "http" + URL[5:]):
        with pytest.raises(UnavailableError, match=r"fetch\.offline"):
            fetch(url, kind=DID)
    assert MapFetch(tmp_path)(URL, kind=ITEM).fetched_at.tzinfo is UTC


def test_a_large_stored_answer(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 2_000_001)
    with pytest.raises(UnavailableError, match=r"fetch\.too_large"):
        MapFetch(folder(tmp_path, {URL: "big"}))(URL, kind=ITEM)


@pytest.mark.parametrize("name", ["../x", "/etc/hostname", "sub/../../x", "a\0b", 3, None, "link/x", ["x"]])
def test_names_that_lead_out(tmp_path: Path, name: object) -> None:
    inner = tmp_path / "map"
    inner.mkdir()
    (inner / "link").symlink_to(tmp_path)
    with pytest.raises(MalformedError, match=r"fetch\.bad_map"):
        MapFetch(folder(inner, {URL: name}))


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000, b'"x"'])
def test_broken_maps(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(CredcoreError, match=r"fetch\.bad_map"):
        MapFetch(tmp_path)
    (tmp_path / "map.json").write_bytes(body)
    with pytest.raises(CredcoreError, match=r"fetch\.bad_map"):
        MapFetch(tmp_path)


class Counting:
    """A Fetch and a clock under the test's hand."""

    def __init__(self) -> None:
        self.now = NOW
        self.asked: list[str] = []
        self.down = False

    def __call__(self, url: str, *, kind: FetchKind) -> Fetched:
        self.asked.append(url)
        if self.down:
            raise UnavailableError("fetch.unreachable")
        return Fetched(url, str(len(self.asked)).encode(), "", self.now)


def test_the_cache_answers_while_fresh_and_never_after() -> None:
    source = Counting()
    fetch = CachedFetch(source, clock=lambda: source.now, max_age=timedelta(minutes=5))
    first = fetch(URL, kind=DID)
    source.now += timedelta(minutes=4, seconds=59)
    assert fetch(URL, kind=DID) == first
    assert first.fetched_at == NOW
    source.now = NOW + timedelta(minutes=5)
    source.down = True
    with pytest.raises(UnavailableError, match=r"fetch\.unreachable"):
        fetch(URL, kind=DID)
    assert fetch.last_good(URL, kind=DID) == first
    source.down = False
    assert fetch(URL, kind=DID).body == b"3"
    assert fetch.last_good(URL, kind=STATUS) is None


def test_the_cache_does_not_trust_a_clock_set_back() -> None:
    source = Counting()
    fetch = CachedFetch(source, clock=lambda: source.now)
    fetch(URL, kind=DID)
    source.now -= timedelta(hours=1)
    assert fetch(URL, kind=DID).body == b"2"


def test_the_cache_forgets_the_least_used_and_keeps_no_items() -> None:
    source = Counting()
    fetch = CachedFetch(source, clock=lambda: source.now, max_entries=2)
    for url in ("a", "b", "a", "c", "a", "b"):
        fetch(url, kind=STATUS)
    assert source.asked == ["a", "b", "c", "b"]
    fetch("i", kind=ITEM)
    fetch("i", kind=ITEM)
    assert source.asked[-2:] == ["i", "i"]
    assert fetch.last_good("i", kind=ITEM) is None


def test_an_answer_for_one_kind_is_none_for_another() -> None:
    source = Counting()
    fetch = CachedFetch(source, clock=lambda: source.now)
    assert fetch(URL, kind=STATUS) != fetch(URL, kind=DID)


def test_a_stored_answer_may_say_when_it_came(tmp_path: Path) -> None:
    (tmp_path / "did.json").write_bytes(b"{}")
    names = {
        URL: {"file": "did.json", "at": "2026-03-01T08:00:00Z"},
        URL + "/next": {"file": "did.json", "at": "2027-01-01T08:00:00Z"},
    }
    fetch = MapFetch(folder(tmp_path, names), clock=lambda: NOW)
    assert fetch(URL, kind=DID).fetched_at == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert fetch(URL + "/next", kind=DID).fetched_at == NOW  # nothing comes from tomorrow


@pytest.mark.parametrize(
    "told", [{"at": "2026-03-01T08:00:00Z"}, {"file": "did.json", "at": "March"}, {"file": 1}, {"file": "../x"}, {}]
)
def test_a_stored_answer_without_a_file_or_a_time(tmp_path: Path, told: object) -> None:
    with pytest.raises(MalformedError, match=r"fetch\.bad_map"):
        MapFetch(folder(tmp_path, {URL: told}))
