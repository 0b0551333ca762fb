"""Keys from X.509 chains: anchored in a pinned root, in date, and naming the giver."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import CertificateIssuerPrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.keys.public import PublicKey
from credcore.trust.certificates import leaf_key
from tests.core.proofs import NOW
from tests.core.trust.chains import DNS, UNKNOWN, URI, Made, authority, leaf, p256, usage

GIVER = "did:web:college.example"
ROOT = authority("root", 11)
BETWEEN = authority("between", 12, by=ROOT, length=0)
LEAF = leaf(by=BETWEEN)
STRANGER = authority("root", 13)  # the same name, another key
POINT = p256(99).public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)


def _key(*chain: Made, root: Made = ROOT, issuer: str = GIVER, now: Any = NOW) -> PublicKey:
    return leaf_key([one.text for one in chain], roots=[root.der], issuer=issuer, now=now)


def _code(*chain: Made, **more: Any) -> str:
    with pytest.raises(UnavailableError) as caught:
        _key(*chain, **more)
    return caught.value.code


def test_a_chain_that_ends_in_a_pinned_root_gives_the_key() -> None:
    assert _key(LEAF, BETWEEN) == PublicKey("P-256", POINT)
    assert _key(LEAF, BETWEEN, ROOT) == PublicKey("P-256", POINT)  # the root may travel along
    assert _key(leaf(by=ROOT)) == PublicKey("P-256", POINT)
    # Of several roots, one is enough.
    assert leaf_key([LEAF.text, BETWEEN.text], roots=[STRANGER.der, ROOT.der], issuer=GIVER, now=NOW).raw == POINT


RSA_2048 = rsa.generate_private_key(65537, 2048)
RSA_1024 = rsa.generate_private_key(65537, 1024)  # noqa: S505 - made to be refused


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        (ec.derive_private_key(7, ec.SECP256R1()), "P-256"),
        (ec.derive_private_key(7, ec.SECP384R1()), "P-384"),
        (ed25519.Ed25519PrivateKey.from_private_bytes(b"\x07" * 32), "Ed25519"),
        (RSA_2048, "RSA"),
    ],
)
def test_leaves_of_four_kinds(key: CertificateIssuerPrivateKeyTypes, kind: str) -> None:
    assert _key(leaf(by=ROOT, key=key)).algorithm == kind


@pytest.mark.parametrize(
    ("key", "code"),
    [(ec.derive_private_key(7, ec.SECP521R1()), "key.unsupported"), (RSA_1024, "key.malformed")],
)
def test_leaves_of_other_kinds(key: CertificateIssuerPrivateKeyTypes, code: str) -> None:
    with pytest.raises(CredcoreError) as caught:
        _key(leaf(by=ROOT, key=key))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("names", "issuer"),
    [
        ([URI(GIVER)], GIVER),
        ([URI("https://college.example/issuers/1")], "https://college.example/issuers/1"),
        ([DNS("college.example")], "https://college.example/issuers/1"),
        ([DNS("College.Example")], "https://COLLEGE.example:8443"),
        ([DNS("college.example")], "did:web:college.example:issuers:1"),
        ([DNS("college.example")], "did:web:college.example%3A8443"),
        ([DNS("a.example"), URI("urn:x"), DNS("college.example")], "https://college.example"),
    ],
)
def test_the_leaf_names_the_giver(names: list[x509.GeneralName], issuer: str) -> None:
    assert _key(leaf(names, by=ROOT), issuer=issuer).raw == POINT


@pytest.mark.parametrize(
    ("names", "issuer"),
    [
        ([], GIVER),
        ([URI("did:web:college.example:other")], GIVER),
        ([URI("DID:WEB:college.example")], GIVER),
        ([DNS("college.example")], "https://college.example.evil.example"),
        ([DNS("college.example")], "https://www.college.example"),
        ([DNS("*.example")], "https://college.example"),
        ([DNS("college.example")], "http://college.example"),
        ([DNS("college.example")], "did:key:college.example"),
        ([DNS("college.example")], "did:web:"),
        ([DNS("college.example")], "https://[college.example"),
        ([DNS("college.example")], "https://college.example@evil.example"),
        ([URI("https://college.example/")], "https://college.example/issuers/1"),
        ([x509.RFC822Name("a@college.example")], "https://college.example"),
    ],
)
def test_a_leaf_of_somebody_else(names: list[x509.GeneralName], issuer: str) -> None:
    assert _code(leaf(names, by=ROOT), issuer=issuer) == "x5c.other_name"


def test_the_common_name_names_nobody() -> None:
    assert _code(leaf([DNS("other.example")], by=ROOT), issuer="https://leaf") == "x5c.other_name"


NO_CA = authority("between", 12, by=ROOT, ca=False)
MAY_NOT = authority("between", 12, by=ROOT, may=False)
ONLY_OTHERS = x509.NameConstraints(permitted_subtrees=[DNS("other.example")], excluded_subtrees=None)
NARROW = authority("narrow", 14, by=ROOT, names=ONLY_OTHERS)
SHORT = authority("short", 15, length=0)
UNDER_SHORT = authority("between", 12, by=SHORT)
ED25519_ROOT = authority("edwards", 0, key=ed25519.Ed25519PrivateKey.from_private_bytes(b"\x08" * 32))


@pytest.mark.parametrize(
    ("chain", "root"),
    [
        ((LEAF, BETWEEN), STRANGER),
        ((LEAF,), ROOT),  # the middle is missing
        ((BETWEEN, LEAF), ROOT),  # the wrong way round
        ((leaf(by=STRANGER), STRANGER), ROOT),  # brings its own root
        ((leaf(by=NO_CA), NO_CA), ROOT),
        ((leaf(by=MAY_NOT), MAY_NOT), ROOT),
        ((leaf(by=LEAF), LEAF, BETWEEN), ROOT),  # a giver is no authority
        ((leaf([DNS("college.example")], by=NARROW), NARROW), ROOT),
        ((leaf(by=UNDER_SHORT), UNDER_SHORT), SHORT),
        ((leaf(by=ROOT, more=[(UNKNOWN, True)]),), ROOT),
        ((leaf(by=ROOT, more=[(usage(), True)]),), ROOT),
        ((leaf(by=ROOT, more=[(x509.BasicConstraints(ca=True, path_length=None), True)]),), ROOT),
        ((leaf(by=ED25519_ROOT),), ED25519_ROOT),
        ((ROOT,), ROOT),
    ],
)
def test_a_chain_that_no_pinned_root_vouches_for(chain: tuple[Made, ...], root: Made) -> None:
    assert _code(*chain, root=root) == "x5c.not_anchored"


@pytest.mark.parametrize(
    "more",
    [
        [(UNKNOWN, False)],
        [(usage(statements=True), True)],
        [(x509.BasicConstraints(ca=False, path_length=None), True)],
        [(x509.ExtendedKeyUsage([x509.ObjectIdentifier("1.0.18013.5.1.2")]), True)],
    ],
)
def test_what_a_leaf_may_carry(more: list[tuple[x509.ExtensionType, bool]]) -> None:
    assert _key(leaf(by=ROOT, more=more)).raw == POINT


def test_a_narrow_authority_vouches_for_its_own() -> None:
    named = leaf([DNS("other.example")], by=NARROW)
    assert _key(named, NARROW, issuer="https://other.example").raw == POINT


def test_without_roots_no_chain_counts() -> None:
    with pytest.raises(UnavailableError, match=r"^x5c\.not_anchored"):
        leaf_key([LEAF.text, BETWEEN.text], roots=[], issuer=GIVER, now=NOW)


def test_every_certificate_must_be_in_date() -> None:
    old = authority("between", 12, by=ROOT, days=(-90, -1))
    assert _code(leaf(by=old), old) == "x5c.expired"
    assert _code(leaf(by=ROOT, days=(-9, -1))) == "x5c.expired"
    assert _code(leaf(by=ROOT, days=(1, 9))) == "x5c.expired"
    assert _code(LEAF, BETWEEN, now=NOW + timedelta(days=301)) == "x5c.expired"
    assert _key(LEAF, BETWEEN, now=NOW + timedelta(days=299)).raw == POINT
    gone = authority("root", 11, days=(-90, -1))
    assert _code(leaf(by=gone), root=gone) == "x5c.expired"
    # An old root beside a current one of the same key does not hide it.
    assert leaf_key([leaf(by=ROOT).text], roots=[gone.der, ROOT.der], issuer=GIVER, now=NOW).raw == POINT


@pytest.mark.parametrize(
    "chain",
    [
        [],
        [LEAF.text] * 6,
        [7],
        "text",
        [""],
        ["not base64"],
        ["é"],
        [base64.urlsafe_b64encode(b"\xff\xfe" + LEAF.der).decode()],
        [LEAF.text[:-1]],
        [base64.b64encode(LEAF.der[:-1]).decode()],
        [base64.b64encode(LEAF.der + b"\0").decode()],
        [base64.b64encode(bytes(16_385)).decode()],
        [base64.b64encode(bytes(16_390)).decode()],
    ],
)
def test_what_is_no_chain(chain: Any) -> None:
    with pytest.raises(MalformedError, match=r"^x5c\.malformed"):
        leaf_key(chain, roots=[ROOT.der], issuer=GIVER, now=NOW)


def test_a_root_that_is_no_certificate() -> None:
    with pytest.raises(MalformedError, match=r"^trust\.malformed"):
        leaf_key([LEAF.text], roots=[b"DER"], issuer=GIVER, now=NOW)


@pytest.mark.filterwarnings("ignore::cryptography.utils.CryptographyDeprecationWarning")
def test_a_serial_number_below_one_is_refused_however_the_library_puts_it() -> None:
    place = LEAF.der.index(b"\x02\x01\x05\x30") + 2  # the leaf's serial number is 5
    der = LEAF.der[:place] + b"\x85" + LEAF.der[place + 1 :]
    with pytest.raises(MalformedError, match=r"^x5c\.malformed"):
        leaf_key([base64.b64encode(der).decode(), BETWEEN.text], roots=[ROOT.der], issuer=GIVER, now=NOW)


@given(st.integers(0, len(LEAF.der) - 1), st.integers(1, 255))
def test_a_changed_leaf_gives_no_key(place: int, change: int) -> None:
    der = bytearray(LEAF.der)
    der[place] ^= change
    with pytest.raises(CredcoreError):
        leaf_key([base64.b64encode(der).decode(), BETWEEN.text], roots=[ROOT.der], issuer=GIVER, now=NOW)


@given(st.integers(0, len(ROOT.der) - 1), st.integers(1, 255), st.booleans())
def test_only_our_errors_leave_for_changed_authorities(place: int, change: int, pinned: bool) -> None:
    der = bytearray(ROOT.der if pinned else BETWEEN.der)
    der[place % len(der)] ^= change
    roots = [bytes(der)] if pinned else [ROOT.der]
    between = BETWEEN.text if pinned else base64.b64encode(der).decode()
    try:
        leaf_key([LEAF.text, between], roots=roots, issuer=GIVER, now=NOW)
    except CredcoreError as error:
        assert error.code.partition(".")[0] in ("x5c", "trust", "key")


@given(st.text(max_size=40))
def test_only_our_errors_leave_for_any_giver(issuer: str) -> None:
    for name in (issuer, f"https://{issuer}", f"did:web:{issuer}"):
        with pytest.raises(CredcoreError):
            _key(leaf([DNS("other.test")], by=ROOT), issuer=name)
