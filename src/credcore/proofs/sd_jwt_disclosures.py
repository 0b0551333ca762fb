"""The parts that a holder shows of a signed token: each has its digest in what the giver signed.
(RFC 9901, sections 4.2 and 7.1)"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from credcore.codec import multibase, strict_json
from credcore.codec.jose import Json
from credcore.errors import MalformedError

Path = tuple[str | int, ...]
"""Where a value stands in the processed claims: names of members and places in arrays."""

RESERVED: Final = frozenset({"_sd", "_sd_alg", "..."})


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One shown part: where its value stands in the claims, and the text whose digest was signed."""

    path: Path
    encoded: bytes


def digest(data: bytes) -> str:
    """SHA-256 in base64url, as in `_sd`, `...` and `sd_hash` (RFC 9901, section 4.2.3)."""
    return multibase.encode(hashlib.sha256(data).digest(), base="u")[1:]


class Placing:
    """Puts every disclosure where its digest stands, and refuses what is doubled. One object for one token.

    Afterwards `waiting` are the disclosures without a place, `placed` those with one, and `seen` all digests met.
    """

    def __init__(self, encoded: list[bytes]) -> None:
        """Raises MalformedError `sdjwt.malformed`, `sdjwt.reserved`, `sdjwt.repeated` or `json.…`."""
        self.waiting = {digest(text): (text, _read(text)) for text in encoded}
        if len(self.waiting) != len(encoded):
            raise MalformedError("sdjwt.repeated", "a disclosure")
        self.placed: list[Disclosure] = []
        self.seen: set[str] = set()

    def members(self, value: Json, *, path: Path = ()) -> Json:
        """An object with its shown members in place and without `_sd`.

        Raises MalformedError `sdjwt.malformed`, `sdjwt.reserved`, `sdjwt.repeated`, `sdjwt.overwrites`, `json.too_deep`.
        """
        if "..." in value:
            raise MalformedError("sdjwt.reserved", "...")
        digests = value.get("_sd", [])
        if not isinstance(digests, list):
            raise MalformedError("sdjwt.malformed", "_sd is not a list")
        result = {name: self._value(member, (*path, name)) for name, member in value.items() if name != "_sd"}
        for mark in digests:
            if (parts := self._take(mark, 3, path)) is None:
                continue
            _, name, member = parts
            if name in result:
                raise MalformedError("sdjwt.overwrites", name[:80])
            result[name] = self._value(member, (*path, name))
        return result

    def _elements(self, value: list[Any], path: Path) -> Iterator[Any]:
        place = 0
        for element in value:
            shown = element
            if isinstance(element, dict) and "..." in element:
                if len(element) != 1:
                    raise MalformedError("sdjwt.reserved", "... beside other members")
                if (parts := self._take(element["..."], 2, (*path, place))) is None:
                    continue
                shown = parts[1]
            yield self._value(shown, (*path, place))
            place += 1

    def _value(self, value: Any, path: Path) -> Any:
        # Disclosures inside disclosures could nest deeper than any one of their JSON texts.
        if len(path) > strict_json.MAX_DEPTH:
            raise MalformedError("json.too_deep", f"more than {strict_json.MAX_DEPTH} levels")
        if isinstance(value, dict):
            return self.members(value, path=path)
        return list(self._elements(value, path)) if isinstance(value, list) else value

    def _take(self, mark: object, length: int, path: Path) -> list[Any] | None:
        """The disclosure behind a digest, or None when it is not shown."""
        if not isinstance(mark, str):
            raise MalformedError("sdjwt.malformed", "a digest that is not text")
        if mark in self.seen:
            raise MalformedError("sdjwt.repeated", "a digest")
        self.seen.add(mark)
        if mark not in self.waiting:
            return None
        encoded, parts = self.waiting.pop(mark)
        if len(parts) != length:
            raise MalformedError("sdjwt.malformed", "a member where an element belongs, or the reverse")
        self.placed.append(Disclosure((*path, *parts[1:-1]), encoded))
        return parts


def _read(encoded: bytes) -> list[Any]:
    """[salt, name, value] of an object's member, or [salt, value] of an array's element."""
    try:
        text = multibase.decode("u" + encoded.decode("ascii"))
    except (MalformedError, UnicodeDecodeError) as error:
        raise MalformedError("sdjwt.malformed", "a disclosure that is not canonical base64url") from error
    parts = strict_json.loads(text)
    if not isinstance(parts, list) or len(parts) not in (2, 3) or not all(isinstance(part, str) for part in parts[:-1]):
        raise MalformedError("sdjwt.malformed", "a disclosure of another shape")
    if len(parts) == 3 and parts[1] in RESERVED:
        raise MalformedError("sdjwt.reserved", parts[1])
    return parts
