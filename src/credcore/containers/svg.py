"""Credentials baked into SVG pictures: Open Badges 3.0 section 8.2 (SVG) and the Open Badges 2.0 baking specification.

A DOCTYPE line is accepted, because drawing programs write one and 1EdTech's own samples carry it; nothing is ever
loaded from it. An internal subset, an entity or any other declaration is refused.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError
from xml.parsers import expat

import defusedxml.ElementTree as Safe
from defusedxml.common import DefusedXmlException

from credcore.errors import MalformedError

NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
MAX_TEXT = 1_048_576

_SVG = "http://www.w3.org/2000/svg"
_BAKED = (
    (f"{{{NAMESPACE}}}credential", True),
    ("{http://openbadges.org}assertion", False),
)
_MAX_DEPTH = 256
_MAX_ELEMENTS = 200_000


def parse(data: bytes) -> Element:
    """The `<svg>` element. Raises MalformedError `svg.bad`: not XML, not SVG, declarations, too deep or too large."""
    _scan(data)
    try:
        root: Element = Safe.fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise MalformedError("svg.bad", type(error).__name__) from error
    if root.tag != f"{{{_SVG}}}svg":
        raise MalformedError("svg.bad", "the root is not an svg element")
    return root


def read(data: bytes) -> bytes | None:
    """The baked text (JSON, a compact token, or for Open Badges 1 and 2 a URL); None if nothing is baked in.

    Raises MalformedError `svg.bad`; also where two baked credentials differ, because we must not choose.
    """
    return baked(parse(data))


def baked(root: Element) -> bytes | None:
    """As `read`, from the tree that `parse` made."""
    for tag, is_ob3 in _BAKED:
        texts = {text for text in (_text(element, is_ob3) for element in root.iter(tag)) if text}
        if len(texts) > 1:
            raise MalformedError("svg.bad", "two different baked credentials")
        if texts:
            return texts.pop()
    return None


def bake(*, svg: bytes, credential: bytes) -> bytes:
    """The picture with the credential as first child of its root; earlier baked credentials are removed.

    `svg` and `credential` are UTF-8. The rest of the picture keeps its bytes: it is spliced, not written anew.
    Raises MalformedError `svg.bad`.
    """
    parse(svg)
    text = _decode(credential).strip()
    if not text or len(text.encode()) > MAX_TEXT:
        raise MalformedError("svg.bad", "the credential is empty or over 1 MiB")
    if text[0] in "{[":
        safe = text.replace("\r\n", "\n").replace("]]>", "]]]]><![CDATA[>")
        element = f'<openbadges:credential xmlns:openbadges="{NAMESPACE}"><![CDATA[{safe}]]></openbadges:credential>'
    else:
        if any(character in text for character in "<>&\"' \t\r\n"):
            raise MalformedError("svg.bad", "neither JSON nor a compact token")
        element = f'<openbadges:credential xmlns:openbadges="{NAMESPACE}" verify="{text}"/>'
    scan = _scan(svg)
    if scan.encoding.lower() not in ("", "utf-8", "us-ascii") or scan.root_end is None:
        raise MalformedError("svg.bad", "an empty picture, or one that is not in UTF-8")
    if svg[: scan.root_end].endswith(b"/>"):
        raise MalformedError("svg.bad", "an empty picture")
    out = svg
    for start, end in reversed(scan.baked):
        out = out[:start] + out[end:]
    out = out[: scan.root_end] + element.encode() + out[scan.root_end :]
    if _decode(read(out) or b"") != text.replace("\r\n", "\n"):
        raise MalformedError("svg.bad", "the credential cannot be carried in XML")
    return out


def _text(element: Element, is_ob3: bool) -> bytes:
    verify = (element.get("verify") or "").strip()
    body = "".join(element.itertext()).strip()
    # In Open Badges 2 `verify` may be the address of the assertion whose JSON is the body: the body says more.
    chosen = body if body and not (is_ob3 and verify) else verify
    encoded = chosen.encode("utf-8", "surrogatepass")
    if len(encoded) > MAX_TEXT:
        raise MalformedError("svg.bad", "a text is over 1 MiB")
    return encoded


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedError("svg.bad", "the credential is not UTF-8") from error


class _Scan:
    """One pass over the events: refuses declarations and excess, and notes byte offsets for `bake`.

    expat tells where an event begins, not where it ends; the end of one is where the next begins.
    """

    def __init__(self) -> None:
        self.encoding = ""
        self.root_end: int | None = None  # where the content of the root begins
        self.baked: list[tuple[int, int]] = []  # byte ranges of baked elements
        self._depth = self._elements = 0
        self._baked_from = self._baked_depth = -1
        self._baked_closed = False
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.XmlDeclHandler = self._declaration
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.DefaultHandler = self._event

    def _declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        self.encoding = encoding or ""

    def _doctype(self, _name: str, _system: str | None, _public: str | None, has_internal_subset: int) -> None:
        if has_internal_subset:
            raise MalformedError("svg.bad", "the document declares something")

    def _refuse(self, *_: object) -> None:
        raise MalformedError("svg.bad", "the document declares an entity")

    def _event(self, *_: object) -> None:
        here = self.parser.CurrentByteIndex
        if self.root_end is None and self._depth:
            self.root_end = here
        if self._baked_closed:
            self.baked.append((self._baked_from, here))
            self._baked_from, self._baked_closed = -1, False

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._event()
        self._depth += 1
        self._elements += 1
        if self._depth > _MAX_DEPTH or self._elements > _MAX_ELEMENTS:
            raise MalformedError("svg.bad", "too deep or too many elements")
        if self._baked_from < 0 and any(tag == "{" + name for tag, _ in _BAKED):
            self._baked_from, self._baked_depth = self.parser.CurrentByteIndex, self._depth

    def _end(self, _name: str) -> None:
        self._event()
        self._baked_closed = self._baked_from >= 0 and self._depth == self._baked_depth
        self._depth -= 1


def _scan(data: bytes) -> _Scan:
    scan = _Scan()
    try:
        scan.parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise MalformedError("svg.bad", "not XML") from error
    return scan
