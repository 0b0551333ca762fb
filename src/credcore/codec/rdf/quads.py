"""From an expanded JSON-LD document to quads. (W3C JSON-LD 1.1 Processing Algorithms, sections 7 and 8)

Strict: whatever the algorithms would silently leave out is an error here, because it would be shown but not signed.
"""

from __future__ import annotations

import re
from typing import Any

from credcore import contexts
from credcore.codec import jcs
from credcore.codec.rdf.canonical import Quad
from credcore.errors import UnavailableError, UnsafeError

_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_I18N = "https://www.w3.org/ns/i18n#"
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|\\^`]*')
_DOUBLE_TEXT = re.compile(r"-?[0-9]\.[0-9]{1,15}E-?[0-9]{1,3}")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
DOUBLE = _XSD + "double"
STRING = _XSD + "string"
# Canonical N-Quads escapes (RDF 1.2 N-Quads, canonical form): the short ones, then every other control character and
# what is no XML character.
_ESCAPES = {i: f"\\u{i:04X}" for i in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | {
    8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\",
}  # fmt: skip


def quads(expanded: list[Any]) -> list[Quad]:
    """All statements of an expanded document.

    Raises UnsafeError (`rdf.relative_iri`, `rdf.bad_value`, `rdf.bad_language`, `rdf.dropped_value`) or UnavailableError:
    `rdf.unsupported` for keywords that we do not read, `rdf.direction` for a direction of writing, which no statement says.
    """
    walk = _Walk()
    for node in expanded:
        walk.node(node, graph="")
    return walk.found


def is_iri(text: object) -> bool:
    """Whether it is an absolute IRI that N-Quads can hold."""
    return isinstance(text, str) and _IRI.fullmatch(text) is not None


def iri(text: object) -> str:
    """`<…>` of an absolute IRI. Raises UnsafeError `rdf.relative_iri`."""
    if not is_iri(text):
        raise UnsafeError("rdf.relative_iri", str(text)[:120])
    return f"<{text}>"


def quoted(text: str) -> str:
    """A text in double quotes, escaped as canonical N-Quads has it."""
    return f'"{text.translate(_ESCAPES)}"'


def literal(value: Any, *, kind: str | None, language: str | None) -> str:
    """A literal term (section 8.2.2). Raises UnsafeError `rdf.bad_value` or `rdf.bad_language`."""
    if isinstance(value, bool):
        text, kind = ("true" if value else "false"), kind or _XSD + "boolean"
    elif isinstance(value, int | float):
        # 2.0 is an integer in JSON-LD; whatever has a fraction, is huge, or is declared one, is a double.
        if value % 1 or abs(value) >= 1e21 or kind == DOUBLE:
            text, kind = _double(float(value)), kind or DOUBLE
        else:
            text, kind = f"{int(value)}", kind or _XSD + "integer"
    elif isinstance(value, str):
        text = value
        if kind == DOUBLE and not _is_canonical_double(text):
            # The algorithm keeps such a text; well-known processors rewrite it. Two readings: no signature is safe.
            raise UnsafeError("rdf.bad_value", text[:60])
    else:
        raise UnsafeError("rdf.bad_value", type(value).__name__)
    if language is not None:
        if not _LANGUAGE.fullmatch(language):
            raise UnsafeError("rdf.bad_language", language[:60])
        return f"{quoted(text)}@{language}"
    return quoted(text) if kind in (None, STRING) else f"{quoted(text)}^^{iri(kind)}"


def directed(value: dict[str, Any]) -> str:
    """A text with a direction of writing, as a datatype. (JSON-LD 1.1 API, section 8.2.2: `i18n-datatype`, not normative)

    Plain RDF has no place for the direction, so in what people rely on no signature is taken to cover it. Raises
    UnavailableError `rdf.direction` outside `contexts.own_words`; UnsafeError as `literal`.
    """
    if not contexts.own_words_allowed():
        raise UnavailableError("rdf.direction", str(value["@value"])[:60], permanent=True)
    language = value.get("@language") or ""
    if not isinstance(value["@value"], str) or (language and not _LANGUAGE.fullmatch(language)):
        raise UnsafeError("rdf.bad_language", language[:60])
    return literal(value["@value"], kind=f"{_I18N}{language.lower()}_{value['@direction']}", language=None)


def _double(value: float) -> str:
    """The canonical lexical form of xsd:double: `1.0E0`, `5.55E-1`. Zero has no sign."""
    mantissa, exponent = f"{value or 0.0:.15E}".split("E")
    mantissa = mantissa.rstrip("0")
    return f"{mantissa}{'0' if mantissa.endswith('.') else ''}E{int(exponent)}"


def _is_canonical_double(text: str) -> bool:
    return bool(_DOUBLE_TEXT.fullmatch(text)) and _double(float(text)) == text


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):  # a context may make a keyword of a word inside that word's own context
        raise UnsafeError("rdf.bad_value", type(value).__name__)
    return value


class _Walk:
    def __init__(self) -> None:
        self.found: list[Quad] = []
        self.labels: dict[str, str] = {}
        self.count = 0

    def blank(self, label: str | None = None) -> str:
        if label is not None and label in self.labels:
            return self.labels[label]
        name = f"_:n{self.count}"
        self.count += 1
        if label is not None:
            self.labels[label] = name
        return name

    def subject(self, node: dict[str, Any]) -> str:
        name = node.get("@id")
        if name is None:
            return self.blank()
        return self.blank(name) if isinstance(name, str) and name.startswith("_:") else iri(name)

    def node(self, node: dict[str, Any], *, graph: str) -> str:
        """Add a node object's statements and return its term."""
        subject = self.subject(node)
        for key, values in node.items():
            if key == "@type":
                for kind in values:
                    self.found.append((subject, f"<{_RDF}type>", self.resource(kind), graph))
            elif key == "@graph":
                for inner in values:
                    before = len(self.found)
                    self.node(_object(inner), graph=subject)
                    if len(self.found) == before:  # a mere name in a graph of its own: shown, but no statement says it
                        raise UnsafeError("rdf.dropped_value", str(inner.get("@id"))[:120])
            elif key.startswith("@"):
                if key == "@index":  # a map's keys: shown, but no statement says them
                    raise UnsafeError("rdf.dropped_value", key)
                if key != "@id":
                    raise UnavailableError("rdf.unsupported", key, permanent=True)
            else:
                predicate = iri(key)
                for value in values:
                    self.found.append((subject, predicate, self.object(value, graph=graph), graph))
        return subject

    def resource(self, name: object) -> str:
        return self.blank(name) if isinstance(name, str) and name.startswith("_:") else iri(name)

    def object(self, value: Any, *, graph: str) -> str:
        if "@value" in _object(value):
            if "@index" in value:
                raise UnsafeError("rdf.dropped_value", "@index")
            if "@direction" in value:
                return directed(value)
            if value.get("@type") == "@json":
                return f"{quoted(jcs.canonicalize(value['@value']).decode())}^^<{_RDF}JSON>"
            return literal(value["@value"], kind=value.get("@type"), language=value.get("@language"))
        if "@list" in value:
            if len(value) > 1:  # an index says nothing, and PyLD lets anything stand beside a list that has a type
                raise UnsafeError("rdf.dropped_value", ", ".join(sorted(value))[:120])
            return self.list(value["@list"], graph=graph)
        return self.node(value, graph=graph)

    def list(self, items: list[Any], *, graph: str) -> str:
        """A chain of first and rest (section 8.4)."""
        rest = f"<{_RDF}nil>"
        links = [(self.blank(), item) for item in items]
        for link, item in reversed(links):
            self.found.append((link, f"<{_RDF}first>", self.object(item, graph=graph), graph))
            self.found.append((link, f"<{_RDF}rest>", rest, graph))
            rest = link
        return rest
