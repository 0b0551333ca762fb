"""Givers whose identifier is the fault: did:web, did:key, did:jwk, web addresses.
(trustworthy: rules 4 and 5; threats 14 and 20)"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from credcore.codec import multibase
from credcore.keys import jwk
from credcore.trust import TrustEntry
from tests.core.proofs import STRANGER
from tests.negative.case import Case
from tests.negative.families.dids import document_of
from tests.negative.making import (
    COLLEGE,
    EC_DID,
    EC_SIGNER,
    NAME,
    Json,
    b64,
    credential,
    did_jwk,
    dumps,
    secured_bytes,
    token,
)

BAD, UNKNOWN = ("bad",), ("unknown",)
WEB = "did:web:college.example"
SITE = "https://college.example/givers"
HOME = {"https://college.example/.well-known/did.json": dumps(document_of(WEB))}
RIGHT = jwk.encode(COLLEGE.key)

# (name, identifier, where a reader that does not look closely would find a page that fits)
PATHS = (
    ("going-up", "college.example:..:stranger", "https://college.example/../stranger/did.json"),
    ("going-nowhere", "college.example:.:stranger", "https://college.example/./stranger/did.json"),
    ("going-up-in-percent", "college.example:%2e%2e:stranger", "https://college.example/../stranger/did.json"),
    ("with-a-slash-in-percent", "college.example%2Fstranger", "https://college.example/stranger/.well-known/did.json"),
    ("with-a-slash", "college.example/stranger", "https://college.example/stranger/.well-known/did.json"),
    ("with-a-query", "college.example?x=1", "https://college.example?x=1/.well-known/did.json"),
    ("with-a-query-in-percent", "college.example:a%3Fb", "https://college.example/a?b/did.json"),
    ("with-a-user", "college.example@stranger.example", "https://college.example@stranger.example/.well-known/did.json"),
    ("with-a-user-in-percent", "college.example%40stranger.example", ""),
    ("with-a-backslash", "college.example\\stranger", ""),
    ("with-a-letter-of-another-alphabet", "cоllege.example", "https://cоllege.example/.well-known/did.json"),
    ("with-an-empty-part", "college.example::stranger", "https://college.example//stranger/did.json"),
    ("with-a-space", "college.example:a b", ""),
    ("with-a-zero-byte", "college.example:a\0b", ""),
    ("with-two-ports", "college.example%3A443%3A80", ""),
    ("with-a-port-in-letters", "college.example%3Ahttps", ""),
    ("with-a-dot-at-its-end", "college.example.", "https://college.example./.well-known/did.json"),
    ("that-begins-with-a-hyphen", "-college.example", ""),
    ("of-ipv6", "[fd00::1]", ""),
)
# (name, identifier, code)
NETWORKS = (
    ("on-this-machine", "localhost", "fetch.private_address"),
    ("on-this-machine-by-number", "127.0.0.1", "fetch.private_address"),
    ("in-a-private-network", "192.168.1.1", "fetch.private_address"),
    ("at-the-clouds-metadata", "169.254.169.254", "fetch.private_address"),
    ("in-a-providers-network", "100.64.0.1", "fetch.private_address"),
    ("at-no-address", "0.0.0.0", "fetch.private_address"),
    ("of-everyone", "255.255.255.255", "fetch.private_address"),
    ("as-one-number", "2130706433", "fetch.bad_url"),
    ("in-short", "127.1", "fetch.bad_url"),
    ("in-octal", "0177.0.0.1", "fetch.bad_url"),
    ("in-hexadecimal", "0x7f.0.0.1", "fetch.bad_url"),
    ("on-another-port", "college.org%3A6379", "fetch.bad_url"),
    ("in-the-house", "printer.local", "fetch.private_address"),
    ("by-a-bare-name", "intranet", "fetch.private_address"),
    ("whose-name-leads-inside", "intranet.college.org", "fetch.private_address"),
    ("whose-name-leads-to-the-metadata", "metadata.college.org", "fetch.private_address"),
    ("whose-name-leads-inside-by-ipv6", "six.college.org", "fetch.private_address"),
    ("whose-name-leads-inside-in-disguise", "mapped.college.org", "fetch.private_address"),
    ("whose-name-leads-inside-and-outside", "both.college.org", "fetch.private_address"),
    ("that-nobody-answers-for", "nobody.college.org", "fetch.unreachable"),
)


def cases() -> Iterator[Case]:
    """The signature holds under the College's key; what is wrong is the name under which the key is to be found."""
    yield from _paths()
    yield from _networks()
    yield from _keys()
    yield from _jwks()
    yield from _sites()


def _signed(giver: str, *, kid: str | None = None, sign: Callable[[bytes], bytes] = COLLEGE.sign, alg: str = "EdDSA") -> bytes:
    return token({"alg": alg, "typ": "vc+jwt"} | ({} if kid is None else {"kid": kid}), credential(giver), sign=sign)


def _web(name: str, place: str, code: str, *, lying: str = "", rule: str = "3.5") -> Case:
    """`lying`: where a reader that does not look closely would find a page that fits."""
    did = f"did:web:{place}"
    pages = HOME | ({lying: dumps(document_of(did))} if lying else {})
    return Case(name, rule, _signed(did), _signed(WEB), (code,), ".jwt", pages, HOME, UNKNOWN)


def _paths() -> Iterator[Case]:
    for name, place, lying in PATHS:
        yield _web(f"web-identifier-{name}", place, "did.malformed", lying=lying)
    yield _web("web-identifier-of-nothing", "", "did.unsupported")


def _networks() -> Iterator[Case]:
    """The page is there, in a network where only our own server could reach it."""
    for name, place, code in NETWORKS:
        yield _web(f"keys-{name}", place, code, rule="3.5, threat 14")


def _bare(name: str, did: str, code: str, *, good: bytes | None = None, rule: str = "3.4", bad: bytes | None = None) -> Case:
    right = _signed(COLLEGE.did) if good is None else good
    return Case(name, rule, _signed(did) if bad is None else bad, right, (code,), ".jwt", verdicts=UNKNOWN)


def _keys() -> Iterator[Case]:
    text = COLLEGE.multibase
    raw = b"\xed\x01" + COLLEGE.public
    for name, identifier, code in (
        ("with-a-letter-that-is-none", text[:-1] + "l", "multibase.bad"),
        ("in-base64", multibase.encode(raw, base="u"), "key.malformed"),
        ("with-a-version", f"1.1:{text}", "multibase.bad"),
        ("without-its-base", text[1:], "multibase.bad"),
        ("with-a-zero-in-front", multibase.encode(b"\0" + raw), "key.malformed"),
        ("a-byte-long", multibase.encode(raw + b"\0"), "key.malformed"),
        ("of-a-kind-for-secrets", multibase.encode(b"\xec\x01" + COLLEGE.public), "key.unsupported"),
        ("of-secp256k1", multibase.encode(b"\xe7\x01\x02" + COLLEGE.public), "key.unsupported"),
        ("of-five-thousand-letters", "z" + "2" * 5_000, "multibase.bad"),
        ("of-nothing", "z", "key.malformed"),
    ):
        yield _bare(f"key-identifier-{name}", f"did:key:{identifier}", code)
    fragment = _signed(COLLEGE.verification_method)
    yield _bare("giver-that-is-a-key-and-not-its-owner", "", "multibase.bad", bad=fragment)


def _jwks() -> Iterator[Case]:
    good = _signed(did_jwk(RIGHT))
    text = did_jwk(RIGHT)
    for name, did, code in (
        ("padded", text + "=" * 4, "multibase.bad"),
        ("in-plain-base64", text.replace(text[12:14], "+/"), "multibase.bad"),
        ("with-its-secret-part", did_jwk(RIGHT | {"d": "AQ"}), "key.malformed"),
        ("that-is-a-shared-secret", did_jwk({"kty": "oct", "k": RIGHT["x"]}), "key.malformed"),
        ("that-is-a-list", "did:jwk:" + b64(dumps([RIGHT])).decode(), "did.malformed"),
        ("that-is-no-json", "did:jwk:" + b64(b"{kty}").decode(), "json.not_json"),
        ("with-a-member-twice", "did:jwk:" + b64(dumps(RIGHT)[:-1] + b',"kty":"OKP"}').decode(), "json.duplicate_key"),
        ("for-secrets", did_jwk(RIGHT | {"use": "enc"}), "key.unsupported"),
        ("for-agreeing-on-secrets", did_jwk(RIGHT | {"key_ops": ["deriveKey"]}), "key.unsupported"),
        ("for-a-number", did_jwk(RIGHT | {"key_ops": 1}), "key.unsupported"),
        ("of-x25519", did_jwk(RIGHT | {"crv": "X25519"}), "key.unsupported"),
        ("of-four-kilobytes", did_jwk(RIGHT | {"note": "a" * 4_096}), "json.too_large"),
        ("of-nine-kilobytes", did_jwk(RIGHT | {"note": "a" * 9_216}), "did.malformed"),
    ):
        yield _bare(f"jwk-identifier-{name}", did, code, good=good)
    right = _signed(EC_DID, sign=EC_SIGNER.sign, alg="ES256")
    name, code = "jwk-identifier-of-another-kind-of-key", "jose.key_mismatch"
    yield Case(name, "3.3", _signed(EC_DID), right, (code,), ".jwt", verdicts=BAD)


def _sites() -> Iterator[Case]:
    """A giver that is a web address: its metadata, its keys, or a page of keys. (SD-JWT VC, section 5)"""
    keys = {"keys": [RIGHT | {"kid": "1"}]}

    def site(name: str, metadata: Json, code: str, verdicts: tuple[str, ...] = UNKNOWN, *, more: Json | None = None) -> Case:
        issuer, url = f"{SITE}/{name}", f"https://college.example/.well-known/jwt-vc-issuer/givers/{name}"
        proof = _signed(issuer, kid="1")
        pages = {url: dumps({"issuer": issuer} | metadata)} | (more or {})
        good = {url: dumps({"issuer": issuer, "jwks": keys})}
        return Case(name, "3.4, threat 4", proof, proof, (code,), ".jwt", pages, good, verdicts)

    yield site("metadata-of-another-giver", {"issuer": f"{SITE}/other", "jwks": keys}, "issuer.metadata")
    yield site("metadata-without-keys", {}, "issuer.metadata")
    yield site("metadata-with-keys-as-a-text", {"jwks": {"keys": "1"}}, "issuer.metadata")
    yield site("metadata-with-the-key-of-a-stranger", {"jwks": {"keys": [jwk.encode(STRANGER.key) | {"kid": "1"}]}},
               "proof.mismatch", BAD)  # fmt: skip
    secret = {"keys": [RIGHT | {"kid": "1", "d": "AQ"}]}
    yield site("metadata-with-a-secret-key", {"jwks": secret}, "key.malformed")
    yield site("metadata-with-keys-inside", {"jwks_uri": "https://10.0.0.5/keys"}, "fetch.private_address")
    yield site("metadata-with-keys-without-tls", {"jwks_uri": "http://college.org/keys"}, "fetch.bad_url")
    yield site(
        "metadata-with-keys-that-are-a-list", {"jwks_uri": f"{SITE}/keys"}, "issuer.metadata", more={f"{SITE}/keys": b"[]"}
    )

    for name, said in (("secrets", {"use": "enc"}), ("agreeing-on-secrets", {"key_ops": ["deriveBits", "deriveKey"]})):
        issuer = f"{SITE}/one"
        address = "https://college.example/.well-known/jwt-vc-issuer/givers/one"
        pages, good_pages = ({address: dumps({"issuer": issuer, "jwks": {"keys": [one]}})} for one in (RIGHT | said, RIGHT))
        asks = _signed(issuer)
        yield Case(
            f"metadata-with-a-key-for-{name}", "3.4", asks, asks, ("key.unsupported",), ".jwt", pages, good_pages, UNKNOWN
        )
    issuer = f"{SITE}/one"
    metadata = {"https://college.example/.well-known/jwt-vc-issuer/givers/one": dumps({"issuer": issuer, "jwks": keys})}
    good = _signed(issuer, kid="1")
    for name, kid in (
        ("kid-at-a-neighbour", f"{SITE}/other/keys"),
        ("kid-at-a-neighbour-whose-name-begins-alike", f"{SITE}/one-more/keys"),
        ("kid-at-another-site", "https://stranger.example/keys"),
        ("kid-that-climbs-to-a-neighbour", f"{issuer}/../other/keys"),
        ("kid-that-climbs-in-percent", f"{issuer}/%2E%2e/other/keys"),
        ("kid-that-climbs-by-a-backslash-in-percent", f"{issuer}/..%5Cother/keys"),
    ):
        # The key is there, and it fits: but it is not the giver's.
        bad = _signed(issuer, kid=kid, sign=STRANGER.sign)
        pages = metadata | {kid: dumps(jwk.encode(STRANGER.key))}
        yield Case(name, "3.4, threat 3", bad, good, ("proof.mismatch",), ".jwt", pages, metadata, BAD)
    for name, giver in (("giver-at-half-an-address", "https://["), ("giver-at-an-address-of-no-kind", "https://[v1.x]/")):
        for kind, kid in (("", None), ("-with-a-kid", f"{giver}/keys")):
            codes = ("issuer.metadata", "fetch.bad_url")
            yield Case(f"{name}{kind}", "3.4, 3.15", _signed(giver, kid=kid), good, codes, ".jwt", metadata, verdicts=UNKNOWN)
    name = "proof-by-a-key-that-is-not-its-sites"
    issuer = f"{SITE}/{name}"
    pages = {issuer: dumps(document_of(issuer))}
    document = credential(issuer)
    bad = secured_bytes(document)
    good = token({"alg": "EdDSA", "typ": "vc+jwt", "kid": f"{issuer}#key-1"}, document)
    yield Case(name, "3.4, threat 4", bad, good, ("issuer.not_tied",), ".json", pages, verdicts=UNKNOWN)


def _givers() -> Iterator[str]:
    """All of them are on the list, so that nothing but the fault stands in the way."""
    yield WEB
    yield did_jwk(RIGHT)
    names = [case.name for case in _sites()]
    yield from (f"{SITE}/{name}" for name in ("one", *names))
    yield from (f"did:web:{place}" for _, place, _ in (*PATHS, *NETWORKS))


GIVERS = tuple(TrustEntry(giver, NAME) for giver in _givers())
