"""Presentations and profiles, by requests to the VC-API. (W3C VC Data Model 2.0, sections 4.13 and 7.1)"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from credcore.codec import strict_json
from credcore.formats import vcdm
from credcore.issue import envelope, issue_jwt
from credcore.proofs import jose

from .api import ISSUERS, NOW, Json, ask, changed, credential, issued, older, sign, verify, verify_presentation
from .musts import Check, Must, both, that

NAME = "eddsa-rdfc-2022"
HOLDER = ISSUERS["eddsa-jcs-2022"]
ROSA = HOLDER.did
GONE: Any = object()


def presentation(**more: Any) -> Json:
    """An unsigned presentation of one signed credential, by Rosa."""
    made: Json = {
        "@context": [vcdm.V2],
        "type": ["VerifiablePresentation"],
        "holder": ROSA,
        "verifiableCredential": [issued()],
        **more,
    }
    return {name: value for name, value in made.items() if value is not GONE}


def signed(made: Json | None = None, **options: Any) -> Json:
    """Signed by Rosa, over its meaning."""
    return sign(made or presentation(), NAME, signer=HOLDER.signer, proofPurpose="authentication", **options)


def ok(made: Callable[[], object], **options: Any) -> Check:
    def check() -> None:
        for profile in ("proof-only", "strict"):
            assert verify_presentation(made(), profile=profile, **options) == set()

    return check


def no(made: Callable[[], object], code: str, **options: Any) -> Check:
    def check() -> None:
        for profile in ("proof-only", "strict"):
            assert code in verify_presentation(made(), profile=profile, **options)

    return check


def asserted(giver: str = ROSA, **more: Any) -> Json:
    """A credential that nobody signed, alone in a presentation."""
    return presentation(verifiableCredential=[credential(issuer=giver)], **more)


def token_presentation(**claims: Any) -> str:
    """Rosa's presentation as a vp+jwt."""
    payload = strict_json.dumps({**presentation(), "iss": ROSA, **claims})
    header = {"typ": "vp+jwt", "kid": HOLDER.signer.verification_method}
    return jose.sign(payload=payload, signer=HOLDER.signer, header=header).decode()


def envelopes() -> Json:
    return envelope(issue_jwt(credential("vc-jose"), signer=ISSUERS["vc-jose"].signer, now=NOW))


def strictly_refused(document: object, code: str) -> bool:
    """Refused by the strict profile for this reason, and fine to one that looks at the proofs alone."""
    return code in verify(document, profile="strict") and verify(document) == set()


def vcalm(kind: str, document: Json) -> Json:
    """What the draft's form of an answer says."""
    status, body = ask("POST", f"/verifiers/vcalm/{kind}s/verify", {f"verifiable{kind.title()}": document})
    assert status == 200
    found: Json = body
    return found


ROWS: list[tuple[str, str, str, Check]] = [
    (
        "context",
        "4.3",
        "A presentation has the data model's context first.",
        both(
            ok(presentation),
            no(lambda: presentation(**{"@context": GONE}), "vcapi.not_a_presentation"),
            no(lambda: presentation(**{"@context": ["https://words.example/v1", vcdm.V2]}), "vcapi.not_a_presentation"),
            no(lambda: presentation(**{"@context": [vcdm.V2, 5]}), "shape.broken"),
        ),
    ),
    (
        "signed-context",
        "4.3",
        "Contexts that were changed after signing are refused.",
        both(
            no(lambda: signed() | {"@context": [vcdm.V2, "https ://not-a-url"]}, "shape.broken"),
            no(lambda: signed() | {"@context": [vcdm.V2, 123192875]}, "shape.broken"),
        ),
    ),
    (
        "type",
        "4.5",
        "A presentation says that it is one.",
        both(
            no(lambda: presentation(type=GONE), "vcapi.not_a_presentation"),
            no(lambda: presentation(type=["Other"]), "vcapi.not_a_presentation"),
        ),
    ),
    (
        "id",
        "4.13",
        "Its identifier is a URL.",
        both(ok(lambda: signed(presentation(id="urn:uuid:1"))), no(lambda: presentation(id="no url"), "shape.broken")),
    ),
    (
        "holder",
        "4.13",
        "The holder is a URL or an object with one.",
        both(
            ok(lambda: signed(presentation(holder={"id": ROSA}))),
            ok(lambda: signed(presentation(holder=GONE))),
            no(lambda: presentation(holder={"id": ROSA.removeprefix("did:key:")}), "shape.broken"),
            no(lambda: presentation(holder={"name": "Rosa"}), "shape.broken"),
        ),
    ),
    (
        "none",
        "4.13",
        "There may be no credential in it.",
        both(
            ok(lambda: signed(presentation(verifiableCredential=[]))),
            ok(lambda: signed(presentation(verifiableCredential=GONE))),
        ),
    ),
    (
        "many",
        "4.13",
        "There may be several.",
        both(
            ok(lambda: signed(presentation(verifiableCredential=[issued(), issued("ecdsa-jcs-2019-p384")]))),
            no(lambda: presentation(verifiableCredential=[issued(), issued() | {"name": "Other"}]), "proof.mismatch"),
        ),
    ),
    (
        "objects",
        "4.13",
        "They are objects, not texts or numbers.",
        both(
            no(lambda: presentation(verifiableCredential=["https://college.example/1"]), "shape.broken"),
            no(lambda: presentation(verifiableCredential=[5]), "shape.broken"),
        ),
    ),
    (
        "enveloped",
        "4.13.1",
        "A token lies in an object with its type and context, and a data URL.",
        both(
            ok(lambda: presentation(verifiableCredential=[envelopes()])),
            ok(lambda: signed(presentation(verifiableCredential=envelopes()))),
            no(lambda: presentation(verifiableCredential=[envelopes() | {"type": "Other"}]), "shape.broken"),
            no(
                lambda: presentation(verifiableCredential=[{k: v for k, v in envelopes().items() if k != "@context"}]),
                "shape.broken",
            ),
            no(
                lambda: presentation(verifiableCredential=[envelopes() | {"id": "https://college.example/1"}]),
                "format.envelope",
            ),
        ),
    ),
    (
        "enveloped-altered",
        "4.13.1",
        "A token that was changed is refused.",
        no(
            lambda: presentation(verifiableCredential=[envelopes() | {"id": envelopes()["id"][:-8] + "AAAAAAAA"}]),
            "proof.mismatch",
        ),
    ),
    (
        "self-asserted",
        "4.13.4",
        "What a holder says of themselves counts in a presentation that they signed.",
        both(ok(lambda: signed(asserted())), no(asserted, "proof.none")),
    ),
    (
        "self-asserted-holder",
        "4.13.4",
        "Then the holder is named.",
        no(lambda: signed(asserted(holder=GONE)), "vcapi.self_asserted"),
    ),
    (
        "self-asserted-same",
        "4.13.4",
        "Then giver and holder are the same, and it is the holder who signed.",
        both(
            no(lambda: signed(asserted(holder="did:example:acme")), "vcapi.self_asserted"),
            no(lambda: signed(asserted("did:example:acme")), "vcapi.self_asserted"),
            no(lambda: signed(asserted(ISSUERS[NAME].did, holder=ISSUERS[NAME].did)), "vcapi.self_asserted"),
        ),
    ),
    (
        "self-asserted-shape",
        "4.13.4",
        "It keeps the rules of the data model.",
        no(lambda: signed(presentation(verifiableCredential=[credential(issuer=ROSA, evidence={})])), "shape.broken"),
    ),
    (
        "signature",
        "7.1",
        "A signature of the holder's that does not fit is refused.",
        both(
            ok(signed),
            no(lambda: signed() | {"id": "urn:x:1"}, "proof.mismatch"),
            no(lambda: changed(signed(), proofValue="z5nmMBw2u9TGKd9NxxHJtyZKgjN2Eh"), "proof.value"),
        ),
    ),
    (
        "inside",
        "7.1",
        "Each credential inside is verified.",
        both(
            no(lambda: signed(presentation(verifiableCredential=[issued() | {"id": "urn:x:1"}])), "proof.mismatch"),
            no(
                lambda: signed(presentation(verifiableCredential=[changed(issued(), proofPurpose="authentication")])),
                "proof.purpose",
            ),
        ),
    ),
    (
        "purpose",
        "DI 4.4",
        "A holder signs for authentication.",
        both(
            no(lambda: sign(presentation(), NAME, signer=HOLDER.signer), "proof.purpose"),
            ok(lambda: sign(presentation(), NAME, signer=HOLDER.signer), expectedProofPurpose="assertionMethod"),
        ),
    ),
    (
        "challenge",
        "DI 4.4",
        "A challenge that was asked for must be the one that was signed.",
        both(
            ok(lambda: signed(challenge="7", domain="a.example"), challenge="7", domain="a.example"),
            ok(lambda: signed(challenge="7")),
            no(lambda: signed(challenge="8", domain="a.example"), "vcapi.challenge", challenge="7", domain="a.example"),
            no(signed, "vcapi.challenge", challenge="7"),
            no(presentation, "holder.unsigned", challenge="7"),
        ),
    ),
    (
        "domain",
        "DI 4.4",
        "A domain that was asked for must be the one that was signed.",
        both(
            no(lambda: signed(challenge="7", domain="b.example"), "vcapi.domain", challenge="7", domain="a.example"),
            no(signed, "vcapi.domain", domain="a.example"),
            no(presentation, "holder.unsigned", domain="a.example"),
        ),
    ),
    (
        "older",
        "1.1: 4.10",
        "Presentations of the older model verify.",
        ok(lambda: presentation(**{"@context": [vcdm.V1]}, verifiableCredential=[issued(NAME, older(credential()))])),
    ),
    (
        "own-words",
        "4.3",
        "Where only the proofs are asked, contexts written into it are processed.",
        that(
            lambda: (
                verify_presentation(
                    signed(
                        presentation(
                            **{
                                "@context": [vcdm.V2, {"HatPresentation": "https://words.example/#Hat"}],
                                "type": ["VerifiablePresentation", "HatPresentation"],
                            }
                        )
                    )
                )
                == set()
            )
        ),
    ),
    (
        "token",
        "VC-JOSE-COSE 3.1",
        "A presentation that is a token verifies, with its nonce and audience.",
        both(
            ok(token_presentation),
            ok(lambda: token_presentation(nonce="7", aud="a.example"), challenge="7", domain="a.example"),
            no(lambda: token_presentation(nonce="8", aud="a.example"), "vcapi.challenge", challenge="7", domain="a.example"),
            no(lambda: token_presentation(nonce="7"), "vcapi.domain", challenge="7", domain="a.example"),
            no(lambda: token_presentation()[:-8] + "AAAAAAAA", "proof.mismatch"),
        ),
    ),
    (
        "no-presentation",
        "VC-API 3.3",
        "A credential is no presentation, and a presentation no credential.",
        both(no(issued, "vcapi.not_a_presentation"), that(lambda: "format.unsupported" in verify(signed()))),
    ),
    (
        "strict-giver",
        "strict",
        "A key that is not the named giver's is refused.",
        both(
            that(lambda: strictly_refused(sign(credential(issuer="https://college.example")), "issuer.not_tied")),
            that(lambda: strictly_refused(sign(credential(issuer=ISSUERS["eddsa-jcs-2022"].did)), "issuer.other_key")),
            that(lambda: strictly_refused(sign(credential(issuer="did:web:college.example")), "fetch.offline")),
        ),
    ),
    (
        "strict-holder",
        "strict",
        "A key that is not the named holder's is refused.",
        that(
            lambda: (
                "issuer.other_key"
                in verify_presentation(sign(presentation(), NAME, proofPurpose="authentication"), profile="strict")
            )
        ),
    ),
    (
        "strict-dates",
        "strict",
        "What has ended or not begun is refused.",
        both(
            that(lambda: strictly_refused(issued(NAME, credential(validUntil="2026-05-01T00:00:00Z")), "dates.expired")),
            that(lambda: strictly_refused(issued(NAME, credential(validFrom="2026-06-01T00:00:00Z")), "dates.not_yet")),
        ),
    ),
    (
        "strict-words",
        "strict",
        "Words that a document brings along are refused.",
        that(
            lambda: strictly_refused(
                issued(NAME, credential(**{"@context": [vcdm.V2, {"hat": "urn:x:hat"}]})), "context.inline"
            )
        ),
    ),
    (
        "vcalm",
        "VCALM 3.3",
        "The draft's verifiers answer 200 and say what they found.",
        both(
            that(lambda: vcalm("credential", issued())["verified"] is True),
            that(lambda: vcalm("credential", issued() | {"id": "urn:x:1"})["verified"] is False),
            that(lambda: vcalm("credential", issued() | {"id": "urn:x:1"})["problemDetails"][0]["type"].endswith("_ERROR")),
            that(lambda: vcalm("presentation", signed())["verified"] is True),
            that(lambda: vcalm("presentation", presentation(id="no url"))["verified"] is False),
        ),
    ),
]
MUSTS = {NAME: [Must(name, section, says, check) for name, section, says, check in ROWS]}


@pytest.mark.parametrize("must", [pytest.param(one, id=one.name) for one in MUSTS[NAME]])
def test_must(must: Must) -> None:
    must.check()


def test_parts_are_counted() -> None:
    crowd = presentation(verifiableCredential=[{"@context": vcdm.V2, "type": "Hat"}] * 101)
    assert "parts.too_many" in verify_presentation(crowd)
