"""What an item turned out to hold. Nothing in here is checked yet: it is only found."""

from __future__ import annotations

from dataclasses import dataclass

MAX_ITEM_BYTES = 10_485_760


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was found in an item.

    `body`: the credential text as UTF-8 bytes (JSON or a compact token), or a URL, or the code of a problem.
    `container`: what held it directly: `file`, `png`, `svg`, `pdf`, `qr`, `zip` or `page` (a web page).
    `name`: the file or entry name, cleaned; `#page=3` is added for a code on a page of a PDF.
    `kind`: `document`, `link`, or `problem` (an entry of a ZIP that could not be opened; `body` is the error code).
    """

    body: bytes
    container: str
    name: str
    kind: str


def unique(found: list[Found]) -> tuple[Found, ...]:
    """Keep the first of those that say the same: a code printed on each page of a PDF is one proof, not ten."""
    seen: dict[tuple[str, bytes], Found] = {}
    for one in found:
        seen.setdefault((one.kind, one.body), one)
    return tuple(seen.values())
