"""Pinned JSON-LD contexts: the vocabularies that give a document's words their meaning.

They come from installed packages that carry them, each checked against a SHA-256 written here; those that no package
carries are written in `own.py` and `openbadges30.py`. Nothing is ever fetched: a context that anyone could change at
check time could change what a signature means.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from credcore.contexts import openbadges30, own
from credcore.errors import MalformedError, UnavailableError

Json = dict[str, Any]

_PYLD = ("pyld", "documentloader/frozen/bundled")
_BADGES = ("openbadgeslib", "ob3/contexts")


@dataclass(frozen=True, slots=True)
class Pin:
    """A context's URL, the SHA-256 of its bytes, and where the bytes are: `package:path` or a file."""

    url: str
    sha256: str
    source: str


_PACKAGED: dict[str, tuple[tuple[str, str], str, str]] = {
    "https://www.w3.org/2018/credentials/v1": (
        _PYLD, "credentials-v1.jsonld", "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8"),
    "https://www.w3.org/ns/credentials/v2": (
        _BADGES, "credentials-v2.json", "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"),
    "https://www.w3.org/ns/did/v1": (
        _PYLD, "did-v1.jsonld", "62c1054bf404d6dd3a4b26b64f830fd72095f6a26edc4469908c94351352ce5f"),
    "https://w3id.org/security/v1": (
        _PYLD, "security-v1.jsonld", "e2d146cd556f6fa5f14996c6f1749667d5a14073fa30f0643990068e2c0b1bac"),
    "https://w3id.org/security/v2": (
        _PYLD, "security-v2.jsonld", "4cb186bc29c08af6e40c58178c22dd84d542f2871a063afed6e648b47abc3cf6"),
    "https://w3id.org/security/suites/ed25519-2020/v1": (
        _PYLD, "security-ed25519-2020-v1.jsonld", "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588"),
    "https://w3id.org/security/suites/jws-2020/v1": (
        _PYLD, "security-jws-2020-v1.jsonld", "00ee65bb7307f9a01c3170b823083b0d4de68223520834b2c5eb7a09bae5dea6"),
    "https://w3id.org/security/data-integrity/v2": (
        _BADGES, "security-data-integrity-v2.json", "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4"),
    "https://w3id.org/security/multikey/v1": (
        _BADGES, "security-multikey-v1.json", "ba2c182de2d92f7e47184bcca8fcf0beaee6d3986c527bf664c195bbc7c58597"),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": (
        _BADGES, "ob-v3p0-context-3.0.1.json", "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571"),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": (
        _BADGES, "ob-v3p0-context-3.0.2.json", "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53"),
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": (
        _BADGES, "ob-v3p0-context-3.0.3.json", "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84"),
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": (
        _BADGES, "ob-v3p0-extensions.json", "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93"),
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json": (
        _BADGES, "clr_context_2.0.1.json", "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6"),
}  # fmt: skip

# URL → the file of ours that it is written in, and the context
_WRITTEN: dict[str, tuple[str, Any]] = {
    url: (name, context)
    for name, written in (("own.py", own.CONTEXTS), ("openbadges30.py", openbadges30.CONTEXTS))
    for url, context in written.items()
}
_added: dict[str, tuple[bytes, str, str]] = {}

# The W3C's context for examples: whatever word it meets becomes one of its own, so nothing would be undefined any more.
_EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
_EXAMPLE_WORDS: Json = {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}
_own_words: ContextVar[bool] = ContextVar("own_words", default=False)


@contextmanager
def own_words() -> Iterator[None]:
    """Within this block a document may bring words of its own: contexts written into it, and those of W3C's examples.

    For conformance suites, which make up a vocabulary in each request. Never where somebody relies on the answer: such a
    document says what its words mean, so a reader cannot know.
    """
    before = _own_words.set(True)
    try:
        yield
    finally:
        _own_words.reset(before)


def own_words_allowed() -> bool:
    """Whether the caller runs inside `own_words`."""
    return _own_words.get()


def add(*, url: str, path: Path, sha256: str) -> None:
    """Let an operator bring a context of their own, by file and hash (hex).

    The bytes are read and checked now. A URL that is already pinned keeps its bytes: what a term means must not change
    while the program runs. Adding the same bytes twice is fine.

    Raises MalformedError (`context.pinned`, `context.malformed`) and UnavailableError (`context.missing`,
    `context.changed`).
    """
    digest = sha256.lower()
    if url in _WRITTEN or url in _PACKAGED or (url in _added and _added[url][1] != digest):
        raise MalformedError("context.pinned", url[:200])
    data = _checked(path, digest, url)
    _document(data, url)
    _added[url] = (data, digest, str(path))


def pinned() -> tuple[Pin, ...]:
    """Every context that can be loaded, by URL."""
    packaged = [Pin(url, digest, f"{where[0]}:{where[1]}/{name}") for url, (where, name, digest) in _PACKAGED.items()]
    written = [
        Pin(url, hashlib.sha256(_written_bytes(context)).hexdigest(), f"credcore:contexts/{name}")
        for url, (name, context) in _WRITTEN.items()
    ]
    brought = [Pin(url, digest, path) for url, (_, digest, path) in _added.items()]
    return tuple(sorted(packaged + written + brought, key=lambda pin: pin.url))


def is_pinned(url: str) -> bool:
    """Whether these words mean the same for everyone and always, without reading anything."""
    return url in _PACKAGED or url in _WRITTEN or url in _added


def is_known(url: str) -> bool:
    """Whether `resolve` has this exact URL: the pinned ones, and within `own_words` those of the examples."""
    return is_pinned(url) or (url == _EXAMPLES and own_words_allowed())


def resolve(url: str) -> Json:
    """As `load`, and within `own_words` also the context of the examples."""
    return _EXAMPLE_WORDS if url == _EXAMPLES and own_words_allowed() else load(url)


@cache
def load(url: str) -> Json:
    """The context document `{"@context": …}`. It is shared: read it, never alter it.

    Raises UnavailableError, permanent: `context.unknown` for a URL that is not pinned, `context.missing` when the
    package is not installed, `context.changed` when its bytes differ.
    """
    if url in _WRITTEN:
        return {"@context": _WRITTEN[url][1]}
    if url in _added:
        return _document(_added[url][0], url)
    if url not in _PACKAGED:
        raise UnavailableError("context.unknown", url[:200], permanent=True)
    return _document(published(url) or b"", url)


def published(url: str) -> bytes | None:
    """The context as its publisher has it, byte for byte; None where we hold only its meaning, or nothing.

    Raises UnavailableError as `load`.
    """
    if url in _PACKAGED:
        (package, folder), name, digest = _PACKAGED[url]
        return _checked(_package_folder(package) / folder / name, digest, url)
    return _added[url][0] if url in _added else None


def _checked(path: Path, digest: str, url: str) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UnavailableError("context.missing", url, permanent=True) from error
    if hashlib.sha256(data).hexdigest() != digest:
        raise UnavailableError("context.changed", url, permanent=True)
    return data


def _document(data: bytes, url: str) -> Json:
    # Plain reading will do: whoever wrote the hash down has vouched for these bytes.
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise MalformedError("context.malformed", url[:200]) from error
    if not isinstance(document, dict) or "@context" not in document:
        raise MalformedError("context.malformed", url[:200])
    return document


def _written_bytes(context: Any) -> bytes:
    return json.dumps(context, sort_keys=True).encode()


def _package_folder(package: str) -> Path:
    """Where a package lies, without running any of its code."""
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise UnavailableError("context.missing", f"package {package} is not installed", permanent=True)
    return Path(spec.submodule_search_locations[0])
