"""A small strict reader of N-Quads for the test suites: text to the 4-tuples that `credcore.codec.rdf` works on."""

from __future__ import annotations

import re

from credcore.codec.rdf import Quad
from credcore.codec.rdf.quads import quoted

_IRI = r'<((?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*)>'
_BLANK = r"(_:[\w][\w.·-]*(?<!\.))"
_LITERAL = rf'"((?:[^"\\\n\r]|\\.)*)"(?:\^\^{_IRI}|@([A-Za-z]+(?:-[A-Za-z0-9]+)*))?'
_LINE = re.compile(rf"\s*(?:{_IRI}|{_BLANK})\s*{_IRI}\s*(?:{_IRI}|{_BLANK}|{_LITERAL})\s*(?:{_IRI}|{_BLANK})?\s*\.\s*(?:#.*)?")
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([tbnrf\"'\\]))")
_SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_STRING = "http://www.w3.org/2001/XMLSchema#string"


def read(text: str) -> list[Quad]:
    """All quads of a text; any line that is no statement fails the test."""
    # Lines end in LF or CR only: str.splitlines would also cut at characters that literals may hold.
    lines = [line for line in re.split(r"[\r\n]+", text) if line.strip() and not line.lstrip().startswith("#")]
    return [_quad(line) for line in lines]


def _quad(line: str) -> Quad:
    found = _LINE.fullmatch(line)
    assert found, f"not a statement: {line!r}"
    s_iri, s_blank, predicate, o_iri, o_blank, text, datatype, language, g_iri, g_blank = found.groups()
    if text is not None:
        object_ = quoted(_plain(text))
        if language:
            object_ += f"@{language}"
        elif datatype and datatype != _STRING:
            object_ += f"^^<{_plain(datatype)}>"
    else:
        object_ = _resource(o_iri, o_blank)
    graph = _resource(g_iri, g_blank) if g_iri is not None or g_blank else ""
    return _resource(s_iri, s_blank), f"<{_plain(predicate)}>", object_, graph


def _resource(iri: str | None, blank: str | None) -> str:
    return blank if iri is None and blank else f"<{_plain(iri or '')}>"


def _plain(text: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1] or m[2], 16)) if m[1] or m[2] else _SHORT.get(m[3], m[3]), text)
