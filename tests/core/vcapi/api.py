"""An instance of the VC-API for the tests, what they ask of it, and signatures that only a careless signer would make."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from credcore import contexts
from credcore.codec import multibase
from credcore.formats import vcdm
from credcore.issue.securing import SUITES
from credcore.keys import ecdsa
from credcore.proofs.data_integrity import Suite, hash_data
from credcore.vcapi import Instance, make_issuers
from tests.core.proofs import NOW

Json = dict[str, Any]
BASE = "https://vc-api.example"
ISSUERS = make_issuers(seed="tests")
API = Instance(issuers=ISSUERS, clock=lambda: NOW, base_url=BASE)
CREATED = vcdm.iso(NOW - timedelta(minutes=1))


def ask(method: str, path: str, body: object = None, *, api: Instance = API) -> tuple[int, Any]:
    """Status and JSON of an answer."""
    answer = api.handle(method, path=path, body=b"" if body is None else json.dumps(body).encode())
    return answer.status, json.loads(answer.body)


def credential(name: str = "eddsa-rdfc-2022", /, *, change: Callable[[Json], Any] | None = None, **more: Any) -> Json:
    """A small unsigned credential of an issuer's."""
    made: Json = {
        "@context": [vcdm.V2],
        "id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-111111111111",
        "type": ["VerifiableCredential"],
        "issuer": ISSUERS[name].did,
        "credentialSubject": {"id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-222222222222", "name": "Rosa Delgado"},
        **more,
    }
    if change is not None:
        change(made)
    return made


def older(made: Json) -> Json:
    """The same under the data model 1.1, whose own vocabulary has no `name`."""
    rest = {name: value for name, value in made.items() if name != "@context"}
    return {
        "@context": [vcdm.V1],
        **rest,
        "issuanceDate": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-222222222222"},
    }


def try_to_issue(document: Json, name: str = "eddsa-rdfc-2022", /, **options: Any) -> tuple[int, Any]:
    return ask("POST", f"/issuers/{name}/credentials/issue", {"credential": document, "options": options})


def issued(name: str = "eddsa-rdfc-2022", document: Json | None = None, /, **options: Any) -> Any:
    """A signed credential of the instance."""
    status, body = try_to_issue(credential(name) if document is None else document, name, **options)
    assert status == 201, body
    return body["verifiableCredential"]


def codes(answer: tuple[int, Any]) -> set[str]:
    """The codes of a refusal; empty when it is none."""
    status, body = answer
    assert (status == 200) == body["verified"]
    assert status in (200, 400)
    return {problem["code"] for problem in body["problemDetails"]}


def verify(document: object, *, profile: str = "proof-only", **options: Any) -> set[str]:
    """The codes of what is wrong with a credential; empty when it verifies."""
    return codes(_verify("credential", document, profile, options))


def verify_presentation(document: object, *, profile: str = "proof-only", **options: Any) -> set[str]:
    """The same for a presentation."""
    return codes(_verify("presentation", document, profile, options))


def _verify(kind: str, document: object, profile: str, options: Json) -> tuple[int, Any]:
    body = {f"verifiable{kind.title()}": document} | ({"options": options} if options else {})
    return ask("POST", f"/verifiers/{profile}/{kind}s/verify", body)


def sign(document: Json, name: str = "eddsa-rdfc-2022", *, signer: Any = None, **options: Any) -> Json:
    """A signed document without any lint, also a presentation."""
    issuer = ISSUERS[name]
    with contexts.own_words():
        proof = SUITES[issuer.suite](document=document, signer=signer or issuer.signer, created=CREATED, options=options)
    return {**document, "proof": proof}


def sign_as(document: Json, proof: Json, name: str = "eddsa-rdfc-2022", *, as_json: bool = False, hash_name: str = "") -> Json:
    """A signature that fits over whatever the proof says, however wrong that is: so that nothing but that is refused."""
    signer = ISSUERS[name].signer
    hash_name = hash_name or ("sha384" if signer.algorithm == "P-384" else "sha256")
    with contexts.own_words():
        message = hash_data(document=document, proof=proof, hash_name=hash_name, as_json=as_json)
    return {**document, "proof": {**proof, "proofValue": multibase.encode(signer.sign(message))}}


def proof_of(name: str = "eddsa-rdfc-2022", **changes: Any) -> Json:
    """The proof that an issuer's suite would sign, with changes; None takes a member out."""
    issuer = ISSUERS[name]
    names = (
        {"type": issuer.suite}
        if name == "ed25519-signature-2020"
        else {
            "type": "DataIntegrityProof",
            "cryptosuite": issuer.suite,
        }
    )
    full: Json = {
        **names,
        "created": CREATED,
        "verificationMethod": issuer.signer.verification_method,
        "proofPurpose": "assertionMethod",
        **changes,
    }
    return {name: value for name, value in full.items() if value is not None}


def changed(document: Json, **members: Any) -> Json:
    """A copy whose (first) proof has other members; None takes one out."""
    copied = copy.deepcopy(document)
    for name, value in members.items():
        if value is None:
            del copied["proof"][name]
        else:
            copied["proof"][name] = value
    return copied


__all__ = ["API", "BASE", "CREATED", "ISSUERS", "NOW", "Suite", "ecdsa"]
