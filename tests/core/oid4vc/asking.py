"""Somebody asks and somebody shows, for the tests: real keys, real signatures, no network."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from credcore.codec import strict_json
from credcore.issue import issue_jwt, issue_sd_jwt, tokens
from credcore.issue.securing import Making, secure
from credcore.keys import ecdsa, jwk
from credcore.oid4vc import dcql, requests, responses
from credcore.proofs import jose, sd_jwt_making
from credcore.verify import Asked
from tests.core.proofs import COLLEGE, NOW, credential, signed

Json = dict[str, Any]

FIRM = ecdsa.LocalSigner("P-256", 0xF1F1)
ROSA = ecdsa.LocalSigner("P-256", 0x805A)
THIEF = ecdsa.LocalSigner("P-256", 0x7E1F)
CLIENT = f"decentralized_identifier:{FIRM.did}"
RESPONSE_URI = "https://firm.example/oid4vp/1/response"
NONCE = "n-0S6_WzA2Mj"
ASKED = Asked(NONCE, CLIENT)
VCT = "https://college.example/kinds/forklift"
QUERY: Json = {
    "credentials": [
        {"id": "sd", "format": "dc+sd-jwt", "meta": {"vct_values": [VCT]}, "claims": [{"path": ["name"]}]},
        {"id": "jwt", "format": "jwt_vc_json", "meta": {"type_values": [["OpenBadgeCredential"]]}},
        {"id": "ldp", "format": "ldp_vc", "meta": {"type_values": [["OpenBadgeCredential"]]}},
    ],
    "credential_sets": [{"options": [["sd"], ["jwt"], ["ldp"]]}],
}


def request(**more: Any) -> Json:
    values: Json = {
        "client_id": CLIENT, "response_uri": RESPONSE_URI, "nonce": NONCE, "state": "state-1", "query": QUERY,
        "now": NOW, "until": NOW + timedelta(minutes=10), "name": "Tallgrass Logistics", "purpose": "To start on Monday",
    }  # fmt: skip
    return requests.make(**(values | more))


def signed_request(payload: Json | None = None, *, signer: Any = FIRM, **header: Any) -> bytes:
    said = {"typ": requests.TYPE, "kid": signer.verification_method} | header
    return jose.sign(payload=strict_json.dumps(request() if payload is None else payload), signer=signer, header=said)


def query() -> dcql.Query:
    return dcql.parse(QUERY)


# ---- what Rosa has ----


def held_sd_jwt(*, holder: Any = ROSA) -> bytes:
    claims = {
        "iss": COLLEGE.did, "vct": VCT, "iat": int(NOW.timestamp()), "name": "Rosa Delgado", "title": "Forklift",
        "level": "Alone", "cnf": {"jwk": jwk.encode(holder.key)},
    }  # fmt: skip
    return issue_sd_jwt(tokens.Claims(claims, hideable=[("name",), ("level",)]), signer=COLLEGE, now=NOW)


def held_jwt(*, holder: Any = ROSA) -> bytes:
    return issue_jwt(credential(subject_id=holder.did), signer=COLLEGE, now=NOW)


def held_ldp(*, holder: Any = ROSA) -> Json:
    return signed(subject_id=holder.did)


# ---- how she shows it ----


def show_sd_jwt(held: bytes | None = None, *, signer: Any = ROSA, shown: tuple[str, ...] = ("name",), **change: Any) -> str:
    presented = sd_jwt_making.present(held or held_sd_jwt(), shown=[(name,) for name in shown])
    said = responses.binding(presented=presented, audience=CLIENT, nonce=NONCE, now=NOW) | change
    return (presented + jose.sign(payload=strict_json.dumps(said), signer=signer, header={"typ": "kb+jwt"})).decode()


def show_jwt(held: bytes | None = None, *, signer: Any = ROSA, **change: Any) -> str:
    said = responses.envelope(
        holder=signer.did, credential=(held or held_jwt()).decode(), audience=CLIENT, nonce=NONCE, now=NOW
    )
    header = {"typ": "JWT", "kid": signer.verification_method}
    return jose.sign(payload=strict_json.dumps(said | change), signer=signer, header=header).decode()


def show_ldp(held: Json | None = None, *, signer: Any = ROSA, now: Any = NOW, **options: Any) -> Json:
    unsigned = responses.presentation(holder=signer.did, credential=held or held_ldp())
    said = {"proofPurpose": "authentication", "challenge": NONCE, "domain": CLIENT} | options
    return secure(unsigned, signer=signer, now=now, making=Making(suite="ecdsa-rdfc-2019", options=said))
