"""Genuine signatures of the wrong one, and what lies inside other things. (trustworthy: rules 4 and 7, threat 4)"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from credcore.codec import multibase
from credcore.formats import openbadges3, vcdm
from credcore.keys.ed25519 import LocalSigner
from credcore.proofs import eddsa_jcs_2022, eddsa_rdfc_2022, jose
from credcore.proofs.data_integrity import hash_data
from credcore.trust import TrustEntry
from tests.core.proofs import COLLEGE, STRANGER, as_bytes, credential
from tests.negative import making
from tests.negative.case import Case
from tests.negative.twins import CREATED, Change, Json, altered, at, put, sealed

NAME = "Prairie Valley College"
SITE = "https://issuer.college.example/givers/1"
WEB = "did:web:college.org"
WEB_PAGE = "https://college.org/.well-known/did.json"
GIVERS = (TrustEntry(SITE, NAME), TrustEntry(WEB, NAME))
HOLDER = LocalSigner(b"\x03" * 32)
CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
UUID = "urn:uuid:6c54b12a-9b0f-4f1c-9a53-"
BAD, UNKNOWN, CAREFUL = ("bad",), ("unknown",), ("careful",)
ALTER = put("credentialSubject", name="Eve Delgado")


def cases() -> Iterator[Case]:
    yield from _other_keys()
    yield from _key_documents()
    yield from _hand_overs()
    yield from _tokens_handed_over()
    yield from _envelopes()
    yield from _records()
    yield from _endorsements()


def small(giver: str = COLLEGE.did, **more: Any) -> Json:
    """A small proof in the name of this giver, not yet signed."""
    return making.credential(giver, **more)


def _other_keys() -> Iterator[Case]:
    """Each signature holds; it is only not the named giver's."""
    good = as_bytes(sealed(small()))
    swapped = as_bytes(altered(sealed(small(STRANGER.did), signer=STRANGER), put("issuer", id=COLLEGE.did)))
    borrowed = as_bytes(sealed(small(), signer=STRANGER))
    borrowed_json = as_bytes(sealed(small(), signer=STRANGER, sign=eddsa_jcs_2022.sign))
    yield Case("issuer-swapped-after-signing", "threat 4", swapped, good, ("issuer.other_key",), verdicts=BAD)
    yield Case("signed-by-a-stranger-in-the-givers-name", "threat 4", borrowed, good, ("issuer.other_key",), verdicts=BAD)
    yield Case("json-signed-by-a-stranger", "threat 4", borrowed_json, good, ("issuer.other_key",), verdicts=BAD)
    mixed = LocalSigner(b"\x02" * 32, f"{COLLEGE.did}#{STRANGER.multibase}")
    theirs = LocalSigner(b"\x02" * 32, COLLEGE.verification_method)
    relative = LocalSigner(b"\x01" * 32, f"#{COLLEGE.multibase}")
    for name, signer, code in (
        ("key-of-a-stranger-below-the-givers-name", mixed, "issuer.other_key"),
        ("stranger-signs-with-the-name-of-the-givers-key", theirs, "proof.mismatch"),
        ("key-named-without-its-owner", relative, "issuer.other_key"),
    ):
        bad = sealed(small(), signer=signer, sign=eddsa_jcs_2022.sign)
        yield Case(name, "3.4", as_bytes(bad), good, (code,), verdicts=BAD)
    https = as_bytes(sealed(small("https://college.example/issuer")))
    yield Case("https-giver-with-a-did-key-signature", "3.4", https, good, ("issuer.not_tied",), verdicts=UNKNOWN)
    nobody = sealed(small(issuer=None))
    yield Case("giver-missing", "3.4", as_bytes(nobody), good, ("issuer.not_tied",), verdicts=UNKNOWN)
    two = credential(change=lambda made: made.update(issuer=[made["issuer"], {"id": STRANGER.did, "type": ["Profile"]}]))
    both = as_bytes(sealed(two, sign=eddsa_jcs_2022.sign))
    yield Case("two-givers", "3.4", both, as_bytes(sealed(credential())), ("shape.broken",), verdicts=UNKNOWN)


def document_of(giver: str, **more: Any) -> Json:
    """A key document that names the College's key below this giver."""
    method = {"id": f"{giver}#key-1", "type": "Multikey", "controller": giver, "publicKeyMultibase": COLLEGE.multibase}
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"], "id": giver,
        "verificationMethod": [method], "assertionMethod": [method["id"]], "authentication": [method["id"]],
    } | more  # fmt: skip


def _key_documents() -> Iterator[Case]:
    """What stands on the giver's own site decides; only that page changes here."""
    other = multibase.encode(multibase.decode(STRANGER.multibase))
    changes: dict[str, tuple[str, str, tuple[str, ...], Change]] = {
        "key-only-for-signing-in": (WEB, "issuer.no_such_key", UNKNOWN, put("", assertionMethod=[])),
        "key-under-another-name": (WEB, "issuer.other_key", BAD, _renamed),
        "key-that-somebody-else-controls": (
            WEB, "issuer.other_key", BAD, put("verificationMethod.0", controller="did:web:stranger.example")),
        "key-replaced-by-another": (WEB, "proof.mismatch", BAD, put("verificationMethod.0", publicKeyMultibase=other)),
        "key-document-of-another": (WEB, "did.malformed", UNKNOWN, put("", id="did:web:stranger.example")),
        "key-that-is-none": (WEB, "multibase.bad", UNKNOWN, put("verificationMethod.0", publicKeyMultibase="key")),
        "key-missing-on-an-https-givers-page": (SITE, "issuer.other_key", BAD, _renamed),
        "https-givers-page-of-another": (SITE, "did.malformed", UNKNOWN, put("", id="https://stranger.example/givers/1")),
    }  # fmt: skip
    for name, (giver, code, verdicts, change) in changes.items():
        made = as_bytes(sealed(small(giver), signer=LocalSigner(b"\x01" * 32, f"{giver}#key-1")))
        url = WEB_PAGE if giver == WEB else giver
        pages, good_pages = ({url: as_bytes(page)} for page in (altered(document_of(giver), change), document_of(giver)))
        yield Case(name, "3.4", made, made, (code,), pages=pages, good_pages=good_pages, verdicts=verdicts)
    made = as_bytes(sealed(small(WEB), signer=LocalSigner(b"\x01" * 32, f"{WEB}#key-1")))
    there = {WEB_PAGE: as_bytes(document_of(WEB))}
    yield Case("key-document-gone", "3.4", made, made, ("fetch.unreachable",), pages={}, good_pages=there, verdicts=UNKNOWN)


def _renamed(document: Json) -> None:
    document["verificationMethod"][0]["id"] += "1"
    document["assertionMethod"] = [document["verificationMethod"][0]["id"]]


def hand_over(*inside: Any, signer: LocalSigner = HOLDER, holder: str = "", purpose: str = "authentication") -> Json:
    """A presentation that its holder signed."""
    document: Json = {
        "@context": [vcdm.V2], "type": ["VerifiablePresentation"], "holder": holder or signer.did,
        "verifiableCredential": list(inside),
    }  # fmt: skip
    proof = {
        "type": "DataIntegrityProof", "cryptosuite": eddsa_rdfc_2022.NAME, "created": CREATED,
        "verificationMethod": signer.verification_method, "proofPurpose": purpose,
    }  # fmt: skip
    message = hash_data(document=document, proof=proof)
    return {**document, "proof": {**proof, "proofValue": multibase.encode(signer.sign(message))}}


def _hand_overs() -> Iterator[Case]:
    """The holder's signature says who hands over; each proof inside is judged for itself."""
    inside = sealed(small())
    second = sealed(small(id=f"{UUID}777777777777"))
    good, good_two = hand_over(inside), hand_over(inside, second)
    unsigned = {name: value for name, value in inside.items() if name != "proof"}
    borrowed = hand_over(inside, signer=STRANGER, holder=HOLDER.did)
    later = altered(good, put("proof", created="2026-05-01T00:00:00Z"))
    for name, bad, twin, code, verdicts in (
        ("hand-over-altered", later, good, "proof.mismatch", CAREFUL),
        ("hand-over-with-another-proof-put-in", {**good, "verifiableCredential": [second]}, good, "proof.mismatch", CAREFUL),
        ("hand-over-signed-by-another", borrowed, good, "issuer.other_key", CAREFUL),
        ("hand-over-signed-as-a-statement", hand_over(inside, purpose="assertionMethod"), good, "proof.purpose", CAREFUL),
        ("hand-over-of-an-altered-proof", hand_over(altered(inside, ALTER)), good, "proof.mismatch", BAD),
        ("hand-over-of-an-unsigned-proof", hand_over(unsigned), good, "proof.none", UNKNOWN),
        ("hand-over-of-a-borrowed-name", hand_over(sealed(small(), signer=STRANGER)), good, "issuer.other_key", BAD),
        ("hand-over-of-two-one-altered", hand_over(inside, altered(second, ALTER)), good_two, "proof.mismatch", BAD),
        ("hand-over-of-nothing", hand_over(), good, "parts.none", UNKNOWN),
    ):
        yield Case(name, "3.7, threat 8", as_bytes(bad), as_bytes(twin), (code,), verdicts=verdicts)
    nested = good
    for _ in range(4):
        nested = {"@context": [vcdm.V2], "type": ["VerifiablePresentation"], "verifiableCredential": [nested]}
    twin = {"@context": [vcdm.V2], "type": ["VerifiablePresentation"], "verifiableCredential": [good]}
    yield Case("hand-over-too-deep-in-others", "3.7", as_bytes(nested), as_bytes(twin), ("parts.too_many",), verdicts=UNKNOWN)


def token(document: Json, *, kind: str, signer: LocalSigner) -> bytes:
    return jose.sign(payload=as_bytes(document), signer=signer, header={"typ": kind, "kid": signer.verification_method})


def envelope(body: bytes, *, media_type: str, kind: str = "Credential") -> Json:
    return {"@context": vcdm.V2, "type": f"EnvelopedVerifiable{kind}", "id": f"data:{media_type},{body.decode()}"}


def _tokens_handed_over() -> Iterator[Case]:
    """A presentation as a token, with a proof as a token in it."""
    inside = token(small(), kind="vc+jwt", signer=COLLEGE)
    document = {
        "@context": [vcdm.V2], "type": ["VerifiablePresentation"], "holder": HOLDER.did,
        "verifiableCredential": [envelope(inside, media_type="application/vc+jwt")],
    }  # fmt: skip
    good = token(document, kind="vp+jwt", signer=HOLDER)
    theirs = token(document, kind="vp+jwt", signer=LocalSigner(b"\x02" * 32, HOLDER.verification_method))
    forged = token(small(), kind="vc+jwt", signer=LocalSigner(b"\x02" * 32, COLLEGE.verification_method))
    document["verifiableCredential"] = [envelope(forged, media_type="application/vc+jwt")]
    inner = token(document, kind="vp+jwt", signer=HOLDER)
    for name, bad, verdicts in (
        ("token-hand-over-signed-by-another", theirs, CAREFUL),
        ("token-hand-over-of-a-forged-proof", inner, BAD),
    ):
        yield Case(name, "3.7", bad, good, ("proof.mismatch",), suffix=".jwt", verdicts=verdicts)
    document["verifiableCredential"] = [envelope(inside, media_type="application/vc+jwt")]
    for name, date in (
        ("token-hand-over-that-has-ended", {"exp": 1_700_000_000}),
        ("token-hand-over-of-tomorrow", {"nbf": 1_800_000_000}),
    ):
        bad = token(document | date, kind="vp+jwt", signer=HOLDER)
        yield Case(name, "3.7, 3.9", bad, good, ("holder.out_of_date",), suffix=".jwt", verdicts=CAREFUL)


def _envelopes() -> Iterator[Case]:
    """JSON that only wraps a token."""
    body = token(small(), kind="vc+jwt", signer=COLLEGE)
    good = as_bytes(envelope(body, media_type="application/vc+jwt"))
    for name, bad in (
        ("envelope-of-another-media-type", envelope(body, media_type="text/plain")),
        ("envelope-in-base64", envelope(body, media_type="application/vc+jwt;base64")),
        ("envelope-with-an-address", {**envelope(b"", media_type=""), "id": "https://college.example/vc.jwt"}),
    ):
        yield Case(name, "3.1", as_bytes(bad), good, ("format.envelope",), verdicts=UNKNOWN)
    forged = token(small(), kind="vc+jwt", signer=LocalSigner(b"\x02" * 32, COLLEGE.verification_method))
    inner = as_bytes(envelope(forged, media_type="application/vc+jwt"))
    yield Case("envelope-of-a-forged-token", "3.7", inner, good, ("proof.mismatch",), verdicts=BAD)


def record(*inside: Json) -> Json:
    """A learner record with these proofs in it, signed."""
    subject = {"id": f"{UUID}222222222222", "type": ["ClrSubject"], "verifiableCredential": list(inside)}
    document = credential(id=f"{UUID}555555555555", title="Whole record", change=lambda made: made.pop("evidence"))
    document |= {
        "@context": [vcdm.V2, CLR, openbadges3.CONTEXT],
        "type": ["VerifiableCredential", "ClrCredential"],
        "credentialSubject": subject,
    }
    return sealed(document)


def _records() -> Iterator[Case]:
    inside, second = sealed(small()), sealed(small(id=f"{UUID}777777777777"))
    good = as_bytes(record(inside, second))
    unsigned = {name: value for name, value in second.items() if name != "proof"}
    for name, changed, code, verdicts in (
        ("record-with-an-altered-proof", altered(second, ALTER), "proof.mismatch", CAREFUL),
        ("record-with-an-unsigned-proof", unsigned, "proof.none", CAREFUL),
        ("record-with-a-borrowed-name", sealed(small(), signer=STRANGER), "issuer.other_key", CAREFUL),
        ("record-with-an-ended-proof", sealed(small(validUntil="2026-05-03T12:00:00Z")), "dates.expired", CAREFUL),
    ):
        yield Case(name, "3.7, threat 8", as_bytes(record(inside, changed)), good, (code,), verdicts=verdicts)
    moved = altered(record(inside, second), lambda made: made["credentialSubject"]["verifiableCredential"].pop())
    yield Case("record-with-a-proof-taken-out", "3.2", as_bytes(moved), good, ("proof.mismatch",), verdicts=BAD)


def _endorsements() -> Iterator[Case]:
    document: Json = {
        "@context": at(credential(), "@context"),
        "id": f"{UUID}666666666666",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "issuer": {"id": COLLEGE.did, "type": ["Profile"], "name": NAME},
        "validFrom": "2026-04-04T12:00:00Z",
        "name": "Support for Rosa’s proof",
        "credentialSubject": {
            "id": f"{UUID}111111111111", "type": ["EndorsementSubject"], "endorsementComment": "We saw it too.",
        },
    }  # fmt: skip
    good = sealed(document)
    for name, change in (
        ("endorsement-altered", put("credentialSubject", endorsementComment="We saw it too, and it was perfect.")),
        ("endorsement-turned-to-another-proof", put("credentialSubject", id=f"{UUID}777777777777")),
    ):
        yield Case(name, "3.7", as_bytes(altered(good, change)), as_bytes(good), ("proof.mismatch",), verdicts=BAD)
