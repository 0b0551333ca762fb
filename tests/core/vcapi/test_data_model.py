"""The data model, by requests to the VC-API: what is signed and what is not. (W3C VC Data Model 2.0)"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from credcore import contexts
from credcore.formats import vcdm

from .api import ISSUERS, Json, credential, issued, older, sign, try_to_issue, verify
from .musts import Check, Must, accepted, both, not_signed, refused, signed, that

NAME = "eddsa-rdfc-2022"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
KIND = {"HatCredential": "https://words.example/#HatCredential"}
TERMS = "https://college.example/terms"
GONE: Any = object()


def with_(**more: Any) -> Callable[[], Json]:
    """A credential with these members; GONE takes one out."""
    return lambda: {name: value for name, value in credential(**more).items() if value is not GONE}


def worded(*more: object, **members: Any) -> Callable[[], Json]:
    """The same, with more contexts."""
    return with_(**{"@context": [vcdm.V2, *more]}, **members)


def yes(made: Callable[[], Json]) -> Check:
    return signed(made, NAME)


def no(made: Callable[[], Any], code: str = "lint.shape") -> Check:
    return not_signed(made, code, NAME)


def digest(name: str, data: bytes) -> str:
    return f"{name}-{base64.b64encode(hashlib.new(name, data).digest()).decode()}"


def language(**more: str) -> Json:
    return {"@value": "Hat", "@language": "en"} | more


def wording(name: str, *, of_giver: bool = False) -> Check:
    """A text, or texts with a language and a direction, and nothing more (sections 4.6 and 11.1)."""

    def put(value: object) -> Callable[[], Json]:
        if of_giver:
            return with_(issuer={"id": ISSUERS[NAME].did, name: value})
        return with_(**{name: value})

    return both(
        yes(put("Hat")),
        yes(put(language())),
        yes(put(language(**{"@direction": "ltr"}))),
        yes(put([language(), {"@value": "Chapeau", "@language": "fr"}])),
        no(put(language(url="https://words.example/"))),
        no(put(5)),
    )


def typed(name: str, *, needs_id: bool = False) -> Check:
    """One or more objects, each with its type; with no identifier but a URL."""
    good = {"type": "https://words.example/#Kind", "id": "https://words.example/1"}
    without = {"id": good["id"]}
    return both(
        yes(with_(**{name: good})),
        yes(with_(**{name: [good, good | {"id": "urn:x:2"}]})),
        no(with_(**{name: without})),
        no(with_(**{name: [good, without]})),
        no(with_(**{name: good | {"type": 2}})),
        no(with_(**{name: good | {"id": "no url"}})),
        no(with_(**{name: good | {"id": [good["id"], good["id"]]}})),
        no(with_(**{name: "https://words.example/1"})),
        no(with_(**{name: {"type": good["type"]}})) if needs_id else yes(with_(**{name: {"type": good["type"]}})),
    )


def related(*resources: object) -> Callable[[], Json]:
    return with_(relatedResource=list(resources))


def resource(**more: Any) -> Json:
    made = {"id": TERMS, "digestSRI": digest("sha256", b"terms"), "mediaType": "text/html"} | more
    return {name: value for name, value in made.items() if value is not GONE}


def pinned() -> bytes:
    return contexts.published(vcdm.V2) or b""


ROWS: list[tuple[str, str, str, Check]] = [
    ("context", "4.3", "There is a context, and it comes back as it was.", both(
        that(lambda: issued()["@context"] == [vcdm.V2]), no(with_(**{"@context": GONE}), "lint.not_a_credential"))),
    ("context-first", "4.3", "The contexts are a list that begins with the data model's own.", both(
        no(with_(**{"@context": [EXAMPLES, vcdm.V2]}), "lint.not_a_credential"),
        no(with_(**{"@context": [KIND]}), "lint.not_a_credential"), no(with_(**{"@context": vcdm.V2})))),
    ("context-rest", "4.3", "The others are URLs and objects that can be processed.", both(
        yes(worded(EXAMPLES)), yes(worded(KIND, type=["VerifiableCredential", "HatCredential"])),
        no(worded("https ://not-a-url/v1")), no(worded(123192875)),
        no(worded("https://words.example/v1"), "context.unknown"))),
    ("id", "4.4", "An identifier is one URL.", both(
        yes(with_(id="did:example:1")), yes(with_(id=GONE)), no(with_(id=None)), no(with_(id="no url")),
        no(with_(id=["urn:x:1", "urn:x:2"])), no(with_(id=5)))),
    ("subject-id", "4.4", "A subject's identifier is one URL.", both(
        yes(with_(credentialSubject={"id": "did:example:subject"})),
        no(with_(credentialSubject={"id": ["urn:x:1", "urn:x:2"]})), no(with_(credentialSubject={"id": "no url"})))),
    ("type", "4.5", "There is a type.", both(
        no(with_(type=GONE), "lint.not_a_credential"), no(with_(type=[]), "lint.not_a_credential"))),
    ("type-words", "4.5", "A type is a word that the contexts give a URL, or a URL.", both(
        yes(with_(type=["VerifiableCredential", "https://words.example/#Hat"])),
        yes(worded(KIND, type=["VerifiableCredential", "HatCredential"])),
        no(worded({"HatCredential": "https ://no-url#Hat"}, type=["VerifiableCredential", "HatCredential"]), "rdf.malformed"),
        no(worded({"@vocab": None}, type=["VerifiableCredential", "HatCredential"]), "rdf.malformed"),
        no(worded({"@base": "https://words.example/"}, type=["VerifiableCredential", "HatCredential"]), "rdf.relative_iri"),
        no(with_(type=["VerifiableCredential", "HatCredential"]), "rdf.relative_iri"))),
    ("type-order", "4.5", "The order of types does not matter.", both(
        yes(with_(type=["https://words.example/#A", "https://words.example/#B", "VerifiableCredential"])),
        yes(with_(type=["https://words.example/#B", "VerifiableCredential", "https://words.example/#A"])))),
    ("type-required", "4.5", "One type is VerifiableCredential.", both(
        yes(worded(EXAMPLES, type=["VerifiableCredential", "RelationshipCredential"])),
        no(worded(EXAMPLES, type=["RelationshipCredential"]), "lint.not_a_credential"))),
    ("name", "4.6", "A name is a text or one with a language and a direction.", wording("name")),
    ("description", "4.6", "A description likewise.", wording("description")),
    ("issuer-name", "4.6", "The giver's name likewise.", wording("name", of_giver=True)),
    ("issuer-description", "4.6", "The giver's description likewise.", wording("description", of_giver=True)),
    ("issuer", "4.7", "There is a giver.", no(with_(issuer=GONE), "lint.no_issuer")),
    ("issuer-url", "4.7", "The giver is a URL or an object with one as its id.", both(
        yes(with_(issuer={"id": ISSUERS[NAME].did})), no(with_(issuer="no url")), no(with_(issuer=None), "lint.no_issuer"),
        no(with_(issuer={"id": None}), "lint.no_issuer"), no(with_(issuer={"id": "no url"})),
        no(with_(issuer={"name": "College"}), "lint.no_issuer"))),
    ("subject", "4.8", "There is a subject, and each says something.", both(
        yes(with_(credentialSubject=[{"id": "urn:x:1"}, {"id": "urn:x:2"}])),
        no(with_(credentialSubject=GONE), "lint.no_subject"),
        no(with_(credentialSubject={}), "lint.no_subject"), no(with_(credentialSubject=[]), "lint.no_subject"),
        no(with_(credentialSubject=[{"id": "urn:x:1"}, {}])), no(with_(credentialSubject="urn:x:1"), "lint.no_subject"))),
    ("valid-from", "4.9", "A start is a dateTimeStamp, in the past or the future.", both(
        yes(with_(validFrom="2023-02-26T01:02:58.447Z")), yes(with_(validFrom="2023-02-25T19:02:58-06:00")),
        yes(with_(validFrom="2099-01-01T00:00:00Z")), no(with_(validFrom="2023-02-26"), "dates.malformed"),
        no(with_(validFrom="02/26/2023 01:02"), "dates.malformed"))),
    ("valid-until", "4.9", "An end is a dateTimeStamp, in the past or the future.", both(
        yes(with_(validUntil="2099-01-01T00:00:00Z")), yes(with_(validUntil="2023-02-26T01:19:20.115Z")),
        yes(with_(validFrom="2023-02-26T01:21:23Z", validUntil="2023-02-25T19:21:29-06:00")),
        no(with_(validUntil="2023-02-26"), "dates.malformed"))),
    ("period", "4.9", "The start does not lie after the end.", both(
        yes(with_(validFrom="2026-01-01T00:00:00Z", validUntil="2026-01-01T00:00:00Z")),
        no(with_(validFrom="2027-01-01T00:00:00Z", validUntil="2025-01-01T00:00:00Z"), "dates.reversed"))),
    ("no-offset", "4.9", "A date without a zone is read as UTC.",
     no(with_(validFrom="2026-01-01T00:00:01", validUntil="2026-01-01T00:00:00Z"), "dates.reversed")),
    ("status", "4.10", "A status says its type; its identifier, if any, is a URL.", typed("credentialStatus")),
    ("schema", "4.11", "A schema says its type and has a URL.", typed("credentialSchema", needs_id=True)),
    ("secured", "4.12", "What an issuer returns is secured and whole.", both(
        that(lambda: {"@context", "type", "issuer", "credentialSubject", "proof"} <= issued().keys()), accepted(issued))),
    ("unsecured", "4.12", "A verifier refuses what is not secured.", both(
        refused(with_(), "proof.none"), refused(with_(), "proof.none", profile="strict"))),
    ("verifier-shape", "1.3", "A verifier refuses what is signed but not built as the data model says.", both(
        *[refused(lambda made=made: sign(made()), "shape.broken") for made in (
            with_(evidence={"id": TERMS}), with_(credentialSubject=[]), with_(issuer=GONE), with_(validUntil="2023-02-26"),
        )])),
    ("redefined", "5.2", "A context that redefines a protected term is refused.", both(
        no(worded({"VerifiableCredential": "https://words.example/#Other"}), "context.redefined"),
        no(worded({"@protected": True, **KIND}, {"HatCredential": "https://words.example/#Other"}), "context.redefined"))),
    ("undefined", "5.2", "A word that no vocabulary defines is not signed.", both(
        no(with_(colour="red"), "rdf.undefined_term"),
        no(with_(credentialSubject={"id": "urn:x:1", "colour": "red"}), "rdf.undefined_term"))),
    ("related", "5.3", "Related resources are objects.", both(
        yes(related(resource())), yes(related(resource(digestMultibase="uEiAjCHMnK5-ayOIZLWo_TBoKYVvSAprlkYEjRlm19Cj0uw"))),
        no(related(TERMS)))),
    ("related-id", "5.3", "Each has a URL.", both(no(related(resource(id=GONE))), no(related(resource(id="no url"))))),
    ("related-once", "5.3", "Each is there once.", no(related(resource(), resource()))),
    ("related-digest", "5.3", "Each has a digest.", no(related(resource(digestSRI=GONE)))),
    ("related-fits", "5.3", "The digest is one, and fits the bytes where they are known.", both(
        yes(related(resource(id=vcdm.V2, digestSRI=digest("sha384", pinned())))),
        no(related(resource(id=vcdm.V2, digestSRI=digest("sha384", b"other")))),
        no(related(resource(digestSRI=f"sha256-{'ab' * 32}"))),
        no(related(resource(digestSRI=GONE, digestMultibase="uZTQ0MjM1NiAgcmVwb3J0cw"))))),
    ("refresh", "5.4", "A refresh service says its type.", typed("refreshService")),
    ("terms", "5.5", "Terms of use say their type.", typed("termsOfUse")),
    ("evidence", "5.6", "Evidence says its type.", typed("evidence")),
    ("confidence", "5.10", "A confidence method says its type.", typed("confidenceMethod")),
    ("render", "5.10", "A way to show it says its type.", typed("renderMethod")),
    ("giver-of-examples", "VC-API 3.2", "An identifier of the example method is nobody's: the issuer puts in its own.", both(
        that(lambda: issued(NAME, credential(issuer="did:example:issuer"))["issuer"] == ISSUERS[NAME].did),
        that(lambda: issued(NAME, credential(issuer={"id": "did:example:issuer", "name": "College"}))["issuer"]
             == {"id": ISSUERS[NAME].did, "name": "College"}))),
    ("another-giver", "VC-API 3.2", "In somebody else's name nothing is signed.", both(
        no(with_(issuer=ISSUERS["eddsa-jcs-2022"].did), "lint.issuer"),
        no(with_(issuer="https://college.example"), "lint.issuer"),
        no(with_(issuer={"id": "did:web:college.example"}), "lint.issuer"))),
    ("credential-id", "VC-API 3.2", "An identifier among the options is put where there is none.", both(
        that(lambda: issued(NAME, with_(id=GONE)(), credentialId="urn:x:9")["id"] == "urn:x:9"),
        that(lambda: issued(NAME, with_(id="urn:x:1")(), credentialId="urn:x:9")["id"] == "urn:x:1"),
        not_signed(with_(id=GONE), "lint.shape", NAME, credentialId="no url"))),
    ("older", "1.1: 4.5", "A credential of the older model needs its own start.", both(
        yes(lambda: older(credential())),
        no(lambda: {k: v for k, v in older(credential()).items() if k != "issuanceDate"}))),
]  # fmt: skip


MUSTS = {NAME: [Must(name, section, says, check) for name, section, says, check in ROWS]}


@pytest.mark.parametrize("must", [pytest.param(one, id=one.name) for one in MUSTS[NAME]])
def test_must(must: Must) -> None:
    must.check()


@pytest.mark.parametrize("name", [name for name in ISSUERS if name not in ("sd-jwt-vc", "ecdsa-sd-2023")])
def test_every_issuer_looks_before_it_signs(name: str) -> None:
    for fault in ({"colour": "red"}, {"evidence": {}}, {"validUntil": "2023-02-26"}, {"issuer": "did:web:college.example"}):
        assert try_to_issue(credential(name, **fault), name)[0] == 400
    assert verify(issued(name)) == set()
