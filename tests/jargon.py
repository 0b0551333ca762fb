"""Words that no default screen, message or paper shows, in either language; and what a reader of a page really sees."""

from __future__ import annotations

import re
from html.parser import HTMLParser

# Short forms count in capitals only, so that "did" passes.
SHORT = re.compile(r"(?<!\w)(?:DIDs?|VCs?|LERs?|CLRs?|JWTs?|JSON(?:-LD)?|OID4\w+)(?!\w)")
WORDS = re.compile(
    r"(?<!\w)(?:"
    # English
    r"wallets?|issuers?|holders?|verifiers?|verifiabl[ey]|cryptograph\w*|revok\w*|revocation\w*|assertions?|status lists?"
    r"|schemas?|hash(?:es|ed)?|endpoints?|blockchains?|taxonom\w*|ontolog\w*|competency frameworks?|micro-?credentials?"
    r"|badges?"
    # Spanish
    r"|billeteras?|monederos?|emisor(?:a|es|as)?|titular(?:es)?|verificador(?:a|es|as)?|verificables?|revoc\w*|criptogr[aá]f\w*"
    r"|insignias?"
    # allowed on pages of help only
    r"|credentials?|credencial(?:es)?"
    r")(?!\w)",
    re.IGNORECASE,
)
# Where the words of the standards may stand: what is folded away under this heading.
TECHNICAL = ("Technical details", "Detalles técnicos")
_READ_ALOUD = ("alt", "aria-label", "placeholder", "title", "content", "value")
_UNSEEN = ("script", "style", "template")
_VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})


def jargon(text: str) -> list[str]:
    """Every such word in a text."""
    return [match.group(0) for pattern in (SHORT, WORDS) for match in pattern.finditer(text)]


def seen(html: str) -> str:
    """What a person reads or hears of a page, without what is folded away as technical details."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._open: list[str] = []
        self._pieces: list[list[str]] = [[]]  # one list a level of <details>, so that a whole one can be thrown away

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        hidden = tag == "input" and told.get("type") in ("hidden", "checkbox", "radio")
        form_value = tag in ("option", "button") or (tag == "input" and not hidden)
        for name in _READ_ALOUD:
            value = told.get(name)
            if not value or hidden or (name == "value" and (not form_value or tag != "input")):
                continue
            if name == "content" and told.get("name") != "description":
                continue
            self._pieces[-1].append(value)
        if tag in _VOID:
            return
        self._open.append(tag)
        if tag == "details":
            self._pieces.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open.pop() != tag:
            continue
        if tag == "details":
            inside = self._pieces.pop()
            if not " ".join(" ".join(inside).split()).startswith(TECHNICAL):
                self._pieces[-1] += inside

    def handle_data(self, data: str) -> None:
        if not any(tag in self._open for tag in _UNSEEN):
            self._pieces[-1].append(data)

    def text(self) -> str:
        return " ".join(" ".join(piece for level in self._pieces for piece in level).split())
