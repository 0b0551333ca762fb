"""Somebody else who offers proofs: no server, only what it would answer. Honest unless a test tells it otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

from django.utils import timezone

from credcore.errors import UnavailableError
from credcore.issue import Claims, issue_jwt, issue_sd_jwt
from credcore.keys import ed25519, jwk
from credcore.oid4vc import issuer_metadata, key_proofs, offers
from credcore.oid4vc.issuer_metadata import Configuration
from credcore.oid4vc.offers import CredentialOffer, TxCode
from credcore.ports import Fetched, FetchKind, Posted

GIVER = "https://school.example/oid4vci"
NUMBER = "4711"
JSON = "application/json"
KINDS = {
    "weld": Configuration(
        "weld", "dc+sd-jwt", {"en": "Welding course", "es": "Curso de soldadura"}, vct="https://school.example/vct/weld",
        binding=("jwk",), proof_algorithms=("ES256",), algorithms=("EdDSA",),
    ),
    "badge": Configuration(
        "badge", "jwt_vc_json", {"en": "Safety badge"}, ("VerifiableCredential", "OpenBadgeCredential"), binding=("did:key",),
        proof_algorithms=("ES256",), algorithms=("EdDSA",),
    ),
}  # fmt: skip
Answer = Callable[[], Posted]


@dataclass
class OtherGiver:
    """`answers` puts something else in place of what an address answers; `name` is whom the proofs are about."""

    kinds: tuple[str, ...] = ("weld",)
    number: str = NUMBER
    name: str = "Rosa Delgado"
    holder: dict[str, Any] | None = None
    signer: Any = field(default_factory=ed25519.generate)
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    nonces: list[str] = field(default_factory=list)
    used: bool = False

    @property
    def offer(self) -> CredentialOffer:
        tx_code = TxCode(length=4, description="On the paper") if self.number else None
        return CredentialOffer(GIVER, self.kinds, code="abc", tx_code=tx_code)

    @property
    def link(self) -> str:
        return offers.link(f"{GIVER}/offers/1")

    def ways(self, *, now: Any) -> tuple[Any, Any]:
        """In place of `fetching.for_apps`."""
        return self.fetch, self.post

    def fetch(self, url: str, *, kind: FetchKind) -> Fetched:
        assert kind is FetchKind.MESSAGE
        answer = self._answer(url, lambda: self._document(url))
        return Fetched(url, answer.body, answer.media_type, timezone.now())

    def post(self, url: str, *, body: bytes, media_type: str, bearer: str = "") -> Posted:
        return self._answer(url, lambda: self._posted(url, body, bearer))

    def _answer(self, url: str, usual: Answer) -> Posted:
        path = url.removeprefix("https://school.example")
        self.asked.append(path)
        return self.answers.get(path, usual)()

    def _document(self, url: str) -> Posted:
        documents = {
            f"{GIVER}/offers/1": offers.build(self.offer),
            issuer_metadata.well_known(GIVER, name=issuer_metadata.ISSUER): issuer_metadata.build(
                identifier=GIVER, names={"en": "The school"}, configurations=[KINDS[one] for one in self.kinds]
            ),
            issuer_metadata.well_known(GIVER, name=issuer_metadata.SERVER): issuer_metadata.build_server(identifier=GIVER),
            "https://school.example/interactions/1?iuv=1": {"protocols": {"OID4VCI": self.link}},
            "https://school.example/interactions/2?iuv=1": {"protocols": {"OID4VP": "openid4vp://?a=b"}},
        }
        if url not in documents:
            raise UnavailableError("fetch.status", "404", permanent=True)
        return said(documents[url])

    def _posted(self, url: str, body: bytes, bearer: str) -> Posted:
        if url == f"{GIVER}/nonce":
            self.nonces.append(f"n{len(self.nonces)}")
            return said({"c_nonce": self.nonces[-1]})
        if url == f"{GIVER}/token":
            form = {name: value[0] for name, value in parse_qs(body.decode()).items()}
            if self.used or form.get("tx_code", "") != self.number or form["pre-authorized_code"] != "abc":
                return said({"error": "invalid_grant"}, status=400)
            self.used = True
            return said({"access_token": "tok", "token_type": "bearer", "expires_in": 60})
        assert url == f"{GIVER}/credential"
        asked = json.loads(body)
        if bearer != "tok":
            return said({"error": "invalid_token"}, status=401)
        proof = key_proofs.check(asked["proofs"]["jwt"][0], audience=GIVER, now=timezone.now())
        if proof.nonce not in self.nonces:
            return said({"error": "invalid_nonce"}, status=400)
        self.nonces.remove(proof.nonce)
        return said({"credentials": [{"credential": self._credential(asked["credential_configuration_id"], proof)}]})

    def _credential(self, kind: str, proof: key_proofs.KeyProof) -> str:
        start = timezone.now().replace(microsecond=0) - timedelta(minutes=1)
        if kind == "weld":
            claims = {
                "iss": self.signer.did, "vct": KINDS[kind].vct, "jti": "urn:uuid:4d1c1a0e-0000-4000-8000-000000000001",
                "name": self.name, "title": "Welding course", "iat": int(start.timestamp()), "nbf": int(start.timestamp()),
            }  # fmt: skip
            made = Claims(claims, holder=self.holder or jwk.encode(proof.key))
            return issue_sd_jwt(made, signer=self.signer, now=timezone.now()).decode()
        return issue_jwt(badge(self, proof.did, start.isoformat()), signer=self.signer, now=timezone.now()).decode()


def badge(giver: OtherGiver, did: str, start: str) -> dict[str, Any]:
    """An Open Badge about whoever has the key."""
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:4d1c1a0e-0000-4000-8000-000000000002",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Safety badge",
        "issuer": {"id": giver.signer.did, "type": ["Profile"], "name": "The school"},
        "validFrom": start.replace("+00:00", "Z"),
        "credentialSubject": {
            "id": did,
            "type": ["AchievementSubject"],
            "identifier": [
                {"type": "IdentityObject", "identityHash": giver.name, "identityType": "name", "hashed": False, "salt": "-"}
            ],
            "achievement": {
                "id": "urn:uuid:4d1c1a0e-0000-4000-8000-000000000003",
                "type": ["Achievement"],
                "name": "Safety badge",
                "description": "Works safely.",
                "criteria": {"narrative": "Watched."},
            },
        },
    }


def said(value: object, *, status: int = 200, media_type: str = JSON) -> Posted:
    """An answer of JSON."""
    return Posted(status, json.dumps(value).encode(), media_type)


def silent(code: str) -> Answer:
    """Nobody answers, or what answers is refused on the way."""

    def answer() -> Posted:
        raise UnavailableError(code)

    return answer
