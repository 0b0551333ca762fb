"""Whatever a request holds, the answer is JSON with a status that says whose fault it is, and never our own."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .api import API, ISSUERS, credential, issued, sign

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-3, 2**60)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        [
            "@context",
            "id",
            "type",
            "did:key:z6Mk",
            "urn:x:1",
            "https://a.example",
            "data:application/vc+jwt,a.b.c",
            "a.b.c",
            "a~b~",
            "u",
            "z1",
        ]
    )
)
names = st.sampled_from(
    [
        "@context",
        "@id",
        "@type",
        "@value",
        "id",
        "type",
        "proof",
        "issuer",
        "credentialSubject",
        "credentialStatus",
        "vct",
        "x",
    ]
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=4), max_leaves=8
)


@cache
def requests() -> dict[str, Any]:
    """A good request to each address."""
    status = {
        "credentialStatus": {"type": "BitstringStatusListEntry"},
        "domain": "a.example",
        "mandatoryPointers": ["/issuer"],
    }
    holder = ISSUERS["eddsa-jcs-2022"].signer
    held = {"@context": ["https://www.w3.org/ns/credentials/v2"], "type": ["VerifiablePresentation"], "holder": holder.did}
    shown = sign(held | {"verifiableCredential": [issued(), issued("vc-jose")]}, signer=holder, proofPurpose="authentication")
    chained = issued("eddsa-rdfc-2022", issued("eddsa-rdfc-2022", proofId="urn:x:1"), previousProof="urn:x:1")
    claims = {"vct": "https://a.example/hat", "given_name": "Rosa", "skills": ["a", "b"]}
    return {
        "/credentials/derive": {
            "verifiableCredential": issued("ecdsa-sd-2023"),
            "options": {"selectivePointers": ["/credentialSubject/name"]},
        },
        "/issuers/sd-jwt-vc/credentials/issue": {
            "credential": claims,
            "options": {"disclosable": ["/skills/0", "/given_name"], "cnf": {"jwk": {"kty": "OKP"}}},
        },
        **{
            f"/issuers/{name}/credentials/issue": {"credential": credential(name), "options": status}
            for name in ("eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-sd-2023", "vc-jose")
        },
        **{
            f"/verifiers/{profile}/{kind}s/verify": {f"verifiable{kind.title()}": document, "options": {"challenge": "7"}}
            for profile in ("strict", "proof-only", "vcalm")
            for kind, document in (("credential", chained), ("presentation", shown))
        },
    }


PATHS = [
    "/credentials/derive",
    *(
        f"/issuers/{name}/credentials/issue"
        for name in ("sd-jwt-vc", "eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-sd-2023", "vc-jose")
    ),
    *(
        f"/verifiers/{profile}/{kind}s/verify"
        for profile in ("strict", "proof-only", "vcalm")
        for kind in ("credential", "presentation")
    ),
]


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a JSON value."""
    yield path
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*path, key))


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy with something else in one place."""
    if not path:
        return new
    copied = copy.deepcopy(value)
    inner = copied
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = new
    return copied


@pytest.mark.parametrize("path", PATHS)
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_request_with_anything_in_any_place_is_answered(path: str, data: st.DataObject) -> None:
    request = requests()[path]
    where = data.draw(st.sampled_from(list(places(request))))
    body = json.dumps(put(request, where, data.draw(values))).encode()
    answer = API.handle("POST", path=path, body=body)
    assert answer.status in (200, 201, 400)
    assert isinstance(json.loads(answer.body), dict)


@given(body=st.binary(max_size=40), path=st.sampled_from(PATHS))
@settings(max_examples=100, deadline=None)
def test_bytes_are_refused(body: bytes, path: str) -> None:
    assert API.handle("POST", path=path, body=body).status in (200, 400)


@given(method=st.text(max_size=5), path=st.text(max_size=40))
def test_addresses_are_refused(method: str, path: str) -> None:
    assert API.handle(method, path=path).status in (404, 405)
