"""Badges of Open Badges 2.0 and 1.0 that openbadgeslib makes are read here, and their altered and cancelled copies too.

Its clock is the real one, so is the one here.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from openbadgeslib import ob2
from openbadgeslib.badge_model import Badge, BadgeImgType
from openbadgeslib.keys import KeyFactory, KeyType
from openbadgeslib.ob1.badge import BadgeType
from openbadgeslib.ob1.signer import Signer as OldSigner
from PIL import Image

from credcore.codec import jose
from credcore.trust import TrustEntry, TrustList
from credcore.verify import Report, Verifier, check_item
from tests.core.proofs import Answers, as_bytes

HOME = "https://college.example/"
LIST = TrustList("Our list", (TrustEntry(HOME + "issuer.json", "Prairie Valley College"),))
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'
KINDS = {"RSA": (KeyType.RSA, "RS256"), "P-256": (KeyType.ECC, "ES256"), "Ed25519": (KeyType.ED25519, "EdDSA")}

KEY_TYPES = {algorithm: kind for kind, algorithm in KINDS.values()}


def png() -> bytes:
    picture = BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    return picture.getvalue()


@pytest.fixture(scope="module", params=KINDS)
def made(request: pytest.FixtureRequest) -> tuple[str, Any]:
    """The algorithm and a fresh pair of keys."""
    kind, algorithm = KINDS[request.param]
    pair = KeyFactory(kind)
    pair.generate_keypair()
    return algorithm, pair


def pages(pair: Any, **changed: Any) -> dict[str, bytes]:
    documents: dict[str, Any] = {
        "issuer.json": ob2.Profile(
            id=HOME + "issuer.json", name="Prairie Valley College", url=HOME,
            public_key=[HOME + "key.json"], revocation_list=HOME + "revoked.json",
        ),
        "badge.json": ob2.BadgeClass(
            id=HOME + "badge.json", name="Forklift operator", description="Drove a loaded truck.",
            image=HOME + "badge.png", criteria=HOME + "how.html", issuer=HOME + "issuer.json",
        ),
        "key.json": ob2.CryptographicKey(
            id=HOME + "key.json", owner=HOME + "issuer.json", public_key_pem=pair.get_pub_key_pem().decode()
        ),
        "revoked.json": ob2.RevocationList(id=HOME + "revoked.json", issuer=HOME + "issuer.json"),
    } | changed  # fmt: skip
    return {HOME + name: as_bytes(document.to_dict()) for name, document in documents.items()} | {
        HOME + "key.pem": pair.get_pub_key_pem()
    }


def assertion(**more: Any) -> Any:
    return ob2.Assertion(
        recipient=ob2.IdentityObject.create("rosa@example.com", "salt"),
        badge=HOME + "badge.json",
        verification=ob2.Verification(type="SignedBadge", creator=HOME + "key.json"),
        **more,
    )


def check(data: bytes, answers: dict[str, bytes]) -> Report:
    now = datetime.now(UTC)
    verifier = Verifier(fetch=Answers(answers, fetched_at=now), trust=(LIST,))
    (report,) = check_item(data, verifier=verifier, now=now)
    return report


def baked(token_for: Any, made: tuple[str, Any]) -> list[bytes]:
    signer = ob2.OB2Signer(made[1].get_priv_key_pem(), made[0])
    return [signer.sign(token_for).encode(), signer.sign_into_png(token_for, png()), signer.sign_into_svg(token_for, SVG)]


def test_their_signed_badges_are_good_here(made: tuple[str, Any]) -> None:
    for data in baked(assertion(narrative="Stacked to four metres."), made):
        report = check(data, pages(made[1]))
        assert report.code == "good", report.summary()
        assert report.credential is not None
        assert (report.credential.name, report.credential.issuer.name) == ("Forklift operator", "Prairie Valley College")
        assert report.credential.evidence == ("Stacked to four metres.",)


def test_their_altered_and_cancelled_ones_are_bad_here(made: tuple[str, Any]) -> None:
    one = assertion()
    for data in baked(one, made):
        cancelled = ob2.RevocationList(id=HOME + "revoked.json", issuer=HOME + "issuer.json", revoked_assertions=[one.id])
        assert check(data, pages(made[1], **{"revoked.json": cancelled})).code == "status.cancelled"
    token = jose.parse(baked(one, made)[0])
    changed = json.dumps(json.loads(token.payload) | {"badge": HOME + "crane.json"}).encode()
    crane = json.loads(pages(made[1])[HOME + "badge.json"]) | {"name": "Crane operator"}
    altered = jose.compact(header=token.header, payload=changed, signature=token.signature)
    assert check(altered, pages(made[1]) | {HOME + "crane.json": as_bytes(crane)}).code == "altered"


def test_a_key_that_the_givers_profile_does_not_name_is_never_good(made: tuple[str, Any]) -> None:
    other = ob2.Profile(id=HOME + "issuer.json", name="Prairie Valley College", public_key=[HOME + "other.json"])
    for data in baked(assertion(), made):
        assert check(data, pages(made[1], **{"issuer.json": other})).code == "name.borrowed"


def test_their_hosted_badges_are_compared_with_their_site(made: tuple[str, Any]) -> None:
    one = replace(assertion(id=HOME + "a/1.json"), verification=ob2.Verification(type="HostedBadge"))
    published = pages(made[1], **{"a/1.json": one})
    altered = replace(one, recipient=ob2.IdentityObject.create("eve@example.com", "salt"))
    for data, code in ((as_bytes(one.to_dict()), "good"), (as_bytes(altered.to_dict()), "altered")):
        report = check(data, published)
        assert report.code == code, report.summary()
    for data in baked(one, made):  # its library signs hosted ones too; what counts is the site
        assert check(data, published).code == "good"
        assert check(data, pages(made[1])).code == "signer.unreachable"


@pytest.mark.parametrize("hosted", [False, True], ids=["signed", "hosted"])
def test_their_old_badges_are_read(made: tuple[str, Any], hosted: bool) -> None:
    _, pair = made
    source = Badge(
        name="Forklift operator", image_type=BadgeImgType.SVG, image=SVG, image_url=HOME + "badge.png",
        json_url=HOME + "badge.json", verify_key_url=HOME + "key.pem", key_type=KEY_TYPES[made[0]],
        privkey_pem=pair.get_priv_key_pem(), pubkey_pem=pair.get_pub_key_pem(),
    )  # fmt: skip
    kind = BadgeType.HOSTED if hosted else BadgeType.SIGNED
    signed = OldSigner(identity="rosa@example.com", badge_type=kind).sign_badge(source).signed
    report = check(signed, pages(pair))
    if hosted:  # it names its badge class as the place where the assertion would be published, which it is not
        assert report.code == "signer.unreachable", report.summary()
        return
    assert report.code == "good", report.summary()
    assert report.credential is not None and report.credential.name == "Forklift operator"
    elsewhere = pages(pair)
    elsewhere[HOME + "badge.json"] = elsewhere[HOME + "badge.json"].replace(b"college.example/issuer", b"other.example/issuer")
    elsewhere["https://other.example/issuer.json"] = elsewhere[HOME + "issuer.json"].replace(b"college", b"other")
    assert check(signed, elsewhere).code == "signer.not_tied"
