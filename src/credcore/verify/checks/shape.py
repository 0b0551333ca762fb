"""Is it filled in as its kind demands, and does each word in it mean what a reader takes it for?
(VC Data Integrity 1.0, section 2.4.1; Open Badges 3.0 and CLR 2.0, JSON schemas)"""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from credcore import contexts
from credcore.formats import openbadges3_shape, vcdm, vcdm2_shape
from credcore.formats.vcdm import Json
from credcore.verify.opening import Opened
from credcore.verify.report import Finding, Outcome

_TELLING = 5


def check(opened: Opened) -> list[Finding]:
    """Findings `read` for what is wrong; none when nothing is. What a holder may have left out is not missed."""
    document = opened.document
    return [*_words(document, nested=not _is_read_as_statements(opened)), *([] if opened.partial else _shape(document))]


def _is_read_as_statements(opened: Opened) -> bool:
    """Whether the signature is over the meaning: then every word was looked at on the way to it."""
    proofs = opened.document.get("proof")
    suites = [one.get("cryptosuite") for one in (proofs if isinstance(proofs, list) else [proofs]) if isinstance(one, dict)]
    return opened.jws is None and not any(isinstance(suite, str) and "jcs" in suite for suite in suites)


def _words(document: Json, *, nested: bool) -> list[Finding]:
    """Whatever secures it, the words must come from vocabularies that we know, and not be redefined on the spot."""
    if "@context" not in document or not vcdm.version(document):
        return []
    for value in _contexts(document) if nested else [document["@context"]]:
        for one in value if isinstance(value, list) else [value]:
            if not isinstance(one, str):
                return [Finding("read", "context.inline", Outcome.FAILED, str(one)[:120], state="altered.uncovered")]
            if not contexts.is_pinned(one):
                return [Finding("read", "context.unknown", Outcome.UNKNOWN, one[:200], state="unsupported")]
    return []


def _contexts(document: Json) -> Iterator[object]:
    """Every `@context` in it, at any depth."""
    if orjson.dumps(document).count(b'"@context"') == 1:  # nearly always; what was read strictly can be written
        yield document["@context"]
        return
    waiting: list[object] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if "@context" in value:
                yield value["@context"]
            waiting += [inner for name, inner in value.items() if name != "@context" and isinstance(inner, dict | list)]
        elif isinstance(value, list):
            waiting += [inner for inner in value if isinstance(inner, dict | list)]


def _shape(document: Json) -> list[Finding]:
    if openbadges3_shape.recognises(document):
        own = openbadges3_shape.problems(document)
    else:
        own = vcdm2_shape.problems(document) if vcdm.version(document) == "2.0" else ()
    problems = (*_labels(document), *own)
    if not problems:
        return []
    return [Finding("read", "shape.broken", Outcome.FAILED, "; ".join(problems[:_TELLING])[:400], state="unreadable.shape")]


def _labels(document: Json) -> list[str]:
    """Identifiers that are only labels within the document: no signature covers them, so anyone could have put them there."""
    subject = document.get("credentialSubject")
    named = [document, document.get("issuer"), *(subject if isinstance(subject, list) else [subject])]
    return [
        f"{_path(number)}.id: a label"
        for number, one in enumerate(named)
        if isinstance(one, dict) and vcdm.text(one.get("id")).startswith("_:")
    ]


def _path(number: int) -> str:
    return ("$", "$.issuer")[number] if number < 2 else f"$.credentialSubject[{number - 2}]"
