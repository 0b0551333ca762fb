"""Proofs made here are good there, theirs are good here, and altered copies are refused on both sides.

openbadgeslib and openvc-core bring their own canonical form, keys and checks (over PyLD's); pyoxigraph compares the
canonical form itself. Their clocks are the real one, so the proofs here have no end date.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import openvc.keys
import openvc.verify
import pytest
from openbadgeslib import verify as badges
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError
from openbadgeslib.ob3.ldp import add_data_integrity_proof
from openvc.errors import OpenvcError
from openvc.proof.data_integrity import DataIntegrityProofSuite
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, parse, serialize

from credcore import contexts
from credcore.codec import rdf
from credcore.containers import png, svg
from credcore.formats import openbadges3
from credcore.keys.ed25519 import LocalSigner
from credcore.status import bitstring
from credcore.verify import Verdict
from tests.core.proofs import COLLEGE, LIST_URL, NOW, as_bytes, credential, signed, status_list, verifier

OURS = {"valid_from": NOW - timedelta(days=30), "valid_until": None}
# openvc-core brings no Open Badges context, so it is handed the pinned bytes.
CONTEXTS = {openbadges3.CONTEXT: contexts.load(openbadges3.CONTEXT)}
ENTRY = bitstring.entry(list_url=LIST_URL, index=42)


def _altered(document: dict[str, Any]) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(document))
    copy["credentialSubject"]["achievement"]["name"] = "Crane operator"
    return copy


def _private_pem(signer: LocalSigner) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = Ed25519PrivateKey.from_private_bytes(signer.seed)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def test_ours_is_good_in_openbadgeslib_and_its_altered_copy_is_not() -> None:
    document = signed(**OURS)
    there = OB3LdpVerifier.for_issuer_did(COLLEGE.did).verify(as_bytes(document))
    assert there.name == "Sit-down forklift operator" or there.id == document["id"]
    with pytest.raises(OB3VerificationError):
        OB3LdpVerifier.for_issuer_did(COLLEGE.did).verify(as_bytes(_altered(document)))


def test_our_baked_pictures_are_good_in_openbadgeslib() -> None:
    from io import BytesIO

    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    document = as_bytes(signed(**OURS))
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'
    for baked in (
        png.bake(png=picture.getvalue(), credential=document),
        svg.bake(svg=drawing, credential=document),
    ):
        result = badges.verify_badge(baked, resolve_did=True)
        assert result.valid, result.reason


@pytest.mark.parametrize(("cancelled", "accepted"), [([], True), ([42], False)])
def test_our_status_list_is_read_in_openbadgeslib(cancelled: list[int], accepted: bool) -> None:
    from datetime import UTC, datetime

    # Their clock is the real one: the list must be fresh today.
    page = status_list(cancelled, now=datetime.now(UTC) - timedelta(minutes=1))
    document = as_bytes(signed(status=ENTRY, **OURS))
    reader = OB3LdpVerifier.for_issuer_did(COLLEGE.did)
    # It verifies signatures of lists in the JWT form only, so here it reads our bits alone.
    if accepted:
        reader.verify(document, check_status=True, verify_status_list=False, download=lambda url: page)
    else:
        with pytest.raises(OB3VerificationError):
            reader.verify(document, check_status=True, verify_status_list=False, download=lambda url: page)


PAUSE_URL = "https://college.example/status/2"
TWO = [ENTRY, bitstring.entry(list_url=PAUSE_URL, index=42, purpose="suspension")]


@pytest.mark.parametrize(
    ("cancelled", "paused", "accepted"), [([], [], True), ([42], [], False), ([], [42], False), ([7], [41, 43], True)]
)
def test_our_proof_with_two_lists_is_read_in_openbadgeslib(cancelled: list[int], paused: list[int], accepted: bool) -> None:
    from datetime import UTC, datetime

    now = datetime.now(UTC) - timedelta(minutes=1)
    pages = {
        LIST_URL: status_list(cancelled, now=now),
        PAUSE_URL: status_list(paused, url=PAUSE_URL, purpose="suspension", now=now),
    }
    document = as_bytes(signed(status=TWO, **OURS))
    reader = OB3LdpVerifier.for_issuer_did(COLLEGE.did)
    if accepted:
        reader.verify(document, check_status=True, verify_status_list=False, download=pages.__getitem__)
    else:
        with pytest.raises(OB3VerificationError):
            reader.verify(document, check_status=True, verify_status_list=False, download=pages.__getitem__)


@pytest.mark.parametrize(
    ("cancelled", "paused", "refused"),
    [
        ([], [], None),
        ([7], [41, 43], None),
        ([42], [], openvc.verify.CredentialRevoked),
        ([], [42], openvc.verify.CredentialSuspended),
    ],
)
def test_our_proof_with_two_lists_is_read_in_openvc_core(
    cancelled: list[int], paused: list[int], refused: type[OpenvcError] | None
) -> None:
    pages = {
        LIST_URL: json.loads(status_list(cancelled)),
        PAUSE_URL: json.loads(status_list(paused, url=PAUSE_URL, purpose="suspension")),
    }
    document = signed(status=TWO, **OURS)

    def check() -> Any:
        return openvc.verify.verify_credential(
            document, extra_contexts=CONTEXTS, resolve_status_list=pages.__getitem__
        )  # fmt: skip

    if refused is None:
        assert check().issuer == COLLEGE.did
    else:
        with pytest.raises(refused):
            check()


def test_ours_is_good_in_openvc_core_and_its_altered_copy_is_not() -> None:
    document = signed(**OURS)
    assert openvc.verify.verify_credential(document, extra_contexts=CONTEXTS).issuer == COLLEGE.did
    with pytest.raises(OpenvcError):
        openvc.verify.verify_credential(_altered(document), extra_contexts=CONTEXTS)


def test_theirs_are_good_here_and_their_altered_copies_are_not() -> None:
    key = openvc.keys.Ed25519SigningKey.from_pem(_private_pem(COLLEGE), kid=COLLEGE.verification_method)
    made = (
        DataIntegrityProofSuite().add_proof(
            credential(**OURS),
            signing_key=key,
            verification_method=COLLEGE.verification_method,
            created=NOW,
            extra_contexts=CONTEXTS,
        ),
        add_data_integrity_proof(credential(**OURS), _private_pem(COLLEGE), COLLEGE.verification_method, created=NOW),
    )
    for document in made:
        report = verifier().check(as_bytes(document), now=NOW)
        assert report.verdict is Verdict.GOOD, report.summary()
        assert verifier().check(as_bytes(_altered(document)), now=NOW).code == "altered"


def test_our_canonical_form_is_pyoxigraphs() -> None:
    document = credential(status=ENTRY)
    quads = "".join(rdf.canonical.line(quad) for quad in rdf.to_quads(document))
    dataset = Dataset(parse(quads, RdfFormat.N_QUADS))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    theirs = "".join(sorted(serialize(list(dataset), format=RdfFormat.N_QUADS).decode().splitlines(keepends=True)))
    assert rdf.canonicalize(document).decode() == theirs
