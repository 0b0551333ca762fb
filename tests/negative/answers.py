"""The other computers of the corpus: stored pages, and behind them the real guarded fetcher with an invented resolver."""

from __future__ import annotations

from collections.abc import Sequence

from credcore.net.guarded import GuardedFetcher
from credcore.ports import Fetched, FetchKind
from tests.core.proofs import NOW

# Every name leads into a private network or nowhere, so that no socket is ever opened.
NAMES = {
    "metadata.college.org": ["169.254.169.254"],
    "intranet.college.org": ["10.0.0.5"],
    "mapped.college.org": ["::ffff:10.0.0.5"],
    "both.college.org": ["8.8.8.8", "127.0.0.1"],
    "six.college.org": ["fd00::1"],
}


def _resolve(host: str) -> Sequence[str]:
    return NAMES.get(host, [])


class Answers:
    """Answers from the pages of one case; for all else it does what the product does before it connects."""

    def __init__(self, pages: dict[str, bytes]) -> None:
        self.pages = pages
        self.guarded = GuardedFetcher(clock=lambda: NOW, resolver=_resolve)

    def __call__(self, url: str, *, kind: FetchKind) -> Fetched:
        page = self.pages.get(url.partition("#")[0])
        if page is None:
            return self.guarded(url, kind=kind)
        return Fetched(url, page, media_type(url, page), NOW)


SUFFIXES = {".json": "application/json", ".jwt": "application/jwt", ".html": "text/html", ".bin": "application/octet-stream"}


def suffix(url: str, page: bytes) -> str:
    """How a stored page is called, so that a reader of the folder gives it the media type that it has here."""
    named = {".png": ".png", ".svg": ".svg", ".pdf": ".pdf", ".jsonld": ".jsonld"}
    for ending, kept in named.items():
        if url.lower().partition("?")[0].endswith(ending):
            return kept
    start = page[:64].lstrip()
    if start.startswith((b"{", b"[")):
        return ".json"
    if start.startswith(b"<"):
        return ".html"
    return ".jwt" if start.startswith(b"ey") else ".bin"


def media_type(url: str, page: bytes) -> str:
    """The media type that goes with the suffix."""
    others = {".png": "image/png", ".svg": "image/svg+xml", ".pdf": "application/pdf", ".jsonld": "application/ld+json"}
    return (SUFFIXES | others)[suffix(url, page)]
