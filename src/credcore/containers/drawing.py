"""QR codes drawn in an SVG. Only plain shapes are drawn; what is not in the list below is left out.

The picture is written anew from the listed elements and attributes before the renderer (typst) sees it. So no script,
no reference, no text, no filter and no repetition (`use`, `pattern`) reaches it. Large shapes over one another still cost, so
it is drawn in a process of its own.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from credcore.containers import apart, qr
from credcore.containers.found import Found
from credcore.effort import Effort
from credcore.errors import BudgetError, MalformedError

_SVG = "{http://www.w3.org/2000/svg}"
_GROUPS = frozenset({"svg", "g"})
_SHAPES = frozenset({"rect", "path", "polygon", "circle"})
_ATTRIBUTES = frozenset(
    {"x", "y", "width", "height", "cx", "cy", "r", "rx", "ry", "d", "points", "transform", "viewBox", "fill"}
    | {"stroke", "stroke-width", "fill-rule", "shape-rendering"}
)
_MAX_SHAPES = 50_000  # the largest QR code has 177 x 177 = 31,329 modules


def read(root: Element, *, name: str, effort: Effort) -> tuple[Found, ...]:
    """What the QR codes drawn in an SVG tree say. Raises MalformedError `picture.no_code`, BudgetError `item.budget`."""
    drawn = apart.drawing(tostring(_plain(root), encoding="utf-8"), effort=effort)
    if not drawn.whole:
        raise BudgetError("item.budget", "too much to draw")
    found = tuple(one for picture in drawn.pictures for one in qr.codes(picture, name=name))
    if not found:
        raise MalformedError("picture.no_code")
    return found


def _plain(root: Element) -> Element:
    """A copy with nothing but groups and shapes."""
    copy = Element("svg", _attributes(root) | {"xmlns": _SVG.strip("{}")})
    waiting, shapes = [(root, copy)], 0
    while waiting:
        source, target = waiting.pop()
        for child in source:
            tag = child.tag.removeprefix(_SVG) if isinstance(child.tag, str) else ""
            shapes += 1
            if shapes > _MAX_SHAPES:
                raise MalformedError("picture.no_code", "too many shapes")
            if tag in _GROUPS:
                waiting.append((child, SubElement(target, "g", _attributes(child))))
            elif tag in _SHAPES:
                SubElement(target, tag, _attributes(child))
    return copy


def _attributes(element: Element) -> dict[str, str]:
    """The listed attributes, also from an inline style; none that refers to something in the file or outside."""
    style = [part.partition(":") for part in (element.get("style") or "").split(";")]
    pairs = [*element.items(), *((key.strip(), value.strip()) for key, _, value in style)]
    return {key: value for key, value in pairs if key in _ATTRIBUTES and value and "url(" not in value.lower()}
