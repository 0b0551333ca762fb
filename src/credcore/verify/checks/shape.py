"""Is it filled in as its kind demands, and does each word in it mean what a reader takes it for?
(VC Data Integrity 1.0, section 2.4.1; Open Badges 3.0 and CLR 2.0, JSON schemas)"""

from __future__ import annotations

from credcore import contexts
from credcore.formats import openbadges3_shape, vcdm
from credcore.formats.vcdm import Json
from credcore.verify.report import Finding, Outcome

_TELLING = 5


def check(document: Json, *, partial: bool) -> list[Finding]:
    """Findings `read` for what is wrong; none when nothing is. `partial`: parts of it may have been left out on purpose."""
    return [*_words(document), *([] if partial else _shape(document))]


def _words(document: Json) -> list[Finding]:
    """Whatever secures it, the words must come from vocabularies that we know, and not be redefined on the spot."""
    if "@context" not in document or not vcdm.version(document):
        return []
    value = document["@context"]
    for one in value if isinstance(value, list) else [value]:
        if not isinstance(one, str):
            return [Finding("read", "context.inline", Outcome.FAILED, str(one)[:120], state="altered.uncovered")]
        if not contexts.is_pinned(one):
            return [Finding("read", "context.unknown", Outcome.UNKNOWN, one[:200], state="unsupported")]
    return []


def _shape(document: Json) -> list[Finding]:
    problems = openbadges3_shape.problems(document)
    if not problems:
        return []
    return [Finding("read", "shape.broken", Outcome.FAILED, "; ".join(problems[:_TELLING])[:400], state="unreadable.shape")]
