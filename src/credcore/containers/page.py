"""Public badge pages: where a web page says that the signed proof behind it lies. Finds; opens nothing, checks nothing.

A page proves nothing, whoever made it. What it names is checked like everything else that is handed over.
"""

from __future__ import annotations

import codecs
import json
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from credcore.containers import text
from credcore.containers.found import Found, unique

MAX_BYTES = 1_000_000
MAX_CANDIDATES = 20
_MAX_SCRIPT = 524_288
_DATA = "application/ld+json"
_ALTERNATES = frozenset(
    "application/" + kind
    for kind in ("json", "ld+json", "vc", "vc+ld+json", "vc+jwt", "vc+sd-jwt", "dc+sd-jwt", "jwt", "vc+ld+json+jwt")
)
_FILES = (".json", ".png", ".svg")
_HINTS = ("download", "badge", "credential", "assertion", "certificate")


def candidates(html: bytes, *, url: str) -> list[Found]:
    """What the page at `url` names as its proof, at most 20, the likeliest first: `document` or `link` (https).

    Credentials written into the page; alternates of the page; files of the page's own host that it offers as a badge; its
    preview picture, which badge platforms bake. Only the first megabyte is read. Never raises.
    """
    page = _Page(url)
    data = html[:MAX_BYTES]
    try:
        # A character cut in two by the limit is no mistake of the page: the decoder waits for the rest of it.
        written = codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        written = data.decode("latin-1")
        page.is_exact = False
    # Without `close`, which would read what is left of a broken page again from each of its characters.
    page.feed(written)
    found = [Found(body, "page", "", text.DOCUMENT) for body in page.documents]
    found += [Found(link.encode(), "page", "", text.LINK) for link in (*page.alternates, *page.files, *page.pictures)]
    return list(unique(found)[:MAX_CANDIDATES])


class _Page(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__(convert_charrefs=True)
        self.url = urldefrag(url).url
        self.base = url
        self.is_exact = True  # the text is what the page's bytes say: else a credential in it would seem altered
        self.documents: list[bytes] = []
        self.alternates: list[str] = []
        self.files: list[str] = []
        self.pictures: list[str] = []
        self._script: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in reversed(attrs)}  # of a name written twice the first counts
        if tag == "script":
            self._script = [] if _kind(said.get("type", "")) == _DATA else None
        elif tag == "base" and "href" in said and self.base == self.url:
            self.base = self._resolved(said["href"]) or self.base
        elif tag == "link":
            if "alternate" in said.get("rel", "").lower().split() and _kind(said.get("type", "")) in _ALTERNATES:
                self._keep(said.get("href", ""), self.alternates)
        elif tag == "meta" and said.get("property", "").lower() == "og:image":
            self._keep_file(said.get("content", ""), self.pictures)
        elif tag == "a" and _offers(said):
            self._keep_file(said.get("href", ""), self.files)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Passed over: the library's own reading of `<![` stops with an assertion when a page writes nonsense there."""
        return self.parse_bogus_comment(i, report)

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag != "script" or self._script is None:
            return
        body = text.clean("".join(self._script).encode("utf-8", "replace"))
        self._script = None
        if self.is_exact and len(self.documents) < MAX_CANDIDATES and len(body) <= _MAX_SCRIPT and _is_credential(body):
            self.documents.append(body)

    def _resolved(self, reference: str) -> str:
        """The full address, or empty when it is none that we would open."""
        try:
            address = urldefrag(urljoin(self.base, reference.strip())).url
            parts = urlsplit(address)
            parts.port  # noqa: B018 - raises for a port that is none
        except ValueError:
            return ""
        if parts.scheme != "https" or "@" in parts.netloc or not _is_ascii_link(address):
            return ""
        return address

    def _keep(self, reference: str, place: list[str]) -> None:
        address = self._resolved(reference)
        if address and address != self.url and len(place) < MAX_CANDIDATES:
            place.append(address)

    def _keep_file(self, reference: str, place: list[str]) -> None:
        address = self._resolved(reference)
        if address and urlsplit(address).path.lower().endswith(_FILES) and _host(address) == _host(self.url):
            self._keep(address, place)


def _kind(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()


def _host(url: str) -> str:
    return urlsplit(url).netloc.lower().removesuffix(":443")


def _is_ascii_link(address: str) -> bool:
    return address.isascii() and text.kind_of(address.encode()) == text.LINK


def _offers(said: dict[str, str]) -> bool:
    """Whether an anchor offers a file as the badge, going by its own words."""
    words = " ".join(said.get(name, "") for name in ("href", "class", "id", "title", "aria-label")).lower()
    return "download" in said or any(hint in words for hint in _HINTS)


def _is_credential(body: bytes) -> bool:
    """A JSON object that is meant as a credential. Nearly every page describes itself in schema.org's words: that is none."""
    if body[:1] != b"{" or not text.looks_like_credential(body):
        return False
    contexts = json.loads(body).get("@context")
    names = contexts if isinstance(contexts, list) else [contexts]
    return not any(isinstance(name, str) and "schema.org" in name for name in names[:1])
