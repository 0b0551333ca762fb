"""Open Badges 3.0, CLR 2.0 and LER-RS samples of a public project: each has the verdict that its name and content imply.

Their givers are https addresses that no server answers, so without help the best answer is that we could not tell. With the
key documents at hand that the samples imply (the fragment of a verification method is the key; a token brings its giver's key
along), the signature decides; no giver is on a list of ours, so the best of them is "careful".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from credcore.codec import jose
from credcore.containers import open_item
from credcore.errors import UnavailableError
from credcore.net.offline import OfflineFetch
from credcore.ports import Fetch, Fetched, FetchKind
from credcore.verify import Verifier, check_item
from tests.vectors import vectors

NOW = datetime(2026, 6, 1, tzinfo=UTC)
FRAGMENT = re.compile(rb'(https://[^"#\s]+)#(z[1-9A-HJ-NP-Za-km-z]{40,})')
SILENT, KNOWN = "signer.unreachable", "issuer.unknown"

# file → (state offline, state with the giver's keys at hand, why)
TABLE: dict[str, tuple[str, str, str]] = {
    "ob30/bit-string-list/credential-status-revoked-blank-nodes.json": (
        SILENT, "status.cancelled", "place 23 of its list is set"),
    "ob30/bit-string-list/credential-status-revoked.json": (SILENT, "status.cancelled", "place 23 of its list is set"),
    "ob30/bit-string-list/testlist": ("unsupported", "unsupported", "a status list: genuine or not, no proof of anybody"),
    "ob30/complete.json": (SILENT, KNOWN, "fits; its revocation list is not to be had"),
    "ob30/complete_v1.json": ("dates.expired", "dates.expired", "until 2020; its key has another name than its value"),
    "ob30/credential-status-revoked.json": (SILENT, SILENT, "a did:web that nobody serves"),
    "ob30/endorsement-err-schema-status-refresh.json": (SILENT, "altered", "the signature does not fit"),
    "ob30/endorsement-valid.json": (SILENT, KNOWN, "fits"),
    "ob30/sd/derivedcredential.json": (SILENT, KNOWN, "a derived ecdsa-sd-2023 proof that fits"),
    "ob30/simple-context-alias.json": (SILENT, KNOWN, "fits"),
    "ob30/simple-context-version.json": (SILENT, KNOWN, "fits under context 3.0.2"),
    "ob30/simple-did-key-method.json": ("signer.not_tied", "signer.not_tied", "a did:key signs for a urn:uuid giver"),
    "ob30/simple-did-web-method.json": (SILENT, KNOWN, "fits"),
    "ob30/simple-eddsa-2022.json": ("unsupported", "unsupported", "eddsa-2022 is a draft's suite"),
    "ob30/simple-err-credential-subject-achievement-result-description-type.json": (
        "unreadable.shape", "altered.uncovered", "a wrong type, so that its terms mean nothing"),
    "ob30/simple-err-credential-subject-profile-type.json": (
        "unreadable.shape", "altered.uncovered", "a wrong type, which is no full address"),
    "ob30/simple-err-credential-subject-type.json": (
        "unreadable.shape", "altered.uncovered", "a wrong type, so that its terms mean nothing"),
    "ob30/simple-err-expired.json": ("dates.expired", "dates.expired", "ended in 2010"),
    "ob30/simple-err-issuer-otheridentifier-type.json": (
        "unreadable.shape", "altered.uncovered", "a wrong type, so that its terms mean nothing"),
    "ob30/simple-err-issuer-type.json": ("unreadable.shape", "altered.uncovered", "a wrong type, which is no full address"),
    "ob30/simple-err-proof-method-no-scheme.json": ("unreadable.shape", "unreadable.shape", "the method is no address"),
    "ob30/simple-err-proof-method-unknown-scheme.json": ("unsupported", "unsupported", "the method has a scheme that is none"),
    "ob30/simple-err-proof-value.json": (SILENT, "altered", "the signature value was changed"),
    "ob30/simple-json.png": (SILENT, KNOWN, "baked in, fits"),
    "ob30/simple-json.svg": (SILENT, KNOWN, "baked in, fits"),
    "ob30/simple-jwt.png": (SILENT, KNOWN, "a token baked in, fits the key that its giver publishes"),
    "ob30/simple-jwt.svg": (SILENT, KNOWN, "a token baked in, fits the key that its giver publishes"),
    "ob30/simple-jwt_v1.png": (SILENT, KNOWN, "a token of data model 1.1 baked in, fits"),
    "ob30/simple-jwt_v1.svg": (SILENT, KNOWN, "a token of data model 1.1 baked in, fits"),
    "ob30/simple-multiple-proofs.json": (SILENT, KNOWN, "the good proof decides, the unknown one is named"),
    "ob30/simple-noproof.json": ("unsigned", "unsigned", "nobody signed it"),
    "ob30/simple.1ob": (SILENT, KNOWN, "fits"),
    "ob30/simple.json": (SILENT, KNOWN, "fits"),
    "ob30/simple.jwt": ("unreadable.shape", "unreadable.shape", "no achievement, and a context that nobody pinned"),
    "ob30/simple_v1.json": (SILENT, KNOWN, "Ed25519Signature2020, fits"),
    "ob30/velocity.jwt": ("unsupported", "unsupported", "a context that nobody pinned"),
    "clr20/complex.json": ("signer.not_tied", "signer.not_tied", "a did:key signs for a urn:uuid giver"),
    "clr20/simple-noproof.json": ("unsigned", "unsigned", "nobody signed it"),
    "clr20/simple.json": (SILENT, KNOWN, "fits, and so does the credential in it"),
    "clr20/simple.jwt": ("unsupported", "unsupported", "draft contexts that nobody pinned"),
    "clr20/simple_old_safesigned.json": ("unsupported", "unsupported", "a draft context that nobody pinned"),
    "clr20/simple_v1.json": ("unsupported", "unsupported", "the method is a urn:uuid, which holds no key"),
    "ler-rs/LER-RS_V2_UC008_portability.json": ("unsupported", "unsupported", "its context is a JSON schema, no vocabulary"),
    "ler-rs/LER-RS_V2_UC009_exchanging.json": ("unsupported", "unsupported", "its context is a JSON schema, no vocabulary"),
    "ler-rs/LER-RS_V2_UC010_applying.json": ("unsupported", "unsupported", "its context is a JSON schema, no vocabulary"),
    "ler-rs/LER-RS_V2_VCwrapper.json": ("unsupported", "unsupported", "its context is a JSON schema, no vocabulary"),
}  # fmt: skip


def with_keys(data: bytes) -> Fetch:
    """The key documents that the samples imply, and the list that stands beside them."""
    pages: dict[str, Any] = {}
    for found in open_item(data):
        if found.body.startswith(b"eyJ"):
            token = jose.parse(found.body)
            claims = jose.claims(token)
            if "jwk" in token.header:
                keys = {"issuer": claims["iss"], "jwks": {"keys": [token.header["jwk"]]}}
                pages[claims["iss"].replace("/issuers", "/.well-known/jwt-vc-issuer/issuers", 1)] = keys
        for url, key in {(url.decode(), key.decode()) for url, key in FRAGMENT.findall(found.body)}:
            name = f"{url}#{key}"
            method = {"id": name, "type": "Multikey", "controller": url, "publicKeyMultibase": key}
            page = pages.setdefault(url, {"id": url, "verificationMethod": [], "assertionMethod": []})
            page["verificationMethod"].append(method)
            page["assertionMethod"].append(name)
    listed = (vectors("one-edtech") / "ob30/bit-string-list/testlist").read_bytes()

    def fetch(url: str, *, kind: FetchKind) -> Fetched:
        if url.endswith("/ob30/bit-string-list/testlist"):
            return Fetched(url, listed, "application/json", NOW)
        if url not in pages:
            raise UnavailableError("fetch.unreachable", url)
        return Fetched(url, json.dumps(pages[url]).encode(), "application/json", NOW)

    return fetch


def files() -> Iterator[str]:
    try:
        root = vectors("one-edtech")
    except pytest.skip.Exception:
        return
    for folder in ("ob30", "clr20", "ler-rs"):
        yield from sorted(str(path.relative_to(root)) for path in (root / folder).rglob("*") if path.is_file())


@pytest.mark.parametrize("name", list(files()))
@pytest.mark.parametrize("asked", [False, True], ids=["offline", "with keys"])
def test_each_sample_has_the_verdict_that_its_name_implies(name: str, asked: bool) -> None:
    data = (vectors("one-edtech") / name).read_bytes()
    offline, keyed, why = TABLE[name]
    (report,) = check_item(data, verifier=Verifier(fetch=with_keys(data) if asked else OfflineFetch()), now=NOW, name=name)
    assert report.code == (keyed if asked else offline), f"{why}: {report.summary()}"


def test_the_table_is_about_the_files_that_are_there() -> None:
    found = set(files())
    if not found:
        vectors("one-edtech")
    assert set(TABLE) == found


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("clr20/simple.json", ["issuer.unknown"]),
        ("clr20/complex.json", ["signer.not_tied"] * 6),
        ("clr20/simple-noproof.json", ["altered.uncovered"]),
        ("ob30/complete.json", ["dates.expired"] * 3),
    ],
)
def test_each_proof_inside_has_an_answer_of_its_own(name: str, parts: list[str]) -> None:
    data = (vectors("one-edtech") / name).read_bytes()
    (report,) = check_item(data, verifier=Verifier(fetch=with_keys(data)), now=NOW)
    assert [part.code for part in report.parts] == parts


@pytest.mark.parametrize("name", [name for name in files() if name.startswith("ler-rs")])
def test_a_record_that_nobody_signed_is_still_read_as_data(name: str) -> None:
    data = (vectors("one-edtech") / name).read_bytes()
    (report,) = check_item(data, verifier=Verifier(fetch=OfflineFetch()), now=NOW)
    assert report.credential is not None
    assert report.credential.subject.name
    assert report.credential.entries
