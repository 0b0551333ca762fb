"""Contexts are pinned: these bytes or none, and never another meaning while the program runs."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from credcore import contexts
from credcore.contexts import openbadges30, own
from credcore.errors import MalformedError, UnavailableError
from tests.vectors import vectors

MINE = "https://words.example/v1"
DOCUMENT = b'{"@context": {"hat": "https://words.example/#hat"}}'
DIGEST = hashlib.sha256(DOCUMENT).hexdigest()


@pytest.fixture
def added(tmp_path: Path) -> Iterator[Path]:
    """A file of an operator; whatever the test adds is forgotten afterwards."""
    path = tmp_path / "words.json"
    path.write_bytes(DOCUMENT)
    yield path
    contexts._added.clear()
    contexts.load.cache_clear()


@pytest.mark.parametrize("pin", contexts.pinned(), ids=lambda pin: pin.url)
def test_every_pin_loads(pin: contexts.Pin) -> None:
    assert contexts.is_pinned(pin.url)
    assert "@context" in contexts.load(pin.url)
    assert len(pin.sha256) == 64


@pytest.mark.parametrize(
    "url", ["", "https://w3id.org/dcc/v1", "https://www.w3.org/ns/credentials/v2/", "HTTPS://www.w3.org/ns/did/v1"]
)
def test_any_other_address_is_unknown_for_good(url: str) -> None:
    assert not contexts.is_pinned(url)
    with pytest.raises(UnavailableError) as caught:
        contexts.load(url)
    assert (caught.value.code, caught.value.permanent) == ("context.unknown", True)


def test_changed_bytes_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "https://www.w3.org/ns/credentials/v2"
    where, name, _ = contexts._PACKAGED[url]
    monkeypatch.setitem(contexts._PACKAGED, url, (where, name, "0" * 64))
    with pytest.raises(UnavailableError) as caught:
        contexts.load.__wrapped__(url)
    assert (caught.value.code, caught.value.permanent) == ("context.changed", True)


def test_an_operator_adds_a_file(added: Path) -> None:
    contexts.add(url=MINE, path=added, sha256=DIGEST.upper())
    contexts.add(url=MINE, path=added, sha256=DIGEST)
    added.unlink()  # read once, when it was added
    assert contexts.load(MINE) == json.loads(DOCUMENT)
    assert DIGEST in {pin.sha256 for pin in contexts.pinned() if pin.url == MINE}


def test_an_added_file_must_have_the_named_bytes(added: Path) -> None:
    with pytest.raises(UnavailableError) as caught:
        contexts.add(url=MINE, path=added, sha256="0" * 64)
    assert caught.value.code == "context.changed"
    with pytest.raises(UnavailableError) as caught:
        contexts.add(url=MINE, path=added.with_name("absent.json"), sha256=DIGEST)
    assert caught.value.code == "context.missing"
    assert not contexts.is_pinned(MINE)


@pytest.mark.parametrize("data", [b"[]", b"{}", b"hat", b"\xff", b"[" * 100_000])
def test_an_added_file_must_be_a_context(added: Path, data: bytes) -> None:
    added.write_bytes(data)
    with pytest.raises(MalformedError) as caught:
        contexts.add(url=MINE, path=added, sha256=hashlib.sha256(data).hexdigest())
    assert caught.value.code == "context.malformed"


@pytest.mark.parametrize("url", [*own.CONTEXTS, *openbadges30.CONTEXTS, "https://www.w3.org/ns/credentials/v2"])
def test_a_pinned_meaning_cannot_be_replaced(added: Path, url: str) -> None:
    with pytest.raises(MalformedError) as caught:
        contexts.add(url=url, path=added, sha256=DIGEST)
    assert caught.value.code == "context.pinned"


def test_an_added_meaning_cannot_be_replaced(added: Path) -> None:
    contexts.add(url=MINE, path=added, sha256=DIGEST)
    other = b'{"@context": {"hat": "https://words.example/#coat"}}'
    added.write_bytes(other)
    with pytest.raises(MalformedError):
        contexts.add(url=MINE, path=added, sha256=hashlib.sha256(other).hexdigest())


def test_reading_a_package_s_data_runs_none_of_its_code() -> None:
    code = (
        "import sys\nfrom credcore import contexts\nassert 'pyld' not in sys.modules\n"
        "[contexts.load(pin.url) for pin in contexts.pinned()]\n"
        "assert not {'pyld', 'openbadgeslib'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.w3.org/2018/credentials/v1", "2018-credentials-v1.jsonld"),
        ("https://www.w3.org/ns/credentials/v2", "credentials-v2.jsonld"),
        ("https://w3id.org/security/data-integrity/v1", "data-integrity-v1.jsonld"),
        ("https://w3id.org/security/suites/ed25519-2020/v1", "suites-ed25519-2020.jsonld"),
        ("https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "ob-v3p0-3.0.3.json"),
        ("https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "clr-v2p0-2.0.1.json"),
    ],
)
def test_others_mean_the_same_by_it(url: str, name: str) -> None:
    theirs = json.loads((vectors("one-edtech") / "contexts" / name).read_bytes())
    assert contexts.load(url)["@context"] == theirs["@context"]
