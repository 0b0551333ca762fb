"""Words without meaning, and words whose meaning was moved. (trustworthy: rules 2 and 6, threats 6 and 7)

Nearly all are put in after signing, at places where JSON-LD by itself says nothing: a reader sees them, no signature does.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from credcore.formats import openbadges3, vcdm
from credcore.proofs import eddsa_jcs_2022
from tests.core.proofs import COLLEGE, as_bytes
from tests.negative import making
from tests.negative.case import Case
from tests.negative.families import binding
from tests.negative.twins import PAGES, Change, Json, after, at, base, drop, put, put_named, sealed, unsealed

SUBJECT = "credentialSubject"
ACHIEVEMENT = f"{SUBJECT}.achievement"
WORDS = {"grade": "https://words.example/grade"}
STRANGE = "https://words.example/context.json"
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context.json"
OLDER = "https://purl.imsglobal.org/spec/ob/v3p0/context.json"
NARRATIVE = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#narrative"
DOUBLE = "http://www.w3.org/2001/XMLSchema#double"
UNDEFINED, RELATIVE, INLINE, KEYWORD = "rdf.undefined_term", "rdf.relative_iri", "context.inline", "rdf.keyword"
ID = "urn:uuid:6c54b12a-9b0f-4f1c-9a53-111111111111"
BAD, UNKNOWN = ("bad",), ("unknown",)


def contexts(*named: Any) -> Change:
    """A change to these contexts in place of the signed ones."""
    return put_named("", {"@context": list(named)})


def more(*named: Any) -> Change:
    """A change to the signed contexts and these."""
    return contexts(vcdm.V2, openbadges3.CONTEXT, *named)


def renamed(path: str, old: str, new: str) -> Change:
    """A change that moves a member to another name."""

    def change(document: Any) -> None:
        place = at(document, path)
        place[new] = place.pop(old)

    return change


def wrapped(path: str, name: str, keyword: str) -> Change:
    """A change that puts a value below a keyword."""

    def change(document: Any) -> None:
        place = at(document, path)
        place[name] = {keyword: place[name]}

    return change


def hidden_type(kind: str) -> Change:
    """A change that leaves a type to JSON-LD alone: no reader would know what kind of document it is."""
    return put_named("", {"type": ["VerifiableCredential"], "@type": [kind]})


# fault → rule, code, verdicts, change after signing
AFTER: dict[str, tuple[str, str, tuple[str, ...], Change]] = {
    "undefined-term-in-credential": ("threat 6", UNDEFINED, BAD, put("", grade="A+")),
    "undefined-term-in-issuer": ("threat 6", UNDEFINED, BAD, put("issuer", accreditedBy="The State")),
    "undefined-term-in-subject": ("threat 6", UNDEFINED, BAD, put(SUBJECT, grade="A+")),
    "undefined-term-in-identifier": ("threat 6", UNDEFINED, BAD, put(f"{SUBJECT}.identifier.0", birthday="1990-01-01")),
    "undefined-term-in-achievement": ("threat 6", UNDEFINED, BAD, put(ACHIEVEMENT, alsoCounts="crane")),
    "undefined-term-in-criteria": ("threat 6", UNDEFINED, BAD, put(f"{ACHIEVEMENT}.criteria", passed="100 %")),
    "undefined-term-in-level": (
        "threat 6", UNDEFINED, BAD, put(f"{ACHIEVEMENT}.resultDescription.0.rubricCriterionLevel.0", rank="best")),
    "undefined-term-in-result": ("threat 6", UNDEFINED, BAD, put(f"{SUBJECT}.result.0", score="99")),
    "undefined-term-in-evidence": ("threat 6", UNDEFINED, BAD, put("evidence.0", watchedBy="The Minister")),
    "undefined-term-in-status": ("threat 6", UNDEFINED, BAD, put("credentialStatus", revoked="never")),
    "undefined-term-in-proof": ("threat 6", UNDEFINED, BAD, put("proof", trustedBy="The State")),
    "undefined-term-with-a-colon": ("threat 6", "rdf.not_a_term", BAD, put_named("", {"words:grade": "A+"})),
    "undefined-type-of-evidence": ("3.6", RELATIVE, BAD, put("evidence.0", type=["Evidence", "Photograph"])),
    "relative-id-of-evidence": ("3.6", RELATIVE, BAD, put("evidence.0", id="photo.jpg")),
    "relative-id-of-criteria": ("3.6", RELATIVE, BAD, put(f"{ACHIEVEMENT}.criteria", id="../criteria")),
    "relative-id-of-issuer-image": ("3.6", RELATIVE, BAD, put("issuer", image={"id": "logo.png", "type": "Image"})),
    "inline-context": ("3.6", INLINE, BAD, more(WORDS)),
    "inline-context-in-the-middle": ("3.6", INLINE, BAD, contexts(vcdm.V2, WORDS, openbadges3.CONTEXT)),
    "inline-vocab": ("3.6", INLINE, BAD, more({"@vocab": "https://words.example/"})),
    "inline-base": ("3.6", INLINE, BAD, more({"@base": "https://words.example/"})),
    "inline-import": ("3.6", INLINE, BAD, more({"@import": vcdm.V2})),
    "inline-language": ("3.6", INLINE, BAD, more({"@language": "en"})),
    "inline-propagate": ("3.6", INLINE, BAD, more({"@propagate": False})),
    "inline-empty-context": ("3.6", INLINE, BAD, more({})),
    "inline-redefinition-of-a-pinned-term": ("threat 7", INLINE, BAD, more({"name": "https://words.example/nickname"})),
    "inline-redefinition-made-protected": (
        "threat 7", INLINE, BAD, more({"@protected": True, "validUntil": "https://words.example/x"})),
    "context-nullified": ("threat 7", "context.malformed", BAD + UNKNOWN, more(None)),
    "nested-inline-context": (
        "threat 7", INLINE, BAD, put_named(ACHIEVEMENT, {"@context": {"name": "https://words.example/x"}})),
    "nested-vocab-in-evidence": (
        "threat 7", INLINE, BAD, put_named("evidence.0", {"@context": {"@vocab": "https://words.example/"}, "grade": "A+"})),
    "nested-null-context": ("threat 7", "context.malformed", BAD + UNKNOWN, put_named(SUBJECT, {"@context": None})),
    "nested-unknown-context": ("threat 7", "context.unknown", UNKNOWN, put_named("evidence.0", {"@context": STRANGE})),
    "nested-older-context": ("threat 7", "context.redefined", BAD, put_named(SUBJECT, {"@context": vcdm.V1})),
    "context-of-a-record": ("threat 7", UNDEFINED, BAD, contexts(vcdm.V2, CLR)),
    "context-of-the-older-data-model": ("threat 7", UNDEFINED, BAD, contexts(vcdm.V1, openbadges3.CONTEXT)),
    "context-of-badges-left-out": ("threat 7", UNDEFINED, BAD, contexts(vcdm.V2)),
    "context-of-badges-older": ("threat 7", "context.redefined", BAD, contexts(vcdm.V2, OLDER)),
    "contexts-in-another-order": ("3.6", "format.unsupported", UNKNOWN, contexts(openbadges3.CONTEXT, vcdm.V2)),
    "contexts-empty": ("3.6", "format.unsupported", UNKNOWN, contexts()),
    "context-unknown-beside-the-others": ("3.6", "context.unknown", UNKNOWN, more(STRANGE)),
    "context-unknown-in-place-of-ours": ("3.6", "context.unknown", UNKNOWN, contexts(vcdm.V2, STRANGE)),
    "context-with-a-fragment": ("threat 7", "context.unknown", UNKNOWN, contexts(vcdm.V2, openbadges3.CONTEXT + "#other")),
    "context-without-tls": (
        "threat 7", "context.unknown", UNKNOWN, contexts(vcdm.V2, openbadges3.CONTEXT.replace("https", "http"))),
    "context-with-a-space": ("threat 7", "format.unsupported", UNKNOWN, contexts(vcdm.V2 + " ", openbadges3.CONTEXT)),
    "term-under-its-full-address": ("3.2", "rdf.not_a_term", BAD, renamed("evidence.0", "narrative", NARRATIVE)),
    "keyword-graph": ("3.6", KEYWORD, BAD, put_named("", {"@graph": [{"id": "urn:x:1", "name": "Crane operator"}]})),
    "keyword-included": ("3.6", KEYWORD, BAD, put_named(SUBJECT, {"@included": [{"id": "urn:x:1", "name": "Crane"}]})),
    "keyword-reverse": ("3.6", KEYWORD, BAD, put_named(ACHIEVEMENT, {"@reverse": {"evidence": {"id": "urn:x:1"}}})),
    "keyword-nest": ("3.6", KEYWORD, BAD, wrapped("", "evidence", "@nest")),
    "keyword-index": ("3.6", KEYWORD, BAD, put_named("evidence.0", {"@index": "Rosa Delgado"})),
    "keyword-set-around-evidence": ("3.2", "shape.broken", UNKNOWN, wrapped("", "evidence", "@set")),
    "keyword-list-around-evidence": ("3.6", "proof.mismatch", BAD, wrapped("", "evidence", "@list")),
    "keyword-direction": (
        "3.6", "rdf.direction", UNKNOWN,
        put_named(ACHIEVEMENT, {"name": {"@value": "Sit-down forklift operator", "@direction": "rtl"}})),
    "keyword-json": (
        "3.6", "proof.mismatch", BAD, put_named("evidence.0", {"narrative": {"@value": {"said": "yes"}, "@type": "@json"}})),
    "keyword-that-does-not-exist": ("3.6", "rdf.reserved", BAD, put_named(ACHIEVEMENT, {"@grade": "A+"})),
    "keyword-in-place-of-its-alias": ("3.4", "issuer.not_tied", UNKNOWN, renamed("issuer", "id", "@id")),
    "keyword-hides-a-type": ("3.2", KEYWORD, BAD, hidden_type("OpenBadgeCredential")),
    "keyword-beside-its-alias": ("3.6", "rdf.malformed", UNKNOWN, put_named("issuer", {"@id": "did:web:other.example"})),
    "value-null": ("3.2", "rdf.dropped_value", BAD, put("", description=None)),
    "value-null-in-a-list": ("3.2", "rdf.dropped_value", BAD, lambda document: document["evidence"].append(None)),
    "value-null-under-value": ("3.2", "rdf.dropped_value", BAD, put("evidence.0", genre={"@value": None})),
    "value-of-a-language-that-is-none": (
        "3.6", "rdf.bad_language", BAD, put("evidence.0", genre={"@value": "photo", "@language": "no language"})),
    "value-that-no-reading-agrees-on": (
        "3.6", "rdf.bad_value", BAD, put(ACHIEVEMENT, creditsAvailable={"@value": "1.50", "@type": DOUBLE})),
    "blank-node-as-id-of-evidence": ("3.2", "shape.broken", UNKNOWN, put("evidence.0", id="_:photo")),
    "type-of-evidence-left-out": ("3.6", "proof.mismatch", BAD, drop("evidence.0", "type")),
    "type-of-achievement-left-out": ("3.6", UNDEFINED, BAD, drop(ACHIEVEMENT, "type")),
    "type-of-status-left-out": ("3.6", UNDEFINED, BAD, drop("credentialStatus", "type")),
    "type-of-badge-left-out": ("3.6", "proof.mismatch", BAD, put("", type=["VerifiableCredential"])),
}  # fmt: skip

# The signature covers JSON here, so it holds whatever the words mean.
SIGNED_AS_JSON: dict[str, tuple[str, str, tuple[str, ...], Change]] = {
    "json-signed-with-an-unknown-context": ("3.6", "context.unknown", UNKNOWN, more(STRANGE)),
    "json-signed-with-an-inline-context": ("3.6", INLINE, BAD, more(WORDS)),
    "json-signed-with-inline-vocab": ("threat 7", INLINE, BAD, more({"@vocab": "https://words.example/"})),
    "json-signed-with-a-nested-inline-context": (
        "threat 7", INLINE, BAD, put_named(ACHIEVEMENT, {"@context": {"name": "https://words.example/x"}})),
    "json-signed-with-a-nested-unknown-context": (
        "3.6", "context.unknown", UNKNOWN, put_named("evidence.0", {"@context": STRANGE})),
}  # fmt: skip


def cases() -> Iterator[Case]:
    good = base()
    for name, (rule, code, verdicts, change) in AFTER.items():
        yield Case(name, rule, after(good, change), as_bytes(good), (code,), pages=PAGES, verdicts=verdicts)
    yield from _moved()
    record = binding.record(sealed(making.credential()))
    bad = after(record, hidden_type("ClrCredential"))
    yield Case("keyword-hides-a-record", "3.7", bad, as_bytes(record), (KEYWORD,), verdicts=BAD)
    json_twin = as_bytes(sealed(unsealed(), sign=eddsa_jcs_2022.sign))
    for name, (rule, code, verdicts, change) in SIGNED_AS_JSON.items():
        bad = as_bytes(sealed(unsealed(change), sign=eddsa_jcs_2022.sign))
        yield Case(name, rule, bad, json_twin, (code,), pages=PAGES, verdicts=verdicts)
    plain = _plain()
    bad, codes = after(plain, put(SUBJECT, id="_:rosa")), ("shape.broken",)
    yield Case("blank-node-as-id-of-the-subject", "3.2", bad, as_bytes(plain), codes, verdicts=BAD + UNKNOWN)


def _plain() -> Json:
    """A signed credential whose subject has no identifier."""
    whole = unsealed()
    return sealed(
        {
            "@context": [vcdm.V2], "id": whole["id"], "type": ["VerifiableCredential"], "issuer": whole["issuer"]["id"],
            "validFrom": whole["validFrom"], "credentialSubject": {"name": "Rosa Delgado"},
        }
    )  # fmt: skip


def _moved() -> Iterator[Case]:
    """The credential is not over and not cancelled; but a part of it bears its identifier, and what limits it stands there."""
    endorsement = {
        "id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-666666666666", "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": COLLEGE.did, "validFrom": "2026-04-04T12:00:00Z",
        "credentialSubject": {"id": ID, "type": ["EndorsementSubject"], "endorsementComment": "We saw it too."},
    }  # fmt: skip
    for name, path, given, member in (
        ("end-moved-into-the-achievement", ACHIEVEMENT, put(ACHIEVEMENT, id=ID), "validUntil"),
        ("end-moved-into-the-subject", SUBJECT, put(SUBJECT, id=ID), "validUntil"),
        ("cancellation-moved-into-the-evidence", "evidence.0", put("evidence.0", id=ID), "credentialStatus"),
        (
            "cancellation-moved-into-an-endorsement", f"endorsement.0.{SUBJECT}", put("", endorsement=[endorsement]),
            "credentialStatus",
        ),
    ):  # fmt: skip
        good = sealed(unsealed(given))
        bad = after(good, moved(member, path))
        yield Case(name, "3.2, threat 5", bad, as_bytes(good), ("proof.moved",), pages=PAGES, verdicts=BAD)


def moved(member: str, path: str) -> Change:
    """A change that moves a member from the top to a part of the same identifier, with the type that gives it its meaning."""

    def change(document: Any) -> None:
        part = at(document, path)
        part[member] = document.pop(member)
        part["type"] = [*part["type"], "VerifiableCredential"]

    return change
