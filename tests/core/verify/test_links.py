"""A link that somebody hands over: the proof behind it decides; a page without one says that it is not signed."""

from __future__ import annotations

import pytest

from credcore.errors import UnavailableError
from credcore.net.guarded import GuardedFetcher
from credcore.ports import Fetched, FetchKind
from credcore.verify import Verifier, check_link, explain
from tests.core.proofs import NOW, OUR_LIST, as_bytes, signed

PAGE = "https://college.example/badges/7"
PROOF = as_bytes(signed())
LINK = b'<link rel="alternate" type="application/json" href="/badges/7.json">'


class Site:
    """Answers by URL with a media type; counts what was asked."""

    def __init__(self, **pages: tuple[str, bytes]) -> None:
        self.pages = {PAGE if name == "page" else f"{PAGE}.{name}": answer for name, answer in pages.items()}
        self.asked: list[str] = []

    def __call__(self, url: str, *, kind: FetchKind) -> Fetched:
        self.asked.append(url)
        if url not in self.pages:
            raise UnavailableError("fetch.status", "404", permanent=True)
        media_type, body = self.pages[url]
        return Fetched(url, body, media_type, NOW)


def html(*parts: bytes) -> tuple[str, bytes]:
    return "text/html", b"<!doctype html><title>Badge</title>" + b"".join(parts)


@pytest.mark.parametrize(
    ("site", "code", "asked"),
    [
        (Site(page=("application/json", PROOF)), "good", 1),
        (Site(page=html(LINK), json=("application/json", PROOF)), "good", 2),
        (Site(page=html(b'<script type="application/ld+json">', PROOF, b"</script>")), "good", 1),
        (Site(page=html(LINK), json=("application/json", b"{}")), "page.unsigned", 2),
        (Site(page=html(LINK), json=html(LINK)), "page.unsigned", 2),
        (Site(page=html(LINK)), "page.unsigned", 2),
        (Site(page=html(*[LINK.replace(b"7.json", b"7-%d.json" % n) for n in range(20)])), "page.unsigned", 5),
        (Site(page=html()), "page.unsigned", 1),
        (Site(), "link.closed", 1),
    ],
)
def test_what_is_behind_a_link_decides(site: Site, code: str, asked: int) -> None:
    (report,) = check_link(PAGE, verifier=Verifier(fetch=site, trust=(OUR_LIST,)), now=NOW)
    assert report.code == code, report.summary()
    assert len(site.asked) == asked
    assert report.item == PAGE


@pytest.mark.parametrize("url", ["https://[", "https://[v1.x]/", "http://[::1", "https://a]b/"])
def test_half_an_address_is_no_link(url: str) -> None:
    """A row of a spreadsheet may say anything."""
    (report,) = check_link(url, verifier=Verifier(fetch=GuardedFetcher()), now=NOW)
    assert (report.code, report.findings[0].code) == ("link.unreachable", "fetch.bad_url")
    assert explain(report).sentence.startswith("We couldn’t open this link.")
